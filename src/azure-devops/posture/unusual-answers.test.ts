// What older servers, half of a right, and odd answers make of the collectors around pipelines.
import assert from "node:assert/strict";
import { test } from "node:test";
import { RemoteError } from "#model/remote-error.ts";
import { type ScriptedAnswer, scriptedService } from "../testing/scripted-service.ts";
import { readCheckSettings } from "./check-settings.ts";
import type { CollectingProject } from "./collector.ts";
import { readChecks } from "./read-checks.ts";
import { readDefinitions } from "./read-definitions.ts";
import { readEnvironments } from "./read-environments.ts";
import { readGivenValues } from "./read-given-values.ts";
import { readPipelinePermissions } from "./read-pipeline-permissions.ts";
import { readPools } from "./read-pools.ts";
import { readTriggers } from "./read-triggers.ts";
import { collecting } from "./testing/collecting.ts";

const project = { id: "5d0b8e0e-0000-4000-8000-000000000001", name: "Payments" };
const page = "The controller for path was not found.";
const unrouted: ScriptedAnswer = { status: 404, headers: { "content-type": "text/plain" }, body: page };
const gone: ScriptedAnswer = { status: 404, body: { message: "No such environment.", typeKey: "NotFoundException" } };
const refused: ScriptedAnswer = { status: 403, body: { message: "No.", typeKey: "AccessDeniedException" } };

function list(...value: readonly unknown[]): ScriptedAnswer {
  return { body: { count: value.length, value } };
}

/** Answers by the first pattern that the address fits. */
function answers(...table: readonly (readonly [RegExp, ScriptedAnswer])[]) {
  return (request: { readonly url?: string | undefined }) =>
    table.find(([pattern]) => pattern.test(request.url ?? ""))?.[1] ?? unrouted;
}

function withEnvironments(count: number): CollectingProject {
  const environments = Array.from({ length: count }, (_, index) => ({ id: index + 1, name: `e${index + 1}`, url: "" }));
  return collecting(project, { known: { environments } });
}

const approvalOf = (id: number) => ({
  id,
  type: { id: "8C6F20A7-A545-4486-9777-F762FAFE0D4D", name: "Approval" },
  resource: { type: "environment", id: String(id) },
});
const settings = { approvers: [{ id: "A", displayName: "[Payments]\\Owners", isContainer: true }] };

test("checks are asked for one by one where the call for many is missing, and settings again where they were left out", async (t) => {
  const { client, requests } = await scriptedService(
    t,
    answers(
      [/queryconfigurations/, unrouted],
      [/resourceId=1/, list({ ...approvalOf(1), isDisabled: true })],
      [/resourceId=2/, gone],
      [/configurations\/1\?/, { body: { ...approvalOf(1), settings } }],
    ),
  );
  const [check, ...others] = await readChecks(client, withEnvironments(2));
  assert.deepEqual(
    [check?.isEnabled, check?.settings, others],
    [
      false,
      {
        is: "approval",
        approvers: [{ id: "a", name: "[Payments]\\Owners", isGroup: true }],
        minimum: 0,
        requesterMayApprove: true,
      },
      [],
    ],
  );
  assert.equal(requests.length, 4);
});

test("checks that are not for the account are not known, which is not the same as none", async (t) => {
  const { client } = await scriptedService(
    t,
    answers([/queryconfigurations/, refused], [/resourceId=1/, list()], [/resourceId=2/, refused]),
  );
  await assert.rejects(readChecks(client, withEnvironments(2)), { code: "forbidden" });
  const missing = await scriptedService(t, answers([/queryconfigurations/, unrouted], [/resourceId/, list()]));
  assert.deepEqual(await readChecks(missing.client, withEnvironments(500)), []);
});

test("of many resources those of one refused call are asked for alone; if they are too many, none is known", async (t) => {
  const last = await scriptedService(t, ({ method }, count) => (method === "POST" && count === 7 ? refused : list()));
  await readChecks(last.client, withEnvironments(650));
  const alone = last.requests.flatMap(({ url }) => /resourceId=(\d+)/.exec(url)?.[1] ?? []).map(Number);
  assert.deepEqual(
    alone.toSorted((a, b) => a - b),
    Array.from({ length: 50 }, (_, at) => 601 + at),
  );
  const all = await scriptedService(t, answers([/queryconfigurations/, refused], [/resourceId/, list()]));
  await assert.rejects(readChecks(all.client, withEnvironments(900)), { code: "unexpected" });
  assert.equal(all.requests.length, 6);
});

test("an approval whose settings nobody tells is no approval that anybody can judge", async (t) => {
  const { client } = await scriptedService(
    t,
    answers([/queryconfigurations/, list(approvalOf(1))], [/configurations\/1/, { body: approvalOf(1) }]),
  );
  await assert.rejects(readChecks(client, withEnvironments(1)), { code: "unexpected" });
});

test("a check is known by its type and task, whatever people call it", () => {
  const task = "fe1de3ee-a436-41b4-bb20-f6eb4cb879a7";
  const cases = [
    [task, { displayName: "Nur main", inputs: { allowedBranches: " refs/heads/main, *" } }, "branch-control"],
    [task, { displayName: "Branch control", definitionRef: { name: "InvokeRESTAPI" } }, "other"],
    [task, { displayName: "x", definitionRef: { id: "445FDE2F-6C39-441C-807F-8A59FF2E075F" } }, "business-hours"],
    ["2EF31AD6-BAA0-403A-8B45-2CBC9B4E5563", undefined, "exclusive-lock"],
    ["4020E66E-B0F3-47E1-BC88-48F3CC59B5F3", { extendsChecks: null }, "required-template"],
    ["00000000-0000-0000-0000-000000000000", undefined, "other"],
    [task, undefined, undefined],
  ] as const;
  for (const [typeId, given, is] of cases) {
    assert.equal(readCheckSettings({ typeId, typeName: "Task Check", settings: given })?.is, is);
  }
  const control = readCheckSettings({ typeId: task, typeName: "", settings: cases[0][1] });
  assert.deepEqual(control?.is === "branch-control" && control.allowedBranches, ["refs/heads/main", "*"]);
});

