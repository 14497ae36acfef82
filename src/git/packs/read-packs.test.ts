/** Packs read here give what is in them, whatever the order of their deltas; and spoiled ones are told, never followed. */
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { randomBelow } from "#model/testing/random.ts";
import { openArena } from "./arena.ts";
import { openByteRanges } from "./byte-ranges.ts";
import { deltaForest } from "./delta-forest.ts";
import { openInflate } from "./inflate-into.ts";
import { orderOfOffsets } from "./order-of-offsets.ts";
import { PackDamage } from "./pack-damage.ts";
import { readEntries } from "./read-entries.ts";
import { findInIndex, readIndex } from "./read-index.ts";
import { randomEntries } from "./testing/random-entries.ts";
import { blobId, deltaOf, type PackEntry, writePack } from "./testing/write-pack.ts";
import { type BuiltObject, walkFamily } from "./walk-family.ts";

/** What could be built, by id, and how much could not. */
async function read(entries: readonly PackEntry[], change?: Parameters<typeof writePack>[1]) {
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
      visit({ bytes }: BuiltObject<Buffer>) {
        const copy = Buffer.from(bytes);
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

test("chains and bushes of deltas give every object", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const entries = randomEntries(randomBelow(seed), 60);
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
