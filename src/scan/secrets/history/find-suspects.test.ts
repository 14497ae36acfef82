/** What a scan under some path reports must be suspected without one, and must be inherited over deltas. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type RandomBelow, randomBelow } from "#model/testing/random.ts";
import { sample } from "../examples/example-values.ts";
import { judgeCandidates } from "../judgement/judge-candidates.ts";
import { pathFacts } from "../paths/path-facts.ts";
import type { SecretRule } from "../rule/secret-rule.ts";
import { secretRules } from "../rules.generated.ts";
import { reportedScore } from "../scoring/score.ts";
import { compileRules } from "../search/compile-rules.ts";
import { decodeBytes } from "../search/decode-bytes.ts";
import { findCandidates } from "../search/find-candidates.ts";
import { planRules } from "../search/plan-rules.ts";
import { type Changes, findSuspects, type Suspects, windowReach } from "./find-suspects.ts";
import { pairsOf } from "./span-lists.ts";

const rules: readonly SecretRule[] = secretRules;
const compiled = compileRules(rules, planRules(rules));

/** One path of every class that path-facts.ts tells apart. */
const paths = (
  "src/a.ts a.py Makefile deploy.sh a.ps1 config.yaml azure-pipelines.yml a.json a.toml a.ini app.properties .env .netrc " +
  "web.xml NuGet.config settings.xml .npmrc .pypirc kubeconfig Dockerfile main.tf prod.tfvars credentials README.md a.log " +
  "a.csv package-lock.json a.min.js a.svg tests/a.ts docs/a.md"
).split(" ");

function chosen<Item>(items: readonly Item[], index: number): readonly Item[] {
  return items.filter(
    (_, place) => place % items.length === index % items.length || place === (index + 1) % items.length,
  );
}

/** Rules of one shape differ in a word: of those an eighth tells the same. */
const tried = rules.filter(({ shape }, index) => shape.is !== "named" || index % 8 === 0);
const plain = tried.flatMap((rule, index) =>
  // Two ways of writing of each rule; the next rule's are others.
  chosen(rule.examples.bad("ash"), index).map((example) => ({
    rule: rule.id,
    path: typeof example === "string" ? "src/a.ts" : example.path,
    bytes: typeof example === "string" ? Buffer.from(example) : Buffer.from(example.text, example.encoding ?? "utf8"),
  })),
);

