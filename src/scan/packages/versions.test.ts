import assert from "node:assert/strict";
import { test } from "node:test";
import type { RangeEvent } from "#model/advisory.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import { isVersionAffected } from "./versions.ts";

function inRange(ecosystem: Ecosystem, version: string, ...events: RangeEvent[]): boolean {
  return isVersionAffected(ecosystem, version, [{ ranges: [{ events }], versions: [] }]);
}

test("a fix is not affected, the last affected one is, and zero is below everything", () => {
  const fixed = [{ introduced: "0" }, { fixed: "1.2.0" }] as const;
  assert.ok(inRange("npm", "0.0.0-alpha", ...fixed));
  assert.ok(inRange("npm", "1.2.0-rc.1", ...fixed));
  assert.ok(!inRange("npm", "1.2.0", ...fixed));
  assert.ok(inRange("Maven", "1.2", { introduced: "1.0" }, { lastAffected: "1.2.0" }));
  assert.ok(!inRange("Maven", "1.2.1", { introduced: "1.0" }, { lastAffected: "1.2.0" }));
  assert.ok(inRange("Go", "2.0.0+incompatible", { introduced: "2.0.0" }));
});

test("events count in the order of versions, whatever their order in the record", () => {
  const events = [{ fixed: "2.5" }, { introduced: "0" }, { introduced: "2.0" }, { fixed: "1.5" }] as const;
  const found = ["1.0", "1.5", "1.9", "2.0", "2.4", "2.5"].filter((version) => inRange("PyPI", version, ...events));
  assert.deepEqual(found, ["1.0", "2.0", "2.4"]);
  assert.ok(!inRange("npm", "2.0.0", { fixed: "1.0.0" }, { introduced: "0" }));
});

test("versions that are named join the ranges, however they are written", () => {
  const affected = [{ ranges: [{ events: [{ introduced: "3.0" }] }], versions: ["1.0", "2.0.0-BETA"] }];
  const found = ["1.0.0", "2.0.0-beta", "2.0.0", "3.1"].filter((one) => isVersionAffected("NuGet", one, affected));
  assert.deepEqual(found, ["1.0.0", "2.0.0-beta", "3.1"]);
  assert.ok(!isVersionAffected("NuGet", "1.0", []));
});

test("a build of a Python version is what it is a build of, unless a bound names a build", () => {
  const last = [{ introduced: "0" }, { lastAffected: "2.6.0" }] as const;
  const versions = ["2.6.0+cu124", "2.6.0", "2.6.1+cpu"];
  assert.deepEqual(
    versions.filter((version) => inRange("PyPI", version, ...last)),
    ["2.6.0+cu124", "2.6.0"],
  );
  assert.ok(isVersionAffected("PyPI", "2.6.0+cu124", [{ ranges: [], versions: ["2.6.0"] }]));
  assert.ok(!inRange("PyPI", "2.6.0+cu124", { introduced: "0" }, { fixed: "2.6.0" }));
  assert.ok(inRange("PyPI", "2.6.0", { introduced: "0" }, { fixed: "2.6.0+mended" }));
});

test("a branch or a commit is affected only if every version is", () => {
  assert.ok(!inRange("npm", "main", { introduced: "0" }, { fixed: "1.0.0" }));
  assert.ok(inRange("npm", "main", { introduced: "0" }));
  const commit = "0e58ed8671d6b60d0890c21b07f8835ace038e67";
  assert.ok(!inRange("GitHub Actions", commit, { introduced: "0" }, { fixed: "45.0.1" }));
  assert.ok(!inRange("Docker", `sha256:${commit}${commit.slice(0, 24)}`, { introduced: "0" }, { fixed: "1.0" }));
  assert.ok(!inRange("Packagist", "dev-main", { introduced: "0" }, { fixed: "1.0.0" }));
  assert.ok(!inRange("Packagist", "1.x-dev", { introduced: "1.0" }, { fixed: "1.5.0" }));
  assert.ok(inRange("Packagist", "v1.0.0", { introduced: "0" }, { lastAffected: "1.0" }));
});
