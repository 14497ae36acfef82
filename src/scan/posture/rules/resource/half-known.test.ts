/** Where a fact is missing for one resource, only this one is not judged; and what makes the same resource worse or better. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccessSpace } from "#model/posture/access-facts.ts";
import type { PipelinePermission } from "#model/posture/resource-facts.ts";
import { exampleDefinition } from "../../example-facts.ts";
import { resultsOf } from "../../judge-posture.ts";
import { exampleTime, factsOfExample, type PostureExample } from "../../posture-example.ts";
import { defaultPostureSettings } from "../../posture-settings.ts";
import {
  exampleAgent,
  exampleApproval,
  exampleBranchControl,
  exampleCheck,
  exampleConnectionId,
  exampleEnvironment,
  exampleKeyConnection,
  examplePermission,
  examplePool,
  exampleUserGroup,
} from "../../resource-examples.ts";
import { postureRules } from "../../rules.generated.ts";

function answersOf(id: `cicd/${string}`, example: PostureExample): Readonly<Record<string, string>> {
  const rule = postureRules.find((one) => one.id === id);
  assert.ok(rule);
  const context = { now: new Date(exampleTime), pipelines: [], paths: [], settings: defaultPostureSettings };
  const results = resultsOf(rule, factsOfExample(example), context);
  return Object.fromEntries(
    results.map(({ resource, answer }) => [resource.name, answer.is === "fail" ? answer.severity : answer.is]),
  );
}

const second = exampleKeyConnection({ id: "c2", name: "other" });
const space = (lists: AccessSpace["lists"]): AccessSpace => ({ actions: { EditBuildDefinition: 2048 }, lists });
const makers = (name: string) => {
  const entries = [{ subject: `vssgp.${name}`, name: `[Payments]\\${name}`, allow: 2048, deny: 0 }];
  const none = space([]);
  const build = space([{ token: "11111111-1111-4111-8111-111111111111", inherits: true, entries }]);
  return { access: { build, git: none, taskGroups: none, releases: none } };
};

test("a connection of which nobody told who may use it is not judged, the others are", () => {
  const project = {
    connections: [exampleKeyConnection(), second],
    pipelinePermissions: [examplePermission("connection", exampleConnectionId, true)],
  };
  assert.deepEqual(answersOf("cicd/connection-open-to-all-pipelines", { project }), {
    "azure-payments": "high",
    other: "not-evaluated",
  });
});

test("who may add pipelines, a public project and a check that holds decide how bad an open connection is", () => {
  const id = "cicd/connection-open-to-all-pipelines";
  const project = {
    connections: [exampleKeyConnection()],
    pipelinePermissions: [examplePermission("connection", exampleConnectionId, true)],
  };
  const withCheck = (control: ReturnType<typeof exampleBranchControl>) => ({
    project: { ...project, checks: [exampleCheck("connection", exampleConnectionId, control)] },
  });
  const severityOf = (example: PostureExample) => answersOf(id, example)["azure-payments"];
  assert.equal(severityOf({ project: { ...project, ...makers("Contributors") } }), "critical");
  assert.equal(severityOf({ project: { ...project, ...makers("Build Administrators") } }), "high");
  assert.equal(severityOf({ project, visibility: "public" }), "critical");
  assert.equal(severityOf(withCheck(exampleBranchControl())), "medium");
  assert.equal(
    severityOf(withCheck(exampleBranchControl({ allowedBranches: ["*"], ensuresProtection: false }))),
    "high",
  );
});

test("whether a group of the directory is small is not guessed", () => {
  const entra = exampleUserGroup("Release managers", { descriptor: "aadgp.release", isFromEntra: true });
  const approver = { id: "g", name: "[contoso]\\Release managers", descriptor: entra.descriptor, isGroup: true };
  const project = {
    environments: [exampleEnvironment("production"), exampleEnvironment("staging", 6)],
    checks: [
      exampleCheck("environment", "5", exampleApproval({ approvers: [approver] })),
      exampleCheck("environment", "6", exampleApproval()),
    ],
  };
  const organization = { people: { users: [], groups: [entra], members: {} } };
  assert.deepEqual(answersOf("cicd/approval-not-independent", { project, organization }), {
    production: "not-evaluated",
    staging: "pass",
  });
});

test("of two checks on a resource the one that holds decides", () => {
  const weak = exampleBranchControl({ allowedBranches: ["*"], ensuresProtection: false });
  const project = {
    environments: [exampleEnvironment("production")],
    checks: [
      exampleCheck("environment", "5", weak),
      exampleCheck("environment", "5", exampleBranchControl(), { id: 13 }),
    ],
  };
  assert.deepEqual(answersOf("cicd/branch-control-weak", { project }), { production: "pass" });
});

test("agents that were not looked at are not fine; what is known of the others still fails", () => {
  const pools = [
    examplePool({ name: "hidden", agents: [], agentsUnknown: "No." }),
    examplePool({ id: 3, name: "large", agents: [exampleAgent({ version: "2.220.0" })], agentsUnknown: "Too many." }),
  ];
  const answers = (id: `cicd/${string}`) => answersOf(id, { organization: { pools } });
  assert.deepEqual(answers("cicd/pool-secret-in-capabilities"), { hidden: "not-evaluated", large: "not-evaluated" });
  assert.deepEqual(answers("cicd/pool-agents-outdated"), { hidden: "not-evaluated", large: "medium" });
});

test("a pipeline has nothing to lose only where it is told who may use each thing worth having", () => {
  const known = {
    ...makers("Contributors"),
    definitions: [exampleDefinition()],
    connections: [exampleKeyConnection(), second],
    ...{ variableGroups: [], environments: [] },
  };
  const answers = (...pipelinePermissions: readonly PipelinePermission[]) =>
    Object.values(answersOf("cicd/pipeline-edited-by-many", { project: { ...known, pipelinePermissions } }));
  const toNobody = (id: string) => ({ kind: "connection", id, allPipelines: false, definitionIds: [] }) as const;
  assert.deepEqual(answers(toNobody(exampleConnectionId)), ["not-evaluated"]);
  assert.deepEqual(answers(toNobody(exampleConnectionId), toNobody("c2")), []);
});
