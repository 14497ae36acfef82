import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { writeZip } from "../testing/write-zip.ts";
import { readZip, type ZipLimits } from "./read-zip.ts";

const folder = mkdtempSync(join(tmpdir(), "read-zip-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const limits: ZipLimits = { entry: 1000, total: 2500, entries: 10 };

function readAll(bytes: Buffer): readonly string[] {
  const path = join(folder, "archive.zip");
  writeFileSync(path, bytes);
  return readZip(path, limits)
    .map((entry) => `${entry.name}: ${entry.read().toString("utf8")}`)
    .toArray();
}

/** Of the directory, which stands behind the entries. */
function changed(bytes: Buffer, offset: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(value, copy.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + offset);
  return copy;
}

describe("a zip file", () => {
  const small = writeZip([
    ["a.json", "one"],
    ["deep/b.json", "two"],
  ]);

  it("gives its entries, in order", () => {
    assert.deepEqual(readAll(small), ["a.json: one", "deep/b.json: two"]);
  });

  const hostile: readonly (readonly [string, Buffer, RegExp])[] = [
    ["with an entry that is too large", writeZip([["bomb", "0".repeat(1001)]]), /larger than 1000 bytes/],
    [
      "with entries that are too large together",
      writeZip(["a", "b", "c"].map((name) => [name, "0".repeat(900)])),
      /more than 2500 bytes/,
    ],
    ["with too many entries", writeZip(Array.from({ length: 11 }, (_, at) => [`${at}`, ""])), /too many entries/],
    [
      "with an entry that inflates to more than it says",
      changed(writeZip([["bomb", "0".repeat(900)]]), 24, 5),
      /bomb is damaged/,
    ],
    ["with an encrypted entry", changed(small, 8, 0x00080001), /encrypted/],
    ["with an entry that lies elsewhere", changed(small, 42, 7), /not where the directory says/],
    ["with an entry far outside", changed(small, 42, 0x7fffffff), /cut off/],
    ["that is cut off", small.subarray(0, 60), /no zip file/],
    ["whose directory is not there", small.subarray(30), /broken directory|cut off/],
    ["that is empty", Buffer.alloc(0), /no zip file/],
  ];
  for (const [what, bytes, message] of hostile) {
    it(`${what} is refused`, () => {
      assert.throws(() => readAll(bytes), message);
    });
  }
});
