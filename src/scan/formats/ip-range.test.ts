import assert from "node:assert/strict";
import { test } from "node:test";
import { isWithinRange, readRangeOrAddress, writeAddress } from "./ip-range.ts";

test("addresses and ranges are found in ranges of any length", () => {
  const cases: readonly (readonly [inner: string, outer: string, expected: boolean])[] = [
    ["10.0.0.4", "10.0.0.0/16", true],
    ["10.1.0.4", "10.0.0.0/16", false],
    ["255.255.255.255", "0.0.0.0/0", true],
    ["10.0.0.4", "10.0.0.4", true],
    ["10.0.0.5", "10.0.0.4/32", false],
    ["10.0.1.7/24", "10.0.0.0/16", true],
    ["10.0.0.0/8", "10.0.0.0/16", false],
    ["2001:db8::1", "2001:db8::/32", true],
    ["2001:db9::1", "2001:db8::/32", false],
    ["10.0.0.4", "::/0", false],
    ["10.0.0.4", "ten", false],
    ["10.0.0.4", "10.0.0.0/x", false],
    ["10.0.0.4", "10.0.0.0/33", false],
    ["", "0.0.0.0/0", false],
    ["1.2.3.400", "0.0.0.0/0", false],
    ["1.2.3.4.5", "0.0.0.0/0", false],
  ];
  for (const [inner, outer, expected] of cases)
    assert.equal(isWithinRange(inner, outer), expected, `${inner} ${outer}`);
});

test("addresses are written as short as they can be", () => {
  for (const [written, short] of [
    ["10.0.0.4", "10.0.0.4"],
    ["2001:0db8:0:0:1:0:0:0", "2001:db8:0:0:1::"],
    ["0:0:0:0:0:0:0:0", "::"],
    ["::ffff:10.0.0.4", "::ffff:a00:4"],
    ["1:0:2:0:3:0:4:0", "1:0:2:0:3:0:4:0"],
  ] as const) {
    const range = readRangeOrAddress(written);
    assert.equal(range && writeAddress({ bits: range.bits, number: range.start }), short, written);
  }
});
