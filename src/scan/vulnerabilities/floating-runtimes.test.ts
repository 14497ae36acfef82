import assert from "node:assert/strict";
import { test } from "node:test";
import type { RuntimeRelease } from "#model/advisory.ts";
import { manifestOf, use } from "../packages/testing/written-packages.ts";
import { advisory, judged, type KnownWorld } from "./testing/judge-packages-of.ts";

const runtime = "Microsoft.NETCore.App";
const sdk = "Microsoft.NET.Sdk";
const world: KnownWorld = {
  advisories: {
    [runtime]: [
      advisory("CVE-2024-0001", ["8.0.0", "8.0.4"], { severityWord: "low" }),
      advisory("CVE-2024-0002", ["8.0.0", "8.0.8"], { severityWord: "medium" }),
      advisory("CVE-2024-0003", ["8.0.0", "8.0.8"], { severityWord: "critical" }),
      advisory("CVE-2025-0004", ["9.0.0", "9.0.1"]),
    ],
    [sdk]: [advisory("CVE-2024-0005", ["8.0.100", "8.0.108"]), advisory("CVE-2024-0006", ["8.0.300", "8.0.304"])],
  },
};

const floating: readonly (readonly [name: string, requirement: string, needed: string | undefined])[] = [
  [runtime, "8.0", "8.0.8"],
  [runtime, "8", "8.0.8"],
  [runtime, "8.0.x", "8.0.8"],
  [runtime, "9.0", "9.0.1"],
  [runtime, "10.0", undefined],
  [runtime, "latest", undefined],
  [sdk, "8.0", "8.0.304"],
  [sdk, "8.0.1xx", "8.0.108"],
  [sdk, "8.0.100 (rollForward: latestPatch)", "8.0.108"],
  [sdk, "8.0.109 (rollForward: latestPatch)", undefined],
];

for (const [name, requirement, needed] of floating) {
  test(`the least patch for ${name} ${requirement}`, () => {
    const { findings } = judged(manifestOf([use(name, { ecosystem: ".NET", requirement })]), world);
    assert.deepEqual(
      findings.map(({ upgrade }) => upgrade?.to),
      needed === undefined ? [] : [needed],
    );
  });
}

test("an open patch is one finding that names the newest one", () => {
  const one = use(runtime, { ecosystem: ".NET", requirement: "8.0" });
  const { findings } = judged(manifestOf([one, one]), world);
  const [finding, ...others] = findings;
  assert.equal(others.length, 0);
  assert.equal(finding?.rule, "vulnerabilities/vulnerable-runtime");
  assert.equal(
    finding.message,
    "Microsoft.NETCore.App 8.0 leaves the patch open: at least 8.0.8 must be installed, which fixes CVE-2024-0003, CVE-2024-0002",
  );
  assert.equal(finding.severity, "low");
  assert.deepEqual(finding.signals, ["floating"]);
});

test("a pinned runtime has a finding for each advisory, those that only its releases name included", () => {
  const channel: RuntimeRelease = {
    channel: "8.0",
    latest: "8.0.3",
    releases: [
      { version: "8.0.3", sdks: ["8.0.203"], fixes: ["CVE-2024-0003", "CVE-2024-0009"] },
      { version: "8.0.1", sdks: ["8.0.101"], fixes: ["CVE-2024-0008"] },
    ],
  };
  const pinned = manifestOf([use(`${runtime}@8.0.2`, { ecosystem: ".NET" })]);
  const { findings } = judged(pinned, { ...world, runtimes: [channel] });
  const ids = findings.map((finding) => finding.advisory?.id);
  assert.deepEqual(ids, ["CVE-2024-0001", "CVE-2024-0002", "CVE-2024-0003", "CVE-2024-0009"]);
  const last = findings.at(-1);
  assert.equal(last?.message, `${runtime} 8.0.2 is vulnerable: Weakness that .NET 8.0.3 fixes (CVE-2024-0009)`);
  assert.deepEqual(last.signals, ["severity not stated"]);
});
