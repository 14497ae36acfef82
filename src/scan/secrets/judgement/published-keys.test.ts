import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { sourceFileOf } from "#scan/source-file-of.ts";
import { secretsScanner } from "../secrets-scanner.ts";

function rulesFound(text: string): readonly string[] {
  const file = sourceFileOf("lib/keys.js", "0".repeat(40), Buffer.from(text));
  return secretsScanner.scan(file, { fingerprintKey: new Uint8Array(32) }).findings.map(({ rule }) => rule);
}

test("a private key that a library publishes is no secret, another in its place is", () => {
  const folder = fileURLToPath(import.meta.resolve("oidc-provider"));
  const published = readFileSync(folder.replace(/lib\/index\.js$/, "lib/consts/dev_keystore.js"), "utf8");
  assert.match(published, /\bd: '/);
  const { d } = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
  assert.deepEqual(rulesFound(published), []);
  assert.notDeepEqual(rulesFound(published.replace(/\bd: '[^']+'/, `d: '${d}'`)), []);
});
