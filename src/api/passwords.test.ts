import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createPasswords } from "./passwords.ts";

const passwords = createPasswords({ N: 1024, r: 8, p: 1 });

describe("passwords", () => {
  it("are proven by their hash only", async () => {
    const hash = await passwords.hash("correct horse battery");
    assert.equal(await passwords.verify("correct horse battery", hash), true);
    assert.equal(await passwords.verify("correct horse batterz", hash), false);
    assert.notEqual(await passwords.hash("correct horse battery"), hash);
  });

  it("carry their cost, so that a hash of another cost still works", async () => {
    const usual = createPasswords();
    const hash = await usual.hash("p");
    const [kind, N, r, p] = hash.split("$");
    assert.deepEqual([kind, N, r, p], ["scrypt", "32768", "8", "3"]);
    assert.equal(await usual.verify("old", await passwords.hash("old")), true);
  });

  it("of nobody, or of a broken hash, are wrong", async () => {
    assert.equal(await passwords.verify("anything", undefined), false);
    assert.equal(await passwords.verify("anything", "plain$anything"), false);
    assert.equal(await passwords.verify("", "scrypt$1024$8$1$AA$"), false);
  });

  it("are the same in both Unicode forms", async () => {
    const hash = await passwords.hash("caf\u00e9");
    assert.equal(await passwords.verify("cafe\u0301", hash), true);
  });
});
