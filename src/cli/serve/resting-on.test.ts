import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { Manifest } from "#model/package-manifest.ts";
import { restingOn } from "./resting-on.ts";

function manifestOf(ecosystem: Ecosystem): Manifest {
  const at = { path: "x", startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  const one = { ecosystem, name: "a", at, relation: "direct", isDevelopment: false } as const;
  return { path: "x", format: "x", ecosystem, isLocked: true, packages: [one] };
}

const npm = { ecosystem: "npm", advisories: 1, packages: 1, malicious: 0, unreadable: 0, bytes: 1, built: "" } as const;

test("answers say where they rest on something old, missing, damaged or on a sample", () => {
  const codes = (isSample: boolean, asOf: string, ...ecosystems: readonly Ecosystem[]) =>
    restingOn(
      { isSample, problems: ["npm is damaged"], ecosystems: [{ ...npm, asOf }] },
      ecosystems.map(manifestOf),
      "2026-03-20",
    ).map(({ code }) => code);
  assert.deepEqual(codes(true, "2026-03-19T00:00:00Z", "npm"), ["sample", "damaged"]);
  assert.deepEqual(codes(false, "2026-03-19T00:00:00Z", "npm", "Docker"), ["damaged"]);
  assert.deepEqual(codes(false, "2026-03-01T00:00:00Z", "npm"), ["old-advisories", "damaged"]);
  assert.deepEqual(codes(false, "2026-03-19T00:00:00Z", "PyPI"), ["no-advisories", "damaged"]);
});
