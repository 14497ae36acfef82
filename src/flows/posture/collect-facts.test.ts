import assert from "node:assert/strict";
import { test } from "node:test";
import type { OrganizationClient, RemoteRequest } from "#azure-devops/organization-client.ts";
import { path } from "#azure-devops/organization-client.ts";
import type { Collector } from "#azure-devops/posture/collector.ts";
import { emulatedOrganization } from "#azure-devops/testing/emulated-organization.ts";
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import { known } from "#model/posture/fact.ts";
import { factKeys } from "#model/posture/fact-key.ts";
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import { RemoteError, type RemoteErrorCode } from "#model/remote-error.ts";
import { addProject, addToken, addUser } from "../../../emulator/build-world.ts";
import { addRequiredTemplate } from "../../../emulator/inventory/build-guards.ts";
import { addEnvironment } from "../../../emulator/inventory/build-inventory.ts";
import { type CollectGiven, collectFacts } from "./collect-facts.ts";

const now = new Date("2026-03-01T12:00:00Z");

function given(projects: readonly { readonly id: string; readonly name: string }[], more: Partial<CollectGiven> = {}) {
  return {
    organization: { id: "contoso-id" as OrganizationId, name: "contoso", url: "https://dev.azure.com/contoso" },
    projects: projects.map(({ id, name }) => ({ id: id as ProjectId, name, visibility: "private" as const })),
    usesPortal: false,
    lookAt: () => undefined,
    now: () => now,
    signal: new AbortController().signal,
    wait: async () => undefined,
    ...more,
  };
}

const two = [
  { id: "one", name: "One" },
  { id: "two", name: "Two" },
];

/** A client for collectors that tests write: it answers nothing, or what is told. */
function clientOf(answer: (request: RemoteRequest) => void = () => undefined): OrganizationClient {
  return {
    organization: "contoso",
    request: async (request: RemoteRequest) => {
      answer(request);
      return { status: 200, headers: new Headers(), body: {} };
    },
  } as OrganizationClient;
}

function refused(code: RemoteErrorCode, details: Readonly<Record<string, unknown>> = {}): RemoteError {
  return new RemoteError(code, `It is ${code}.`, { details });
}

function policies(read: Extract<Collector, { key: "branchPolicies" }>["read"]): readonly Collector[] {
  return [{ of: "project", key: "branchPolicies", read }];
}

test("of an emulated organization everything is known or says why not, for every key", async (t) => {
  const { client, project, world, organization } = await emulatedOrganization(t);
  const other = addProject(world, organization, "Other");
  const { facts, calls } = await collectFacts(client, given([project, other], { now: () => new Date() }));
  assert.deepEqual(
    facts.projects.map(({ name, visibility }) => [name, visibility]),
    [
      [project.name, "private"],
      ["Other", "private"],
    ],
  );
  const { id: _, name: __, url: ___, projects, ...own } = facts;
  const keys = new Set([...Object.keys(own), ...Object.keys(projects[0] ?? {})]);
  assert.deepEqual(
    factKeys.filter((key) => !keys.has(key)),
    [],
  );
  const [first] = projects;
  for (const key of ["branchPolicies", "generalSettings", "definitions", "runs", "queues", "environments"] as const)
    assert.equal(first?.[key].is, "known", key);
  assert.equal(facts.organizationPolicies.is === "unknown" && facts.organizationPolicies.why, "switched-off");
  assert.equal(calls.byKey.repositories, 1, "once for all projects");
  assert.equal(calls.byKey.generalSettings, 2);
  assert.equal(
    calls.total,
    Object.values(calls.byKey).reduce((sum, count) => sum + count, 0),
  );
});

test("without a scope it is named as the page for tokens has it; a right is told too", async (t) => {
  const { clientOf: as, project, world, organization, user } = await emulatedOrganization(t);
  const token = addToken(world, user, { organization, scopes: ["project", "code"] });
  const { facts } = await collectFacts(as(token), given([project]));
  assert.deepEqual(facts.projects[0]?.definitions, {
    is: "unknown",
    why: "scope",
    reason: 'Reading pipelines needs the scope "Build (Read)" (vso.build), which the credential lacks.',
  });
  const files = facts.projects[0]?.secureFiles;
  assert.match(files?.is === "unknown" ? files.reason : "", /"Secure Files \(Read\)" \(vso\.securefiles_read\)/);
  assert.equal(facts.projects[0]?.branchPolicies.is, "known");
  assert.equal(facts.pools.is === "unknown" && facts.pools.why, "scope");

  const stranger = addUser(world, "Stranger", { organization, group: "readers", project });
  const expired = addToken(world, stranger, { organization, expires: new Date(0) });
  await assert.rejects(collectFacts(as(expired), given([project])), { code: "signed-out" });
});

test("each refusal has its reason, and stops neither the other project nor the other kinds", async () => {
  const cases = [
    [refused("forbidden", { status: 403, missing: { right: "View builds" } }), "refused", /permission "View builds"/],
    [refused("forbidden", { status: 401, missing: { scope: "vso.code_write" } }), "scope", /Code \(Read & write\)/],
    [refused("not-found", { status: 404 }), "absent", /does not answer/],
    [refused("not-found", { typeKey: "ProjectDoesNotExistException" }), "refused", /does not show/],
    [refused("refused", { typeKey: "VssVersionOutOfRangeException" }), "absent", /does not answer/],
    [refused("refused", { typeKey: "ArgumentException" }), "failed", /came to no answer/],
    [refused("unavailable"), "failed", /It is unavailable/],
    [new TypeError("x is undefined"), "failed", /went wrong: x is undefined/],
  ] as const;
  for (const [error, why, reason] of cases) {
    const collectors = [
      ...policies(async (_, { project }) => {
        if (project.name === "One") throw error;
        return [];
      }),
      { of: "project", key: "definitions", read: async () => [] },
    ] as const satisfies readonly Collector[];
    const { facts } = await collectFacts(clientOf(), given(two, { collectors }));
    const [one, other] = facts.projects;
    assert.ok(one?.branchPolicies.is === "unknown");
    assert.equal(one.branchPolicies.why, why);
    assert.match(one.branchPolicies.reason, reason);
    assert.deepEqual(
      [one.definitions, other?.branchPolicies],
      [known([], now.toISOString()), known([], now.toISOString())],
    );
    assert.equal(other?.queues.is === "unknown" && other.queues.why, "not-read");
  }
});

