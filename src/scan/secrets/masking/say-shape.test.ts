import assert from "node:assert/strict";
import { test } from "node:test";
import { sayShape } from "./say-shape.ts";

test("a shape is said in words, for every way of telling one", () => {
  const said = (shape: Parameters<typeof sayShape>[0]["shape"]) => sayShape({ shape, anchors: [{ text: "acme" }] });
  const parts = [{ oneOf: ["ac_", "am_"] }, { alphabet: "base62", length: [20, 24] }] as const;
  assert.equal(said({ is: "token", parts }), "`ac_` or `am_`, then 20 to 24 letters or digits");
  assert.equal(said({ is: "named", parts: parts.slice(1) }), "Beside `acme`: 20 to 24 letters or digits");
  assert.equal(said({ is: "assigned", length: [8, 64] }), "The value of a name with `acme`: 8 to 64 characters");
  assert.equal(said({ is: "run", alphabet: "hex", length: 32 }), "32 hexadecimal digits");
  assert.equal(said({ is: "reader", reader: "pem" }), undefined);
});
