/** Every rule's examples come out as they say, and every rule has the words that people need. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { resultsOf } from "./judge-posture.ts";
import { exampleTime, factsOfExample, type PostureExample } from "./posture-example.ts";
import type { PostureRule } from "./posture-rule.ts";
import { defaultPostureSettings } from "./posture-settings.ts";
import { postureRules } from "./rules.generated.ts";

function answerOf(rule: PostureRule, example: PostureExample): string {
  const { settings, pipelines = [], paths = [] } = example;
  const context = {
    now: new Date(exampleTime),
    pipelines,
    paths,
    settings: { ...defaultPostureSettings, ...settings },
  };
  const answers = resultsOf(rule, factsOfExample(example), context).map(({ answer }) => answer);
  const unsaid = answers.find((answer) => answer.is === "not-evaluated");
  if (answers.some((answer) => answer.is === "fail")) return "fail";
  return unsaid ? unsaid.reason : answers.length === 0 ? "nothing" : "pass";
}

test("bad examples fail, good ones pass", () => {
  const wrong = postureRules.flatMap((rule) => [
    ...rule.examples.bad.flatMap((example, index) => {
      const answer = answerOf(rule, example);
      return answer === "fail" ? [] : [`${rule.id}: bad ${index + 1}: ${answer}`];
    }),
    ...rule.examples.good.flatMap((example, index) => {
      const answer = answerOf(rule, example);
      return answer === "pass" ? [] : [`${rule.id}: good ${index + 1}: ${answer}`];
    }),
  ]);
  assert.deepEqual(wrong, []);
});

test("nothing known is never a pass", () => {
  const silent = postureRules.filter((rule) => rule.needs.length > 0 && answerOf(rule, {}) === "pass");
  assert.deepEqual(
    silent.map(({ id }) => id),
    [],
  );
});

test("a failure names evidence, and a rule says what is wrong, why, how it is abused and what to do", () => {
  const wordless = postureRules.filter(
    ({ id, title, why, abuse, fix, risks, examples }) =>
      !/^cicd\/[a-z0-9-]+$/.test(id) ||
      title.endsWith(".") ||
      why.length < 20 ||
      abuse.length < 20 ||
      fix.length < 10 ||
      risks.length === 0 ||
      examples.bad.length === 0 ||
      examples.good.length === 0,
  );
  assert.deepEqual(
    wordless.map(({ id }) => id),
    [],
  );
  const names = postureRules.flatMap(({ id, aliases }) => [id, ...aliases]);
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  );
});
