/**
 * Every anchor of every reader before, between and behind long runs of what readers skip, count or pair: a pattern that tries
 * each way to part them, or a reader that costs more than it says, is slow on one of these texts.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { leastProcessorTimeOf } from "#model/testing/processor-time.ts";
import { sourceFileOf } from "../source-file-of.ts";
import { findSuspects } from "./history/find-suspects.ts";
import { type ReaderName, readers } from "./readers/readers.ts";
import { secretRules } from "./rules.generated.ts";
import { secretsScanner } from "./secrets-scanner.ts";

const context = { fingerprintKey: new Uint8Array(32) };

/** Bytes of the texts that were the slowest of all. */
const large = 500_000;
/** Real texts cost 0.05 µs for a byte, the slowest of these 2.5; squares in 700 bytes cost 10 and more. */
const mostPerByte = 8;
const slowest = 6;
const mostPerByteOfLarge = 4;

/** What is repeated; undefined: the anchor itself, which also stands in lines of its own. */
const short = [
  " ",
  "\n",
  "\\",
  '"',
  "'",
  "(",
  "{",
  "|",
  ";",
  "-",
  "=",
  ": ",
  "&#43;",
  '\\"a ',
  "a: b\n",
  "a.",
  undefined,
];
const long = [" ", "\t", "A", "a1", "\\", "'", "(", ",", "-\\", "'a', ", undefined];
/** Runs of one sign, as long as names and values, as statements, and as what readers of whole documents look at. */
const runs = [
  { length: 1, size: 2500, fillers: short },
  { length: 60, size: 2500, fillers: short },
  { length: 700, size: 10_000, fillers: long },
  { length: 16_000, size: 18_000, fillers: long },
] as const;
const farReaders = 10_000;
/** Behind long runs: a pattern that fails there tries again. */
const tail = `${"a".repeat(20)}\n`;
/** So many anchors share a text: one that is slow must not hide among others. */
const mostTogether = 40;
/** Some readers have hundreds of anchors for few ways to go on: of long runs, these are enough. */
const mostWithLongRuns = 10;

/** Files in which a reader looks that does not look everywhere. */
const paths: Readonly<Partial<Record<ReaderName, string>>> = {
  "kubernetes-secret": "a.yaml",
  "logging-command": "azure-pipelines.yml",
  "npm-password": ".npmrc",
  "pipeline-literal": "azure-pipelines.yml",
  "written-list": "a.yaml",
  "written-table": "a.md",
};

interface Hostile {
  readonly path: string;
  readonly unit: string;
  readonly size: number;
  readonly what: string;
}

/** The anchors of each reader, and the first line of an example of each rule: behind some anchors more is asked for. */
function headsOfReaders(): ReadonlyMap<ReaderName, ReadonlySet<string>> {
  const headsOf = new Map<ReaderName, Set<string>>();
  for (const { shape, anchors, examples } of secretRules) {
    if (shape.is !== "reader") continue;
    const heads = headsOf.get(shape.reader) ?? new Set();
    headsOf.set(shape.reader, heads);
    for (const { text } of anchors) heads.add(text);
    const [example = ""] = examples.bad("hostile");
    heads.add((typeof example === "string" ? example : example.text).split("\n", 1)[0]!.slice(0, 200));
  }
  return headsOf;
}

function* hostileTexts(): Iterable<Hostile> {
  for (const [reader, heads] of headsOfReaders())
    for (const { length, size, fillers } of runs) {
      if (length > farReaders && readers[reader].after < farReaders) continue;
      const together = Math.max(1, Math.min(mostTogether, Math.floor(size / length)));
      const isLong = length > 100;
      const step = isLong ? Math.ceil(heads.size / mostWithLongRuns) : 1;
      const tried = [...heads].filter((_, index) => index % step === 0);
      for (const group of groupsOf(tried, together))
        for (const filler of fillers) {
          const unit = group
            .map((head) => head + filled(filler ?? `${head}\n`, length) + (isLong ? tail : ""))
            .join("");
          const what = `${reader}: ${group[0]} and ${length} bytes of ${JSON.stringify(filler ?? "the same")}`;
          yield { path: paths[reader] ?? "a.txt", unit, size, what };
        }
    }
}

function* groupsOf<Item>(items: readonly Item[], size: number): Iterable<readonly Item[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}

function filled(piece: string, bytes: number): string {
  return piece.repeat(Math.ceil(bytes / piece.length)).slice(0, bytes);
}

const texts = [...hostileTexts()];

const ways = {
  "in a tree": (bytes: Buffer, path: string) => secretsScanner.scan(sourceFileOf(path, "0", bytes), context),
  "in a history": (bytes: Buffer) => findSuspects(bytes, undefined),
} as const;

for (const [turn, [way, look]] of Object.entries(ways).entries()) {
  /** In µs. */
  const costPerByte = ({ unit, path, what }: Hostile, size: number, most: number) => {
    const bytes = Buffer.from(filled(unit, size), "latin1");
    const cost = (1e6 * leastProcessorTimeOf(() => look(bytes, path), (size * most) / 1e6)) / size;
    assert.ok(cost < most, `${what}: a byte of ${size} took ${cost.toFixed(1)} µs`);
    return cost;
  };

  test(`anchors and long runs ${way}: no text is slow`, () => {
    // The readers are the same in both: each tries every other text.
    const tried = texts.filter((_, index) => index % 2 === turn);
    const costs = tried.map((text) => ({ text, perByte: costPerByte(text, text.size, mostPerByte) }));
    for (const { text } of costs.toSorted((one, other) => other.perByte - one.perByte).slice(0, slowest))
      costPerByte(text, large, mostPerByteOfLarge);
  });
}
