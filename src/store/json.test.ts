import assert from "node:assert/strict";
import { test } from "node:test";
import { json, jsonAsGiven } from "./json.ts";

test("JSON stays as it came, unless PostgreSQL would refuse it", () => {
  const plain = '{ "a": 1.50, "b": "\\u00e9" }';
  assert.equal(jsonAsGiven(plain, JSON.parse(plain)), plain);
  for (const refused of ['{"a":"\\u0000"}', '{"a":"\\uD800"}', '{"a":"\\udfff"}']) {
    const text = jsonAsGiven(refused, JSON.parse(refused));
    assert.equal(text, json({ a: "\ufffd" }));
  }
});
