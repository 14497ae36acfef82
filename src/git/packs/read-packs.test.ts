/** Packs read here give what is in them, whatever the order of their deltas; and spoiled ones are told, never followed. */
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { type RandomBelow, randomBelow } from "#model/testing/random.ts";
import { openArena } from "./arena.ts";
import { openByteRanges } from "./byte-ranges.ts";
import { carrySights, carrySpans, joinSights, splicesOf, windowsOf } from "./carry-spans.ts";
import { deltaForest } from "./delta-forest.ts";
import { openInflate } from "./inflate-into.ts";
import { orderOfOffsets } from "./order-of-offsets.ts";
import { PackDamage } from "./pack-damage.ts";
import { readEntries } from "./read-entries.ts";
import { findInIndex, readIndex } from "./read-index.ts";
import { blobId, deltaOf, type Instruction, type PackEntry, writePack } from "./testing/write-pack.ts";
import { type BuiltObject, walkFamily } from "./walk-family.ts";

type Visit = (object: BuiltObject<Buffer>) => void;

/** What could be built, by id, and how much could not. */
async function read(entries: readonly PackEntry[], change?: Parameters<typeof writePack>[1], visit?: Visit) {
  const { file } = writePack(entries, change);
  const index = await readIndex(file.replace(/pack$/, "idx"), 20);
  const ranges = openByteRanges(file);
  try {
    const read = readEntries(ranges, index);
    const forest = deltaForest(read, () => true);
    const pack = { file, idLength: 20, ...read, ...forest };
    const built = new Map<string, string>();
    let failed = 0;
    const visitor = {
      visit(object: BuiltObject<Buffer>) {
        visit?.(object);
        const copy = Buffer.from(object.bytes);
        built.set(blobId(copy).toString("hex"), copy.toString("latin1"));
        return copy;
      },
      failed() {
        failed++;
      },
    };
    const tools = { pack, ranges, arena: openArena(64 * 1024 * 1024), inflate: openInflate() };
    for (const root of forest.roots) walkFamily(tools, root, visitor);
    return { built, failed };
  } finally {
    ranges.close();
    rmSync(dirname(file), { recursive: true });
  }
}

const made = (random: RandomBelow, length: number) => Array.from({ length }, () => "abcdefgh \n"[random(10)]).join("");

/** A delta with copies and insertions in any order, and the object it gives. */
function someDelta(base: Buffer, random: RandomBelow): { readonly delta: Buffer; readonly result: Buffer } {
  const instructions: Instruction[] = [];
  let result = "";
  for (let count = 1 + random(8); count > 0; count--) {
    if (random(3) === 0 || base.length === 0) {
      const text = made(random, 1 + random(60));
      instructions.push(text);
      result += text;
    } else {
      const from = random(base.length);
      const length = 1 + random(base.length - from);
      instructions.push({ from, length });
      result += base.toString("latin1", from, from + length);
    }
    if (result.length > 20_000) break;
  }
  return { delta: deltaOf(base.length, result.length, instructions), result: Buffer.from(result, "latin1") };
}

function someEntries(random: RandomBelow, count: number): readonly PackEntry[] {
  const entries: PackEntry[] = [];
  const bytesOf = (entry: PackEntry) => (entry.is === "blob" ? entry.bytes : entry.result);
  for (let number = 0; number < count; number++) {
    if (number < 2) entries.push({ is: "blob", bytes: Buffer.from(made(random, 400 + random(3000))) });
    else {
      const on = random(4) === 0 ? random(number) : number - 1;
      entries.push({ is: "delta", on, byId: random(3) === 0, ...someDelta(bytesOf(entries[on]!), random) });
    }
  }
  return entries;
}

test("chains and bushes of deltas give every object", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const entries = someEntries(randomBelow(seed), 60);
    const { built, failed } = await read(entries);
    const wanted = entries.map((entry) => (entry.is === "blob" ? entry.bytes : entry.result).toString("latin1"));
    assert.deepEqual([new Set(built.values()), failed], [new Set(wanted), 0]);
  }
});

test("a chain of 5,000 deltas is no matter", async () => {
  const entries: PackEntry[] = [{ is: "blob", bytes: Buffer.from("start") }];
  for (let number = 1; number < 5000; number++) {
    const result = Buffer.from(`start${number}`);
    const delta = deltaOf(number === 1 ? 5 : 5 + String(number - 1).length, result.length, [
      { from: 0, length: 5 },
      String(number),
    ]);
    entries.push({ is: "delta", on: number - 1, delta, result });
  }
  const { built, failed } = await read(entries);
  assert.deepEqual([built.size, failed], [5000, 0]);
});

