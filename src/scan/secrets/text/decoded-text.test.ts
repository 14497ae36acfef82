import assert from "node:assert/strict";
import { test } from "node:test";
import { escapeAt, escapeHead } from "./decoded-text.ts";

test("an escape hides a printable character of ASCII", () => {
  for (const text of ["%41", "\\x41", "\\u0041", "\\U0041", "&#65;", "&#x41;"]) {
    assert.equal(escapeAt(Buffer.from(text), 0)?.code, 0x41, text);
  }
  assert.equal(escapeAt(Buffer.from("&quot;"), 0)?.code, 0x22);
});

test("what only looks like one hides nothing", () => {
  const none = [
    "%",
    "%4",
    "%zz",
    "%07",
    "\\",
    "\\n",
    "\\x4",
    "\\u0141",
    "&#7;",
    "&#x7;",
    "&#300;",
    "&lang;",
    "&gte;",
    "&amp",
    "&nbsp;",
  ];
  for (const text of none) assert.equal(escapeAt(Buffer.from(text), 0), undefined, text);
  for (const text of [...none, "%20", "&#32;"]) assert.equal(escapeHead(Buffer.from(text), 0), 0, text);
});
