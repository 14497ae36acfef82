/** Every rule's examples come out as they say, and every rule has the words that people need. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expandPipeline } from "../formats/azure-pipeline/expand-pipeline.ts";
import { sourceFileOf } from "../source-file-of.ts";
import { scanPipeline } from "./azure/azure-pipelines.ts";
import type { PipelineFacts } from "./azure/pipeline-facts.ts";
import type { PipelineRule } from "./azure/pipeline-rule.ts";
import { readPipeline } from "./azure/read-pipeline.ts";
import { taintOf } from "./azure/taint.ts";
import type { CicdExample } from "./cicd-rule.ts";
import { pipelineRules } from "./rules.generated.ts";

const context = { fingerprintKey: new Uint8Array(32), includePassed: true };

function resultOf(rule: string, example: CicdExample<PipelineFacts>): string {
  const { text, files = {}, facts = {} } = typeof example === "string" ? { text: example } : example;
  const sources = Object.entries({ "azure-pipelines.yml": text, ...files }).map(([path, content]) =>
    sourceFileOf(path, path, new TextEncoder().encode(content)),
  );
  const { evaluations, problems } = scanPipeline("azure-pipelines.yml", sources, context, facts);
  const told = problems.filter(({ code }) => code === "failed").map(({ message }) => message);
  return told[0] ?? evaluations.find((one) => one.rule === rule)?.result ?? "missing";
}

test("bad examples fail, good ones do not", () => {
  const wrong = pipelineRules.flatMap(({ id, examples }) => [
    ...examples.bad.flatMap((example, index) =>
      resultOf(id, example) === "fail" ? [] : [`${id}: bad ${index + 1} ${resultOf(id, example)}`],
    ),
    ...examples.good.flatMap((example, index) =>
      resultOf(id, example) === "pass" ? [] : [`${id}: good ${index + 1} ${resultOf(id, example)}`],
    ),
  ]);
  assert.deepEqual(wrong, []);
});

function askOf(rule: PipelineRule, example: CicdExample<PipelineFacts>): boolean {
  const { text, files = {} } = typeof example === "string" ? { text: example } : example;
  const expanded = expandPipeline({ path: "a.yml", text }, (path) =>
    files[path] === undefined ? { missing: "there is no such file" } : { path, text: files[path] },
  );
  const pipeline = readPipeline(expanded);
  const asked = new Set<PropertyKey>();
  const facts = new Proxy<PipelineFacts>({}, { get: (_, key) => void asked.add(key) });
  if (pipeline) rule.check({ pipeline, taint: taintOf(pipeline), isTemplate: false }, facts);
  return asked.size > 0;
}

test("a rule that looks at facts says so, and has examples that carry some", () => {
  const wrong = pipelineRules.filter((rule) => {
    const { readsFacts = false } = rule;
    const examples = [...rule.examples.bad, ...rule.examples.good];
    const carries = examples.some((one) => typeof one !== "string" && one.facts !== undefined);
    return carries !== readsFacts || (!readsFacts && examples.some((one) => askOf(rule, one)));
  });
  assert.deepEqual(
    wrong.map(({ id }) => id),
    [],
  );
});

test("ids are given once, and a rule says what is wrong, why, how it is abused and what to do", () => {
  const names = pipelineRules.flatMap(({ id, aliases }) => [id, ...aliases]);
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  );
  const wordless = pipelineRules.filter(
    ({ id, title, why, abuse, fix, risks }) =>
      !/^cicd\/azure-[a-z0-9-]+$/.test(id) ||
      title.endsWith(".") ||
      why.length < 20 ||
      abuse.length < 20 ||
      fix.length < 10 ||
      risks.length === 0,
  );
  assert.deepEqual(
    wordless.map(({ id }) => id),
    [],
  );
});