test("what is carried says the same bytes, and windows hold all that is new", async () => {
  let seen = 0;
  for (let seed = 50; seed < 65; seed++) {
    const random = randomBelow(seed);
    await read(someEntries(random, 40), undefined, ({ bytes, base }) => {
      if (base === undefined) return;
      seen++;
      const { copies, size, carried: before } = base;
      const sights: number[] = [];
      for (let at = random(9); at + 12 < size; at += 12 + random(200)) sights.push(at, at + 12, at + 4, at + 7);
      const from = { copies, base: size, size: bytes.length };
      const { whole, broken } = carrySights(Int32Array.from(sights), from);
      const textsOf = (first: number, last: number) =>
        new Set(sights.flatMap((at, index) => (index % 4 ? [] : [before.toString("latin1", at + first, at + last)])));
      const [seenBefore, placesBefore] = [textsOf(0, 12), textsOf(4, 7)];
      for (let at = 0; at < whole.length; at += 4) {
        assert.ok(seenBefore.has(bytes.toString("latin1", whole[at], whole[at + 1])));
        assert.ok(placesBefore.has(bytes.toString("latin1", whole[at + 2], whole[at + 3])));
      }
      for (let at = 0; at < broken.length; at += 2) {
        assert.ok(placesBefore.has(bytes.toString("latin1", broken[at], broken[at + 1])));
      }
      const windows = windowsOf(splicesOf(copies, bytes.length, size), bytes.length, { before: 20, after: 30 });
      const isCovered = new Uint8Array(bytes.length);
      for (let at = 0; at < windows.length; at += 2) isCovered.fill(1, windows[at], windows[at + 1]);
      // Eight bytes that the base does not have lie in a window, with all that reaches them.
      const old = before.toString("latin1");
      for (let at = 0; at + 8 <= bytes.length; at++) {
        if (old.includes(bytes.toString("latin1", at, at + 8))) continue;
        const around = isCovered.subarray(Math.max(0, at - 12), Math.min(bytes.length, at + 20));
        assert.ok(around.every((one) => one === 1));
      }
    });
  }
  assert.ok(seen > 300);
});

test("an edge of the base is carried to the same edge only, and only whole", () => {
  const copies = { triples: Int32Array.of(5, 0, 20, 25, 60, 40), count: 2 };
  const from = { copies, base: 100, size: 65 };
  const spans = Int32Array.of(0, 10, 2, 8, 15, 30, 70, 80, 90, 100);
  assert.deepEqual([...carrySpans(spans, from)], [5, 15, 7, 13, 35, 45, 55, 65]);
  // The first saw the beginning, the last the end.
  const sights = [...[-1, 10, 2, 8], ...[3, 12, 4, 6], ...[15, 30, 16, 18], ...[70, 80, 72, 73], ...[90, 101, 95, 99]];
  const { whole, broken } = carrySights(Int32Array.from(sights), from);
  assert.deepEqual([...whole], [...[8, 17, 9, 11], ...[35, 45, 37, 38], ...[55, 66, 60, 64]]);
  assert.deepEqual([...broken], [7, 13, 21, 23]);
  assert.deepEqual([...splicesOf(copies, 65, 100)], [0, 5, 25, 25]);
});

test("of a place in two lists of sights the wider one stays", () => {
  const joined = joinSights(Int32Array.of(0, 10, 2, 4, 5, 20, 8, 9), Int32Array.of(1, 12, 2, 4, 6, 7, 6, 7));
  assert.deepEqual([...joined], [...[0, 12, 2, 4], ...[6, 7, 6, 7], ...[5, 20, 8, 9]]);
});

test("spoiled entries are told with all that hangs on them, and the others are read", async () => {
  const base = Buffer.from("0123456789".repeat(20));
  const good = (on: number, text: string): PackEntry => {
    const result = Buffer.concat([base, Buffer.from(text)]);
    return { is: "delta", on, result, delta: deltaOf(200, result.length, [{ from: 0, length: 200 }, text]) };
  };
  const bad = (delta: Buffer): PackEntry => ({ is: "delta", on: 0, result: Buffer.from(delta), delta });
  const copyPast = deltaOf(200, 50, [{ from: 190, length: 50 }]);
  const reserved = Buffer.concat([deltaOf(200, 5, []), Buffer.from([0, 1, 2])]);
  const spoiled: Readonly<Record<string, PackEntry>> = {
    "another base": bad(deltaOf(199, 5, ["hello"])),
    "a copy past the base": bad(copyPast),
    "more than declared": bad(deltaOf(200, 3, ["hello"])),
    "less than declared": bad(deltaOf(200, 9, ["hello"])),
    "far more than there is memory": bad(deltaOf(200, 2 ** 31 - 1, ["hello"])),
    "the reserved instruction": bad(reserved),
    "an insertion without its bytes": bad(Buffer.concat([deltaOf(200, 100, []), Buffer.from([100, 65])])),
    nothing: bad(Buffer.alloc(0)),
    "sizes without an end": bad(Buffer.alloc(40, 0xff)),
  };
  for (const [name, entry] of Object.entries(spoiled)) {
    const { built, failed } = await read([
      { is: "blob", bytes: base },
      good(0, "x"),
      entry,
      { ...good(2, "z"), on: 2 } as PackEntry,
    ]);
    assert.deepEqual([built.size, failed], [2, 2], name);
  }
  const garbage = (bytes: Buffer, entry: number) => (entry === 1 ? Buffer.from(bytes).fill(0x5a, 4) : bytes);
  const { built, failed } = await read([{ is: "blob", bytes: base }, good(0, "x"), good(0, "y")], garbage);
  assert.deepEqual([built.size, failed], [2, 1]);
});

