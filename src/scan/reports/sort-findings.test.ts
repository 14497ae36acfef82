import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding, LiveVerdict } from "#model/finding.ts";
import type { Severity } from "#model/severity.ts";
import { sortFindings } from "./sort-findings.ts";

test("worst first, and of one severity those last that open nothing any more", () => {
  const finding = (path: string, severity: Severity, verdict?: LiveVerdict): Finding => ({
    ...{ rule: "secrets/x", aliases: [], severity, message: "", fingerprint: path },
    at: { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
    ...(verdict && { live: { verdict, reason: "", at: "2026-01-31T00:00:00Z" } }),
  });
  const given = [
    finding("a", "high", "not-live"),
    finding("b", "medium"),
    finding("c", "high", "live"),
    finding("d", "high"),
    finding("e", "critical", "not-live"),
  ];
  assert.deepEqual(
    sortFindings(given).map(({ fingerprint }) => fingerprint),
    ["e", "c", "d", "a", "b"],
  );
});
