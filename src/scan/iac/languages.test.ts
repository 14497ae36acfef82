/** Every file of a repository is looked at, so that must take time of its length whatever stands in it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { sourceFileOf } from "../source-file-of.ts";
import { languages } from "./languages.ts";

const words =
  "x apiVersion kind metadata Resources AWSTemplateFormatVersion services steps trigger format_version op path";
const endless = ["\n", " ", "- ", "{{", '"', "a:\n", "\t\n"];

for (const path of ["a.yaml", "a.json", "compose.yaml", "azure-pipelines.yml", "kustomization.yaml"]) {
  test(`${path} is recognized or not in time of its length`, () => {
    for (const part of endless) {
      const bytes = new TextEncoder().encode(`${part.repeat(200_000)}\n${words}`);
      const file = sourceFileOf(path, "0", bytes);
      const selecting = languages.filter((language) => language.selects(path));
      takesAtMost(5, () => selecting.map((language) => language.recognizes?.(file)), JSON.stringify(part));
    }
  });
}

test("a long manifest is read as a short one is", () => {
  const text = `apiVersion: v1\nkind: Pod\ndata: ${"x".repeat(5_000_000)}\n`;
  const file = sourceFileOf("a.yaml", "0", new TextEncoder().encode(text));
  const kubernetes = languages.find(({ name }) => name === "kubernetes");
  assert.equal(kubernetes?.recognizes?.(file), true);
});
