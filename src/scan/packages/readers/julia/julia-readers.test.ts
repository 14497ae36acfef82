import assert from "node:assert/strict";
import { test } from "node:test";
import { readPackages } from "../../testing/read-packages.ts";

const json = "682c06a0-de6a-54ab-a142-c8b1cf79cde6";
const parsers = "69de0a69-1ddd-5017-9359-2bf0b02dc9f0";

test("Manifest.toml: versions, the graph, what belongs to Julia, the project beside it", () => {
  const { lines, manifests } = readPackages({
    "Manifest.toml": `julia_version = "1.9.0"
manifest_format = "2.0"

[[deps.JSON]]
deps = ["Parsers", "Unicode"]
git-tree-sha1 = "16b6"
uuid = "${json}"
version = "0.20.0"

    [deps.JSON.weakdeps]
    Other = "d360d2e6-b24c-11e9-a2a3-2a2ae2dbcce4"

[[deps.Parsers]]
repo-rev = "main"
repo-url = "https://git.example/parsers.git"
uuid = "${parsers}"
version = "2.0.0"

[[deps.Unicode]]
uuid = "4ec0a83e-493e-50e2-b9ac-8f72acf5a8f5"
`,
    "Project.toml": `name = "App"\n[deps]\nJSON = "${json}"\n[compat]\nJSON = "0.20"\n`,
  });
  assert.deepEqual(lines, [
    "JSON@0.20.0 Manifest.toml:4",
    "Parsers@2.0.0 Manifest.toml:13 transitive",
    "Unicode@? Manifest.toml:19 transitive",
  ]);
  const [first, second, third] = manifests[0]?.packages ?? [];
  assert.deepEqual(
    [first?.dependsOn, first?.at.endLine, first?.integrity, first?.requirement],
    [[1, 2], 8, "16b6", "0.20"],
  );
  assert.deepEqual([second?.source?.is, third?.groups, third?.requirement], ["git", ["stdlib"], "1.9.0"]);
});

test("the first form", () => {
  const text = `[[JSON]]\nuuid = "${json}"\nversion = "0.21.1"\n[JSON.deps]\nParsers = "${parsers}"\n[[Parsers]]\nuuid = "${parsers}"\nversion = "1.0.0"\n`;
  const { manifests, lines } = readPackages({ "Manifest.toml": text });
  assert.deepEqual(lines, ["JSON@0.21.1 Manifest.toml:1", "Parsers@1.0.0 Manifest.toml:6"]);
  assert.deepEqual(manifests[0]?.packages[0]?.dependsOn, [1]);
});

test("Project.toml alone; another program's file of that name is none", () => {
  const text = `[deps]\nJSON = "${json}"\n[extras]\nTest = "${parsers}"\n[targets]\ntest = ["Test"]\n`;
  assert.deepEqual(readPackages({ "Project.toml": text }).lines, [
    "JSON@? Project.toml:2",
    "Test@? Project.toml:4 dev",
  ]);
  assert.deepEqual(readPackages({ "Project.toml": 'name = "x"\n[deps]\na = "1.0"\n' }).manifests, []);
});
