import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceFileOf } from "../../source-file-of.ts";
import { base64, sample } from "../examples/example-values.ts";
import { secretsScanner } from "../secrets-scanner.ts";

const context = { fingerprintKey: new Uint8Array(32) };

function fingerprints(text: string, path = "k8s/db.yaml"): readonly string[] {
  const { findings } = secretsScanner.scan(sourceFileOf(path, "0", Buffer.from(text)), context);
  return findings.map(({ fingerprint }) => fingerprint);
}

for (const letters of ["x", "à", "ü", "日本"]) {
  test(`a value with ${letters} is the same secret in base64, as text, and elsewhere`, () => {
    const value = `Kq7vW${letters}${sample("base62", 9)}`;
    const [expected] = fingerprints(`password: "${value}"\n`);
    assert.notEqual(expected, undefined);
    for (const section of [
      `data:\n  signer: ${base64(value)}\n`,
      `data: {signer: ${base64(value)}}\n`,
      `stringData:\n  signer: ${value}\n`,
      `stringData: {"signer":"${value}"}\n`,
    ])
      assert.deepEqual(fingerprints(`kind: Secret\n${section}`), [expected], section);
  });
}

test("a second kind in one document takes nothing from the first", () => {
  const document = `kind: Secret\ndata:\n  signer: ${base64(`Kq7${sample("base62", 9)}`)}\n`;
  assert.equal(fingerprints(document.repeat(3)).length, 3);
});
