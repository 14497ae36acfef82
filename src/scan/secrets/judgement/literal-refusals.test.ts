import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import type { NameKind } from "../assignments/name-words.ts";
import type { NamedLiteral } from "../assignments/read-named-literal.ts";
import { literalRefusals, refusalOf } from "./literal-refusals.ts";
import { isStockPassword } from "./stock-passwords.ts";
import { bareRefusals, noBareSecretReason, noSecretReason } from "./value-refusals.ts";

function literalOf(value: string, kind: NameKind): NamedLiteral {
  const at = { start: 0, end: value.length, quoted: true, lexical: "plain", syntax: "assignment" } as const;
  return { assignment: { ...at, name: kind }, words: [kind], kind, value };
}

type Change = Partial<NamedLiteral["assignment"]> & { readonly words?: readonly string[] };

function changed(value: string, kind: NameKind, { words = [kind], ...change }: Change): NamedLiteral {
  const { assignment } = literalOf(value, kind);
  return { assignment: { ...assignment, ...change }, words, kind, value };
}

const base64 = (text: string) => Buffer.from(text).toString("base64");
const bare = { quoted: false } as const;

/** One that each row of the tables decides about, in their order. */
const refused: readonly (readonly [name: string, value: string, kind: NameKind, change?: Change])[] = [
  ["repeats the name", "password7", "password"],
  ["of a kind with its own rule", "Basic b2FrOmVsbQ", "token"],
  ["encoded text", "eyJhbGciOiJIUzI1NiJ9.payload", "token"],
  ["pattern", "\\d{4}oak", "token"],
  ["brackets", "read()", "token"],
  ["escaped bytes", "\\x1b\\x5b\\x30", "token"],
  ["sentence", "an oak stands there", "password"],
  ["expression", "-oak", "token", bare],
  ["identifier", "4711", "key", { words: ["appid"], name: "APPID" }],
  ["pattern", "oak", "token", { words: ["pat"], name: "pat" }],
  ["address of mail", "oak@elm.example", "token"],
  ["encrypted or hashed", "{cipher}7f3a", "password"],
  ["hash or identifier", "7f3a90", "bare-key"],
  ["selector", "0x7f3a90bc", "token"],
  ["name of something in code", "heightAboveWGS84Geoid", "token"],
  ["name of a type", "ec2:Vpc", "key"],
  ["another name", "NaCl", "password", { syntax: "argument" }],
  ["number", "471147", "token"],
  ["lines of /etc/passwd", "oak:x:1000:1000:", "password"],
  ["rule of a form", "required|min:8", "password"],
  ["name of a test", "TestOak/elm", "password", { ...bare, name: "PASS" }],
  ["address", "v7@elm.example/fir", "password", { ...bare, lexical: "string" }],
  ["stands where some value must stand", "test123", "password"],
  ["identifier", `wx${"7f3a".repeat(4)}`, "secret"],
  ["address on a chain", `0x${"7f3a9".repeat(8)}`, "secret"],
  ["public key", "ssh-rsa", "key"],
  ["publishable key", ["pk", "live", "7f3a"].join("_"), "key"],
  ["identifier", ["cus", "7f3a90bcd1"].join("_"), "key"],
  ["constant", "7f3a", "salt"],
  ["bytes that count up", Buffer.from(Array.from({ length: 16 }, (_, at) => at + 64)).toString("base64"), "secret"],
  ["not the characters of a token", "6kXf7qZt?q2Lw9Rb4Vn1", "token"],
  ["typed on the keyboard's middle row", "asdfkljh23490sdf", "token"],
  ["encoded text", base64("an oak stands there"), "token"],
  ["encrypted or a signature", `${"kX9q".repeat(42)}kX==`, "token"],
  ["identifier (UUID)", "7f3a90bc-d1e2-4f50-8a6b-91c7d3e5f082", "token", { words: ["lock", "token"] }],
  ["repeats the name", "oakpass", "password", { words: ["oak", "pass"] }],
  ["name of a cipher", "OAK-PSK-7", "secret", { words: ["oak", "psk"] }],
  ["key of a test vector", "7f3a90bcd1".repeat(4), "secret", { words: ["psk"] }],
];

test("each row of the table decides about what it is there for", () => {
  const decided = refused.map(([, value, kind, change = {}]) => refusalOf(changed(value, kind, change)));
  assert.deepEqual(
    decided.map((reason) => reason?.name),
    refused.map(([name]) => name),
  );
  assert.deepEqual(new Set(decided), new Set(literalRefusals));
});

test("reasons of refusals differ", () => {
  const reasons = [...literalRefusals, ...bareRefusals].map(({ why }) => why);
  assert.equal(new Set(reasons).size, reasons.length);
});