test("one resource that is not for the account is left out; where none is, the refusal is told after three calls", async (t) => {
  const some = await scriptedService(
    t,
    answers([/environment\/2/, refused], [/environment\//, { body: { pipelines: [] } }]),
  );
  const told = await readPipelinePermissions(some.client, withEnvironments(3));
  assert.deepEqual(
    told.map(({ id }) => id),
    ["1", "3"],
  );
  const none = await scriptedService(t, () => refused);
  await assert.rejects(
    readPipelinePermissions(none.client, withEnvironments(9)),
    (error) => error instanceof RemoteError && error.code === "forbidden",
  );
  assert.equal(none.requests.length, 3);
});

test("a server has environments elsewhere, and lists definitions in short", async (t) => {
  const whole = {
    id: 4,
    name: "old",
    process: { type: 1 },
    repository: { type: "GitHub", id: "contoso/app", properties: { isPrivate: "False" } },
    build: [{ displayName: "Run", enabled: true, task: { id: "T", versionSpec: "1.*" }, inputs: {} }],
  };
  const { client } = await scriptedService(
    t,
    answers(
      [/distributedtask\/environments/, list({ id: "7", name: "production" })],
      [/definitions\/4/, { body: whole }],
      [
        /definitions\?/,
        list({ id: 4, name: "old", queueStatus: "paused" }, { id: 5, name: "draft", quality: "draft" }),
      ],
    ),
  );
  const [environment] = await readEnvironments(client, collecting(project));
  assert.deepEqual(environment, {
    id: 7,
    name: "production",
    url: "https://dev.azure.com/contoso/Payments/_environments/7",
  });
  const definitions = await readDefinitions(client, collecting(project));
  assert.deepEqual(
    definitions.map(({ id, kind, isEnabled, steps, repository }) => [id, kind, isEnabled, steps.length, repository]),
    [[4, "classic", false, 1, { kind: "github", id: "contoso/app", name: "contoso/app", isPublic: true }]],
  );
});

test("agents that are not told are unknown, not none; options of a pool tell what scale sets do not", async (t) => {
  const pools = [
    { id: 1, name: "own", isHosted: false, size: 2 },
    { id: 2, name: "elastic", isHosted: false, size: 0, options: "elasticPool, singleUseAgents" },
    { id: 3, name: "Azure Pipelines", isHosted: true, size: 1 },
  ];
  const { client, requests } = await scriptedService(
    t,
    answers([/pools\?/, list(...pools)], [/agents/, refused], [/elasticpools/, unrouted]),
  );
  const [own, elastic, hosted] = await readPools(client, collecting(project));
  assert.match(own?.agentsUnknown ?? "", /does not tell this account the agents: No\./);
  assert.deepEqual(elastic?.elastic, { recycleAfterEachUse: true });
  assert.deepEqual([hosted?.agents, hosted?.agentsUnknown], [[], undefined]);
  assert.equal(requests.length, 3);
});

test("of very many agents the first are looked at, and that there are more is said", async (t) => {
  const agents = Array.from({ length: 2001 }, (_, at) => ({ id: at + 1, name: `a${at}`, version: "4.1.0" }));
  const pool = { id: 1, name: "own", isHosted: false, size: 2001 };
  const { client } = await scriptedService(t, answers([/pools\?/, list(pool)], [/agents/, list(...agents)]));
  const [own] = await readPools(client, collecting(project));
  assert.equal(own?.agents.length, 2000);
  assert.match(own?.agentsUnknown ?? "", /has 2001 agents/);
});

test("what is given to a run is judged by its name and text; what the service gives is not counted", () => {
  const holds = (value: unknown) => readGivenValues({ templateParameters: { value } })[0]?.holds;
  assert.deepEqual(holds("release/1.2"), []);
  assert.deepEqual(holds("$(whoami)"), ["shell-characters"]);
  assert.deepEqual(holds("$(System.AccessToken)"), ["shell-characters", "system-name"]);
  assert.deepEqual(holds("git://host.example/x"), ["address"]);
  assert.deepEqual(holds({ deep: true }), []);
  assert.deepEqual(holds({ deep: ["a|b"] }), ["shell-characters"]);
  assert.deepEqual(readGivenValues({ parameters: JSON.stringify({ "system.pullRequest.pullRequestId": "7" }) }), []);
  for (const parameters of ["", "[]", "{", "null", 7]) assert.deepEqual(readGivenValues({ parameters }), []);
});

test("triggers are read from words, from numbers, and from nonsense", () => {
  const read = (triggerType: unknown) => readTriggers([{ triggerType, settingsSourceType: 2 }])[0];
  assert.deepEqual(read(2), { is: "ci", branchFilters: [], isFromYaml: true });
  assert.equal(read("batchedContinuousIntegration")?.is, "ci");
  assert.equal(read("gatedCheckIn")?.is, "other");
  assert.deepEqual(readTriggers({}), []);
});
