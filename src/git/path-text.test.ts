import assert from "node:assert/strict";
import { test } from "node:test";
import { pathText } from "./path-text.ts";

test("bytes that are no UTF-8 are told one by one", () => {
  assert.equal(pathText(Buffer.from("grün/ä.txt")), "grün/ä.txt");
  assert.equal(pathText(Buffer.from("gr\xfcn.txt", "latin1")), "gr\\xfcn.txt");
});

test("a path that no key of the database has room for is told by its ends and its hash", () => {
  const usual = `${"folder/".repeat(85)}a.ts`;
  assert.equal(pathText(Buffer.from(usual)), usual);
  const long = (name: string) => `${"ä".repeat(600)}/${name}/${"🜁".repeat(200)}/app.yaml`;
  const [one, other] = [pathText(Buffer.from(long("a"))), pathText(Buffer.from(long("b")))];
  assert.notEqual(one, other);
  for (const text of [one, other]) {
    assert.ok(Buffer.byteLength(text) <= 600, `${Buffer.byteLength(text)}`);
    assert.match(text, /^ä{100}.*\/app\.yaml$/u);
  }
});
