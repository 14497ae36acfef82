import assert from "node:assert/strict";
import { test } from "node:test";
import { readPackages } from "../../testing/read-packages.ts";

const cpanfile = `requires 'perl', '5.10';
requires 'Moose', '2.2011';
requires "Exact" => '== 1.5'; # requires 'Never';
on 'test' => sub {
  requires 'Test::More', '>= 0.98';
};
on develop => sub { requires 'Perl::Tidy'; };
test_requires 'Test::Deep', 1.2;
feature 'sqlite', 'SQLite support' => sub {
  recommends 'DBD::SQLite';
};
requires 'After';
`;

test("cpanfile: modules by phase", () => {
  const { lines, manifests, problems } = readPackages({ cpanfile });
  assert.deepEqual(lines, [
    "After@? cpanfile:12",
    "DBD::SQLite@? cpanfile:10",
    "Exact@1.5 cpanfile:3",
    "Moose@? cpanfile:2",
    "Perl::Tidy@? cpanfile:7 dev",
    "Test::Deep@? cpanfile:8 dev",
    "Test::More@? cpanfile:5 dev",
  ]);
  assert.deepEqual(
    manifests[0]?.packages.map(({ requirement, groups = [] }) => [requirement, ...groups]),
    [
      ["2.2011"],
      ["== 1.5"],
      [">= 0.98", "test"],
      [undefined, "develop"],
      ["1.2", "test"],
      [undefined, "feature"],
      [undefined],
    ],
  );
  assert.deepEqual(
    problems.map(({ code }) => code),
    ["not-locked"],
  );
});

test("cpanfile.snapshot: distributions, what they hold and need, and which were asked for", () => {
  const snapshot = `# carton snapshot format: version 1.0
DISTRIBUTIONS
  Carp-1.50
    pathname: X/XS/XSAWYERX/Carp-1.50.tar.gz
    provides:
      Carp 1.50
  Moose-2.2011
    pathname: E/ET/ETHER/Moose-2.2011.tar.gz
    provides:
      Moose 2.2011
      Moose::Util undef
    requirements:
      Carp 1.22
      perl 5.010
`;
  const { lines, manifests, problems } = readPackages({ "cpanfile.snapshot": snapshot, cpanfile });
  assert.deepEqual(lines, ["Carp@1.50 cpanfile.snapshot:3 transitive", "Moose@2.2011 cpanfile.snapshot:7"]);
  assert.deepEqual(
    manifests[0]?.packages.map(({ dependsOn, requirement }) => [requirement, dependsOn]),
    [
      [undefined, []],
      ["2.2011", [0]],
    ],
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(
    readPackages({ "cpanfile.snapshot": "else\n" }).problems.map(({ code }) => code),
    ["syntax"],
  );
});
