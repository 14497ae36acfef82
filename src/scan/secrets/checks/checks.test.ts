import assert from "node:assert/strict";
import { test } from "node:test";
import {
  sample,
  sampleAdoPat,
  sampleIdentifiableKey,
  sampleOpenSshKey,
  samplePem,
  samplePkcs1,
} from "../examples/example-values.ts";
import { privateKeyFacts } from "../keystores/private-key.ts";
import { isAdoPat } from "./ado-pat.ts";
import { base32Bytes, base32Letters, base32Of } from "./base32.ts";
import { checkStructure } from "./check-structure.ts";
import { crc32Base62 } from "./crc32.ts";
import { isIdentifiableKey, marvin32, marvin32State } from "./marvin32.ts";

test("Marvin32 gives the published vectors", () => {
  // dotnet/corefx, src/Common/tests/Tests/System/MarvinTests.cs
  const seed = Buffer.from("004FB61A001BDBCC", "hex");
  const vectors = { "": "30ED35C100CD3C7D", "37F495": "F0B07C789B8CF7E8", "153FB79826": "E6C08C6DA2AFA997" };
  for (const [input, expected] of Object.entries(vectors)) {
    const [p0, p1] = marvin32State(Buffer.from(input, "hex"), seed);
    const hex = [p1, p0].map((word) => word.toString(16).padStart(8, "0")).join("");
    assert.equal(hex.toUpperCase(), expected);
  }
  assert.equal(marvin32(Buffer.from("abc"), "Default0").toString(16).toUpperCase(), "1A4C888E");
});

test("an identifiable key passes under its own seed only, and not with a changed character", () => {
  const key = sampleIdentifiableKey(64, "+ASt", "Default0");
  assert.ok(isIdentifiableKey(key, ["Default0"]));
  assert.ok(!isIdentifiableKey(key, ["MastRW00"]));
  const changed = `${key.startsWith("A") ? "B" : "A"}${key.slice(1)}`;
  assert.ok(!isIdentifiableKey(changed, ["Default0"]));
});

test("an old Azure DevOps token passes, and no other text of its alphabet", () => {
  assert.ok(isAdoPat(sampleAdoPat()));
  assert.ok(!isAdoPat(sample("base32Lower", 52)));
  assert.ok(!isAdoPat(sampleAdoPat().slice(1)));
  const bytes = Buffer.from("00ff10e0a5", "hex");
  assert.deepEqual(base32Bytes(base32Of(bytes, base32Letters), base32Letters), bytes);
});

test("CRC-32 in base62 has six digits", () => {
  assert.equal(crc32Base62(""), "000000");
  // The CRC of this text is the published check value CBF43926: 3421780262 in base62.
  assert.equal(crc32Base62("123456789"), "3jZRME");
});

function partsOf(pem: string): readonly [string, string] {
  const match = /-----BEGIN ([A-Z ]+)-----([\s\S]*)-----END/.exec(pem);
  return [match?.[1] ?? "", (match?.[2] ?? "").replace(/\s/g, "")];
}

test("private keys are known by their public half", () => {
  const [label, body] = partsOf(samplePem("sec1"));
  const facts = privateKeyFacts(label, body, "");
  assert.equal(facts.is, "key");
  const openSsh = privateKeyFacts(...partsOf(sampleOpenSshKey()), "");
  assert.equal(openSsh.is, "key");
  assert.equal(privateKeyFacts(label, body.slice(0, 60), "").is, "none");
  assert.equal(privateKeyFacts("RSA PRIVATE KEY", Buffer.alloc(300, 65).toString("base64"), "").is, "none");
});

test("a key whose headers say that it is encrypted has the structure of its cipher's blocks", () => {
  const lines = samplePkcs1("oak").split("\n");
  const headers = lines.filter((line) => line.includes(": ")).join("\n");
  const body = lines.filter((line) => /^[A-Za-z0-9+/=]+$/.test(line)).join("");
  assert.deepEqual(privateKeyFacts("RSA PRIVATE KEY", body, headers), { is: "unread", encrypted: true });
  assert.equal(privateKeyFacts("RSA PRIVATE KEY", body.slice(0, -8), headers).is, "none");
});

test("digits that base32 has not make an id of its right format only", () => {
  const verdictOf = (value: string) => checkStructure({ is: "base32", skip: 4 }, value).verdict;
  assert.equal(verdictOf(`AKIA${sample("base32Upper", 16)}`), "unknown");
  assert.equal(verdictOf(`AKIA${sample("base32Upper", 15)}8`), "invalid");
});
