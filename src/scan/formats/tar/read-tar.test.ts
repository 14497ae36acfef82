import assert from "node:assert/strict";
import { test } from "node:test";
import { randomFrom } from "#model/testing/random.ts";
import { readTar } from "./read-tar.ts";
import { paxLine, writeTar } from "./testing/write-tar.ts";

const words = (archive: Uint8Array, most = 100) => {
  const read = readTar(archive, most);
  if ("message" in read) return read.message;
  return read.files.map(({ path, bytes }) => `${path}: ${Buffer.from(bytes).toString()}`);
};

test("regular files with names of every length", () => {
  const long = `a/${"b".repeat(200)}/é.yaml`;
  const archive = writeTar([
    { path: "a/", type: "5" },
    { path: "a/one", content: "1" },
    { path: "two", prefix: "a/deep", content: "x".repeat(513) },
    { path: "PaxHeader", type: "x", content: paxLine("mtime", "1.5") + paxLine("path", long) },
    { path: "short", content: "3" },
    { path: "././@LongLink", type: "L", content: `${long}\0` },
    { path: "short", content: "4" },
    { path: "a/link", type: "2" },
    { path: "global", type: "g", content: paxLine("path", "wrong") },
    { path: "old", type: "\0", content: "" },
  ]);
  const expected = ["a/one: 1", `a/deep/two: ${"x".repeat(513)}`, `${long}: 3`, `${long}: 4`, "old: "];
  assert.deepEqual(words(archive), expected);
  // Without the end mark.
  assert.deepEqual(words(archive.subarray(0, -1024)), expected);
});

test("damage and excess are told", () => {
  const archive = writeTar([{ path: "a", content: "text" }, { path: "b" }]);
  const bent = Buffer.from(archive);
  bent[1] = 65;
  assert.equal(words(bent), "what stands at byte 0 is no entry");
  assert.equal(words(archive.subarray(0, 514)), "it ends too early");
  assert.equal(words(archive, 1), "it has more than 1 entries");
  assert.equal(words(Buffer.from("short")), "it is no tar archive");
  const huge = writeTar([{ path: "x", type: "x", content: paxLine("size", "99999999999") }, { path: "a" }]);
  assert.equal(words(huge), "it ends too early");
});

test("whatever is left of a damaged archive comes to an end", () => {
  const archive = writeTar([
    { path: "PaxHeader", type: "x", content: paxLine("path", "a/é") + paxLine("size", "4") },
    { path: "a", content: "text" },
    { path: "././@LongLink", type: "L", content: "long\0" },
    { path: "b", content: "x".repeat(600) },
  ]);
  const random = randomFrom(5);
  let read = 0;
  for (let round = 0; round < 2000; round++) {
    const damaged = Buffer.from(archive);
    for (let times = 1 + (round % 3); times > 0; times--) {
      damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
    }
    const cut = damaged.subarray(0, round % 2 === 0 ? damaged.length : Math.floor(random() * damaged.length));
    if ("files" in readTar(cut, 100)) read += 1;
  }
  assert.ok(read > 100 && read < 1900, `${read}`);
});
