import assert from "node:assert/strict";
import { test } from "node:test";
import { type Ecosystem, ecosystems } from "#model/ecosystem.ts";
import { compareVersions, isPrerelease } from "../versions.ts";

/** From oldest to newest; versions joined by `=` are the same. Words of the public rules of each ecosystem. */
const ordered: Readonly<Partial<Record<Ecosystem, string>>> = {
  npm: "1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0=v1.0.0=1.0.0+5 1.0.1 2.0.0 99999999999999999998.0.0 99999999999999999999.0.0",
  NuGet:
    "1.0.0-alpha.2=1.0.0-ALPHA.2 1.0.0-alpha.10 1.0.0-beta 1.0=1.0.0=1.0.0.0=1.00.0+build 1.0.0.1-rc 1.0.0.1 1.0.1",
  Maven:
    "1.0-alpha-1=1-a1 1.0-beta-1 1.0-milestone-1 1.0-rc-1=1.0-CR1 1.0-SNAPSHOT 1.0=1=1.0.0=1-ga=1.0.Final=1.0.RELEASE 1-sp 1-whatever 1-1 1.0.1 1.1 1.10",
  RubyGems: "1.0.a 1.0.a.2 1.0.a10 1.0.b1 1.0=1=1.0.0 1.0.1 1.9 1.10.0.pre 1.10",
  Packagist: "1.0.0-dev 1.0.0-alpha1 1.0.0-beta1=1.0.0b1 1.0.0-RC1=1.0.0rc1 1.0.0=v1.0.0 1.0.0-pl1=1.0.0p1 1.0.1",
  PyPI: "2004-08-unreadable 1.0.dev1 1.0a1.dev1 1.0a1=1.0-alpha.1 1.0b2 1.0rc1=1.0c1=1.0-pre1 1.0=1.0.0=v1.0 1.0+abc 1.0+5 1.0.post1=1.0-1 1.1.dev0 1!0.1",
  Go: "0.0.0-20200101000000-abcdefabcdef 0.0.0-20210101000000-abcdefabcdef 1.21rc2 1.21=1.21.0 2.0.0+incompatible=v2.0.0",
  Pub: "1.0.0-dev 1.0.0 1.0.0+1 1.0.0+2 1.0.0+a",
  CRAN: "0.9 0.75 1.0-0 1.0-1 1.1 1.1.0",
  ConanCenter: "1.0.2 1.1.1=1.1.1.0 1.1.1a 1.1.1k 3.0.0-alpha1 3.0.0 cci.20200203",
  opam: "1.0~beta 1.0 1.0+1 1.1",
};

test("versions stand in the order that their ecosystem gives them", () => {
  for (const [ecosystem, text = ""] of Object.entries(ordered) as [Ecosystem, string][]) {
    const groups = text.split(" ").map((group) => group.split("="));
    const all = groups.flatMap((group, rank) => group.map((version) => ({ version, rank })));
    for (const a of all) {
      for (const b of all) {
        const found = Math.sign(compareVersions(ecosystem, a.version, b.version));
        assert.equal(found, Math.sign(a.rank - b.rank), `${ecosystem}: ${a.version} and ${b.version}`);
      }
    }
  }
});

test("prereleases are known", () => {
  const prereleases = [
    "npm 1.0.0-a",
    "PyPI 1.0.dev1",
    "PyPI 1rc1",
    "RubyGems 1.a",
    "Maven 1-rc1",
    "Packagist 1.0-beta",
    "NuGet 1-x",
  ];
  const releases = [
    "npm 1.0.0+a",
    "PyPI 1.post1",
    "RubyGems 1.0",
    "Maven 1.Final",
    "Packagist 1.0-p1",
    "CRAN 1.0-1",
    "npm main",
  ];
  const is = (one: string): boolean => isPrerelease(one.split(" ")[0] as Ecosystem, one.split(" ")[1] ?? "");
  assert.deepEqual(
    prereleases.map(is),
    prereleases.map(() => true),
  );
  assert.deepEqual(
    releases.map(is),
    releases.map(() => false),
  );
});

/** Without PHP's `#`, which stands for all numbers at once. */
const pieces = [
  "0",
  "1",
  "01",
  "10",
  "2020",
  "9".repeat(25),
  ".",
  ".",
  ".",
  "-",
  "+",
  "_",
  "~",
  "!",
  "a",
  "b",
  "m",
  "rc",
  "alpha",
  "dev",
  "pre",
  "post",
  "sp",
  "ga",
  "final",
  "snapshot",
  "x",
  "A",
  "RC",
  "pl",
  "v",
  "é",
  " ",
];

/** Versions of all shapes, the same ones in each run. */
function strangeVersions(count: number): readonly string[] {
  let seed = 42;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  return Array.from({ length: count }, (_, at) =>
    Array.from({ length: 1 + next(8) }, () =>
      next(2) === 0 || at % 3 === 0 ? pieces[next(pieces.length)] : `${next(3)}.${next(3)}`,
    ).join(""),
  );
}

test("every order is one: no version is newer than itself, and sorting never depends on where one started", () => {
  const versions = strangeVersions(100);
  for (const ecosystem of ecosystems) {
    const sorted = versions.toSorted((a, b) => compareVersions(ecosystem, a, b));
    for (const [at, a] of sorted.entries()) {
      for (const b of sorted.slice(at)) {
        const order = compareVersions(ecosystem, a, b);
        assert.ok(order <= 0, `${ecosystem}: '${a}' sorted before '${b}'`);
        const turned = compareVersions(ecosystem, b, a);
        assert.equal(Math.sign(order) + Math.sign(turned), 0, `${ecosystem}: '${a}', '${b}' turned`);
      }
    }
  }
});

test("what is too long for a version is read in no time", () => {
  const hostile = [
    "1.".repeat(200_000),
    "9".repeat(1_000_000),
    "1-".repeat(200_000),
    "a1".repeat(200_000),
    "-.".repeat(300_000),
  ];
  for (const ecosystem of ecosystems) for (const one of hostile) compareVersions(ecosystem, one, "1.0");
});
