/** What another key has to open is no secret; what only looks alike is one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceFileOf } from "../../source-file-of.ts";
import { sample, sampleBytes } from "../examples/example-values.ts";
import { secretsScanner } from "../secrets-scanner.ts";
import { isSealed } from "./sealed-value.ts";

const body = sampleBytes(200, "sealed");
const sealed = (...head: readonly number[]) => Buffer.concat([Buffer.from(head), body]).toString("base64");
const keyId = [1, 2, 3, 4, 5, 6, 7, 8];

const examples: Readonly<Record<string, string>> = {
  "OpenPGP to an RSA key, new format": sealed(0xc1, 0xc1, 0x4c, 3, ...keyId, 1),
  "OpenPGP to a curve, old format": sealed(0x84, 0x5e, 3, ...keyId, 18),
  "OpenPGP to an RSA key, old format": sealed(0x85, 0x01, 0x0c, 3, ...keyId, 1),
  "CMS, enveloped data": sealed(
    0x30,
    0x82,
    0x01,
    0x10,
    0x06,
    0x09,
    0x2a,
    0x86,
    0x48,
    0x86,
    0xf7,
    0x0d,
    0x01,
    0x07,
    0x03,
  ),
  "openssl enc": Buffer.concat([Buffer.from("Salted__"), body]).toString("base64"),
  age: Buffer.concat([Buffer.from("age-encryption.org/v1\n"), body]).toString("base64"),
  "AWS KMS": sealed(1, 2, 2, 0, 0x78),
  "hash of ASP.NET Core Identity": Buffer.concat([
    Buffer.from([1, 0, 0, 0, 1, 0, 0, 0x27, 0x10, 0, 0, 0, 16]),
    body.subarray(0, 48),
  ]).toString("base64"),
  "hash of Solr": [32, 64].map((end) => body.subarray(end - 32, end).toString("base64")).join(" "),
};

function found(value: string): number {
  const file = sourceFileOf("src/shop.ts", "0", Buffer.from(`const shop = { "apiToken": "${value}" };\n`));
  return secretsScanner.scan(file, { fingerprintKey: new Uint8Array(32) }).findings.length;
}

test("what another key has to open is left alone beside any name", () => {
  for (const [name, value] of Object.entries(examples)) {
    assert.ok(isSealed(value), name);
    assert.equal(found(value), 0, name);
  }
});

test("random bytes, other packets and other versions are secrets as before", () => {
  const others = [
    body.subarray(0, 60).toString("base64"),
    sample("base62", 64, "sealed"),
    // A secret key of OpenPGP (packet 5), a message of an unknown version, one for an unknown algorithm.
    sealed(0xc5, 0xc1, 0x4c, 3, ...keyId, 1),
    sealed(0xc1, 0xc1, 0x4c, 9, ...keyId, 1),
    sealed(0xc1, 0xc1, 0x4c, 3, ...keyId, 7),
    // Signed data of CMS has another number at its end.
    sealed(0x30, 0x82, 0x01, 0x10, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02),
  ];
  for (const value of others) assert.equal(isSealed(value), false, value.slice(0, 12));
  for (const value of others.slice(0, 2)) assert.equal(found(value), 1, value.slice(0, 12));
});
