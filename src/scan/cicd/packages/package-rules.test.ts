/** Rules on whence packages come: their examples, what belongs together, and what is left alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { changedText, changesOf } from "../../fixes/text-edits.ts";
import { sourceFileOf } from "../../source-file-of.ts";
import type { CicdExample } from "../cicd-rule.ts";
import { packageFiles } from "./package-files.ts";
import { packageRules } from "./package-rules.ts";

type Files = Readonly<Record<string, string>>;

function findingsIn(files: Files) {
  const sources = Object.entries(files)
    .map(([path, text]) => sourceFileOf(path, path, new TextEncoder().encode(text)))
    .filter(({ path }) => packageFiles.selects(path));
  const linked = sources.map((file) => ({ path: file.path, links: packageFiles.links(file) }));
  return packageFiles.units(linked).flatMap(({ root, paths }) => {
    const own = sources.filter(({ path }) => paths.includes(path));
    return packageFiles.scan(root, own, { fingerprintKey: new Uint8Array(32) }).findings;
  });
}

function said(files: Files): readonly string[] {
  return findingsIn(files).map(({ rule, at }) => `${rule} ${"path" in at ? `${at.path}:${at.startLine}` : ""}`);
}

function failing(example: CicdExample<unknown>): readonly string[] {
  const { text, files = {} } = typeof example === "string" ? { text: example } : example;
  return findingsIn({ "package.json": text, ...files }).map(({ rule }) => rule);
}

test("bad examples fail, good ones do not", () => {
  for (const { id, examples } of packageRules) {
    for (const example of examples.bad) assert(failing(example).includes(id), `${id}: ${JSON.stringify(example)}`);
    for (const example of examples.good) assert(!failing(example).includes(id), `${id}: ${JSON.stringify(example)}`);
  }
});

const asks = '{\n  "dependencies": { "left": "^1.0.0" }\n}\n';
const missing = "cicd/npm-lock-file-missing";

test("a lock file counts for its folder and the workspaces of its project, and for nothing else", () => {
  const cases: readonly (readonly [Files, readonly string[]])[] = [
    [{ "a/package.json": asks, "package-lock.json": "{}", "package.json": "{}" }, [`${missing} a/package.json:2`]],
    [{ "package.json": '{"workspaces":{"packages":["apps/**"]}}', "apps/a/b/package.json": asks, "bun.lockb": "" }, []],
    [
      { "package.json": "{}", "pnpm-workspace.yaml": "packages:\n- a\n", "a/package.json": asks, "pnpm-lock.yaml": "" },
      [],
    ],
    [{ "package.json": '{"workspaces":["a"]}', "a/package.json": asks, "a/yarn.lock": "" }, []],
    [{ "rush.json": "{}", "common/config/rush/pnpm-lock.yaml": "", "apps/a/package.json": asks }, []],
    [
      { "package.json": `{"workspaces":["*"]}`, "a/package.json": asks, "b/package.json": asks },
      [`${missing} a/package.json:2`],
    ],
    [
      { "examples/a/package.json": asks, "node_modules/b/package.json": asks, "test/fixtures/c/package.json": asks },
      [],
    ],
    [{ "package.json": '{"unity":"2021","dependencies":{"com.unity.a":"1.0.0"}}' }, []],
    [{ "package.json": "{ not json", "package-lock.json": '{"packages":{' }, []],
  ];
  for (const [files, expected] of cases) assert.deepEqual(said(files), expected, JSON.stringify(files));
});

test("an address that people wrote is edited, a lock file is not", () => {
  const text = "# ours\r\nregistry=http://npm.example/ \r\n";
  const lock = '{"packages":{"node_modules/a":{"resolved":"http://npm.example/a.tgz","integrity":"sha512-a"}}}';
  const found = findingsIn({ ".npmrc": text, "package.json": "{}", "package-lock.json": lock });
  const fixes = found.flatMap(({ fix }) => fix ?? []);
  assert.equal(found.length, 2);
  assert.equal(fixes.length, 1);
  const changes = changesOf(text, fixes[0]?.edits ?? []) ?? [];
  assert.equal(changedText(text, changes), "# ours\r\nregistry=https://npm.example/ \r\n");
});

test("files that are there to do harm cost little", () => {
  takesAtMost(15, () => {
    const deep = `{"dependencies":${'{"a":{"dependencies":'.repeat(20_000)}`;
    const many = `{"packages":{${Array.from({ length: 50_000 }, (_, at) => `"node_modules/p${at}":{"resolved":"http://h${at}.example/a.tgz"}`).join()}}}`;
    said({ "package.json": asks, "package-lock.json": deep });
    said({ "package.json": asks, "package-lock.json": many });
    said({
      "package.json": asks,
      "yarn.lock": `a@1:\n  resolved "${"http://".repeat(500_000)}`,
      ".npmrc": "registry=".repeat(100_000),
    });
    said({
      "nuget.config": `<packageSources>${'<add value="http:'.repeat(20_000)}</packageSources>${"<!--".repeat(50_000)}`,
    });
  });
});
