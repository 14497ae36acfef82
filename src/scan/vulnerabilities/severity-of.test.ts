import assert from "node:assert/strict";
import { test } from "node:test";
import { severityOf } from "./severity-of.ts";

const v4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";
const v31 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N/E:P/RL:O/RC:C";
const v2 = "AV:N/AC:L/Au:N/C:C/I:C/A:C";

test("the newest version of CVSS decides", () => {
  assert.deepEqual(severityOf([v2, v31, v4]), { severity: "critical", score: 9.3, version: "4.0", vector: v4 });
  assert.deepEqual(severityOf([v2, v31]), { severity: "medium", score: 5.3, version: "3.1", vector: v31 });
  assert.deepEqual(severityOf([v2]), { severity: "high", score: 10, version: "2.0", vector: v2 });
});

test("what is no whole vector says nothing", () => {
  const broken = [
    "",
    "high",
    "CVSS:3.1/AV:N",
    "CVSS:5.0/AV:N/AC:L",
    `${v31}/AV:L`,
    v31.replace("C:L", "C:Q"),
    "CVSS:3.1/".repeat(9999),
  ];
  for (const vector of broken) assert.equal(severityOf([vector]), undefined, vector);
  assert.equal(severityOf([...broken, v2])?.score, 10);
});
