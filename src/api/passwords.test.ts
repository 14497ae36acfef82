import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hashPassword, verifyPassword } from "./passwords.ts";

describe("passwords", () => {
  it("are proven by their hash only", async () => {
    const hash = await hashPassword("correct horse battery");
    assert.equal(await verifyPassword("correct horse battery", hash), true);
    assert.equal(await verifyPassword("correct horse batterz", hash), false);
    assert.notEqual(await hashPassword("correct horse battery"), hash);
  });

  it("carry their cost, so that a hash of another cost still works", async () => {
    const hash = await hashPassword("p");
    const [kind, N, r, p] = hash.split("$");
    assert.deepEqual([kind, N, r, p], ["scrypt", "32768", "8", "3"]);
    const { scryptSync } = await import("node:crypto");
    const salt = Buffer.from("0123456789abcdef");
    const key = scryptSync("old", salt, 32, { N: 1024, r: 8, p: 1 });
    const old = ["scrypt", 1024, 8, 1, salt.toString("base64url"), key.toString("base64url")].join("$");
    assert.equal(await verifyPassword("old", old), true);
  });

  it("of nobody, or of a broken hash, are wrong", async () => {
    assert.equal(await verifyPassword("anything", undefined), false);
    assert.equal(await verifyPassword("anything", "plain$anything"), false);
    assert.equal(await verifyPassword("", "scrypt$1024$8$1$AA$"), false);
  });

  it("are the same in both Unicode forms", async () => {
    const hash = await hashPassword("caf\u00e9");
    assert.equal(await verifyPassword("cafe\u0301", hash), true);
  });
});