test("names of something in code are no tokens, however many capitals they have", () => {
  for (const value of ["heightAboveWGS84Geoid", "createPipxToolConfig", "readHTTPHeader", "parseURLFrom2Strings"])
    assert.equal(refusalOf(literalOf(value, "token"))?.name, "name of something in code", value);
  for (const value of ["heightAbove", "heightAboveX", "heightA", "height2AboveGround", "heightAboveGround12345"])
    assert.notEqual(refusalOf(literalOf(value, "token"))?.name, "name of something in code", value);
});

test("the name of a type is no key, and beside another name it may be a user and a password", () => {
  for (const value of ["ec2:Vpc", "ec2:VpcEndpoint", "ec2:VpcID", "aws:s3/bucket:Bucket", "core/v1:Secret"])
    assert.equal(refusalOf(literalOf(value, "key"))?.name, "name of a type", value);
  for (const value of ["ec2:vpc", "ec2:VPCx7", "Ec2:Vpc", "ec2:Vpc:"])
    assert.notEqual(refusalOf(literalOf(value, "key"))?.name, "name of a type", value);
  for (const kind of ["auth", "password", "secret"] as const)
    assert.notEqual(refusalOf(literalOf("ops:Harbor7", kind))?.name, "name of a type", kind);
});

test("names that colons join are the label of a salt, and a password may be written so", () => {
  for (const value of ["shop:users:v2", "com.acme:users:pw1", "hkdf:session"])
    assert.equal(refusalOf(changed(value, "password", { words: ["password", "salt"] }))?.name, "constant", value);
  for (const value of ["shop:7users:v2", "shop:x123", "gT4kq0:Zr8x17"])
    assert.notEqual(refusalOf(changed(value, "password", { words: ["password", "salt"] }))?.name, "constant", value);
  assert.notEqual(refusalOf(literalOf("shop:users:v2", "password"))?.name, "constant");
});

test("what ends as files do is the place of something", () => {
  for (const value of ["oak/elm7-fh8sjjsq.ova", "RHEL7 elm.zip", "kx_7q.p12", "elm.yaml"])
    assert.equal(noSecretReason(value), "path", value);
  for (const value of ["kx!9q.zip", "harbor.x7q", "oakzip7"]) assert.notEqual(noSecretReason(value), "path", value);
});

test("what characters are written in is no password, whatever hands it over", () => {
  for (const value of ["utf-8", "UTF8", "latin-1", "iso-8859-15", "utf-8-sig", "cp1252"])
    assert.equal(noSecretReason(value), "name of an encoding", value);
  for (const value of ["utf-8x", "latin-100", "ascii7q"]) assert.equal(noSecretReason(value), undefined, value);
});

test("letters beyond ASCII and nothing else are the label of a field", () => {
  for (const value of ["Jelszó", "мойпароль", "Hasło konta", "clé-privée"])
    assert.equal(noSecretReason(value), "words", value);
  for (const value of ["žár7xq", "пароль!2", "zkqw"]) assert.notEqual(noSecretReason(value), "words", value);
});

test("what is written as code is a value within quotes only", () => {
  for (const value of ["ab.Zkqxv", "{noop}ab.Zkqxv", "zKq9w(ab)"]) {
    assert.notEqual(noBareSecretReason(value), undefined, value);
    assert.equal(noSecretReason(value), undefined, value);
  }
  for (const value of ["changeme", "settings.password"]) assert.notEqual(noSecretReason(value), undefined, value);
});

test("bytes written as escapes are no secret, whatever stands before them", () => {
  for (const value of ["\\x1b\\x5b\\x30", "ab\\\\x1b\\\\x5b\\\\x30", "\\u001b[0m"])
    assert.equal(refusalOf(literalOf(value, "password"))?.name, "escaped bytes", value);
});

/** Each grew with its square, the first by three fifths with each character. */
const hostile: Readonly<Record<string, string>> = {
  "a name in capitals": `ab${"A".repeat(40)}==`,
  backslashes: "\\".repeat(40_000),
  "open brackets": `k${"[a".repeat(20_000)}`,
  "signs before the end": `k${"!".repeat(40_000)}k`,
  "a long name in capitals": `ab${"AB".repeat(20_000)}=`,
};

for (const [name, value] of Object.entries(hostile)) {
  test(`${name}: judged in no time`, () => {
    for (const kind of ["token", "password"] as const) {
      takesAtMost(0.3, () => refusalOf(literalOf(value, kind)), kind);
    }
    takesAtMost(0.3, () => noSecretReason(value));
  });
}

test("stock passwords: words that could be read in two ways are judged in no time", () => {
  for (const value of [`${"demo".repeat(15)}~~!-`, `${"superuser".repeat(6)}~~!-`]) {
    assert.ok(!takesAtMost(0.1, () => isStockPassword(value), value));
  }
  for (const value of ["superuser1", "super-admin", "demo-superuser123"]) assert.ok(isStockPassword(value), value);
});
