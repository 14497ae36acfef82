import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "#model/finding.ts";
import type { Rule } from "#model/rule.ts";
import { isSpan } from "#model/span.ts";
import type { FileResult } from "../../file-scanner.ts";
import type { Report } from "../../reports/report.ts";
import { toJson } from "../../reports/to-json.ts";
import { toJunit } from "../../reports/to-junit.ts";
import { toMarkdown } from "../../reports/to-markdown.ts";
import { toSarif } from "../../reports/to-sarif.ts";
import { toTable } from "../../reports/to-table.ts";
import { scanFile } from "../../scan.ts";
import { sourceFileOf } from "../../source-file-of.ts";
import type { Example, SecretRule } from "../rule/secret-rule.ts";
import { secretRules } from "../rules.generated.ts";
import { maskValue } from "./masking.ts";

const context = { fingerprintKey: new Uint8Array(32).fill(9), scanners: ["secrets"] as const };
const width = 10;
const stride = 6;
const longest = 300;

/** Pieces of a value that can only come from it: letters and digits mixed, and not what the rule's words say anyway. */
function piecesOf(text: string, { at }: Finding, words: string): readonly string[] {
  assert.ok(isSpan(at));
  const lines = text.split("\n").slice(at.startLine - 1, at.endLine);
  const value = lines.map((line, index) =>
    line.slice(index === 0 ? at.startColumn - 1 : 0, index === lines.length - 1 ? at.endColumn - 1 : undefined),
  );
  return value.flatMap((line) => {
    const starts = Array.from(
      { length: Math.ceil(Math.min(line.length, longest) / stride) },
      (_, index) => index * stride,
    );
    return starts
      .map((start) => line.slice(start, start + width))
      .filter((piece) => piece.length === width && /[a-z]/i.test(piece) && /\d/.test(piece) && !words.includes(piece));
  });
}

/**
 * Of all ways of writing a rule's value each rule tries its share, the next rule others. Rules that differ in the word before the
 * value are two thousand, with the same ways: every eighteen of them try all.
 */
function shareOf({ shape, examples }: SecretRule, index: number): readonly Example[] {
  const bad = examples.bad("masking");
  const share = Math.min(shape.is === "named" ? 18 : 3, bad.length);
  return bad.filter((_, at) => at % share === index % share);
}

test("no format prints a piece of a value, of any rule's examples", () => {
  let checked = 0;
  for (const [index, rule] of secretRules.entries()) {
    const words = JSON.stringify([rule.title, rule.why, rule.fix, rule.links, rule.id, rule.aliases]);
    const texts = shareOf(rule, index).flatMap((example) => {
      const { path, text } = typeof example === "string" ? { path: "src/a.conf", text: example } : example;
      // Markers, too: what they silence is printed, and so is what stands behind them.
      const marker = `sallyport:allow ${rule.id} ${text.replaceAll(/\s+/g, " ").slice(0, 200)}`;
      return [
        { path, text },
        { path, text: `${text} # ${marker}` },
      ];
    });
    const results = texts.map(({ path, text }) => scanFile(sourceFileOf(path, "0", Buffer.from(text)), context));
    const printed = printedIn(rule, results);
    const pieces = results.flatMap(({ findings, silenced }, at) =>
      [...findings, ...silenced.map((one) => one.finding)].flatMap((finding) =>
        piecesOf(texts[at]?.text ?? "", finding, words),
      ),
    );
    for (const piece of new Set(pieces)) {
      checked++;
      assert.ok(!printed.includes(piece), `${rule.id} is printed by one of its formats`);
    }
  }
  assert.ok(checked > 5000);
});

function printedIn(rule: Rule, results: readonly FileResult[]): string {
  const report: Report = {
    tool: { name: "Sallyport", version: "1" },
    findings: results.flatMap(({ findings }) => findings),
    silenced: results.flatMap(({ silenced }) => silenced),
    problems: results.flatMap(({ problems }) => problems),
    stats: { files: 1, bytes: 1, milliseconds: 1, cache: { hits: 0, misses: 1 } },
  };
  const formats = [toSarif(report, [rule]), toJunit(report, [rule]), toMarkdown(report, [rule])];
  return [...formats, toTable(report, { colour: false }), toJson(report)].join("\n");
}

test("a mask is four characters of a provider's prefix and the length, and only the length otherwise", () => {
  assert.equal(maskValue("abcd".repeat(3), 9), "abcd… (12 characters)");
  assert.equal(maskValue("abcd".repeat(3), 3), "abc… (12 characters)");
  assert.equal(maskValue("abcdefghijk", 4), "(11 characters)");
  assert.equal(maskValue("abcdefghijklm", 0), "(13 characters)");
});
