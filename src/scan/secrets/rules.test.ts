/** The conformance kit of secret rules: every rule's own examples, judged by all rules together. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { sourceFileOf } from "../source-file-of.ts";
import { sample } from "./examples/example-values.ts";
import type { Example, SecretRule } from "./rule/secret-rule.ts";
import { secretRules } from "./rules.generated.ts";
import { secretsScanner } from "./secrets-scanner.ts";
import { asBytes, inSmallLetters } from "./text/small-letters.ts";

const rules: readonly SecretRule[] = secretRules;
const seeds = ["oak", "elm", "fir"];
const context = { fingerprintKey: new Uint8Array(32).fill(7) };

/** Of many ways of writing each seed tries its share. */
function inTurns(examples: readonly Example[], turn: number): readonly Example[] {
  return examples.length < 9 ? examples : examples.filter((_, index) => index % seeds.length === turn);
}

function findingsIn(example: Example, minimumScore?: number) {
  const {
    path,
    text,
    encoding = "utf8",
  } = typeof example === "string" ? { path: "src/site.ts", text: example } : example;
  const bytes = Buffer.from(text, encoding);
  const { findings, problems } = secretsScanner.scan(sourceFileOf(path, "0".repeat(40), bytes), {
    ...context,
    ...(minimumScore !== undefined && { minimumScore }),
  });
  assert.deepEqual(problems, []);
  return findings;
}

/** The same with the line ends of Windows, and its byte-order mark; what is no UTF-8 text stays. */
function fromWindows(example: Example): Example {
  if (typeof example !== "string" && example.encoding !== undefined) return example;
  const text = `\ufeff${textOf(example).replace(/\r?\n/g, "\r\n")}`;
  return typeof example === "string" ? text : { ...example, text };
}

function textOf(example: Example): string {
  return typeof example === "string" ? example : example.text;
}

/** Rules and seeds share four good examples of ten, and the same bytes give the same result. */
const leftAlone = new Set<string>();

function nameOf(example: Example, asked: number | undefined): string {
  return JSON.stringify([example, asked]);
}

/** Thousands of rules differ in the word before the value and have the same ways of writing: every `of` of them try all. */
function isItsTurn({ shape }: SecretRule, turn: number, of: number): boolean {
  return shape.is !== "named" || turn % of === 0;
}

for (const [index, rule] of rules.entries()) {
  const asked = rule.shape.is === "literal" ? rule.score : undefined;
  test(`${rule.id} finds its bad examples, and all rules leave its good ones alone`, () => {
    const ofSeeds = seeds.map((seed) => rule.examples.bad(seed));
    const [oak, elm] = ofSeeds.map((examples) => new Set(examples.map(textOf)));
    assert.ok(oak!.size >= 2, "it has less than two bad examples");
    assert.notDeepEqual(oak, elm, "its bad examples are the same for every seed");
    for (const [at, example] of ofSeeds.flatMap(inTurns).entries()) {
      if (!isItsTurn(rule, index + at, 3)) continue;
      const hits = findingsIn(example, asked);
      if (asked !== undefined) assert.deepEqual(findingsIn(example), []);
      assert.deepEqual(
        hits.map((finding) => finding.rule),
        [rule.id],
        `in ${createHash("sha256").update(textOf(example)).digest("hex").slice(0, 8)}: ${shapeOf(textOf(example))}`,
      );
      if (isItsTurn(rule, index + at, 9)) {
        assert.deepEqual(
          findingsIn(fromWindows(example), asked).map(({ fingerprint }) => fingerprint),
          hits.map(({ fingerprint }) => fingerprint),
          `as Windows writes files: ${shapeOf(textOf(example))}`,
        );
      }
      const text = inSmallLetters(asBytes(textOf(example)));
      const anchored =
        rule.anchors.length === 0 || rule.anchors.some((anchor) => text.includes(inSmallLetters(anchor.text)));
      assert.ok(anchored, "no anchor of the rule is in its example");
      const masked = hits[0]?.masked ?? "";
      assert.match(masked, /^(\S{3,4}… )?\(\d+ (?:characters|bytes)\)$/);
    }

    const good = seeds.map((seed) => rule.examples.good(seed));
    for (const examples of good)
      assert.ok(new Set(examples.map(textOf)).size >= 2, "it has less than two good examples");
    for (const [at, example] of good.flat().entries()) {
      if (!isItsTurn(rule, index + at, 3) || leftAlone.has(nameOf(example, asked))) continue;
      assert.deepEqual(
        findingsIn(example, asked).map((finding) => `${finding.rule} in ${shapeOf(textOf(example))}`),
        [],
      );
      leftAlone.add(nameOf(example, asked));
    }
  });
}

/** The example with its letters and digits made anonymous: enough to recognise it, and no token in a test's output. */
function shapeOf(text: string): string {
  return text.slice(0, 160).replace(/[A-Za-z0-9+/_-]{12,}/g, (run) => `[${run.slice(0, 4)}…${run.length}]`);
}

/** Providers' words that two rules know, with a value that fits both: the rule that is told. */
const shared = [
  ["digitalocean_token", "hexLower", 64, "digitalocean-token-legacy"],
  ["elevenlabs_api_key", "hexLower", 32, "elevenlabs-key-legacy"],
  ["freshservice_api_key", "base62", 20, "freshworks-key"],
  ["codeberg_token", "hexLower", 40, "codeberg-key"],
] as const;

for (const [name, alphabet, length, id] of shared) {
  test(`of the rules that know ${name}, ${id} is told`, () => {
    const found = seeds.flatMap((seed) => findingsIn(`${name} = "${sample(alphabet, length, seed)}"`));
    assert.deepEqual(
      found.map(({ rule }) => rule),
      seeds.map(() => `secrets/${id}`),
    );
  });
}

test("rules have unique ids and whole words", () => {
  assert.equal(new Set(rules.map((rule) => rule.id)).size, rules.length);
  for (const rule of rules) {
    assert.match(rule.id, /^secrets\/[a-z0-9-]+$/);
    assert.ok(
      rule.anchors.every(({ text }) => text.length > 1),
      `${rule.id}: an anchor of one character is everywhere`,
    );
    for (const words of [rule.title, rule.why, rule.fix, rule.provider]) assert.ok(words.length > 2, rule.id);
    assert.ok(!rule.title.endsWith("."), `${rule.id}: the title is no full sentence`);
    assert.ok(rule.links.length > 0 && rule.links.every((link) => link.startsWith("https://")), rule.id);
  }
});
