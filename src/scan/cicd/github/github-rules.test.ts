/** Every rule fails its bad examples and passes its good ones. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readYaml } from "../../formats/yaml/read-yaml.ts";
import type { CicdExample } from "../cicd-rule.ts";
import type { GithubRule } from "./github-rule.ts";
import { githubRules } from "./github-rules.ts";
import { readGithubFile } from "./read-github-file.ts";

function hitsOf(rule: GithubRule, example: CicdExample<unknown>): number {
  const text = typeof example === "string" ? example : example.text;
  const { documents, problems } = readYaml({ path: "a.yml", text });
  assert.deepEqual(problems, []);
  const file = readGithubFile("a.yml", documents[0]?.node);
  assert.ok(file, `neither a workflow nor an action:\n${text}`);
  const answer = rule.check(file, undefined);
  assert.ok(!("is" in answer));
  for (const { at } of answer) assert.ok(at.end > at.start && at.end <= text.length);
  return answer.length;
}

for (const rule of githubRules) {
  describe(rule.id, () => {
    for (const [index, example] of rule.examples.bad.entries())
      it(`fails bad example ${index + 1}`, () => assert.notEqual(hitsOf(rule, example), 0));
    for (const [index, example] of rule.examples.good.entries())
      it(`passes good example ${index + 1}`, () => assert.equal(hitsOf(rule, example), 0));
  });
}
