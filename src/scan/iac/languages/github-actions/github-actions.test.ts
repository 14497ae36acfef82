/** Workflows become a file, jobs and steps; actions their steps. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { spanOf } from "../../../formats/text-file.ts";
import { sourceFileOf } from "../../../source-file-of.ts";
import { githubActions } from "./github-actions.ts";

function read(path: string, text: string) {
  return githubActions.read({ root: path, files: [sourceFileOf(path, "0", new TextEncoder().encode(text))] });
}

const names: readonly (readonly [string, boolean])[] = [
  [".github/workflows/build.yml", true],
  ["a/.github/workflows/build.yaml", true],
  [".github/workflows/sub/build.yml", false],
  [".github/dependabot.yml", false],
  ["actions/setup/action.yml", true],
];

for (const [path, expected] of names) {
  test(`${path}: ${expected}`, () => assert.equal(githubActions.selects(path), expected));
}

test("jobs begin at their names, steps at their items", () => {
  const text = "on: push\njobs:\n  a:\n    steps:\n    - run: b\n    - name: c\n      run: d\n";
  assert.deepEqual(
    read(".github/workflows/x.yml", text).resources.map(
      ({ types, address, at }) => `${spanOf(at).startLine} ${types[0]} ${address}`,
    ),
    ["1 file .github/workflows/x.yml", "3 job jobs(a)", "5 step jobs(a).steps[0]", "6 step jobs(a).steps[1](c)"],
  );
});

test("an action is no workflow", () => {
  const text = "name: a\nruns:\n  using: composite\n  steps:\n  - run: b\n    shell: bash\n";
  assert.deepEqual(
    read("action.yml", text).resources.map(({ types }) => types[0]),
    ["action", "step"],
  );
});

test("a file that is no YAML is a problem", () => {
  const { resources, problems } = read(".github/workflows/x.yml", "on: push\njobs: [\n");
  assert.equal(resources.length, 0);
  assert.match(problems[0]?.message ?? "", /could not be read whole/);
});

test("no mutation of a file makes the reader throw", () => {
  const text = "on: push\njobs:\n  a:\n    env: &e { x: 1 }\n    steps:\n    - run: |\n        b\n      env: *e\n";
  for (let at = 0; at < text.length; at++) {
    for (const piece of ["", "\n", ":", "[", "- ", "\t", "*e", "\u0000"]) {
      read(".github/workflows/x.yml", text.slice(0, at) + piece + text.slice(at + 1 + (at % 3)));
    }
  }
});