const behindEscapes = (text: string) =>
  text.replace(/[^A-Za-z0-9\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/** Of a document whose keys stand far from each other a change sees one end. */
const longBehindEscapes = plain
  .filter(({ bytes }) => bytes.length > 1000 && !/[^\x20-\x7e\s]/.test(bytes.toString("latin1")))
  .map((example) => ({ ...example, bytes: Buffer.from(behindEscapes(example.bytes.toString("latin1"))) }));

/** Every tenth example stands behind base64, every eleventh behind escapes, every seventh is as Windows writes files. */
const written = plain.map((example, index) => {
  const text = example.bytes.toString("latin1");
  const encoded =
    index % 10 === 0
      ? `data: ${example.bytes.toString("base64")}`
      : index % 11 === 0
        ? behindEscapes(text)
        : index % 7 === 0
          ? `\ufeff${text.replace(/\r?\n/g, "\r\n")}`
          : undefined;
  return encoded === undefined || /[^\x20-\x7e\s]/.test(text) ? example : { ...example, bytes: Buffer.from(encoded) };
});

const examples = [...written, ...longBehindEscapes];

function reportedUnder(path: string, bytes: Buffer) {
  const facts = pathFacts(path);
  const text = decodeBytes(bytes);
  if (facts === undefined || text === undefined) return [];
  const view = { bytes: Buffer.from(text), facts };
  return judgeCandidates(findCandidates(compiled, view).found, view).filter(({ score }) => score >= reportedScore);
}

test("whatever is reported under some path is suspected without one", () => {
  const missed = new Set<string>();
  for (const { rule, path, bytes } of examples) {
    const pairs = pairsOf(findSuspects(bytes, undefined).evidence);
    for (const under of [path, ...paths]) {
      for (const { rule: by, start, end } of reportedUnder(under, bytes)) {
        if (!pairs.some(([from, to]) => from < end && start < to)) missed.add(`${by.id} in ${rule} under ${under}`);
      }
    }
  }
  assert.deepEqual([...missed], []);
});

test("a word that signs sessions in code is suspected before it is known to be code", () => {
  assert.notDeepEqual(pairsOf(findSuspects(Buffer.from("app.secret_key = 'harborLight'\n"), undefined).evidence), []);
});

const words =
  'const value = request.headers["x-id"]; // text\n# of no meaning at all\n- name: step\n  run: build --all\n'.split(
    /(?= )/,
  );

function filler(random: RandomBelow, length: number): string {
  let text = "";
  while (text.length < length) text += words[random(words.length)]!;
  return text;
}

interface Copy {
  readonly from: number;
  readonly length: number;
}
type Piece = Copy | string;

/** Cuts, inserts, moves, doubles and swaps, near the places given and anywhere. */
function edited(random: RandomBelow, size: number, near: readonly number[]): readonly Piece[] {
  const place = () => {
    const around = near[random(near.length)] ?? 0;
    const wide = [3, 40, 300, 2500][random(4)]!;
    return Math.max(0, Math.min(size, random(3) === 0 ? random(size + 1) : around - wide + random(2 * wide)));
  };
  const cuts = [0, size, ...Array.from({ length: 1 + random(4) }, place)].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  for (let index = 1; index < cuts.length; index++) {
    const copy = { from: cuts[index - 1]!, length: cuts[index]! - cuts[index - 1]! };
    const action = random(6);
    if (action !== 0 || copy.length > size / 3) pieces.push(copy);
    if (action === 1) pieces.push(filler(random, random(60)));
    if (action === 2) pieces.push(["\n", "x", '"', " = ", "/", "A1b2"][random(6)]!);
    if (action === 3 && copy.length < 3000) pieces.push(copy);
  }
  if (random(5) === 0) pieces.unshift(filler(random, 1 + random(2000)));
  return pieces.filter((piece) => (typeof piece === "string" ? piece !== "" : piece.length > 0));
}

interface Unbroken extends Copy {
  readonly to: number;
}

/** The child, its copies (those that go on where the last one ended are one), and what changed. */
function applied(base: Buffer, pieces: readonly Piece[]) {
  const child = Buffer.concat(
    pieces.map((piece) =>
      typeof piece === "string" ? Buffer.from(piece) : base.subarray(piece.from, piece.from + piece.length),
    ),
  );
  const copies: Unbroken[] = [];
  let at = 0;
  for (const piece of pieces) {
    const last = copies.at(-1);
    if (typeof piece === "string") at += Buffer.byteLength(piece);
    else {
      if (last !== undefined && last.to + last.length === at && last.from + last.length === piece.from)
        copies[copies.length - 1] = { ...last, length: last.length + piece.length };
      else copies.push({ ...piece, to: at });
      at += piece.length;
    }
  }
  const splices: [number, number][] = [];
  let done = 0;
  for (const [index, copy] of copies.entries()) {
    if (index > 0 || copy.from !== 0 || copy.to !== 0) splices.push([done, copy.to]);
    done = copy.to + copy.length;
  }
  const last = copies.at(-1);
  if (last === undefined || done !== child.length || last.from + last.length !== base.length)
    splices.push([done, child.length]);
  const windows = splices.map(([from, to]): Pair => [from - windowReach.before, to + windowReach.after]);
  return { child, copies, splices, windows };
}

/** As the history scanner does it. */
function inherited(base: Buffer, known: Suspects, pieces: readonly Piece[]): { child: Buffer; suspects: Suspects } {
  const { child, copies, splices, windows } = applied(base, pieces);
  if (!known.isPlain) return { child, suspects: findSuspects(child, undefined) };
  const far: number[] = [];
  const again: Pair[] = [];
  for (const [from, to, start, end] of sightsOf(known.far)) {
    for (const copy of copies.filter((one) => one.from <= start && end <= one.from + one.length)) {
      const move = copy.to - copy.from;
      const isWhole =
        copy.from <= Math.max(0, from) &&
        Math.min(to, base.length) <= copy.from + copy.length &&
        (from >= 0 || move === 0) &&
        (to <= base.length || copy.to + copy.length === child.length);
      if (isWhole) far.push(from + move, to + move, start + move, end + move);
      else again.push([end + move - 1, end + move]);
    }
  }
  const evidence = pairsOf(known.evidence).flatMap(([from, to]) =>
    copies
      .filter((copy) => copy.from <= from && to <= copy.from + copy.length)
      .flatMap((copy) => [from - copy.from + copy.to, to - copy.from + copy.to]),
  );
  const changes: Changes = { splices: Int32Array.from(splices.flat()), windows: joined([...windows, ...again]) };
  const found = findSuspects(child, changes);
  if (!found.isPlain) return { child, suspects: found };
  return {
    child,
    suspects: {
      evidence: Int32Array.from([...evidence, ...found.evidence]),
      far: Int32Array.from([...far, ...found.far]),
      isPlain: true,
    },
  };
}

/** In spans that do not touch. */
function joined(pairs: readonly Pair[]): Int32Array {
  const spans: [number, number][] = [];
  for (const [from, to] of pairs.toSorted((one, other) => one[0] - other[0])) {
    const last = spans.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else spans.push([from, to]);
  }
  return Int32Array.from(spans.flat());
}

type Pair = readonly [number, number];

function sightsOf(list: Int32Array): readonly (readonly [number, number, number, number])[] {
  return Array.from({ length: list.length / 4 }, (_, index) => {
    const [from, to, start, end] = list.subarray(4 * index);
    return [from!, to!, start!, end!] as const;
  });
}

test("windows and inheritance suspect what a whole scan suspects, over generated edits", () => {
  let judged = 0;
  for (const [index, { rule, bytes }] of examples.entries()) {
    const random = randomBelow(index + 1);
    let base: Buffer = Buffer.concat([
      Buffer.from(filler(random, random(3000))),
      Buffer.from("\n"),
      bytes,
      Buffer.from("\n"),
      Buffer.from(filler(random, random(3000))),
    ]);
    let known = findSuspects(base, undefined);
    for (let generation = 0; generation < 4; generation++) {
      const places = [...known.evidence, ...known.far, base.length >> 1];
      const pieces = edited(random, base.length, places);
      const { child, suspects } = inherited(base, known, pieces);
      const whole = findSuspects(child, undefined);
      const told = `${rule}, seed ${index + 1}, generation ${generation}`;
      // Every place that a whole scan names is named, or a smaller one inside it.
      const carried = pairsOf(suspects.evidence);
      for (const [from, to] of pairsOf(whole.evidence)) {
        judged++;
        assert.ok(
          carried.some(([start, end]) => from <= start && end <= to),
          `${told}: evidence ${from}-${to} is lost`,
        );
      }
      const seen = sightsOf(suspects.far);
      for (const [from, to, start, end] of sightsOf(whole.far)) {
        assert.ok(
          seen.some((one) => one[0] <= from && to <= one[1] && one[2] === start && one[3] === end),
          `${told}: what ${start}-${end} sees (${from}-${to}) is lost`,
        );
      }
      base = child;
      known = suspects;
    }
  }
  assert.ok(judged > examples.length);
});

test("a password is suspected that comes far below the heading of its table", () => {
  const value = `gT${sample("base62", 9, "far")}7`;
  for (const [head, row, password] of [
    ["user,password\n", "ops,changeme\n", `ops,${value}\n`],
    ["| User | Password |\n|---|---|\n", "| ops | changeme |\n", `| ops | ${value} |\n`],
  ] as const) {
    const base = Buffer.from(`${"text\n".repeat(900)}${head}${row.repeat(600)}`);
    const at = base.length - 100 * row.length;
    const copies = [
      { from: 0, length: at },
      { from: at, length: base.length - at },
    ] as const;
    const known = findSuspects(base, undefined);
    assert.deepEqual([...known.evidence], [], head);
    const { child, suspects } = inherited(base, known, [copies[0], password, copies[1]]);
    const places = pairsOf(findSuspects(child, undefined).evidence);
    assert.ok(places.length > 0, head);
    assert.deepEqual(pairsOf(suspects.evidence), places, head);
    // What stood there before may be carried beside what is found anew.
    const below = { from: child.length - 100, length: 100 };
    const again = inherited(child, suspects, [{ from: 0, length: child.length - 100 }, row, below]);
    assert.deepEqual(new Set(pairsOf(again.suspects.evidence).map(String)), new Set(places.map(String)), head);
  }
});

test("binary and UTF-16 are taken as one piece", () => {
  const text = 'password = "gT4kq0Zr8x17"\n'.repeat(20);
  assert.deepEqual(findSuspects(Buffer.from(`${"\0\u0001\u0002".repeat(20)}${text}`), undefined), {
    evidence: new Int32Array(0),
    far: new Int32Array(0),
    isPlain: false,
  });
  const wide = Buffer.from(`\uFEFF${text}`, "utf16le");
  assert.deepEqual(findSuspects(wide, { splices: new Int32Array(0), windows: new Int32Array(0) }), {
    evidence: Int32Array.of(0, wide.length),
    far: new Int32Array(0),
    isPlain: false,
  });
});
