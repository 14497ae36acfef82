import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { readPackages } from "../../testing/read-packages.ts";

test("go.mod: blocks, comments, indirect modules, tools and the toolchain", () => {
  const { lines, manifests } = readPackages({
    "go.mod": `module example.test/app // the root
go 1.22
toolchain go1.22.5
require example.test/one v1.0.0
require (
  "example.test/quoted" v0.0.0-20210630005230-0f9fa26af87c // indirect
  // example.test/never v9.9.9
  example.test/tools v2.0.0+incompatible // indirect; comment
  example.test/bad v1.1.0
)
exclude example.test/bad v1.1.0
retract [v1.0.0, v1.9.9]
tool example.test/tools/cmd/lint
`,
  });
  assert.deepEqual(lines, [
    "example.test/app@? go.mod:1",
    "example.test/one@1.0.0 go.mod:4",
    "example.test/quoted@0.0.0-20210630005230-0f9fa26af87c go.mod:6 transitive",
    "example.test/tools@2.0.0+incompatible go.mod:8",
    "stdlib@1.22.5 go.mod:3",
  ]);
  const one = manifests[0]?.packages.find(({ name }) => name === "example.test/one");
  assert.deepEqual([one?.versionAt?.startColumn, one?.versionAt?.endColumn], [27, 32]);
});

test("a replaced module is what replaces it, by its version; a folder has none", () => {
  const { manifests } = readPackages({
    "go.mod": `go 1.22
require (
  example.test/a v1.0.0
  example.test/b v1.0.0
  example.test/c v1.0.0
)
replace (
  example.test/a v1.0.0 => example.test/fork v1.0.1
  example.test/b v0.9.0 => example.test/fork v1.0.2
)
replace example.test/c => ../c
`,
  });
  assert.deepEqual(
    manifests[0]?.packages.map(({ name, version, requirement, source, at }) => [
      name,
      version ?? requirement,
      source?.is,
      at.startLine,
    ]),
    [
      ["example.test/fork", "1.0.1", undefined, 8],
      ["example.test/b", "1.0.0", undefined, 4],
      ["example.test/c", "1.0.0", "path", 11],
      ["stdlib", "1.22", undefined, 1],
    ],
  );
});

test("before Go 1.17 go.sum, or the vendor folder, tells the rest", () => {
  const mod = "module m\ngo 1.16\nrequire example.test/a v1.0.0\n";
  const sum = `example.test/a v1.0.0 h1:aa=
example.test/a v1.0.0/go.mod h1:ab=
example.test/b v1.2.0/go.mod h1:bb=
example.test/c v1.3.0 h1:cc=
`;
  const bySum = readPackages({ "go.mod": mod, "go.sum": sum });
  assert.deepEqual(
    bySum.lines.filter((line) => line.includes("example.test")),
    ["example.test/a@1.0.0 go.mod:3", "example.test/c@1.3.0 go.sum:4 transitive"],
  );
  assert.equal(bySum.manifests[0]?.packages[1]?.integrity, "h1:aa=");
  const vendored =
    "# example.test/a v1.0.0\n## explicit\nexample.test/a\n# example.test/d v1.4.0\nexample.test/d/x\n# example.test/e v1.0.0\n";
  const byVendor = readPackages({ "go.mod": mod, "go.sum": sum, "vendor/modules.txt": vendored });
  assert.deepEqual(
    byVendor.lines.filter((line) => line.includes("example.test")),
    ["example.test/a@1.0.0 go.mod:3", "example.test/d@1.4.0 vendor/modules.txt:4 transitive"],
  );
});

test("a workspace replaces modules and chooses the toolchain of those that it uses", () => {
  const mod = "module m\ngo 1.21.0\nrequire example.test/a v1.0.0\n";
  const { lines } = readPackages({
    "go.work": "go 1.23.1\nuse ./used\nreplace example.test/a => example.test/a v1.5.0\n",
    "used/go.mod": mod,
    "other/go.mod": mod,
  });
  assert.deepEqual(lines, [
    "example.test/a@1.0.0 other/go.mod:3",
    "example.test/a@1.5.0 go.work:3",
    "m@? other/go.mod:1",
    "m@? used/go.mod:1",
    "stdlib@1.21.0 other/go.mod:2",
    "stdlib@1.23.1 go.work:1",
  ]);
});

test("what is no go.mod is a problem, and the rest is read", () => {
  const { lines, problems } = readPackages({ "go.mod": "module m\n<<<<<<< ours\nrequire example.test/a v1.0.0\n" });
  assert.equal(lines.length, 2);
  assert.deepEqual([problems[0]?.code, problems[0]?.line], ["syntax", 2]);
});

test("hostile files cost little", () => {
  takesAtMost(15, () => {
    const pieces = ["require (\n", '"', "//", "replace a => b v1\n", "require a v1.0.0\ntool a\n", "( ", "`"];
    for (const piece of pieces) readPackages({ "go.mod": piece.repeat(20_000), "go.sum": piece.repeat(20_000) });
  });
});

test("before Go 1.17 what is replaced is in no build, also where go.sum has it", () => {
  const { lines } = readPackages({
    "go.mod":
      "module m\ngo 1.16\nrequire example.test/a v1.0.0\nreplace example.test/a => example.test/b v1.1.0\nreplace example.test/c v1.0.0 => example.test/d v1.0.0\n",
    "go.sum":
      "example.test/a v1.0.0 h1:a=\nexample.test/b v1.1.0 h1:b=\nexample.test/c v1.0.0 h1:c=\nexample.test/c v1.2.0 h1:c=\n",
  });
  assert.deepEqual(lines, [
    "example.test/b@1.1.0 go.mod:4",
    "example.test/c@1.2.0 go.sum:4 transitive",
    "m@? go.mod:1",
    "stdlib@? go.mod:2",
  ]);
});

test("Gopkg.lock of dep", () => {
  const text = `[[projects]]
  branch = "master"
  name = "example.test/a"
  packages = ["."]
  revision = "0123456789012345678901234567890123456789"

[[projects]]
  name = "example.test/b"
  revision = "0123456789012345678901234567890123456789"
  version = "v1.2.3"

[solve-meta]
  analyzer-name = "dep"
`;
  const { lines, manifests } = readPackages({ "Gopkg.lock": text });
  assert.deepEqual(lines, ["example.test/a@? Gopkg.lock:1", "example.test/b@1.2.3 Gopkg.lock:7"]);
  assert.equal(manifests[0]?.packages[0]?.requirement, "master");
  assert.deepEqual(readPackages({ "Gopkg.lock": "" }).manifests, []);
});
