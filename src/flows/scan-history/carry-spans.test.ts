/** What is said of a base is said of the same bytes in what was built on it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyDelta, type Copies, deltaSizes, newCopies } from "#git/packs/apply-delta.ts";
import { randomDelta, randomText } from "#git/packs/testing/random-entries.ts";
import { randomBelow } from "#model/testing/random.ts";
import { carrySights, carrySpans, joinSights, splicesOf, windowsOf } from "./carry-spans.ts";

function copiesOf(base: Buffer, delta: Buffer): Copies {
  const { at, target: size } = deltaSizes(delta, 0, delta.length);
  const target = { at: base.length + delta.length, size };
  const copies = newCopies();
  const bytes = Buffer.concat([base, delta, Buffer.alloc(size)]);
  applyDelta(bytes, { at: base.length + at, end: target.at }, { at: 0, size: base.length }, target, copies);
  return copies;
}

test("what is carried says the same bytes, and windows hold all that is new", () => {
  for (let seed = 50; seed < 65; seed++) {
    const random = randomBelow(seed);
    let before: Buffer = Buffer.from(randomText(random, 400 + random(3000)));
    for (let count = 0; count < 40; count++) {
      const { delta, result: bytes } = randomDelta(before, random);
      const copies = copiesOf(before, delta);
      const size = before.length;
      const old = before.toString("latin1");
      const sights: number[] = [];
      for (let at = random(9); at + 12 < size; at += 12 + random(200)) sights.push(at, at + 12, at + 4, at + 7);
      const { whole, broken } = carrySights(Int32Array.from(sights), { copies, base: size, size: bytes.length });
      const textsOf = (first: number, last: number) =>
        new Set(sights.flatMap((at, index) => (index % 4 ? [] : [old.slice(at + first, at + last)])));
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
      for (let at = 0; at + 8 <= bytes.length; at++) {
        if (old.includes(bytes.toString("latin1", at, at + 8))) continue;
        const around = isCovered.subarray(Math.max(0, at - 12), Math.min(bytes.length, at + 20));
        assert.ok(around.every((one) => one === 1));
      }
      before = bytes;
    }
  }
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
