/** Each row is what pnpm itself writes for the update. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PublishedVersion } from "#model/fix-plan.ts";
import { planOf } from "../../testing/plan-of.ts";

const sum = (letter: string) => `sha512-${letter.repeat(20)}==`;
const json12: PublishedVersion = {
  integrity: sum("n"),
  dependencies: {},
  entry: { engines: { node: ">=18" }, bin: "j.js" },
};
const project = (asks: object, more: object = {}) =>
  `${JSON.stringify({ name: "app", dependencies: asks, ...more }, null, 2)}\n`;

const ask = (name: string, specifier: string, version: string) =>
  `      ${name}:\n        specifier: ${specifier}\n        version: ${version}\n`;
const lock9 = (asks: string, packages: string, snapshots: string, more = "") =>
  `lockfileVersion: '9.0'\n\nsettings:\n  autoInstallPeers: true\n\n${more}importers:\n\n  .:\n    dependencies:\n${asks}\npackages:\n\n${packages}\nsnapshots:\n\n${snapshots}`;
const described = (key: string, letter: string, more = "") =>
  `  ${key}:\n    resolution: {integrity: ${sum(letter)}}\n${more}`;
const json12As = described("json@1.2.0", "n", "    engines: {node: '>=18'}\n    hasBin: true\n");

interface Row {
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  readonly published?: Readonly<Record<string, PublishedVersion>>;
  readonly adds?: readonly string[];
}

const outer = (range: string): PublishedVersion => ({ integrity: sum("o"), dependencies: { json: range } });
const broughtIn = (version: string, more = "") =>
  lock9(
    ask("outer", "^1.0.0", "1.0.0"),
    `${version === "1.2.0" ? json12As : described("json@1.0.1", "j")}\n${described("outer@1.0.0", "o")}`,
    `  json@${version}: {}\n\n  outer@1.0.0:\n    dependencies:\n      json: ${version}\n`,
    more,
  );
const joined = (version: string) =>
  lock9(
    ask("json", version === "1.0.1" ? "^1.0.0" : "^1.2.0", version) + ask("plugin", "^2.0.0", `2.0.0(json@${version})`),
    `${version === "1.2.0" ? json12As : described("json@1.0.1", "j")}\n${described("plugin@2.0.0", "p", "    peerDependencies:\n      json: ^1.0.0\n")}`,
    `  json@${version}: {}\n\n  plugin@2.0.0(json@${version}):\n    dependencies:\n      json: ${version}\n`,
  );
const shared = (spec: string, version: string) =>
  `catalogs:\n  default:\n    json:\n      specifier: ${spec}\n      version: ${version}\n\n`;
const older = (key: string, spec: string, version: string) =>
  `lockfileVersion: 5.4\n\nspecifiers:\n  json: ${spec}\n\ndependencies:\n  json: ${version}\n\npackages:\n\n${key}    dev: false\n`;

const rows: Readonly<Record<string, Row>> = {
  "what joins others as their peer is renamed in their keys": {
    before: { "package.json": project({ json: "^1.0.0", plugin: "^2.0.0" }), "pnpm-lock.yaml": joined("1.0.1") },
    after: { "package.json": project({ json: "^1.2.0", plugin: "^2.0.0" }), "pnpm-lock.yaml": joined("1.2.0") },
  },
  "what others bring in changes the lock file alone where they take it": {
    before: { "package.json": project({ outer: "^1.0.0" }), "pnpm-lock.yaml": broughtIn("1.0.1") },
    after: { "package.json": project({ outer: "^1.0.0" }), "pnpm-lock.yaml": broughtIn("1.2.0") },
    published: { "outer@1.0.0": outer("^1.0.0") },
  },
  "an override stands in the lock file too": {
    before: { "package.json": project({ outer: "^1.0.0" }), "pnpm-lock.yaml": broughtIn("1.0.1") },
    after: {
      "package.json": project({ outer: "^1.0.0" }, { pnpm: { overrides: { json: "1.2.0" } } }),
      "pnpm-lock.yaml": broughtIn("1.2.0", "overrides:\n  json: 1.2.0\n\n"),
    },
    published: { "outer@1.0.0": outer("1.0.1") },
  },
  "a catalogue is raised where it stands, and where the lock file repeats it": {
    before: {
      "package.json": project({ json: "catalog:" }),
      "pnpm-workspace.yaml": "packages: []\ncatalog:\n  json: ^1.0.0\n",
      "pnpm-lock.yaml": lock9(
        ask("json", "'catalog:'", "1.0.1"),
        described("json@1.0.1", "j"),
        "  json@1.0.1: {}\n",
        shared("^1.0.0", "1.0.1"),
      ),
    },
    after: {
      "package.json": project({ json: "catalog:" }),
      "pnpm-workspace.yaml": "packages: []\ncatalog:\n  json: ^1.2.0\n",
      "pnpm-lock.yaml": lock9(
        ask("json", "'catalog:'", "1.2.0"),
        json12As,
        "  json@1.2.0: {}\n",
        shared("^1.2.0", "1.2.0"),
      ),
    },
  },
  "what the new version needs comes in, and what it needs no more goes": {
    before: {
      "package.json": project({ json: "^1.0.0" }),
      "pnpm-lock.yaml": lock9(
        ask("json", "^1.0.0", "1.0.1"),
        `${described("gone@1.0.0", "g")}\n${described("json@1.0.1", "j")}`,
        "  gone@1.0.0: {}\n\n  json@1.0.1:\n    dependencies:\n      gone: 1.0.0\n",
      ),
    },
    after: {
      "package.json": project({ json: "^1.2.0" }),
      "pnpm-lock.yaml": lock9(
        ask("json", "^1.2.0", "1.2.0"),
        `${json12As}\n${described("more@2.1.0", "m", "    deprecated: 'Old: take another'\n")}`,
        "  json@1.2.0:\n    dependencies:\n      more: 2.1.0\n\n  more@2.1.0: {}\n",
      ),
    },
    published: {
      "json@1.2.0": { ...json12, dependencies: { more: "^2.0.0" } },
      "more@2.0.0": { integrity: sum("x"), dependencies: {}, entry: { deprecated: "Old: take another" } },
      "more@2.1.0": { integrity: sum("m"), dependencies: {}, entry: { deprecated: "Old: take another" } },
      "more@3.0.0": { integrity: sum("x"), dependencies: {}, entry: {} },
    },
    adds: ["more@2.1.0"],
  },
  "the format of pnpm 7, and a script that it runs": {
    before: {
      "package.json": project({ json: "^1.0.0" }),
      "pnpm-lock.yaml": older(described("/json/1.0.1", "j"), "^1.0.0", "1.0.1"),
    },
    after: {
      "package.json": project({ json: "^1.2.0" }),
      "pnpm-lock.yaml": older(described("/json/1.2.0", "n", "    requiresBuild: true\n"), "^1.2.0", "1.2.0"),
    },
    published: { "json@1.2.0": { ...json12, entry: { hasInstallScript: true } } },
  },
};

for (const [name, { before, after, published, adds }] of Object.entries(rows)) {
  test(`pnpm-lock.yaml: ${name}`, () => {
    const made = planOf({ files: before, of: "json", published: { "json@1.2.0": json12, ...published } });
    assert.equal(made.plan.is, "planned", made.plan.is === "refused" ? made.plan.because : "");
    assert.deepEqual(made.after, after);
    assert.deepEqual([made.left, made.plan.is === "planned" && made.plan.risk.adds], [[], adds]);
  });
}

const doubts: Readonly<Record<string, readonly [string, Readonly<Record<string, PublishedVersion>>, RegExp]>> = {
  "what others ask for is not known": [
    broughtIn("1.0.1"),
    { "json@1.2.0": json12 },
    /what outer 1\.0\.0 asks for is not known/,
  ],
  "the checksum is not known": [broughtIn("1.0.1"), { "outer@1.0.0": outer("^1.0.0") }, /checksum of json 1\.2\.0/],
  "hooks may change what is asked for": [
    broughtIn("1.0.1", "pnpmfileChecksum: abc\n\n"),
    { "json@1.2.0": json12, "outer@1.0.0": outer("^1.0.0") },
    /pnpmfileChecksum/,
  ],
  "it takes other peers than before": [
    broughtIn("1.0.1"),
    { "json@1.2.0": { ...json12, entry: { peerDependencies: { peer: "*" } } }, "outer@1.0.0": outer("^1.0.0") },
    /takes other packages from who uses it/,
  ],
};

for (const [name, [lock, published, why]] of Object.entries(doubts)) {
  test(`pnpm writes the lock file itself: ${name}`, () => {
    const { plan, after } = planOf({
      files: { "package.json": project({ outer: "^1.0.0" }), "pnpm-lock.yaml": lock },
      of: "json",
      published,
    });
    assert.ok(plan.is === "planned" && plan.needsRestore && why.test(plan.said.join(" ")));
    assert.equal(after["pnpm-lock.yaml"], lock);
  });
}
