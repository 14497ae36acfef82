import assert from "node:assert/strict";
import { test } from "node:test";
import { sample } from "../examples/example-values.ts";
import { anyFacts } from "../paths/path-facts.ts";
import type { Call } from "./calls/call.ts";
import { credentialCalls } from "./calls/credential-calls.ts";
import { readCredentialArgument } from "./credential-argument.ts";

const values = ["a", "b", "c", "d", "e"].map((seed) => `K${sample("base62", 20, seed)}`);

/** What is proposed by all anchors that end with the bracket. */
function proposedIn(name: string, list: string): readonly string[] {
  const bytes = Buffer.from(`x = ${name}(${list})`);
  const end = 4 + name.length + 1;
  const found = Object.keys(credentialCalls)
    .filter((other) => name.toLowerCase().endsWith(other))
    .flatMap((other) => {
      const hit = { start: end - 1 - other.length, end };
      return readCredentialArgument({ bytes, facts: anyFacts }, hit).candidates;
    });
  return found.map(({ start, end: to }) => bytes.toString("latin1", start, to)).toSorted();
}

/** Which of five literals is taken. */
function indexOf({ at }: Call): number {
  if (typeof at === "number") return at;
  if (at === "behind name") return 1;
  return at === "last" || at === "tried" || at === "behind user" ? 4 : 0;
}

for (const [name, calls] of Object.entries(credentialCalls)) {
  const isOfUsers = calls.every(({ at }) => at === "behind user");
  test(`${name}() is read by its own entry alone`, () => {
    const isNamed = calls.some(({ at }) => at === "behind name");
    const [first, ...others] = values.map((value) => `"${value}"`);
    const written = [isNamed ? '"cn=ops,dc=shop"' : first, ...others].join(", ");
    const isAlone = calls.some(({ at }) => at === "only");
    const list = isOfUsers ? `user_name, "${values[4]}"` : isAlone ? first! : written;
    assert.deepEqual(proposedIn(name, list), calls.map((one) => values[indexOf(one)]!).toSorted());
  });
}

test("a word that goes on before a name is another one, unless it parts its words", () => {
  const list = `"ops", "${values[0]}"`;
  for (const name of ["prelogin", "xbasicauth"]) assert.deepEqual(proposedIn(name, list), [], name);
  for (const name of ["preLogin", "pre_login", "client.login", "client->login", "Client::login"])
    assert.deepEqual(proposedIn(name, list), [values[0]], name);
});

test("what stands in a call that is named like a person's act has to look like a password", () => {
  assert.deepEqual(proposedIn("mysqli", '"db7", "ops", "harbor"'), ["harbor"]);
  assert.deepEqual(proposedIn("login", '"ops", "harbor"'), []);
});

test("the name of an algorithm is none, and what only begins like one is", () => {
  for (const name of [
    "sha512",
    "SHA-256",
    "sha512_crypt",
    "bcrypt",
    "scrypt",
    "argon2id",
    "pbkdf2_sha256",
    "md5_crypt",
  ])
    assert.deepEqual(proposedIn("networkcredential", `"ops", "${name}"`), [], name);
  for (const word of ["Sharepoint", "Shadow-", "Cryptic_", "Argonaut-"])
    assert.deepEqual(proposedIn("networkcredential", `"ops", "${word}2917"`), [`${word}2917`]);
});
