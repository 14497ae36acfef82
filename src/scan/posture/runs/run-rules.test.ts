/** The examples of every rule on runs come out as they say, and every rule has the words that people need. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { unknown } from "#model/posture/fact.ts";
import { exampleTime, factsOfExample } from "../posture-example.ts";
import { defaultPostureSettings } from "../posture-settings.ts";
import { postureRules } from "../rules.generated.ts";
import { runResultsOf } from "./judge-run.ts";
import { runRules } from "./rules.generated.ts";
import { evidenceOfExample, type RunExample } from "./run-example.ts";
import type { RunRule } from "./run-rule.ts";

function answersOf(rule: RunRule, example: RunExample) {
  const { settings, pipelines = [], paths = [] } = example;
  const context = {
    now: new Date(exampleTime),
    pipelines,
    paths,
    settings: { ...defaultPostureSettings, ...settings },
  };
  return runResultsOf(rule, evidenceOfExample(example), factsOfExample(example), context).map(({ answer }) => answer);
}

function wordOf(rule: RunRule, example: RunExample): string {
  const answers = answersOf(rule, example);
  const unsaid = answers.find((answer) => answer.is === "not-evaluated");
  if (answers.some((answer) => answer.is === "fail")) return "fail";
  return unsaid ? unsaid.reason : answers.length === 0 ? "nothing" : "pass";
}

test("bad examples fail, good ones pass", () => {
  const wrong = runRules.flatMap((rule) =>
    (["bad", "good"] as const).flatMap((kind) =>
      rule.examples[kind].flatMap((example, index) => {
        const word = wordOf(rule, example);
        return word === (kind === "bad" ? "fail" : "pass") ? [] : [`${rule.id}: ${kind} ${index + 1}: ${word}`];
      }),
    ),
  );
  assert.deepEqual(wrong, []);
});

test("what was not read about a run is never a pass", () => {
  const silent = runRules.filter((rule) => wordOf(rule, { run: { branch: "refs/heads/feature" } }) === "pass");
  // What was given when it was queued is part of the run itself: nothing was.
  assert.deepEqual(
    silent.map(({ id }) => id),
    ["cicd/run-suspicious-override"],
  );
});

test("who never ran it before is not known without earlier runs", () => {
  const rule = runRules.find(({ id }) => id === "cicd/run-unexpected-requester");
  const [example] = rule?.examples.bad ?? [];
  assert(rule && example);
  const evidence = { ...evidenceOfExample(example), earlier: unknown("refused", "Runs are hidden.") };
  const context = { now: new Date(exampleTime), pipelines: [], paths: [], settings: defaultPostureSettings };
  const answers = runResultsOf(rule, evidence, factsOfExample(example), context).map(({ answer }) => answer);
  const reason = "Earlier runs of the pipeline are not known: Runs are hidden.";
  assert.deepEqual(answers, [{ is: "not-evaluated", reason }]);
});

test("a failure proves itself, and words are whole", () => {
  const wordless = runRules.filter(
    (rule) =>
      !/^cicd\/run-[a-z0-9-]+$/.test(rule.id) ||
      rule.title.endsWith(".") ||
      rule.why.length < 20 ||
      rule.abuse.length < 20 ||
      rule.fix.length < 10 ||
      rule.risks.length === 0 ||
      rule.examples.good.length === 0 ||
      rule.examples.bad
        .flatMap((example) => answersOf(rule, example))
        .some((answer) => answer.is === "fail" && (answer.evidence.length === 0 || answer.why.endsWith("."))),
  );
  assert.deepEqual(
    wordless.map(({ id }) => id),
    [],
  );
  const names = [...postureRules, ...runRules].flatMap(({ id, aliases }) => [id, ...aliases]);
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  );
});
