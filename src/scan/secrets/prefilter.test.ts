/** The loops in WebAssembly against plain ones: over made-up text, at every edge, and across the pieces in which it is copied. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPrefilter } from "./prefilter.ts";

const anchors = ["sallyport:allow", "password", "token", "auth", "key", "://"];
const named = ["contoso", "acme", "b2"];
const rare = { firsts: new Uint8Array(256), pairs: [pair("sk"), pair("AC")] };
for (const [one] of rare.pairs) rare.firsts[one] = 1;
rare.firsts["A".charCodeAt(0)] = 2;
const prefilter = openPrefilter({ anchors, named, rare });

function pair(text: string): readonly [number, number] {
  return [text.charCodeAt(0), text.charCodeAt(1)];
}

const words = [...anchors, ...named, "KEY", "Token", "sk", "xsk", "AC", "abc012/+-_", "%41", "\\u0041", "&amp;"];
const glue = [" ", "\n", "=", ".", "", "é", "\0", "0123456789abcdef"];

function textOf(seed: number, size: number): Buffer {
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff;
    return (state >>> 8) % below;
  };
  const parts: string[] = [];
  for (let length = 0; length < size; length += 2) parts.push(words[random(words.length)]!, glue[random(glue.length)]!);
  return Buffer.from(parts.join("")).subarray(0, size);
}

function textsIn(bytes: Buffer, texts: readonly string[], from: number, to: number): readonly string[] {
  const text = bytes.toString("latin1").toLowerCase();
  const found: (readonly [number, number])[] = [];
  texts.forEach((one, number) => {
    for (let at = text.indexOf(one); at >= 0; at = text.indexOf(one, at + 1)) {
      const end = at + one.length;
      if (end > from && end <= to) found.push([end, number]);
    }
  });
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((one) => one.join(" "));
}

function placesOf(bytes: Buffer, pattern: RegExp, from: number, to: number): readonly (readonly [number, number])[] {
  const text = bytes.toString("latin1", from, to);
  return [...text.matchAll(pattern)].map(({ index, 0: found }) => [from + index, from + index + found.length]);
}

const sizes = [1, 2, 15, 16, 17, 100, 5000, 300_000];

for (const size of sizes) {
  test(`${size} bytes: the same is found as by plain loops`, () => {
    const bytes = textOf(size, size);
    for (const [from, to] of [
      [0, size],
      [Math.floor(size / 3), size - Math.floor(size / 4)],
    ] as const) {
      prefilter.load(bytes, from);
      const hits: string[] = [];
      prefilter.anchors(bytes, from, to, (end, number) => hits.push(`${end} ${number}`) > 0);
      assert.deepEqual(hits, textsIn(bytes, anchors, from, to));
      assert.deepEqual(prefilter.runs(bytes, from, to), placesOf(bytes, /[\w+/-]{15,}/g, from, to).flat());
      const parts = placesOf(bytes, /[\w+/-]{15,}/g, from, to).flatMap(([start]) => [
        Math.max(from, start - 40),
        start,
      ]);
      const apart = parts.filter((_, index) => index % 8 < 2);
      const inParts: string[] = [];
      prefilter.named(bytes, apart, (end, number) => inParts.push(`${end} ${number}`) > 0);
      const expected = apart.flatMap((start, index) =>
        index % 2 === 0 ? textsIn(bytes, named, start, apart[index + 1]!) : [],
      );
      assert.deepEqual(inParts, expected);
      const escapes = placesOf(bytes, /%(?=[2-7])|\\(?=[uUx])|&(?=[#qalg])/g, from, to).map(([start]) => start);
      assert.deepEqual(prefilter.escapes(bytes, from, to), escapes);
      const beginnings = placesOf(bytes, /AC|(?<!\w)sk/g, from, to).map(([start]) => start);
      const mayBegin = new Set(prefilter.rare(bytes, [from, to]));
      assert.deepEqual(
        beginnings.filter((start) => start > from && !mayBegin.has(start)),
        [],
      );
    }
  });
}

test("a file with an anchor at every byte is found whole", () => {
  const bytes = Buffer.from("key".repeat(200_000));
  let count = 0;
  prefilter.load(bytes, 0);
  prefilter.anchors(bytes, 0, bytes.length, (end) => {
    count++;
    assert.equal(end, count * 3);
    return true;
  });
  assert.equal(count, 200_000);
});

test("a file of nothing but beginnings of rare anchors is found whole", () => {
  const all = openPrefilter({ anchors, named, rare: { firsts: new Uint8Array(256).fill(2), pairs: [pair("aa")] } });
  const bytes = Buffer.from("a".repeat(300_000));
  all.load(bytes, 0);
  const found = all.rare(bytes, [0, bytes.length]);
  assert.equal(found.length, bytes.length - 1);
  assert.ok(found.every((at, index) => at === index));
});

test("looking ends where it is told to", () => {
  const bytes = Buffer.from("key token auth");
  const ends: number[] = [];
  prefilter.load(bytes, 0);
  assert.equal(
    prefilter.anchors(bytes, 0, bytes.length, (end) => ends.push(end) < 2),
    false,
  );
  assert.deepEqual(ends, [3, 9]);
});
