/** Every rule fails its bad examples and passes its good ones. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readYaml } from "../../formats/yaml/read-yaml.ts";
import { gitlabRules } from "./gitlab-rules.ts";
import { readGitlabPipeline } from "./read-gitlab-pipeline.ts";

function hitsOf(rule: (typeof gitlabRules)[number], example: unknown): number {
  assert.equal(typeof example, "string");
  const { documents, problems } = readYaml({ path: "a.yml", text: String(example) });
  assert.deepEqual(problems, []);
  const file = readGitlabPipeline(
    "a.yml",
    documents.map(({ node }) => node),
  );
  assert.ok(file, `no pipeline:\n${example}`);
  const answer = rule.check(file, undefined);
  assert.ok(!("is" in answer));
  for (const { at } of answer) assert.ok(at.end > at.start && at.end <= String(example).length);
  return answer.length;
}

for (const rule of gitlabRules) {
  describe(rule.id, () => {
    for (const [index, text] of rule.examples.bad.entries())
      it(`fails bad example ${index + 1}`, () => assert.ok(hitsOf(rule, text) > 0, String(text)));
    for (const [index, text] of rule.examples.good.entries())
      it(`passes good example ${index + 1}`, () => assert.equal(hitsOf(rule, text), 0, String(text)));
  });
}
