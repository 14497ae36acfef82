/** Values take the place of variables, in the ways of Dockerfiles and of compose files. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expandVariables } from "./expand-variables.ts";

const values: Readonly<Record<string, string>> = { A: "1", EMPTY: "", SELF: "$SELF" };
const lookup = (name: string) => (name in values ? { value: values[name] } : undefined);
const dockerRules = { lookup, escape: "\\", quotes: true };
const composeRules = { lookup, escape: "$", quotes: false };

const inDockerfiles = [
  [`$A-\${A}`, "1-1"],
  ["\"$A\" '$A' \\$A", "1 $A $A"],
  [`\${B:-x\${A}}`, "x1"],
  [`\${EMPTY:-x}\${EMPTY-y}`, "x"],
  [`\${A:+set}\${B:+set}`, "set"],
  [`$B/\${B}`, `\${B}/\${B}`],
  [`\${A#pattern}`, `\${A}`],
  ["c:\\\\windows", "c:\\windows"],
  [`\${A`, `\${A`],
  ["$SELF", "$SELF"],
] as const;

for (const [text, expected] of inDockerfiles) {
  test(`Dockerfile: ${text}`, () => assert.equal(expandVariables(text, dockerRules).text, expected));
}

test("compose doubles a dollar that is meant", () => {
  assert.equal(expandVariables(`$$A '$A' \${B:?needed}`, composeRules).text, `$A '1' \${B}`);
});

test("what has no value is named", () => {
  assert.deepEqual(expandVariables(`$A $B \${C}`, dockerRules).unknown, ["B", "C"]);
});

test("openings without an end cost little", () => {
  assert.equal(expandVariables(`\${`.repeat(5000), dockerRules).unknown.length, 0);
});
