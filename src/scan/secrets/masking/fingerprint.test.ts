import assert from "node:assert/strict";
import { test } from "node:test";
import { fingerprintOf } from "./fingerprint.ts";

const key = new Uint8Array(32).fill(1);
const name = (secret: string) => fingerprintOf(key, "secrets/x", secret);

test("one secret has one name, however it is written", () => {
  const ways: readonly (readonly [string, string])[] = [
    ["p4ss/w+rd=&x", "p4ss%2Fw%2Brd%3D%26x"],
    ["p4ss/w+rd=&x", '"p4ss/w+rd=&x"'],
    ["p4ss/w+rd=&x", "p4ss\\/w+rd=\\u0026x"],
    ["p4ss/w+rd=&x", "p4ss/w+rd=&amp;x"],
    ["p4ss/w+rd=&x", "p4ss/w+rd=&#38;x"],
    ["p4ss\\w0rd", "p4ss\\\\w0rd"],
    ["0123456789abcdefgh", "0123456789abcdefgh=="],
    ["AAAABBBB", "AAAA\n  BBBB\n"],
    ["AAAABBBB", "AAAA\\nBBBB"],
  ];
  for (const [plain, written] of ways) assert.equal(name(written), name(plain), written);
});

test("other secrets, other rules and other keys have other names", () => {
  const names = [
    name("a"),
    name("b"),
    name("100%"),
    name("100%zz"),
    name('"'),
    name("=="),
    name("'a"),
    name("%FF%FE"),
    name(""),
  ];
  names.push(fingerprintOf(key, "secrets/y", "a"), fingerprintOf(new Uint8Array(32), "secrets/x", "a"));
  assert.equal(new Set(names).size, names.length);
});
