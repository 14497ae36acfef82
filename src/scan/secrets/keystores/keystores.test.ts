/** Files that are keys as a whole: what protects them, the same key in several forms, and files that are broken. */
import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { sourceFileOf } from "../../source-file-of.ts";
import { isBech32 } from "../checks/bech32.ts";
import {
  sampleDerKey,
  sampleJavaKeystore,
  sampleOpenPgp,
  samplePkcs12,
  sampleSsh2Key,
} from "../examples/sample-keystores.ts";
import { findSuspects } from "../history/find-suspects.ts";
import { secretsScanner } from "../secrets-scanner.ts";
import { readKeystore } from "./read-keystore.ts";

const context = { fingerprintKey: new Uint8Array(32).fill(7) };

function scan(bytes: Buffer | string, path = "keys/one", minimumScore?: number) {
  const file = sourceFileOf(path, "0", Buffer.from(bytes as string));
  return secretsScanner.scan(file, { ...context, ...(minimumScore !== undefined && { minimumScore }) }).findings;
}

function armoured(bytes: Buffer): string {
  const lines = bytes.toString("base64").replace(/.{64}/g, "$&\n");
  return `-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\n${lines}\n=${"Ab9+"}\n-----END PGP PRIVATE KEY BLOCK-----\n`;
}

test("what protects a key file is told, and a usual password is tried", () => {
  const seed = "birch";
  const cases: readonly (readonly [string, Buffer | string, number, RegExp])[] = [
    [
      "jks, usual",
      sampleJavaKeystore({ seed, password: "changeit" }),
      95,
      /JKS.*a private key; opens with the usual password "changeit"/,
    ],
    ["jks, own", sampleJavaKeystore({ seed, password: "qX8!vw2" }), 70, /protected by a password/],
    ["jceks", sampleJavaKeystore({ seed, password: "", magic: 0xcececece }), 95, /JCEKS.*opens with an empty password/],
    ["p12, empty", samplePkcs12(seed, ""), 95, /opens with an empty password/],
    ["p12, own", samplePkcs12(seed, "qX8!vw2"), 70, /protected by a password/],
    ["p12, in the clear", samplePkcs12(seed, "qX8!vw2", "open"), 95, /the key is in the clear/],
    ["p12 in base64", `pfx: ${samplePkcs12(seed, "changeit").toString("base64")}\n`, 95, /usual password "changeit"/],
    ["pgp", sampleOpenPgp(seed), 95, /not protected/],
    ["pgp, locked", sampleOpenPgp(seed, "locked"), 70, /protected by a passphrase/],
    ["pgp, armoured", armoured(sampleOpenPgp(seed)), 95, /decodes as a private key/],
    ["pgp, armoured and locked", armoured(sampleOpenPgp(seed, "locked")), 70, /protected by a passphrase/],
    ["der, locked", sampleDerKey("pkcs8", "qX8!vw2"), 70, /protected by a passphrase/],
    ["ssh2, locked", sampleSsh2Key(seed, "3des-cbc"), 70, /protected by a passphrase/],
    ["gnupg", Buffer.from(`(11:private-key(3:rsa(1:n129:${"\0".repeat(90)}`), 95, /not protected/],
  ];
  for (const [name, bytes, score, signals] of cases) {
    const [finding, ...more] = scan(bytes);
    assert.ok(finding && more.length === 0, name);
    assert.match((finding.signals ?? []).join("; "), signals, name);
    // Seen from the score that it has on, and no higher.
    assert.equal(scan(bytes, "keys/one", score).length, 1, name);
    assert.equal(scan(bytes, "keys/one", score + 1).length, 0, name);
    assert.ok(findSuspects(Buffer.from(bytes as string), undefined).evidence.length > 0, `${name} in a history`);
  }
  const stub = [sampleOpenPgp(seed, "stub"), armoured(sampleOpenPgp(seed, "stub"))];
  for (const one of stub) assert.deepEqual(scan(one, "keys/one", 1), []);
});

