import assert from "node:assert/strict";
import { test } from "node:test";
import { readPackages } from "../../testing/read-packages.ts";

test("cabal.project.freeze: versions, not flags and comments", () => {
  const { lines, problems, manifests } = readPackages({
    "cabal.project.freeze": `active-repositories: packages.example:merge
constraints: any.Agda ==2.6.4.3,
             -- any.never ==1.0,
             any.lens ==5.2, any.text-icu ==0.8.0.3,
             lens +flag -other,
             own ==1.0
index-state: any.no ==1.0
`,
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(lines, [
    "Agda@2.6.4.3 cabal.project.freeze:2",
    "lens@5.2 cabal.project.freeze:4",
    "own@1.0 cabal.project.freeze:6",
    "text-icu@0.8.0.3 cabal.project.freeze:4",
  ]);
  assert.equal(manifests[0]?.packages[2]?.at.startColumn, 30);
  assert.equal(readPackages({ "cabal.project.freeze": "foo" }).problems[0]?.code, "syntax");
});

test("stack.yaml.lock tells what stack.yaml asks for, and that the snapshot is missing", () => {
  const { lines, problems, manifests } = readPackages({
    "stack.yaml": "resolver: lts-22.41\nextra-deps:\n- fuzzyset-0.2.4\n",
    "stack.yaml.lock": `packages:
- completed:
    hackage: fuzzyset-0.2.4@sha256:f1b6,1618
  original:
    hackage: fuzzyset-0.2.4
- completed:
    name: own
    version: 1.2.3
    git: https://git.example/own.git
    commit: abc
snapshots:
- original: lts-22.41
`,
  });
  assert.deepEqual(lines, ["fuzzyset@0.2.4 stack.yaml.lock:2", "own@1.2.3 stack.yaml.lock:6"]);
  assert.equal(manifests[0]?.packages[0]?.integrity, "sha256:f1b6");
  assert.deepEqual(
    problems.map(({ code, line, isNotice }) => [code, line, isNotice]),
    [["unresolved", 12, true]],
  );
});

test("stack.yaml alone", () => {
  const text =
    "extra-deps:\n  - ShellCheck-0.8.0@sha256:35,3297\n  - ./own\n  - git: https://git.example/x.git\n    commit: a\n";
  assert.deepEqual(readPackages({ "stack.yaml": text }).lines, ["ShellCheck@0.8.0 stack.yaml:2"]);
});
