import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ecosystem } from "#model/ecosystem.ts";
import { lowestOf, satisfies } from "../versions.ts";

/** Ecosystem, requirement, versions that satisfy it, versions that do not. */
const cases: readonly (readonly [Ecosystem, string, string, string])[] = [
  ["npm", "^1.2.0", "1.2.0 1.9.9", "1.1.9 2.0.0 2.0.0-rc.1"],
  ["npm", "npm:@acme/other@~1.2", "1.2.5", "1.3.0"],
  ["npm", "workspace:^1.0.0 || 3.x", "1.5.0 3.1.0", "2.0.0"],
  ["NuGet", "1.0", "1.0.0 2.0.0", "1.0.0-rc.1 0.9"],
  ["NuGet", "[1.0,2.0)", "1.0.0 2.0.0-beta", "2.0.0 0.9"],
  ["NuGet", "(1.0,]", "1.0.1", "1.0.0"],
  ["NuGet", "[1.0]", "1.0.0.0", "1.0.1"],
  ["NuGet", "1.2.*", "1.2.0 1.2.9", "1.3.0 1.1.0 1.3.0-beta"],
  ["NuGet", "1.2.3-beta.*", "1.2.3-beta.4 1.2.3", "1.2.3-alpha 1.2.4"],
  ["NuGet", "*", "9.9", ""],
  ["Maven", "1.0", "1.0.0", "1.1"],
  ["Maven", "[1.0,2.0),(3.0,]", "1.5 3.1", "2.0 3.0"],
  ["Maven", "1.+", "1.9", "2.0 2.0-rc1"],
  ["PyPI", ">=1.0,<2,!=1.5", "1.4 1.9.1", "2.0 1.5 0.9 1.6rc1"],
  ["PyPI", "~=1.4.2", "1.4.9", "1.5.0"],
  ["PyPI", "==1.*; python_version < '3'", "1.9", "2.0"],
  ["PyPI", "^1.2 || ~3.4", "1.9 3.4.9", "2.0 3.5"],
  ["RubyGems", "~> 1.2.3", "1.2.3 1.2.9", "1.3.0 1.3.0.pre 1.2.2"],
  ["RubyGems", ">= 1.0, < 2, != 1.5", "1.4", "1.5 2.0"],
  ["Packagist", "^1.2 || ~2.3.4", "1.9 2.3.9", "2.0.0 2.0.0-beta1 2.4.0"],
  ["Packagist", ">=1.0,<1.5", "1.4.9 v1.0.0", "1.5.0-beta1 0.9"],
  ["Packagist", ">=2.0", "2.0.0-RC1 2.0 2.0.0-stable 2.0.0+build.5", "1.9.9"],
  ["Packagist", ">=2.0-beta2 <2.1", "2.0.0-beta2 2.0.0-RC1", "2.0.0-beta1 2.1.0-RC1"],
  ["Packagist", "^2.0 !=2.0.1", "2.0.0-RC1", "2.0.1 2.0.1-stable"],
  ["Packagist", "1.0 - 2.0", "1.0.0 2.0.9", "2.1.0"],
  ["Packagist", "2.*@dev", "2.9", "3.0"],
  ["Packagist", "^0.3", "0.3.9", "0.4.0"],
  ["crates.io", "1.2", "1.9.0", "2.0.0 1.1.0"],
  ["crates.io", ">=1.2, <1.5", "1.4.0", "1.5.0"],
  ["crates.io", "=1.2.3", "1.2.3", "1.2.4"],
  ["Pub", "^0.0.3", "0.0.9", "0.1.0 0.1.0-dev"],
  ["Pub", ">=1.0.0 <2.0.0", "1.9.0+1", "2.0.0-dev 2.0.0"],
  ["Hex", "~> 1.2 or == 3.0.0", "1.9.0 3.0.0", "2.0.0 2.0.0-dev 3.0.1"],
  ["CRAN", "(>= 1.0), (< 2.0)", "1.5", "2.0 0.9"],
  ["Go", "v1.2.3", "1.2.3", "1.2.4"],
];

test("requirements allow what their ecosystem allows", () => {
  for (const [ecosystem, requirement, allowed, refused] of cases) {
    for (const version of allowed.split(" ").filter(Boolean)) {
      assert.equal(satisfies(ecosystem, version, requirement), true, `${ecosystem} ${version} in ${requirement}`);
    }
    for (const version of refused.split(" ").filter(Boolean)) {
      assert.equal(satisfies(ecosystem, version, requirement), false, `${ecosystem} ${version} not in ${requirement}`);
    }
  }
});

test("what cannot be told is not told", () => {
  const unknown: readonly (readonly [Ecosystem, string, string])[] = [
    ["npm", "1.0.0", "git+https://code.example/a.git"],
    ["npm", "1.0.0", "latest"],
    ["NuGet", "1.0.0", "$(JsonVersion)"],
    ["NuGet", "1.0.0", "[1.0,2.0"],
    ["PyPI", "1.0", "some text"],
    ["PyPI", "not-a-version", ">=1.0"],
    ["Packagist", "1.0", "dev-main"],
    ["RubyGems", "1.0", "^1.0.0, nonsense"],
    ["Maven", "1.0", "latest.release"],
    ["crates.io", "1.0.0", "x".repeat(100_000)],
  ];
  for (const [ecosystem, version, requirement] of unknown) {
    assert.equal(satisfies(ecosystem, version, requirement), undefined, `${ecosystem} ${requirement.slice(0, 40)}`);
  }
});

test("the lowest version that is asked for", () => {
  const lowest: readonly (readonly [Ecosystem, string, string | undefined])[] = [
    ["npm", "~3.1.0", "3.1.0"],
    ["npm", ">2.0.0", "2.0.1"],
    ["npm", "5.x || 3.x", "3.0.0"],
    ["npm", "*", undefined],
    ["npm", "<2", undefined],
    ["NuGet", "13.0.1", "13.0.1"],
    ["NuGet", "[1.0,2.0)", "1.0"],
    ["NuGet", "(1.0,2.0)", undefined],
    ["NuGet", "1.*", "1"],
    ["Maven", "[1.0,2.0),[0.5,0.6]", "0.5"],
    ["PyPI", ">=2.32,<3", "2.32"],
    ["PyPI", "^1.2", "1.2"],
    ["PyPI", "", undefined],
    ["RubyGems", "~> 1.2.3", "1.2.3"],
    ["Packagist", "^1.2 || ^2.0", "1.2"],
    ["crates.io", "1.2", "1.2.0"],
    ["Pub", "any", undefined],
  ];
  for (const [ecosystem, requirement, expected] of lowest) {
    assert.equal(lowestOf(ecosystem, requirement), expected, `${ecosystem} ${requirement}`);
  }
});