test("deltas that build on each other, or on nothing, are in no tree", async () => {
  const loop = (on: number, text: string): PackEntry => {
    const result = Buffer.from(text);
    return { is: "delta", on, byId: true, result, delta: deltaOf(1, 1, [text]) };
  };
  const { built, failed } = await read([{ is: "blob", bytes: Buffer.from("a") }, loop(2, "b"), loop(1, "c")]);
  assert.deepEqual([[...built.values()], failed], [["a"], 0]);
});

test("an object that is longer or shorter than its header says is damaged", async () => {
  const blob: PackEntry = { is: "blob", bytes: Buffer.from("0123456789") };
  for (const size of [9, 11, 15]) {
    const { built, failed } = await read([blob], (bytes) => {
      bytes[0] = 0x30 | size;
      return bytes;
    });
    assert.deepEqual([built.size, failed], [0, 1]);
  }
});

test("offsets are sorted, those beyond four gigabytes too", () => {
  const offsets = Float64Array.of(2 ** 40 + 5, 12, 2 ** 32, 70_000, 2 ** 32 - 1, 12 + 65_536);
  assert.deepEqual([...orderOfOffsets(offsets)], [1, 5, 3, 4, 2, 0]);
});

test("offsets beyond two gigabytes stand in a table of their own", async () => {
  const blob = (text: string): PackEntry => ({ is: "blob", bytes: Buffer.from(text) });
  const { file, ids } = writePack(["a", "b", "c"].map(blob));
  const index = file.replace(/pack$/, "idx");
  const small = readFileSync(index);
  const tableAt = small.length - 40;
  const far = [2 ** 31, 5 * 2 ** 32 + 12_345];
  const table = Buffer.alloc(16);
  for (const [place, offset] of far.entries()) {
    small.writeUInt32BE(0x80000000 + place, tableAt - 8 + place * 4);
    table.writeBigUInt64BE(BigInt(offset), place * 8);
  }
  try {
    writeFileSync(index, Buffer.concat([small.subarray(0, tableAt), table, small.subarray(tableAt)]));
    const { offsets, count } = await readIndex(index, 20);
    assert.deepEqual([...offsets], [small.readUInt32BE(tableAt - 12), ...far]);
    assert.equal(count, ids.length);
    writeFileSync(index, Buffer.concat([small.subarray(0, tableAt), table.subarray(8), small.subarray(tableAt)]));
    await assert.rejects(readIndex(index, 20), PackDamage);
  } finally {
    rmSync(dirname(file), { recursive: true });
  }
});

test("ids are found in the index, also where they were made so that their places cannot be guessed", () => {
  const random = randomBelow(11);
  const even = () => Buffer.from(Array.from({ length: 20 }, () => random(256)));
  const alike = () => Buffer.concat([Buffer.from("7700000000", "hex"), even().subarray(5)]);
  const far = (number: number) => Buffer.concat([Buffer.from([0x77, number % 3 === 0 ? 0 : 255]), even().subarray(2)]);
  for (const make of [even, alike, far]) {
    const all = Array.from({ length: 3000 }, (_, number) => make(number)).sort((a, b) => a.compare(b));
    const fanOut = Uint32Array.from({ length: 256 }, (_, byte) => all.filter((id) => id[0]! <= byte).length);
    const sorted = { ids: Buffer.concat(all), fanOut, idLength: 20 };
    assert.deepEqual(
      all.map((id) => findInIndex(sorted, Buffer.concat([Buffer.from("ab"), id]), 2)),
      all.map((_, place) => place),
    );
    for (let absent = 0; absent < 500; absent++) assert.equal(findInIndex(sorted, make(absent)), -1);
  }
});
