/** A plan is made again with what it missed: in a bounded number of rounds, and never with a private name in a public place. */
import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { serveFiles } from "#knowledge/testing/serve-files.ts";
import type { FixKnowledge, FixPlan } from "#model/fix-plan.ts";
import { planWithKnowledge } from "./plan-with-knowledge.ts";

const world = { factsOf: () => undefined };
const nothing: FixPlan = { is: "refused", because: "nothing" };
const integrity = `sha512-${"a".repeat(86)}==`;
const packument = (...names: readonly string[]) =>
  JSON.stringify({
    versions: {
      "1.0.0": { dist: { integrity }, dependencies: Object.fromEntries(names.map((name) => [name, "*"])) },
    },
  });

/** Follows what packages need, each round as far as it is known. */
function following(first: string, ecosystem: "npm" | "Packagist" = "npm") {
  const rounds: string[][] = [];
  const plan = (known: FixKnowledge): FixPlan => {
    const reached = new Set([first]);
    const told: string[] = [];
    for (const name of reached) {
      const version = ecosystem === "npm" ? known.versionsOf?.("npm", name)?.[0] : "1.0.0";
      const one = version === undefined ? undefined : known.publishedOf(ecosystem, name, version);
      if (!one) continue;
      told.push(name);
      for (const other of Object.keys(one.dependencies ?? {})) reached.add(other);
    }
    rounds.push(told);
    return nothing;
  };
  return { rounds, plan };
}

const anybodys = () => false;

test("what is missed is looked up round by round, once each, until nothing is missed", async () => {
  await using server = await serveFiles({ "/a": packument("b", "none"), "/b": packument("c"), "/c": packument() });
  const { rounds, plan } = following("a");
  const sources = { npm: { registry: server.url } };
  assert.equal(await planWithKnowledge({ world, sources, mayBePrivate: anybodys }, plan), nothing);
  assert.deepEqual(rounds.at(-1), ["a", "b", "c"]);
  // Which versions there are, and then one of them.
  const counts = Object.groupBy(server.answers, (answer) => answer);
  assert.deepEqual(
    Object.entries(counts).map(([answer, all]) => [answer, all?.length]),
    [
      ["200 /a", 2],
      ["200 /b", 2],
      ["404 /none", 1],
      ["200 /c", 2],
    ],
  );
});

test("a chain without an end ends", async () => {
  await using server = await serveFiles();
  server.spoil = (path, response) => {
    response.end(packument(`${path.slice(1)}a`));
    return true;
  };
  const { rounds, plan } = following("a");
  const sources = { npm: { registry: server.url } };
  await planWithKnowledge({ world, sources, mayBePrivate: anybodys }, plan);
  assert.equal(rounds.length, 16);
});

test("nobody is asked if nobody may be, and our own copy of facts serves", async () => {
  const versions = [
    { version: "1.0.0", integrity },
    { version: "1.1.0", withdrawn: "" },
  ];
  const facts = { ecosystem: "npm", name: "a", source: "s", asOf: "2026-01-01", versions } as const;
  const seen: unknown[] = [];
  const own = { factsOf: (_: unknown, name: string) => (name === "a" ? facts : undefined) };
  await planWithKnowledge({ world: own, sources: undefined, mayBePrivate: anybodys }, (known) => {
    seen.push(known.publishedOf("npm", "a", "1.0.0"), known.versionsOf?.("npm", "a"), known.versionsOf?.("npm", "b"));
    seen.push(known.yarnChecksumOf?.("a", "1.0.0"));
    return nothing;
  });
  assert.deepEqual(seen, [{ integrity }, ["1.0.0"], undefined, undefined]);
});

test("a registry that fails, lies or hangs leaves what it was asked about unknown", async () => {
  await using server = await serveFiles();
  const sources = { npm: { registry: server.url } };
  const answers: readonly ((response: ServerResponse) => unknown)[] = [
    (response) => response.writeHead(403).end(),
    (response) => response.destroy(),
    (response) => response.end('{"versions": "1.0.0"}'),
    // It begins an answer, and never ends it.
    (response) => response.writeHead(200).write("{"),
    () => undefined,
  ];
  for (const answer of answers) {
    server.spoil = (_, response) => {
      answer(response);
      return true;
    };
    const { rounds, plan } = following("a");
    const signal = AbortSignal.timeout(150);
    assert.equal(await planWithKnowledge({ world, sources, mayBePrivate: anybodys, signal }, plan), nothing);
    assert.deepEqual(rounds.flat(), []);
    assert.ok(rounds.length <= 2, String(rounds.length));
  }
});

test("a private name goes to no public place; what a public package names is public", async () => {
  const composer = (name: string, require: object) =>
    JSON.stringify({ packages: { [name]: [{ name, version: "1.0.0", require }] } });
  await using server = await serveFiles({
    "/packages.json": '{"metadata-url": "/p2/%package%.json"}',
    "/p2/left/pad.json": composer("left/pad", { "left/inner": "*" }),
    "/p2/left/inner.json": composer("left/inner", {}),
    "/p2/own/secret.json": composer("own/secret", { "own/other": "*" }),
    "/p2/own/other.json": composer("own/other", {}),
  });
  const feed = { ecosystem: "Packagist", address: `${server.url}/` } as const;
  const mayBePrivate = ({ name }: { readonly name: string }) => name !== "left/pad";
  const reached = async (first: string, isPublic: boolean) => {
    const { rounds, plan } = following(first, "Packagist");
    await planWithKnowledge({ world, sources: { feeds: [{ ...feed, isPublic }] }, mayBePrivate }, plan);
    return rounds.at(-1);
  };
  assert.deepEqual(await reached("left/pad", true), ["left/pad", "left/inner"]);
  assert.deepEqual(await reached("own/secret", true), []);
  assert.ok(!server.answers.some((answer) => answer.includes("own/")), String(server.answers));
  assert.deepEqual(await reached("own/secret", false), ["own/secret", "own/other"]);
});
