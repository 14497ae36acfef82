/** A token is found behind every encoding, as the same secret, at the place of its encoded characters. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceFileOf } from "../../source-file-of.ts";
import { base64, sample, withCrc32Base62 } from "../examples/example-values.ts";
import { secretsScanner } from "../secrets-scanner.ts";

const context = { fingerprintKey: new Uint8Array(32) };
const token = withCrc32Base62("ghp_", "encoded");

function found(text: string, path = "src/a.ts") {
  return secretsScanner.scan(sourceFileOf(path, "0", Buffer.from(text)), context).findings;
}

function each(text: string, write: (code: number) => string): string {
  return text.replace(/./g, (character) => write(character.charCodeAt(0)));
}

const hex = (code: number) => code.toString(16);
/** What stands before the encoded token, the encoded token, and what stands behind it. */
const ways: Readonly<Record<string, readonly [string, string, string]>> = {
  base64: ['x = "', base64(token), '"'],
  "base64url without padding": ["x: ", Buffer.from(`{"a?>?>":"${token}"}`).toString("base64url"), ""],
  "base64 of base64 of base64": ["", base64(base64(base64(token))), ""],
  "base64 after the letter of an escape": ['"line\\n', base64(token), '\\n"'],
  "base64 in an address": ["https://host.example/?q=", encodeURIComponent(base64(`${token}:`)), "&b=1"],
  "an encoded command": ["powershell -enc ", Buffer.from(`$t = "${token}"`, "utf16le").toString("base64"), ""],
  percent: ["?t=", each(token, (code) => `%${hex(code)}`), "&"],
  "unicode escapes": ['"', each(token, (code) => `\\u00${hex(code)}`), '"'],
  "byte escapes": ['"', each(token, (code) => `\\x${hex(code)}`), '"'],
  "numbers of HTML": ["<b>", each(token, (code) => `&#${code};`), "</b>"],
  "hexadecimal numbers of HTML": ["<b>", each(token, (code) => `&#x${hex(code)};`), "</b>"],
};

for (const [name, [before, encoded, after]] of Object.entries(ways)) {
  test(`a token in ${name}`, () => {
    const [plain] = found(token);
    const findings = found(`const a = 1;\n${before}${encoded}${after}\n`);
    assert.deepEqual(
      findings.map(({ rule, fingerprint }) => [rule, fingerprint]),
      [[plain!.rule, plain!.fingerprint]],
    );
    const { at } = findings[0]!;
    assert.ok("startLine" in at && at.startLine === 2);
    assert.ok(at.startColumn > before.length && at.endColumn <= before.length + encoded.length + 1);
  });
}

test("four layers are one too many, and what is not text is not looked into", () => {
  assert.deepEqual(found(base64(base64(base64(base64(token))))), []);
  assert.deepEqual(found(Buffer.from(`\u0001\u0002${token}`).toString("base64")), []);
});

test("a name and its value are read behind entities and percent signs", () => {
  const value = `gT${sample("base62", 9)}7`;
  assert.deepEqual(
    [
      found(`<a data-x="{&quot;password&quot;:&quot;${value}&quot;}">`),
      found(`postgres%3A%2F%2Fsvc%3A${value}%40db.contoso.net%2Fx`),
      found(`postgres://svc:${value}&#64;db.contoso.net/x`),
    ].map((list) => list.map(({ rule }) => rule)),
    [["secrets/password"], ["secrets/url-password"], ["secrets/url-password"]],
  );
});
