/** What is found, what holds people up, and what ends it, each in an organization of a few lines. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { FactValues } from "#model/posture/organization-facts.ts";
import type { CheckSettings } from "#model/posture/resource-facts.ts";
import { exampleProjectId, type PostureExample } from "../posture-example.ts";
import {
  exampleApproval,
  exampleBranchControl,
  exampleCheck,
  exampleConnection,
  exampleConnectionId,
  exampleDefinition,
  exampleEnvironment,
  exampleGroup,
  examplePermission,
  examplePipeline,
  examplePool,
} from "../resource-examples.ts";
import {
  access,
  classic,
  classicProject,
  cloud,
  contributors,
  definition,
  deploying,
  endsOf,
  pathsOf,
  people,
  policy,
  repository,
  reviewed,
  run,
  toCloud,
  usesCloud,
  usualGrant,
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

test("a contributor reaches the cloud by a branch of their own, each edge with its proof", () => {
  const path = toCloud(pathsOf(classic()));
  assert.ok(path);
  assert.deepEqual(
    path.edges.map(({ is, to }) => `${is} ${to.name}`),
    [
      "can-create-branch a new branch of payments",
      "starts payments from a new branch",
      "uses azure-prod",
      "assumes subscription Production",
    ],
  );
  assert.equal(path.severity, "critical");
  assert.equal(path.certainty, "authorised");
  assert.equal(path.rule, "cicd/path-contributor-reaches-cloud");
  assert.ok(path.edges.every(({ evidence, says }) => evidence.length > 0 && says.endsWith(".")));
  assert.ok(path.edges.every(({ from }, index) => index === 0 || from === path.edges[index - 1]?.to));
});

describe("what ends it, or does not", () => {
  const alone = { minimumApproverCount: 1, creatorVoteCounts: true };
  const cases: readonly (readonly [string, PostureExample, "found" | "possible" | "ended"])[] = [
    ["branch control for a protected branch", classic(checks(exampleBranchControl())), "ended"],
    [
      "branch control that lets every branch through",
      classic(checks(exampleBranchControl({ allowedBranches: ["*"], ensuresProtection: false }))),
      "found",
    ],
    [
      "branch control that does not ask for policies, on a branch that has some",
      classic(checks(exampleBranchControl({ ensuresProtection: false }))),
      "ended",
    ],
    [
      "branch control that names a branch without policies and does not ask for any",
      classic(checks(exampleBranchControl({ allowedBranches: ["refs/heads/develop"], ensuresProtection: false }))),
      "found",
    ],
    [
      "branch control for main, but whoever writes it approves it",
      classic({ ...checks(exampleBranchControl()), branchPolicies: [policy("minimumReviewers", alone)] }),
      "found",
    ],
    [
      "branch control for main, whose reviewer may push last",
      classic({
        ...checks(exampleBranchControl()),
        branchPolicies: [policy("minimumReviewers", { minimumApproverCount: 1, resetOnSourcePush: true })],
      }),
      "possible",
    ],
    [
      "branch control for main, which only builds pull requests",
      classic({ ...checks(exampleBranchControl()), branchPolicies: [policy("build", { buildDefinitionId: 7 })] }),
      "found",
    ],
    [
      "branch control for main, and reviewers that contributors pass by",
      classic({
        ...checks(exampleBranchControl()),
        access: access([{ ...usualGrant, git: [...(usualGrant.git ?? []), "PolicyExempt"] }]),
      }),
      "found",
    ],
    [
      "branch control for main, and policies that contributors may edit",
      classic({
        ...checks(exampleBranchControl()),
        access: access([{ ...usualGrant, git: [...(usualGrant.git ?? []), "EditPolicies"] }]),
      }),
      "found",
    ],
    [
      "branch control for main, where only the pipeline's file has reviewers of its own",
      classic({
        ...checks(exampleBranchControl()),
        branchPolicies: [policy("requiredReviewers", { requiredReviewerIds: ["x"], filenamePatterns: ["*.yml"] })],
      }),
      "ended",
    ],
    [
      "branch control for main, where other files have reviewers",
      classic({
        ...checks(exampleBranchControl()),
        branchPolicies: [policy("requiredReviewers", { requiredReviewerIds: ["x"], filenamePatterns: ["/docs/*"] })],
      }),
      "found",
    ],
    [
      "branch control for main, which has no policy",
      classic({ ...checks(exampleBranchControl()), branchPolicies: [] }),
      "ended",
    ],
    [
      "policies on every branch, where whether they stop a new one is not known",
      classic({ branchPolicies: [{ ...reviewed, scopes: [{ match: "prefix", refName: "refs/heads" }] }] }),
      "possible",
    ],
    ["an approval by somebody else", classic(checks(exampleApproval())), "ended"],
    [
      "an approval by one of them, who may approve their own run",
      classic(
        checks(
          exampleApproval({ requesterMayApprove: true, approvers: [{ id: "1", name: "ada", descriptor: "aad.ada" }] }),
        ),
      ),
      "found",
    ],
    [
      "an approval by all of them, who may approve their own runs",
      classic(
        checks(
          exampleApproval({
            requesterMayApprove: true,
            approvers: [{ id: "1", name: "Contributors", descriptor: contributors }],
          }),
        ),
      ),
      "found",
    ],
    [
      "an approval by two of them",
      classic(
        checks(
          exampleApproval({
            requesterMayApprove: true,
            minimum: 2,
            approvers: [{ id: "1", name: "Contributors", descriptor: contributors }],
          }),
        ),
      ),
      "ended",
    ],
    [
      "an approval by somebody who is none of them",
      classic(
        checks(
          exampleApproval({ requesterMayApprove: true, approvers: [{ id: "1", name: "eve", descriptor: "aad.eve" }] }),
        ),
      ),
      "ended",
    ],
    [
      "a required template",
      classic(
        checks({
          is: "required-template",
          templates: [{ repositoryType: "git", repository: "t", ref: "refs/heads/main", path: "t.yml" }],
        }),
      ),
      "ended",
    ],
    ["a check that nobody knows", classic(checks({ is: "other", name: "Invoke Azure Function" })), "possible"],
    ["an exclusive lock", classic(checks({ is: "exclusive-lock", name: "Exclusive Lock" })), "found"],
    ["a pipeline that is named, and runs every branch", classic(given), "found"],
    [
      "a pipeline that is named, and whose repository they cannot write",
      classic({ ...given, access: access([{ subject: contributors, build: ["QueueBuilds"] }]) }),
      "ended",
    ],
    [
      "a pipeline that is not among those named",
      classic({
        pipelinePermissions: [{ kind: "connection", id: exampleConnectionId, allPipelines: false, definitionIds: [9] }],
      }),
      "ended",
    ],
    [
      "a pipeline that is named, which they turn to a repository of theirs",
      classic({
        ...given,
        definitions: [
          exampleDefinition({ repository: { kind: "github", id: "acme/payments", name: "acme/payments" } }),
        ],
      }),
      "found",
    ],
    [
      "nobody may push, but they may make pipelines",
      classic({ access: access([{ subject: contributors, build: ["CreateBuildDefinition"] }]) }),
      "ended",
    ],
    [
      "a role that lets them take checks away",
      classic({
        ...checks(exampleApproval()),
        resourceRoles: [
          {
            kind: "connection",
            resourceId: exampleConnectionId,
            identity: { id: "1", name: "Contributors", descriptor: contributors },
            role: "Administrator",
            isInherited: false,
          },
        ],
      }),
      "found",
    ],
  ];
  for (const [what, example, expected] of cases) {
    test(`${what}: ${expected}`, () => {
      const path = toCloud(pathsOf(example));
      assert.equal(path ? (path.certainty === "possible" ? "possible" : "found") : "ended", expected);
      assert.notEqual(path?.cut.isComplete, false);
    });
  }
});

describe("what is not known makes a way possible, and is said", () => {
  for (const key of ["checks", "pipelinePermissions", "access", "branchPolicies"] as const) {
    test(key, () => {
      const { [key]: _, ...known } = classicProject;
      const found = pathsOf({ ...classic(), project: known });
      const path = toCloud(found);
      assert.equal(path?.certainty, key === "branchPolicies" ? "authorised" : "possible");
      assert.ok(found.gaps.some((gap) => gap.includes("Nobody asked.")));
      if (key !== "branchPolicies")
        assert.match(
          path?.edges.map(({ says, guards }) => says + guards.join("")).join("") ?? "",
          /not known|not seen/,
        );
    });
  }

  test("a possible path is milder", () => {
    assert.equal(toCloud(pathsOf(classic(checks({ is: "other", name: "REST" }))))?.severity, "high");
  });
});

test("a run of a branch nobody reviews, that used the connection, proves it", () => {
  const project = {
    runs: [run(90, "refs/heads/feature/x")],
    connectionUses: [{ connectionId: exampleConnectionId, uses: [{ definitionId: 7, runId: 90 }] }],
  };
  const path = toCloud(pathsOf(classic(project)));
  assert.deepEqual(
    path?.edges.map(({ certainty }) => certainty),
    ["run", "run", "run", "authorised"],
  );
});

describe("one finding for each class and target", () => {
  test("two pipelines, one target", () => {
    const other = examplePipeline({ definition: { ...definition, id: 8, name: "nightly" }, uses: [usesCloud] });
    const found = pathsOf(classic({ definitions: [definition, other.definition] }, { pipelines: [deploying, other] }));
    assert.deepEqual(endsOf(found), ["Contributors of Payments > subscription Production"]);
    assert.ok((found.paths[0]?.alternatives ?? 0) > 0);
  });

  test("two connections to one subscription are one target, and both have to be guarded", () => {
    const twin = { ...cloud, id: "c2", name: "azure-prod-2" };
    const found = pathsOf(
      classic({
        connections: [cloud, twin],
        pipelinePermissions: [cloud, twin].map(({ id }) => examplePermission("connection", id, true)),
      }),
    );
    assert.equal(found.paths.length, 1);
    assert.equal(found.paths[0]?.cut.changes.length, 2);
    assert.equal(found.paths[0]?.cut.isComplete, true);
    assert.deepEqual(
      found.paths[0]?.cut.changes.map(({ edge }) => edge).toSorted((a, b) => a - b),
      [-1, 2],
    );
  });

  test("secrets, files, production, machines", () => {
    const found = pathsOf(
      classic(
        {
          connections: [],
          variableGroups: [exampleGroup()],
          secureFiles: [{ id: "f1", name: "signing-prod.pfx" }],
          environments: [exampleEnvironment("production"), exampleEnvironment("test", 6)],
          queues: [{ id: 4, name: "build-machines", poolId: 2 }],
          pipelinePermissions: [
            examplePermission("variable-group", "3", true),
            examplePermission("secure-file", "f1", true),
            examplePermission("environment", "5", true),
            examplePermission("queue", "4", true),
          ],
        },
        { organization: { people, pools: [examplePool()], feeds: [] }, pipelines: [] },
      ),
    );
    assert.deepEqual(
      found.paths.map(({ target, severity }) => `${target.kind} ${target.name} ${severity}`).toSorted(),
      [
        "environment production high",
        "pool build-machines medium",
        "secure-file signing-prod.pfx high",
        "variable-group payments medium",
      ],
    );
  });
});

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

describe("the cut", () => {
  const runs = [
    run(1, "refs/heads/main"),
    run(2, "refs/heads/main"),
    run(3, "refs/heads/feature/x", { queuedAt: "2026-02-19T12:00:00Z" }),
  ];

  test("each single change ends the path when it is made", () => {
    const ended: readonly PostureExample[] = [
      classic(checks(exampleBranchControl())),
      classic(checks(exampleApproval())),
    ];
    for (const example of ended) assert.equal(toCloud(pathsOf(example)), undefined);
    assert.match(
      toCloud(pathsOf(classic()))?.cut.changes[0]?.what ?? "",
      /add branch control to allow refs\/heads\/main alone/,
    );
  });

  test("side effects are the runs that it would have met", () => {
    const [change] = toCloud(pathsOf(classic({ runs })))?.cut.changes ?? [];
    assert.deepEqual(change?.sideEffects, { runs: 1, days: 10, pipelines: ["payments"] });
  });

  test("where the default branch is not protected either, an approval is one setting that does it", () => {
    const path = toCloud(pathsOf(classic({ runs, branchPolicies: [] })));
    assert.equal(path?.cut.changes.length, 1);
    assert.equal(path.cut.isComplete, true);
  });

  test("what ends most comes first, and says how much", () => {
    const twin = exampleConnection({
      id: "c2",
      name: "azure-test",
      data: { subscriptionId: "s2", subscriptionName: "Test" },
    });
    const project = {
      connections: [cloud, twin],
      pipelinePermissions: [cloud, twin].map(({ id }) => examplePermission("connection", id, true)),
      ...checks(exampleBranchControl()),
      branchPolicies: [policy("minimumReviewers", { minimumApproverCount: 1, creatorVoteCounts: true })],
    };
    const both = { checks: [cloud, twin].map(({ id }) => exampleCheck("connection", id, exampleBranchControl())) };
    const { paths } = pathsOf(classic({ ...project, ...both }));
    assert.equal(paths.length, 2);
    for (const { cut } of paths) {
      assert.match(cut.changes[0]?.what ?? "", /Branch policies of main/);
      assert.deepEqual([cut.changes[0]?.closes, cut.changes[0]?.of], [2, 2]);
    }
  });

  test("a protected branch that a build service passes by needs two settings", () => {
    const service = {
      descriptor: "svc.payments",
      name: "Payments Build Service (contoso)",
      kind: "build-identity" as const,
      isDeletedInOrigin: false,
      buildsFor: exampleProjectId,
    };
    const grant = { subject: "svc.payments", git: ["GenericContribute", "PolicyExempt"] } as const;
    const organization = { people: { ...people, users: [...people.users, service] }, pools: [], feeds: [] };
    const example = classic(
      { access: access([usualGrant, grant]), ...checks(exampleBranchControl()) },
      { organization },
    );
    const path = toCloud(pathsOf(example));
    assert.ok(path);
    assert.ok(path.edges.some(({ is }) => is === "can-bypass"));
    assert.match(path.cut.changes[0]?.what ?? "", /Bypass policies when pushing.*Build Service/);
  });
});

test("twice as many projects are twice as much to look at", () => {
  const of = (count: number) => {
    const others = Object.fromEntries(
      Array.from({ length: count - 1 }, (_, index) => {
        const own = repository({ id: `r${index + 2}` });
        const built = { ...definition, repository: { ...definition.repository, id: own.id } };
        const { access: _unknown, ...rest } = classicProject;
        const connection = { ...cloud, id: `c${index}`, projectIds: [], data: { subscriptionId: `s${index}` } };
        const pipelinePermissions = [examplePermission("connection", connection.id, true)];
        const code = { repositories: [own], definitions: [built] };
        return [`Project${index}`, { ...rest, ...code, connections: [connection], pipelinePermissions }];
      }),
    );
    return pathsOf(classic({}, { others }));
  };
  const [few, many] = [of(20), of(200)];
  assert.equal(few.paths.length, 20);
  assert.equal(many.paths.length, 200);
  assert.ok(many.graph.edges <= few.graph.edges * 10);
});

test("the same facts give the same ids, and names do not matter to them", () => {
  const [one] = pathsOf(classic()).paths;
  const [renamed] = pathsOf(classic({ connections: [{ ...cloud, name: "azure-production" }] })).paths;
  assert.equal(one?.id, renamed?.id);
});
