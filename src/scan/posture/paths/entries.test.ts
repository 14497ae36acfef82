/** Who starts, and how they get from one project to others. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { FactValues } from "#model/posture/organization-facts.ts";
import type { CheckSettings } from "#model/posture/resource-facts.ts";
import { exampleDefinition, examplePipeline } from "../example-facts.ts";
import { exampleProjectId, type PostureExample } from "../posture-example.ts";
import {
  exampleBranchControl,
  exampleCheck,
  exampleConnectionId,
  examplePermission,
  examplePool,
} from "../resource-examples.ts";
import {
  access,
  classic,
  classicProject,
  contributors,
  definition,
  deploying,
  endsOf,
  pathsOf,
  people,
  repository,
  reviewed,
  toCloud,
  usesCloud,
} from "./testing/small-organization.ts";

const checks = (...settings: readonly CheckSettings[]): Pick<FactValues, "checks"> => ({
  checks: settings.map((one) => exampleCheck("connection", exampleConnectionId, one)),
});

const given: Pick<FactValues, "pipelinePermissions"> = {
  pipelinePermissions: [examplePermission("connection", exampleConnectionId, false)],
};

const second = (project: Partial<FactValues>): NonNullable<PostureExample["others"]> => ({
  Shop: {
    ...classicProject,
    access: access([], "22222222-1111-4111-8111-111111111111"),
    repositories: [],
    definitions: [],
    ...project,
  },
});
const shopId = "22222222-1111-4111-8111-111111111111";

describe("who starts", () => {
  const testers = { subject: "vssgp.Testers", build: ["QueueBuilds"] } as const;
  const shell = { by: "whoever-queues", job: "Deploy/Prod", evidence: { what: "azure-pipelines.yml:9" } } as const;
  const withTesters = {
    ...people,
    groups: [
      ...people.groups,
      {
        ...people.groups[0],
        descriptor: "vssgp.Testers",
        name: "Testers",
        principalName: "[Payments]\\Testers",
      } as (typeof people.groups)[number],
    ],
  };

  test("people who only queue, where what they enter reaches the shell of the job that signs in", () => {
    const example = classic(
      { access: access([testers]), ...checks(exampleBranchControl()) },
      {
        organization: { people: withTesters, pools: [], feeds: [] },
        pipelines: [{ ...deploying, injections: [shell], uses: [{ ...usesCloud, job: "Deploy/Prod" }] }],
      },
    );
    const path = toCloud(pathsOf(example), "Testers of Payments");
    assert.equal(path?.edges[0]?.is, "can-queue");
    assert.match(path.cut.changes[0]?.what ?? "", /azure-pipelines\.yml:9/);
    const elsewhere = {
      ...example,
      pipelines: [{ ...deploying, injections: [shell], uses: [{ ...usesCloud, job: "Deploy/Test" }] }],
    };
    assert.equal(toCloud(pathsOf(elsewhere), "Testers of Payments"), undefined);
  });

  test("groups that nobody looked at are told", () => {
    const names = Array.from({ length: 9 }, (_, index) => `vssgp.Team ${index}`);
    const groups = names.map((descriptor) => ({ ...people.groups[0], descriptor, name: descriptor.slice(6) }));
    const example = classic(
      { access: access(names.map((subject) => ({ subject, build: ["QueueBuilds"] }))) },
      { organization: { people: { ...people, groups: [...people.groups, ...groups] as typeof people.groups } } },
    );
    const gap = "Of 9 groups that may push or start pipelines in Payments, 8 were looked at.";
    assert.ok(pathsOf(example).gaps.includes(gap));
  });

  test("guests have the rights of their groups", () => {
    const guests = {
      ...people,
      users: people.users.map((user) => (user.name === "bob" ? { ...user, kind: "guest" as const } : user)),
    };
    const found = pathsOf(classic({}, { organization: { people: guests, pools: [], feeds: [] } }));
    assert.ok(toCloud(found, "guests (1 person)"));
  });

  test("everybody in the organization, where the group of all belongs to contributors", () => {
    const all = {
      ...people.groups[0],
      descriptor: "vssgp.all",
      name: "Project Collection Valid Users",
      principalName: "[contoso]\\Project Collection Valid Users",
    };
    const { projectId: _, ...ofOrganization } = all as (typeof people.groups)[number];
    const wide = {
      ...people,
      groups: [...people.groups, ofOrganization],
      members: { ...people.members, [contributors]: ["vssgp.all"] },
    };
    assert.ok(
      toCloud(pathsOf(classic({}, { organization: { people: wide, pools: [], feeds: [] } })), "everybody in contoso"),
    );
  });

  const github = exampleDefinition({
    repository: { kind: "github", id: "acme/web", name: "acme/web", isPublic: true },
  });
  const forked = (withSecrets: boolean) =>
    examplePipeline({
      definition: github,
      uses: [usesCloud],
      exposure: {
        pullRequests: { what: "pr" },
        forks: { withSecrets, evidence: { what: "forks.enabled" } },
        openBranches: false,
        webhooks: [],
      },
    });

  test("outsiders by forks of a public repository, if forks get secrets", () => {
    const example = classic({ definitions: [github], ...given }, { pipelines: [forked(true)] });
    const path = toCloud(pathsOf(example), "anybody outside contoso");
    assert.equal(path?.rule, "cicd/path-outsider-runs-code");
    assert.equal(path.severity, "critical");
    assert.equal(toCloud(pathsOf({ ...example, pipelines: [forked(false)] }), "anybody outside contoso"), undefined);
    const asked = {
      ...github,
      triggers: [{ is: "pull-request", branchFilters: [], isFromYaml: true, commentRequired: "all" } as const],
    };
    const commented = {
      ...example,
      pipelines: [{ ...forked(true), definition: asked }],
      project: { ...example.project, definitions: [asked] },
    };
    assert.equal(toCloud(pathsOf(commented), "anybody outside contoso"), undefined);
  });

  test("outsiders by a webhook without secret, if a shell runs what it brings", () => {
    const hooked = (hasSecret: boolean | undefined) =>
      examplePipeline({
        definition,
        uses: [usesCloud],
        injections: [{ by: "webhook", evidence: { what: "azure-pipelines.yml:3" } }],
        exposure: {
          pullRequests: false,
          forks: false,
          openBranches: false,
          webhooks: [{ connection: "hook", hasSecret, evidence: { what: "webhook" } }],
        },
      });
    const certainty = (hasSecret: boolean | undefined) =>
      toCloud(pathsOf(classic({}, { pipelines: [hooked(hasSecret)] })), "anybody outside contoso")?.certainty;
    assert.deepEqual([false, undefined, true].map(certainty), ["authorised", "possible", undefined]);
  });
});

describe("from project to project", () => {
  test("by the token of jobs", () => {
    const project = {
      generalSettings: { enforceJobAuthScope: false },
      definitions: [{ ...definition, jobScope: "organization" as const }],
    };
    const found = pathsOf(classic(project, { others: second({ connections: [] }), pipelines: [] }));
    const path = found.paths.find(({ target }) => target.kind === "organization");
    assert.equal(path?.rule, "cicd/path-project-reaches-project");
    assert.match(path.cut.changes[0]?.what ?? "", /Limit job authorization scope/);
    const limited = classic(
      { ...project, generalSettings: { enforceJobAuthScope: true } },
      { others: second({ connections: [] }) },
    );
    assert.ok(!pathsOf(limited).paths.some(({ target }) => target.kind === "organization"));
  });

  test("by machines that remember", () => {
    const queues = {
      queues: [{ id: 4, name: "build-machines", poolId: 2 }],
      pipelinePermissions: [examplePermission("queue", "4", true)],
    };
    const pools = (recycleAfterEachUse: boolean) => ({
      people,
      feeds: [],
      pools: [examplePool({ elastic: { recycleAfterEachUse } })],
    });
    const found = (recycles: boolean) =>
      endsOf(pathsOf(classic(queues, { organization: pools(recycles), others: second(queues), pipelines: [] })));
    assert.ok(found(false).includes("Contributors of Payments > Shop"));
    assert.ok(!found(true).includes("Contributors of Payments > Shop"));
  });

  test("by a template that pipelines of others include", () => {
    const shop = examplePipeline({
      projectId: shopId,
      definition: exampleDefinition({
        repository: { kind: "azure-repos", id: "r2", name: "shop", defaultBranch: "refs/heads/main" },
      }),
      uses: [usesCloud],
      items: [
        {
          kind: "template",
          name: "Payments/payments/deploy.yml",
          from: "refs/heads/main",
          version: "c".repeat(40),
          isMutable: true,
          certainty: "authorised",
          jobs: [],
          evidence: [{ what: "azure-pipelines.yml:4" }],
        },
      ],
    });
    const others = second({ repositories: [repository({ id: "r2", name: "shop" })], definitions: [shop.definition] });
    const example = classic({ branchPolicies: [], connections: [] }, { others, pipelines: [shop] });
    const path = toCloud(pathsOf(example));
    assert.deepEqual(
      path?.edges.map(({ is }) => is),
      ["can-push", "includes", "uses", "assumes"],
    );
    assert.ok(endsOf(pathsOf(example)).includes("Contributors of Payments > Shop"));
    assert.equal(
      toCloud(pathsOf({ ...example, project: { ...example.project, branchPolicies: [reviewed] } })),
      undefined,
    );
  });

  test("by a build service that belongs to a group of another project, and by a feed", () => {
    const service = {
      descriptor: "svc.payments",
      name: "Payments Build Service (contoso)",
      kind: "build-identity" as const,
      isDeletedInOrigin: false,
      buildsFor: exampleProjectId,
    };
    const admins = {
      ...people.groups[0],
      descriptor: "vssgp.shop",
      name: "Project Administrators",
      principalName: "[Shop]\\Project Administrators",
      projectId: shopId,
    } as (typeof people.groups)[number];
    const organization = {
      people: {
        users: [...people.users, service],
        groups: [...people.groups, admins],
        members: { ...people.members, "vssgp.shop": ["svc.payments"] },
      },
      pools: [],
      feeds: [
        {
          id: "f1",
          name: "shared",
          url: "https://pkgs.example/f1",
          upstreams: [],
          permissions: [{ subject: "svc.payments", name: service.name, role: "contributor" }],
          packages: [],
          isCut: false,
        },
      ],
    };
    const found = pathsOf(classic({ connections: [] }, { organization, others: second({ connections: [] }) }));
    assert.deepEqual(endsOf(found), ["Contributors of Payments > Shop", "Contributors of Payments > feed shared"]);
    assert.deepEqual(
      found.paths.map(({ severity }) => severity),
      ["critical", "high"],
    );
  });
});
