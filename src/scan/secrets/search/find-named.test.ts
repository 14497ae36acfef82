import assert from "node:assert/strict";
import { test } from "node:test";
import { sample } from "../examples/example-values.ts";
import { pathFacts } from "../paths/path-facts.ts";
import type { Part } from "../rule/secret-rule.ts";
import { joinedEnd } from "../text/provider-words.ts";
import { namedProposal } from "./find-named.ts";

const hexDigits: readonly Part[] = [{ alphabet: "hex", length: 32 }];
const letters: readonly Part[] = [{ alphabet: "base62", length: 32 }];

interface Asked {
  readonly parts?: readonly Part[];
  readonly loose?: readonly Part[];
  readonly joined?: boolean;
}

/** What is proposed for the word `acme` in a text. */
function proposed(text: string, { parts = hexDigits, loose, joined = false }: Asked = {}) {
  const bytes = Buffer.from(text);
  const start = text.toLowerCase().indexOf("acme");
  const facts = pathFacts("src/site.ts");
  assert.ok(facts !== undefined && start >= 0);
  const shape = { is: "named", parts, ...(loose !== undefined && { loose }) } as const;
  const [candidate] = namedProposal(shape, { bytes, facts }, { start, end: start + 4 }, joined).candidates;
  return candidate && { value: text.slice(candidate.start, candidate.end), score: candidate.score ?? 0 };
}

const digest = `${sample("hexLower", 30, "named")}7a`;
const drawn = `${sample("base62", 30, "named")}7q`;

test("the sign before a quote of Objective-C and C# is none of the name", () => {
  for (const text of [`[Acme start:@"${digest}"]`, `acmeKey = @"${digest}"`])
    assert.equal(proposed(text)?.value, digest, text);
  assert.equal(proposed(`acme @"${digest}"`), undefined);
});

test("a value in other characters counts less, and one broken character makes it none", () => {
  const asked = { parts: hexDigits, loose: letters };
  const usual = proposed(`acme_key = "${digest}"`, asked);
  const other = proposed(`acme_key = "${drawn}"`, asked);
  assert.equal(usual?.value, digest);
  assert.equal(other?.value, drawn);
  assert.ok(usual !== undefined && other !== undefined && other.score < usual.score);
  assert.equal(proposed(`acme_key = "${drawn}"`), undefined);
  for (const broken of [`${digest.slice(0, 16)}z${digest.slice(17)}`, `${digest.slice(0, 16)}-${digest.slice(17)}`])
    assert.equal(proposed(`acme_key = "${broken}"`, asked), undefined);
});

test("a name of code in which the provider's word stands is no key", () => {
  const parts: readonly Part[] = [{ alphabet: "base62", length: 24 }];
  assert.equal(proposed("acme = AcmeV1CampaignGetNodeOf7", { parts }), undefined);
  assert.equal(proposed(`acme = "${drawn.slice(0, 24)}"`, { parts })?.value, drawn.slice(0, 24));
});

test("the key is the second argument of a call that takes an id first", () => {
  const id = `${sample("lowerAlnum", 18, "id")}42`;
  assert.equal(proposed(`Acme("${id}", "${digest}")`)?.value, digest);
  assert.equal(proposed(`Acme('${id}', '${digest}')`)?.value, digest);
  assert.equal(proposed(`acme: "${id}", "${digest}"`), undefined);
  assert.equal(proposed(`Acme("${id}", "${id}", "${digest}")`), undefined);
  assert.equal(proposed(`set("acme", "${digest}")`), undefined);
});

test("a hash counts where nothing but it stands beside the word, quoted or in brackets", () => {
  for (const text of [`[{acme ${digest}}]`, `acme "${digest}"`, `log(acme '${digest}')`, `acme [${digest}]`])
    assert.equal(proposed(text)?.value, digest, text.replaceAll(digest, "…"));
  for (const text of [`[acme ${digest}]`, `go.example/acme "${digest}"`])
    assert.equal(proposed(text), undefined, text.replaceAll(digest, "…"));
  const commit = `${sample("hexLower", 38, "commit")}7a`;
  assert.equal(proposed(`acme [${commit}]`, { parts: [{ alphabet: "hex", length: 40 }] }), undefined);
});

test("an ordinary word counts only joined to what a key is called, or right beside its value", () => {
  const joined = { joined: true, parts: letters };
  for (const text of [
    `acme_token: ${drawn}`,
    `acmeKey = "${drawn}"`,
    `ACME_API_KEY=${drawn}`,
    `acme: ${drawn}`,
    `ACME=${drawn}`,
    `acme = "${drawn}"`,
    `acme.init("${drawn}")`,
    `config['acme']['key'] = '${drawn}'`,
    `[acme]\nkey = ${drawn}`,
    `https://api.acme.example/?token=${drawn}`,
    `acme "${drawn}"`,
    `acme | ${drawn}`,
  ]) {
    assert.equal(proposed(text, joined)?.value, drawn, text.replaceAll(drawn, "…"));
  }
  for (const text of [
    `acme of the site, token: ${drawn}`,
    `acmetic_key = "${drawn}"`,
    `<div class="big-acme ${drawn}">`,
    `acme the sha ${drawn}`,
  ]) {
    assert.equal(proposed(text, joined), undefined, text.replaceAll(drawn, "…"));
  }
});

test("the end of a joined name is that of what a key is called", () => {
  const ends = (text: string) => joinedEnd(Buffer.from(text), 0, 5);
  assert.equal(ends("front_token=x"), 11);
  assert.equal(ends("frontKey=x"), 8);
  assert.equal(ends("front = x"), 5);
  assert.equal(ends("front door"), undefined);
  assert.equal(ends("fronts_token"), undefined);
});
