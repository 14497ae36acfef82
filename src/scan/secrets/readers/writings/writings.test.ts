/** What holds of every writing, whatever it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceFileOf } from "../../../source-file-of.ts";
import { pathFacts } from "../../paths/path-facts.ts";
import { rules } from "../../rules/generic/written.ts";
import { rules as ofTables } from "../../rules/generic/written-tables.ts";
import { reportedScore } from "../../scoring/score.ts";
import { secretsScanner } from "../../secrets-scanner.ts";
import { asBytes, inSmallLetters } from "../../text/small-letters.ts";
import type { Writing } from "./writing.ts";
import { writings } from "./writings.ts";
import { readWrittenCredential } from "./written-credential.ts";

const examples = [...rules, ...ofTables].flatMap(({ id, examples }) =>
  examples.bad("ash").map((example) => ({
    id,
    ...(typeof example === "string" ? { path: "src/a.ts", text: example } : example),
  })),
);

/** A place at which an anchor of the writing stands, and its value is found. */
interface Stood {
  readonly path: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function isFound({ path, text, start, end }: Stood): boolean {
  const facts = pathFacts(path);
  assert.ok(facts, path);
  const { candidates } = readWrittenCredential({ bytes: Buffer.from(text, "latin1"), facts }, { start, end });
  return candidates.some(({ score = 0 }) => score >= reportedScore);
}

/** In an example, or where that has another anchor of the same writing. */
test("every anchor of every writing is found where an example has it, or one of its sisters", () => {
  const stoodAt = new Map<Writing, Stood[]>();
  const found = new Set<string>();
  for (const { path, text: written } of examples) {
    const text = asBytes(written);
    const folded = inSmallLetters(text);
    for (const [anchor, rows] of writings)
      for (let start = folded.indexOf(anchor); start >= 0; start = folded.indexOf(anchor, start + 1)) {
        const stood = { path, text, start, end: start + anchor.length };
        if (!isFound(stood)) continue;
        found.add(anchor);
        for (const [, writing] of rows) stoodAt.set(writing, [...(stoodAt.get(writing) ?? []), stood]);
      }
  }
  const isFoundInPlace = (anchor: string, { path, text, start, end }: Stood) =>
    isFound({ path, text: text.slice(0, start) + anchor + text.slice(end), start, end: start + anchor.length });
  const never = [...writings].filter(
    ([anchor, rows]) =>
      !found.has(anchor) &&
      !rows.some(([, writing]) => stoodAt.get(writing)?.some((stood) => isFoundInPlace(anchor, stood))),
  );
  assert.deepEqual(
    never.map(([anchor]) => anchor),
    [],
  );
  for (const [anchor, rows] of writings)
    for (const [, writing] of rows) assert.ok(stoodAt.has(writing), `a writing at ${anchor}`);
});

test("the line ends of Windows hide nothing", () => {
  const rulesIn = (path: string, text: string) =>
    secretsScanner
      .scan(sourceFileOf(path, "0".repeat(40), Buffer.from(text)), { fingerprintKey: new Uint8Array(32) })
      .findings.map(({ rule }) => rule);
  for (const { id, path, text } of examples)
    assert.deepEqual(rulesIn(path, text.replace(/\r?\n/g, "\r\n")), [id], JSON.stringify(text));
});

test("patterns are of bytes: each of their signs is one", () => {
  for (const [text, rows] of writings)
    for (const [, { after, ahead, back, before, company, name, place }] of rows)
      for (const pattern of [after, ahead, back, before, company, name, place])
        assert.match(pattern?.source ?? "", /^[\0-\xff]*$/, text);
});
