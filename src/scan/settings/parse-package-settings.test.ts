import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultPackageSettings } from "./package-settings.ts";
import { parsePackageSettings } from "./parse-package-settings.ts";
import { parseSettings } from "./parse-settings.ts";

function mistakesOf(text: string): readonly string[] {
  const parsed = parsePackageSettings(text);
  return parsed.is === "mistakes" ? parsed.mistakes.map(({ line, message }) => `${line}: ${message}`) : [];
}

test("rules that are given stand before the default ones, numbers replace theirs", () => {
  const text = `licenses:
  otherwise: deny
  rules:
    - match: { license: LGPL-2.1-only, package: "@contoso/*", scope: production }
      action: allow
      severity: low
      reason: Linked dynamically
      until: 2027-01-31
operationalRisk:
  report: medium
  weights: { popularity: 0 }
`;
  const usual = defaultPackageSettings;
  const expected = {
    licenses: {
      rules: [
        {
          match: { license: "LGPL-2.1-only", package: "@contoso/*", scope: "production" },
          action: "allow",
          severity: "low",
          reason: "Linked dynamically",
          until: "2027-01-31",
        },
        ...usual.licenses.rules,
      ],
      otherwise: "deny",
    },
    operationalRisk: {
      ...usual.operationalRisk,
      report: "medium",
      weights: { ...usual.operationalRisk.weights, popularity: 0 },
    },
  };
  assert.deepEqual(parsePackageSettings(text), { is: "settings", settings: expected });
  const whole = parseSettings(`skip: [a]\n${text}`);
  const ofInstance = [
    { word: "licenses", line: 2 },
    { word: "operationalRisk", line: 10 },
  ];
  assert.deepEqual(whole, { is: "settings", settings: { allow: [], skip: ["a"], packages: expected, ofInstance } });
  assert.deepEqual(parsePackageSettings("# nothing\n"), { is: "settings", settings: usual });
});

test("mistakes are said with their line", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["licences: {}\n", '1: unknown word "licences"; known are licenses, operationalRisk'],
    ["licenses: []\n", "1: licenses must be a mapping (rules, otherwise)"],
    ["licenses:\n  otherwise: forbid\n", '2: otherwise must be one of allow, review, deny, not "forbid"'],
    ["licenses:\n  rules:\n    - match: {}\n", "3: a rule needs an action (allow, review, deny)"],
    [
      "licenses:\n  rules:\n    - action: deny\n      match: { licence: MIT }\n",
      '4: unknown word "licence"; known are license, category, package, scope',
    ],
    ["licenses:\n  rules:\n    - action: deny\n      until: soon\n", "4: until must be a date: YYYY-MM-DD"],
    ["operationalRisk:\n  weights:\n    popularity: 400\n", "3: popularity must be a number from 0 to 100"],
    ["operationalRisk:\n  mediumFrom: 80\n", "2: mediumFrom (80) must not be greater than highFrom (55)"],
    [`${"[".repeat(5000)}\n`, "1: "],
  ];
  for (const [text, expected] of cases) {
    const found = mistakesOf(text);
    assert.ok(found[0]?.startsWith(expected), `${text.slice(0, 100)} -> ${found[0]}`);
  }
});
