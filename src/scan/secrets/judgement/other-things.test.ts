import assert from "node:assert/strict";
import { test } from "node:test";
import { isSumOf, isWithinBase64, otherThanKeys, otherThings, saysKeyId, saysOther } from "./other-things.ts";

test("names of sums, versions, ids and public things say that their values are no keys", () => {
  for (const name of [
    "_sha256",
    "hash",
    "checksum",
    "_commit",
    "version",
    "etag",
    "clientid",
    "uuid",
    "publickey",
    "nonce",
  ]) {
    assert.match(name, otherThings);
    assert.match(name, otherThanKeys);
  }
  for (const name of ["_token", "key", "grid", "valid", "android"]) {
    assert.doesNotMatch(name, otherThings);
    assert.doesNotMatch(name, otherThanKeys);
  }
});

test("a service's primary key is a key, and a table's is none", () => {
  assert.match("_primary_key", otherThings);
  assert.doesNotMatch("primarykey", otherThanKeys);
});

test("what stands right before a value says what it is", () => {
  const before = (text: string) => saysOther(Buffer.from(`${text}V`), Buffer.byteLength(text));
  for (const text of [
    'KeyETag = "',
    "sha256-",
    "maps commit: ",
    "tokenId: ",
    "https://site.example/maps/",
    '"keyHash": "',
    '<sha256 value="',
    '(sha256 (base32 "',
  ])
    assert.ok(before(text), text);
  for (const text of ["key = ", "https://", "token: ", "AWS_ACCESS_KEY_ID=", "grid: "]) assert.ok(!before(text), text);
  assert.ok(saysKeyId(Buffer.from("AWS_ACCESS_KEY_ID=V"), 18));
});

test("what stands before a word may say that a sum follows", () => {
  for (const [before, behind] of [
    ["sha256 (", ".tgz) = "],
    ["\nmd5(", ") = "],
    ["createhash('", "') = "],
    ["(digest('", "'), '"],
    ["srcrev_", ' = "'],
  ] as const)
    assert.ok(isSumOf(before, behind), before);
  for (const [before, behind] of [
    ["hash('", "', '"],
    ["get(", ") = "],
    ["wash_", " = "],
    ["key of (", ") = "],
  ] as const)
    assert.ok(!isSumOf(before, behind), before);
});

test("a token that base64 goes on with at both ends is a part of it; an address has no sign of base64 but slashes", () => {
  const run = "kX9qfT2mQz7LwB3mR5vN8pHs";
  const within = (before: string, behind: string) =>
    isWithinBase64(Buffer.from(`${before}TOKEN${behind}`), before.length, before.length + 5);
  for (const [before, behind] of [
    [`${run}+`, `+${run}`],
    [`${run}+`, `/${run}`],
    [`${run.slice(4)}+${run.slice(0, 4)}/`, `/${run}`],
  ] as const)
    assert.ok(within(before, behind), before + behind);
  for (const [before, behind] of [
    [`${run}/`, `/${run}`],
    [`${run}+`, '"'],
    ["key+", `+${run}`],
    [`${run.slice(2)}: `, `+${run}`],
  ] as const)
    assert.ok(!within(before, behind), before + behind);
});
