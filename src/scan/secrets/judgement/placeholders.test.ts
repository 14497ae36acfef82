import assert from "node:assert/strict";
import { test } from "node:test";
import { isStockPassword } from "./literal-judgement.ts";
import { placeholderReason } from "./placeholders.ts";

test("walks over alphabet and digits are no passwords, in either case and with signs between", () => {
  assert.equal(placeholderReason("abcdefg1234567"), "alphabet or keyboard walk");
  for (const value of ["Abc123^def456", "ABCDabcd-1234"]) assert.ok(isStockPassword(value), value);
  for (const value of ["Kx9^hq2fbT71", "aBxd12#rs9Lm"]) assert.ok(!isStockPassword(value), value);
});

test("what says how long a key must be stands in for one", () => {
  for (const value of [
    "yourSecretKeyStringWithAtLeast256BitsLength",
    "yourJwtKey77Gx",
    "thisKeyHasAtLeast32Characters",
    "a-harbor-512-bit-long-line",
  ])
    assert.equal(placeholderReason(value), "placeholder word or sequence", value);
  for (const value of ["yourHarbor77Gx", "AtLeastHarbor7", "yOurKeyboard7x"])
    assert.equal(placeholderReason(value), undefined, value);
});

test("the word itself is no password, however it is dressed", () => {
  for (const value of [
    "Password~1",
    "Password@123",
    "P@ssword~1",
    "Pass#2024",
    "secret!",
    "botpass123",
    "YourStrong@Passw0rd",
    "infected",
  ]) {
    assert.ok(isStockPassword(value), value);
  }
  for (const value of ["Harbor~1", "Password~7xQ", "pass-the-harbor", "botpass781"])
    assert.ok(!isStockPassword(value), value);
});
