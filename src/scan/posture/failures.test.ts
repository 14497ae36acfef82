/** What a failure says: how bad it is here, and why that is another than usual; what proves it; and what to do on which page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PostureFailure, PostureResource } from "#model/posture/posture-result.ts";
import { examplePipeline } from "./example-facts.ts";
import { resultsOf } from "./judge-posture.ts";
import { settledOrganization } from "./paths/path-example.ts";
import { exampleTime, factsOfExample, type PostureExample } from "./posture-example.ts";
import type { PostureRule } from "./posture-rule.ts";
import { defaultPostureSettings } from "./posture-settings.ts";
import { examplePool } from "./resource-examples.ts";
import { postureRules } from "./rules.generated.ts";

interface Failed {
  readonly resource: PostureResource;
  readonly answer: PostureFailure;
}

function failuresOf(rule: PostureRule, example: PostureExample | undefined): readonly Failed[] {
  const { settings, pipelines = [], paths = [] } = example ?? {};
  const context = {
    ...{ now: new Date(exampleTime), pipelines, paths },
    settings: { ...defaultPostureSettings, ...settings },
  };
  return resultsOf(rule, factsOfExample(example ?? {}), context).flatMap(({ resource, answer }) =>
    answer.is === "fail" ? [{ resource, answer }] : [],
  );
}

const all = postureRules.flatMap((rule) =>
  rule.examples.bad.flatMap((example) => failuresOf(rule, example).map((failed) => ({ rule, ...failed }))),
);

test("evidence is never empty, and another severity than the rule's has a reason", () => {
  const wrong = all.flatMap(({ rule, answer: { severity, severityBecause, evidence, why, fix } }) => [
    ...(evidence.length === 0 || evidence.some(({ what }) => what === "") ? [`${rule.id}: no evidence`] : []),
    ...(severity !== rule.severity && severityBecause === undefined
      ? [`${rule.id}: ${severity} without a reason`]
      : []),
    ...(/[.!]$/.test(why) || /undefined|\[object/.test(`${why} ${fix ?? ""} ${JSON.stringify(evidence)}`)
      ? [`${rule.id}: ${why}`]
      : []),
  ]);
  assert.deepEqual([...new Set(wrong)], []);
});

test("a resource is told once, with its page", () => {
  const wrong = postureRules.flatMap((rule) =>
    [...rule.examples.bad, ...rule.examples.good].flatMap((example) => {
      const keys = failuresOf(rule, example).map(
        ({ resource: { kind, id, projectId } }) => `${kind} ${id} ${projectId}`,
      );
      return keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${rule.id}: ${key}`);
    }),
  );
  assert.deepEqual(wrong, []);
  // Some checks stand on a resource that nobody could read.
  const ofUnread = new Set([
    "cicd/approval-not-independent",
    "cicd/branch-control-weak",
    "cicd/required-template-changeable",
  ]);
  const withoutPage = all.filter(
    ({ rule: { id, category }, resource }) => category !== "path" && !ofUnread.has(id) && resource.url === undefined,
  );
  assert.deepEqual([...new Set(withoutPage.map(({ rule }) => rule.id))], []);
});

test("agents and pipelines that nobody could read are not none", () => {
  const agentsUnknown = "Azure DevOps does not tell this account the agents.";
  const pools = [examplePool({ agentsUnknown })];
  const queue = { id: 9, name: "build-machines", poolId: 2 };
  const unread = { organization: { pools }, others: { Other: { queues: [queue] } }, pipelines: [examplePipeline({})] };
  const says = (id: string) => {
    const rule = postureRules.find((one) => one.id === id);
    assert(rule);
    const context = {
      ...{ now: new Date(exampleTime), pipelines: unread.pipelines, paths: [], settings: defaultPostureSettings },
    };
    const [result] = resultsOf(rule, factsOfExample(unread), context);
    return result?.answer.is === "not-evaluated" ? result.answer.reason : result?.answer.is;
  };
  assert.deepEqual(["cicd/pool-agents-outdated", "cicd/pool-secret-in-capabilities"].map(says), [
    agentsUnknown,
    agentsUnknown,
  ]);
  assert.equal(says("cicd/pool-machines-reused"), "Which pipelines of Other run there is not known.");
});

test("no way was found is said only where all that a way leads to is known", () => {
  const rule = postureRules.find(({ category }) => category === "path");
  assert(rule);
  const context = { now: new Date(exampleTime), pipelines: [], paths: [], settings: defaultPostureSettings };
  for (const key of ["secureFiles", "environments", "queues", "resourceRoles"] as const) {
    const { [key]: _, ...project } = settledOrganization.project ?? {};
    const [result] = resultsOf(rule, factsOfExample({ ...settledOrganization, project }), context);
    assert.equal(result?.answer.is, "not-evaluated", key);
  }
});

test("what raises and lowers", () => {
  const severities = [
    ["cicd/branch-merges-without-review", ["high", "medium", "high", "high", "high", "high", "high", "high"]],
    ["cicd/branch-unprotected", ["high", "high", "high", "high", "high", "critical"]],
    ["cicd/branch-merges-without-build", ["medium", "medium", "medium", "low", "low", "low"]],
    ["cicd/branch-force-push-allowed", ["high", "high", "medium", "low"]],
    ["cicd/repository-written-by-builds", ["high", "medium", "medium"]],
    ["cicd/repository-pinned-tag-movable", ["medium", "low", "medium"]],
    ["cicd/repository-open-to-all-pipelines", ["medium", "low"]],
    ["cicd/settings-job-token-reaches-organization", ["high", "high", "high"]],
    ["cicd/settings-release-token-reaches-organization", ["medium", "low"]],
    ["cicd/settings-forks-receive-secrets", ["medium", "critical", "critical"]],
    ["cicd/release-production-without-approval", ["high", "high", "medium"]],
    ["cicd/release-creator-approves", ["high", "medium", "medium"]],
    ["cicd/release-artifact-of-any-branch", ["medium", "low", "low", "low", "low"]],
    ["cicd/release-token-for-scripts", ["medium", "high"]],
    ["cicd/organization-open-to-guests", ["medium", "medium", "low"]],
    ["cicd/organization-public-projects", ["medium", "high", "high"]],
    ["cicd/organization-audit-not-kept", ["medium", "medium", "high", "high"]],
    ["cicd/hook-readable-on-the-way", ["medium", "high", "medium", "low"]],
    ["cicd/feed-published-by-many", ["high", "high", "high", "medium"]],
  ] as const;
  for (const [id, wanted] of severities) {
    const rule = postureRules.find((one) => one.id === id);
    assert.ok(rule, id);
    // Where several resources fail, the gravest.
    const found = rule.examples.bad.map((example) => worst(failuresOf(rule, example)));
    assert.deepEqual(found, wanted, id);
  }
});

function worst(failures: readonly Failed[]): string | undefined {
  const order = ["critical", "high", "medium", "low"];
  const found = failures.map(({ answer }) => answer.severity);
  return found.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))[0];
}
