import assert from "node:assert/strict";
import { test } from "node:test";
import { hookAddress, keyOfAddress, newHookSecret } from "./hook-address.ts";

test("an address of ours gives its key back, others do not", () => {
  const key = newHookSecret();
  assert.match(key, /^[\w-]{43}$/);
  assert.equal(keyOfAddress("https://sallyport.example.com", hookAddress("https://sallyport.example.com/", key)), key);
  assert.equal(keyOfAddress("https://sallyport.example.com", `https://other.example.com/hooks/${key}`), undefined);
  assert.equal(keyOfAddress("https://sallyport.example.com", "https://sallyport.example.com/hooks/"), undefined);
});
