import assert from "node:assert/strict";
import { test } from "node:test";
import { readPackages } from "../../testing/read-packages.ts";

test("META.json: phases of prerequisites", () => {
  const text = `{ "name": "My-Dist", "version": "0.08", "license": ["perl_5"],
  "prereqs": { "runtime": { "requires": { "perl": "5.006", "JSON::PP": "2.0" }, "conflicts": { "No": "1" } },
    "test": { "requires": { "Test::More": "0" } } } }`;
  const { lines, manifests } = readPackages({ "META.json": text });
  assert.deepEqual(lines, ["JSON::PP@? META.json:2", "My-Dist@0.08 META.json:1", "Test::More@? META.json:3 dev"]);
  assert.equal(manifests[0]?.packages[1]?.requirement, "2.0");
});

test("META.yml, the older form", () => {
  const text = "--- #YAML:1.0\nname: A-B\nversion: 1.20\nbuild_requires:\n  C::D: 0\nrequires:\n  E: 1.1\n";
  assert.deepEqual(readPackages({ "META.yml": text }).lines, [
    "A-B@1.20 META.yml:2",
    "C::D@? META.yml:5 dev",
    "E@? META.yml:7",
  ]);
});
