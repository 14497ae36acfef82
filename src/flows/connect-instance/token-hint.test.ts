import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, it } from "node:test";
import { tokenHint } from "./token-hint.ts";

const letters = "abcdefghijklmnopqrstuvwxyz234567";
const token = (length: number) => Array.from(randomBytes(length), (byte) => letters[byte % 32]).join("");

describe("a pasted token", () => {
  it("of the old and of the new length is taken", () => {
    assert.equal(tokenHint(token(52)), undefined);
    assert.equal(tokenHint(token(84)), undefined);
    assert.equal(tokenHint(token(120)), undefined);
  });

  it("that is something else is recognised", () => {
    assert.match(tokenHint(`${"gh"}p_${token(36)}`) ?? "", /GitHub/);
    assert.match(tokenHint(`${"gl"}pat-${token(20)}`) ?? "", /GitLab/);
    assert.match(tokenHint(`Bearer ${token(52)}`) ?? "", /header/);
    assert.match(tokenHint(Buffer.from(`:${token(52)}`).toString("base64")) ?? "", /encode/);
    assert.match(tokenHint(`${token(52)}\n${token(52)}`) ?? "", /several tokens/);
  });
});
