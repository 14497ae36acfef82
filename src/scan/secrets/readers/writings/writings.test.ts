/** What holds of every writing, whatever it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceFileOf } from "../../../source-file-of.ts";
import { reportedScore } from "../../judgement/score.ts";
import { pathFacts } from "../../path-facts.ts";
import { rules } from "../../rules/written.ts";
import { secretsScanner } from "../../secrets-scanner.ts";
import { asBytes, inSmallLetters } from "../../small-letters.ts";
import { readWrittenCredential } from "../written-credential.ts";
import type { Writing } from "./writing.ts";
import { writings } from "./writings.ts";

const examples = rules.flatMap(({ id, examples }) =>
  examples.bad("ash").map((example) => ({
    id,
    ...(typeof example === "string" ? { path: "src/a.ts", text: example } : example),
  })),
);

test("every writing is found in an example of its rule", () => {
  const found = new Set<Writing>();
  for (const { path, text } of examples) {
    const facts = pathFacts(path);
    assert.ok(facts);
    const view = { bytes: Buffer.from(text), facts };
    const folded = inSmallLetters(asBytes(text));
    for (const [anchor, rows] of writings)
      for (let start = folded.indexOf(anchor); start >= 0; start = folded.indexOf(anchor, start + 1)) {
        const { candidates } = readWrittenCredential(view, { start, end: start + anchor.length });
        if (candidates.some(({ score = 0 }) => score >= reportedScore))
          for (const [, writing] of rows) found.add(writing);
      }
  }
  for (const [anchor, rows] of writings) for (const [, writing] of rows) assert.ok(found.has(writing), anchor);
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