test("one key in several forms is one secret", () => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const printOf = (bytes: Buffer | string) => scan(bytes)[0]?.fingerprint;
  const forms = [
    privateKey.export({ type: "pkcs8", format: "pem" }),
    privateKey.export({ type: "sec1", format: "pem" }),
    privateKey.export({ type: "pkcs8", format: "der" }),
    privateKey.export({ type: "sec1", format: "der" }),
  ];
  assert.equal(new Set(forms.map(printOf)).size, 1);
  assert.notEqual(printOf(forms[0] ?? ""), undefined);
  const bundle = samplePkcs12("alder", "changeit");
  assert.equal(printOf(bundle), printOf(`pfx: "${bundle.toString("base64")}"\n`));
  const ring = sampleOpenPgp("alder");
  assert.equal(printOf(ring), printOf(armoured(ring)));
  assert.equal(printOf(ring), printOf(sampleOpenPgp("alder", "locked")), "a passphrase makes no other key");
  assert.notEqual(printOf(ring), printOf(sampleOpenPgp("rowan")));
});

test("a bundle whose certificates are of hosts that exist nowhere is left alone among tests, and only there", () => {
  const bundle = (host: string) => samplePkcs12("ash", "qX8!vw2", "locked", host);
  const forms = (host: string) => [bundle(host), `pfx: "${bundle(host).toString("base64")}"\n`];
  for (const one of [...forms("localhost"), ...forms("*.shop.example.com")]) {
    assert.equal(scan(one, "src/Shop.UnitTests/site").length, 0);
    assert.equal(scan(one, "src/Shop/site").length, 1);
    assert.match((scan(one, "test/site", 1)[0]?.signals ?? []).join("; "), /hosts that exist nowhere/);
  }
  for (const one of forms("shop.contoso.net")) assert.equal(scan(one, "test/site").length, 1);
});

test("public halves, trust stores and broken files are left alone, whatever is cut or changed", () => {
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  assert.deepEqual(scan(publicKey.export({ type: "spki", format: "der" }), "a.der", 1), []);
  assert.deepEqual(
    scan(createPublicKey(publicKey.export({ type: "spki", format: "pem" })).export({ type: "spki", format: "der" })),
    [],
  );
  const files = [
    sampleJavaKeystore({ seed: "yew", password: "changeit" }),
    samplePkcs12("yew", "changeit"),
    sampleOpenPgp("yew"),
    sampleDerKey("pkcs8"),
  ];
  for (const whole of files) {
    for (let length = 0; length < whole.length; length += 1 + (length >> 5)) readKeystore(whole.subarray(0, length));
    for (let at = 0; at < Math.min(whole.length, 400); at += 3) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(0xff, at);
      readKeystore(changed);
    }
  }
});

test("claims of millions of entries, rounds and packets cost no more than the bytes that are there", () => {
  const counted = sampleJavaKeystore({ seed: "oak", password: "x" });
  counted.writeUInt32BE(0xffffffff, 8);
  const bundle = samplePkcs12("oak", "qX8!vw2");
  // The number of rounds is the last thing in the bundle.
  const rounds = Buffer.concat([bundle.subarray(0, bundle.length - 2), Buffer.from([0xff, 0xff])]);
  const packets = Buffer.concat([sampleOpenPgp("oak"), Buffer.alloc(4_000_000, Buffer.from([0xb4, 0]))]);
  takesAtMost(1, () => {
    for (const bytes of [counted, rounds, packets]) readKeystore(bytes);
  });
});

test("bech32 fits its own standard's example, and not with a letter changed", () => {
  // BIP 173, test vectors.
  assert.ok(isBech32("A12UEL5L"));
  assert.ok(isBech32("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"));
  assert.ok(!isBech32("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxx"));
  assert.ok(!isBech32("A12uEL5L"));
});
