/** What Cargo's, RubyGems' and Composer's registries tell of a version: their own forms, read loosely. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { indexPath, readCrateFacts, readPublishedCrate } from "./cargo-published.ts";
import { metadataAddress, readPublishedPackage, versionsIn } from "./composer-published.ts";
import { readPublishedGem } from "./rubygems-published.ts";

const sum = "a".repeat(64);

test("a crate's line: renamed and optional dependencies, features of both forms, withdrawn versions", () => {
  const deps = [
    { name: "r", package: "real", req: "^1", features: ["x"], optional: true, default_features: false, kind: null },
    {
      name: "d",
      req: "*",
      features: [],
      optional: false,
      default_features: true,
      kind: "dev",
      registry: "https://x.example",
    },
  ];
  const line = { name: "a", vers: "1.0.0", deps, cksum: sum, features: { f: ["r/x"] }, features2: { g: ["dep:r"] } };
  const lines = [
    { ...line, yanked: true, v: 2 },
    { ...line, vers: "2.0.0", v: 3 },
    { ...line, vers: "3.0.0", cksum: "x" },
    { ...line, vers: "4.0.0", deps: [{ name: "r", req: "^1", kind: "odd" }] },
  ];
  const text = `${lines.map((one) => JSON.stringify(one)).join("\n")}\nbroken\n`;
  assert.deepEqual(readPublishedCrate(text, "a", "1.0.0"), {
    integrity: sum,
    crate: {
      dependencies: [
        {
          ...{ name: "r", crate: "real", requirement: "^1", kind: "normal", isOptional: true },
          features: ["x"],
          usesDefault: false,
          isElsewhere: false,
        },
        {
          ...{ name: "d", crate: "d", requirement: "*", kind: "dev", isOptional: false },
          features: [],
          usesDefault: true,
          isElsewhere: true,
        },
      ],
      features: { f: ["r/x"], g: ["dep:r"] },
      isYanked: true,
    },
  });
  for (const version of ["2.0.0", "3.0.0", "4.0.0", "9.0.0"])
    assert.equal(readPublishedCrate(text, "a", version), undefined, version);
  assert.equal(readPublishedCrate(text, "b", "1.0.0"), undefined);
  assert.deepEqual(
    readCrateFacts(text).versions.map(({ version, withdrawn }) => [version, withdrawn]),
    [
      ["1.0.0", ""],
      ["3.0.0", undefined],
      ["4.0.0", undefined],
    ],
  );
  assert.deepEqual(["A", "ab", "Abc", "abcd", "../x"].map(indexPath), [
    "1/a",
    "2/ab",
    "3/a/abc",
    "ab/cd/abcd",
    undefined,
  ]);
});

test("a gem's lines, one for each platform", () => {
  const text = `created_at: x\n---\n1.0.0 a:>= 1&< 2,b:>= 0|checksum:${sum},ruby:>= 2.7&< 4\n1.0.0-java |checksum:x\n2.0.0 |\n`;
  assert.deepEqual(readPublishedGem(text, "1.0.0"), {
    gems: [
      { platform: "ruby", sha256: sum, dependencies: { a: ">= 1&< 2", b: ">= 0" }, requires: { ruby: ">= 2.7&< 4" } },
      { platform: "java", dependencies: {}, requires: {} },
    ],
  });
  assert.equal(readPublishedGem(text, "3.0.0"), undefined);
});

test("a package of Composer: each version tells what is other than in the one before", () => {
  const all = [
    { name: "a/b", version: "v2.0.0", license: ["MIT"], require: { php: ">=8" }, extra: { x: 1 } },
    { version: "v1.0.0", extra: "__unset" },
  ];
  const versions = versionsIn(JSON.stringify({ minified: "composer/2.0", packages: { "a/b": all } }), "a/b");
  assert.deepEqual(readPublishedPackage(versions, "1.0.0"), {
    entry: { name: "a/b", version: "v1.0.0", license: ["MIT"], require: { php: ">=8" } },
    dependencies: { php: ">=8" },
    licenses: ["MIT"],
  });
  assert.equal(readPublishedPackage(versions, "3.0.0"), undefined);
  const addressOf = (url: string) => metadataAddress("https://php.example/r/", JSON.stringify({ "metadata-url": url }));
  assert.deepEqual(["/p2/%package%.json", "https://cdn.example/%package%.json", "/p2/"].map(addressOf), [
    "https://php.example/p2/%package%.json",
    "https://cdn.example/%package%.json",
    undefined,
  ]);
});
