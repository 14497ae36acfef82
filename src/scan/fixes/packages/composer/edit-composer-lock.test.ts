/** composer.lock: what is written when a package goes up, the hash of the project too, and why it is left to Composer otherwise. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PublishedVersion } from "#model/fix-plan.ts";
import { planOf } from "../../testing/plan-of.ts";
import { contentHash } from "./content-hash.ts";

type Told = Readonly<Record<string, unknown>>;

const told = (version: string, more: Told = {}): Told => ({
  time: "2026-01-02T03:04:05+00:00",
  keywords: ["zeta", "alpha"],
  description: "Größe / 1",
  license: ["MIT"],
  require: { php: ">=8.1", "a/inner": "^1.0" },
  dist: { url: `https://php.example/${version}.zip`, type: "zip", shasum: "", reference: version },
  version_normalized: `${version}.0`,
  extra: {},
  autoload: { "psr-4": { "A\\": "src/" } },
  name: "a/json",
  version: `v${version}`,
  ...more,
});

const entry = (version: string, more: Told = {}): Told => ({
  name: "a/json",
  version: `v${version}`,
  dist: { type: "zip", url: `https://php.example/${version}.zip`, reference: version, shasum: "" },
  require: { "a/inner": "^1.0", php: ">=8.1" },
  ...more,
  type: "library",
  autoload: { "psr-4": { "A\\": "src/" } },
  "notification-url": "https://php.example/downloads/",
  license: ["MIT"],
  description: "Größe / 1",
  keywords: ["alpha", "zeta"],
  time: "2026-01-02T03:04:05+00:00",
});

const inner = {
  name: "a/inner",
  version: "1.1.0",
  type: "library",
  "notification-url": "https://php.example/downloads/",
};
const project = (range: string) => `${JSON.stringify({ require: { "a/json": range } }, null, 4)}\n`;
const lock = (hash: string, packages: readonly Told[]) =>
  `${JSON.stringify({ "content-hash": hash, packages, "packages-dev": [] }, null, 4)}\n`;
const known = (...all: readonly Told[]): Record<string, PublishedVersion> =>
  Object.fromEntries(
    all.flatMap((one) => {
      const published = { entry: one, place: "https://php.example/" };
      return [
        [`a/json@${String(one.version)}`, published],
        [`a/json@${String(one.version).slice(1)}`, published],
      ];
    }),
  );

for (const [before, after] of [
  ["^1.0", "^1.0"],
  ["~1.0.1", "~1.2.0"],
] as const) {
  test(`written as Composer would: asked for as ${before}`, () => {
    const hashes = [before, after].map((range) => contentHash(project(range)) ?? "");
    const files = { "composer.json": project(before), "composer.lock": lock(hashes[0] ?? "", [inner, entry("1.0.1")]) };
    const { plan, after: now, left } = planOf({ files, of: "a/json", published: known(told("1.0.1"), told("1.2.0")) });
    assert.deepEqual(plan.is === "planned" ? [plan.needsRestore, plan.said] : plan.because, [false, []]);
    assert.deepEqual(now, {
      "composer.json": project(after),
      "composer.lock": lock(hashes[1] ?? "", [inner, entry("1.2.0")]),
    });
    assert.deepEqual(left, []);
  });
}

test("the hash of a project is PHP's", () => {
  // As Composer hashes these two, slashes and all that is not ASCII escaped, and the parts by their names.
  assert.equal(contentHash('{"require": {"a/b": "^1"}, "name": "x/é", "autoload": {}, "extra": {}}'), php);
  assert.equal(contentHash('{"extra": {"n": 1.5}}'), undefined);
  assert.equal(contentHash('{"extra": {"1": "a"}}'), undefined);
});

const php = "22f4bea57573f1c9235af054444bfd0d";

const left: Readonly<Record<string, readonly [Told | undefined, Told | undefined, RegExp]>> = {
  "nothing is known": [undefined, undefined, /not known here/],
  "the repository says something else of the old one": [
    told("1.0.1", { license: ["X"] }),
    told("1.2.0"),
    /not what its/,
  ],
  "it needs more": [
    told("1.0.1"),
    told("1.2.0", { require: { "a/inner": "^1.0", "a/more": "^1", php: ">=8.1" } }),
    /a\/json v1\.2\.0 asks for a\/more \^1, which the lock file does not have|asks for a\/more \^1/,
  ],
  "it needs another PHP": [
    told("1.0.1"),
    told("1.2.0", { require: { "a/inner": "^1.0", php: ">=8.4" } }),
    /asks for php >=8\.4/,
  ],
  "something would be left over": [
    told("1.0.1"),
    told("1.2.0", { require: { php: ">=8.1" } }),
    /a\/inner would be needed/,
  ],
  "it is in conflict": [told("1.0.1"), told("1.2.0", { conflict: { "a/inner": "<2" } }), /in conflict with a\/inner/],
};

for (const [name, [old, next, why]] of Object.entries(left)) {
  test(`left to Composer where ${name}`, () => {
    const text = lock(contentHash(project("~1.0.1")) ?? "", [inner, entry("1.0.1")]);
    const files = { "composer.json": project("~1.0.1"), "composer.lock": text };
    const { plan, after } = planOf({ files, of: "a/json", published: known(...[old ?? [], next ?? []].flat()) });
    assert.match(plan.is === "planned" ? plan.said.join(" ") : plan.because, why);
    assert.equal(after["composer.lock"], text);
  });
}