test("what was known stands in for a week where an answer may come later, and never for a refusal", async () => {
  const read = (error?: RemoteError, at = now) =>
    given(two, {
      now: () => at,
      collectors: policies(async () => {
        if (error) throw error;
        return [];
      }),
    });
  const { facts: before } = await collectFacts(clientOf(), read());
  const after = async (error: RemoteError, days: number) => {
    const at = new Date(now.getTime() + days * 86_400_000);
    const { facts } = await collectFacts(clientOf(), { ...read(error, at), before });
    return facts.projects[0]?.branchPolicies;
  };
  assert.deepEqual(await after(refused("unreachable"), 6), known([], now.toISOString()));
  assert.equal((await after(refused("unreachable"), 8))?.is, "unknown");
  assert.equal((await after(refused("forbidden", { status: 403 }), 1))?.is, "unknown");
});

test("only what is asked for is read, and it may ask by what was known before", async () => {
  const read: string[] = [];
  const collectors: readonly Collector[] = [
    {
      of: "project",
      key: "checks",
      after: ["environments"],
      read: async (_, { known: facts }) => {
        read.push(`checks of ${facts.environments?.length}`);
        return [];
      },
    },
    {
      of: "project",
      key: "environments",
      read: async (_, { project }) => {
        read.push(`environments of ${project.name}`);
        return [{ id: 1, name: "production", url: "" }];
      },
    },
  ];
  const { facts: before } = await collectFacts(clientOf(), given(two.slice(0, 1), { collectors }));
  const { facts } = await collectFacts(clientOf(), given(two, { collectors, before, only: ["checks"] }));
  assert.deepEqual(read, ["environments of One", "checks of 1", "checks of 1"]);
  assert.deepEqual(facts.projects[0]?.environments, before.projects[0]?.environments);
  const checks = facts.projects[1]?.checks;
  assert.match(
    checks?.is === "unknown" ? checks.reason : "",
    /needs environments, of which nothing is known\. Nobody has read/,
  );
});

test("who may use resources is asked of those whose lists are known, and not at all without any", async () => {
  const list = { of: "project", key: "queues", read: async () => [] } as const satisfies Collector;
  const permissions: Collector = {
    of: "project",
    key: "pipelinePermissions",
    alsoAfter: ["connections", "queues"],
    read: async () => [],
  };
  const asked = async (collectors: readonly Collector[]) =>
    (await collectFacts(clientOf(), given(two, { collectors }))).facts.projects[0]?.pipelinePermissions.is;
  assert.equal(await asked([permissions, list]), "known");
  assert.equal(await asked([permissions]), "unknown");
});

test("a service that asks to wait is waited for, call by call, as long as the patience lasts", async () => {
  let calls = 0;
  let at = now.getTime();
  const collectors = policies(async (client) => {
    await client.request({ path: path`/_apis/anything` });
    return [];
  });
  const about = given(two.slice(0, 1), {
    collectors,
    now: () => new Date(at),
    wait: async (milliseconds) => {
      at += milliseconds;
    },
  });
  const busy = (times: number) =>
    clientOf(() => {
      calls += 1;
      if (calls <= times) throw new RemoteError("rate-limited", "Later.", { retryAfter: 300_000 });
    });
  const { facts, calls: counted } = await collectFacts(busy(3), about);
  assert.deepEqual(
    [facts.projects[0]?.branchPolicies.is, counted.byKey.branchPolicies, at - now.getTime()],
    ["known", 4, 900_000],
  );
  const spent = await collectFacts(busy(Number.POSITIVE_INFINITY), about);
  const fact = spent.facts.projects[0]?.branchPolicies;
  assert.equal(fact?.is === "unknown" && fact.why, "failed");
  assert.ok(spent.calls.total < 50);
});

test("a cancellation ends it at once", async () => {
  const stop = new AbortController();
  const collectors = policies(async (client) => {
    stop.abort(new Error("stopped"));
    await client.request({ path: path`/_apis/anything` });
    return [];
  });
  await assert.rejects(collectFacts(clientOf(), given(two, { collectors, signal: stop.signal })), /stopped/);
});

test("tags are asked for where a check requires a template, from the second time on", async (t) => {
  const { client, project, world, organization, repository, user } = await emulatedOrganization(t);
  const environment = addEnvironment(world, organization, project, user, { name: "production" });
  const place = { world, organization, project, by: user };
  const template = { repository: repository.name, ref: "refs/tags/v1", path: "safe.yml" };
  addRequiredTemplate(place, { type: "environment", id: environment.id }, template);
  const about = given([project], { only: ["repositories", "environments", "checks"] });
  const tagsOf = ({ projects: [first] }: OrganizationFacts) =>
    first?.repositories.is === "known" ? first.repositories.value[0]?.tags : undefined;
  const { facts: before } = await collectFacts(client, about);
  assert.equal(tagsOf(before), undefined);
  assert.deepEqual(tagsOf((await collectFacts(client, { ...about, before })).facts), []);
});
