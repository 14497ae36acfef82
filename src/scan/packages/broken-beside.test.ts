import assert from "node:assert/strict";
import { test } from "node:test";
import { readPackages } from "./testing/read-packages.ts";

const cargoLock = 'version = 4\n\n[[package]]\nname = "serde"\nversion = "1.0.0"\n';
const composerLock = '{ "packages": [{ "name": "a/b", "version": "1.0.0" }], "packages-dev": [] }';
const gleamLock = 'packages = [\n  { name = "a", version = "1.0.0" },\n]\n';
const pubLock = 'packages:\n  a:\n    dependency: "direct main"\n    source: hosted\n    version: "1.0.0"\n';
const condaLock = "version: 1\npackage:\n- name: a\n  version: 1.0.0\n  manager: conda\n  platform: linux-64\n";

/** The lock file and the broken file beside it, and the line at which that breaks: an open quote, at the end of the file. */
const rows: readonly (readonly [lock: string, text: string, beside: string, broken: string, line: number])[] = [
  ["Cargo.lock", cargoLock, "Cargo.toml", '[package]\nname = "app"\n[dependencies\nserde = "1"\n', 3],
  ["Cargo.lock", cargoLock, "member/Cargo.toml", "[package]\nname = \n", 2],
  ["composer.lock", composerLock, "composer.json", '{\n  "name": "a/app",\n  "require": {,}\n}\n', 3],
  ["manifest.toml", gleamLock, "gleam.toml", 'name = "app"\nversion = \n', 2],
  ["pubspec.lock", pubLock, "pubspec.yaml", 'name: app\nversion: "1\n', 3],
  ["conda-lock.yml", condaLock, "environment.yml", "dependencies:\n  - a\nname: *app\n", 3],
];

test("a file that cannot be read is a problem with its line, also where a lock file tells the packages", () => {
  for (const [lock, text, beside, broken, line] of rows) {
    const { lines, problems } = readPackages({ [lock]: text, [beside]: broken });
    assert.equal(lines.filter((one) => one.includes(`${lock}:`)).length, 1, `${lock} is read`);
    assert.ok(problems.length > 0, `${beside} is told`);
    const [first] = problems;
    assert.deepEqual([first?.path, first?.line, first?.isNotice], [beside, line, undefined]);
  }
});

test("what is no text, or far too large for that, is told as well", () => {
  for (const [lock, text, beside] of rows) {
    const codes = (broken: string) =>
      readPackages({ [lock]: text, [beside]: broken }).problems.map(({ code, path }) => `${code} ${path}`);
    assert.deepEqual(codes("\0\u0001\u0002"), [`not-text ${beside}`]);
    assert.deepEqual(codes(" ".repeat(3_000_000)), [`too-large ${beside}`]);
  }
});
