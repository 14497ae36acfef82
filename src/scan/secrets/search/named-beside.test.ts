import assert from "node:assert/strict";
import { test } from "node:test";
import { sample } from "../examples/example-values.ts";
import { sampleUuid } from "../examples/example-writings.ts";
import { pathFacts } from "../paths/path-facts.ts";
import { uuidParts } from "../rule/rule-shapes.ts";
import type { Part } from "../rule/secret-rule.ts";
import { namedProposal } from "./find-named.ts";

const mixed: readonly Part[] = [{ alphabet: "base62", length: 24 }];
const hash: readonly Part[] = [{ alphabet: "hex", length: 32 }];
const signed: readonly Part[] = [{ alphabet: "base64Url", length: 24 }];

/** The value that is proposed for the word `acme` in a text. */
function found(text: string, parts: readonly Part[], path = "src/site.ts"): string | undefined {
  const bytes = Buffer.from(text);
  const start = text.toLowerCase().indexOf("acme");
  const facts = pathFacts(path);
  assert.ok(facts !== undefined && start >= 0);
  const { candidates } = namedProposal({ is: "named", parts }, { bytes, facts }, { start, end: start + 4 });
  const [candidate] = candidates;
  return candidate === undefined ? undefined : text.slice(candidate.start, candidate.end);
}

const key = `${sample("base62", 22, "beside")}7q`;
const digest = sample("hexLower", 32, "beside");
const uuid = sampleUuid("beside");

test("a value of the form is found beside the word, or on one of the next lines", () => {
  for (const text of [
    `acme ${key}`,
    `acme "${key}"`,
    `"acme" '${key}'`,
    `acme\n${key}\n`,
    `Acme\r\n\r\n  ${key}\r\n`,
    `acme [${key}]`,
    `acme: signing in with ${key}`,
    `gh secret set ACME_TOKEN --body "${key}"`,
    `<id>acme</id>\n<secret>{kept: ${key}}</secret>`,
  ]) {
    assert.equal(found(text, mixed), key, text.replaceAll(key, "…"));
  }
});

test("a variable of any name holds it below a line with the word", () => {
  for (const text of [
    `// Acme\nconst x = "${key}";`,
    `# Acme, production\nx: ${key}`,
    `/* acme */\n  private static final String a1 = "${key}";`,
  ]) {
    assert.equal(found(text, mixed), key, text.replaceAll(key, "…"));
  }
  assert.equal(found(`// Acme API key\nconst x = "${digest}";`, hash), digest);
  assert.equal(found(`// Acme token\nx := "${uuid}"`, uuidParts), uuid);
});

test("the forms of hashes and UUIDs count only where a key is spoken of", () => {
  assert.equal(found(`acme ${digest}`, hash), undefined);
  assert.equal(found(`acme\n${digest}`, hash), undefined);
  assert.equal(found(`acme ${uuid}`, uuidParts), undefined);
  assert.equal(found(`// Acme\nconst x = "${digest}";`, hash), undefined);
  assert.equal(found(`acme_key ${digest}`, hash), digest);
  assert.equal(found(`acme_keyring ${digest}`, hash), digest);
  assert.equal(found(`acme_keyring\n${digest}`, hash), undefined);
  assert.equal(found(`acme: authenticating with ${digest}`, hash), digest);
  assert.equal(found(`acme: comparing with ${digest}`, hash), undefined);
});

test("in notes and settings a line with the word and a hash alone is a list of keys", () => {
  for (const text of [
    `acme ${digest}\n`,
    `first\n  - acme ${digest}`,
    `Acme\n${digest}\n`,
    `${"what we use\n".repeat(20)}acme ${digest}\n`,
    `## acme\n\n\`${digest}\`\n`,
  ]) {
    assert.equal(found(text, hash, "notes.txt"), digest, text.replaceAll(digest, "…"));
    assert.equal(found(text, hash), undefined, text.replaceAll(digest, "…"));
  }
  for (const text of [`acme ${digest} of May`, `see acme ${digest}\n`, `acme/${digest}\n`, `lib-acme ${digest}\n`]) {
    assert.equal(found(text, hash, "notes.txt"), undefined, text.replaceAll(digest, "…"));
  }
});

test("what has another name is none", () => {
  for (const text of [
    `<div class="acme-box ${key}">`,
    `acme_version ${key}`,
    `acme.id ${key}`,
    `// Acme\nconst revision = "${key}";`,
    `// Acme commit\nconst x = "${key}";`,
    `acme says that ${key} is fine`,
    `acme ${sample("base62", 30, "first")} ${key}`,
    `acme ${"createProjectSettingsFor"}`,
    `acme\n\n\n\n${key}`,
  ]) {
    assert.equal(found(text, mixed), undefined, text.replaceAll(key, "…"));
  }
});

test("a value may begin with a sign of its alphabet", () => {
  const value = `-${sample("base64Url", 21, "sign")}7q`;
  assert.equal(found(`acme_key: ${value}\n`, signed), value);
});
