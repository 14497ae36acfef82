import assert from "node:assert/strict";
import { test } from "node:test";
import { joinWindows } from "./join-windows.ts";

const blob = Buffer.from(Array.from({ length: 3000 }, (_, index) => 33 + (index % 90)));

test("what ends in a window is found at its place, and nothing else is", () => {
  const windows = Int32Array.of(-20, 10, 100, 140, 150, 151, 900, 1200, 2980, 3050);
  const joined = joinWindows(blob, windows, 30);
  const found: number[] = [];
  for (let at = 1; at <= joined.bytes.length; at++) {
    const end = joined.bytes[at - 1]! < 33 ? -1 : joined.placeOf(at);
    if (end < 0) continue;
    found.push(end);
    assert.equal(joined.bytes[at - 1], blob[end - 1]);
  }
  const held = (end: number) =>
    windows.some((from, index) => index % 2 === 0 && from < end && end <= windows[index + 1]!);
  assert.deepEqual(found, Array.from({ length: blob.length }, (_, index) => index + 1).filter(held));
});

test("windows are told where they lie in the joined bytes", () => {
  const windows = Int32Array.of(-20, 10, 100, 140, 150, 151, 900, 1200, 2980, 3050);
  const joined = joinWindows(blob, windows, 30);
  const told = Array.from({ length: 5 }, (_, index) =>
    joined.bytes.subarray(joined.windows[2 * index], joined.windows[2 * index + 1]),
  );
  const held = [
    blob.subarray(0, 10),
    ...[[100, 140] as const, [150, 151] as const, [900, 1200] as const].map((one) => blob.subarray(...one)),
    blob.subarray(2980),
  ];
  assert.deepEqual(told, held);
});

test("pieces that do not touch are kept apart by zeros", () => {
  const joined = joinWindows(blob, Int32Array.of(100, 110, 500, 510), 10);
  assert.equal(joined.bytes.toString("latin1").split(/\0+/).filter(Boolean).length, 2);
  assert.deepEqual([joined.bytes[0], joined.bytes.at(-1)], [0, 0]);
});

test("a line begins where the blob does, and nowhere else", () => {
  const before = (from: number) => {
    const { bytes } = joinWindows(blob, Int32Array.of(from, from + 100), 30);
    return bytes[bytes.indexOf(blob.subarray(Math.max(0, from - 30), from + 20)) - 1];
  };
  assert.deepEqual([before(0), before(500)], [10, 0]);
});

test("a run is told for each window that it touches", () => {
  const joined = joinWindows(blob, Int32Array.of(100, 110, 120, 130, 500, 510), 40);
  const first = joined.bytes.indexOf(blob.subarray(60, 80));
  const told: unknown[] = [];
  const runs = Int32Array.of(first, first + 10, first + 45, first + 65, first + 75, first + 80);
  joined.eachWithRuns(runs, (from, to, own) => told.push([from, to, [...own]]));
  assert.deepEqual(told, [
    [100, 110, [105, 125]],
    [120, 130, [105, 125]],
  ]);
});

test("no windows are no bytes", () => {
  const joined = joinWindows(blob, new Int32Array(0), 40);
  assert.ok(joined.bytes.every((byte) => byte === 0));
});
