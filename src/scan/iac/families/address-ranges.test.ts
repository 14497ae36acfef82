import assert from "node:assert/strict";
import { test } from "node:test";
import { isAddress, isInRange, isPrivate } from "./address-ranges.ts";

test("addresses are found in ranges of any length", () => {
  const cases: readonly (readonly [address: string, range: string, expected: boolean])[] = [
    ["10.0.0.4", "10.0.0.0/16", true],
    ["10.1.0.4", "10.0.0.0/16", false],
    ["255.255.255.255", "0.0.0.0/0", true],
    ["10.0.0.4", "10.0.0.4", true],
    ["10.0.0.5", "10.0.0.4/32", false],
    ["10.0.0.4", "ten", false],
    ["10.0.0.4", "10.0.0.0/x", false],
  ];
  for (const [address, range, expected] of cases)
    assert.equal(isInRange(address, range), expected, `${address} ${range}`);
});

test("texts that are no addresses are in no range", () => {
  for (const text of ["", "1.2.3", "1.2.3.400", "a.b.c.d", "1.2.3.4.5", "var.dns"]) {
    assert.equal(isAddress(text), false, text);
    assert.equal(isPrivate(text), false, text);
  }
  assert.deepEqual(["10.9.9.9", "172.31.0.1", "172.32.0.1", "8.8.8.8"].map(isPrivate), [true, true, false, false]);
});
