import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { readPackages } from "../../testing/read-packages.ts";

const lock = `{
    "content-hash": "x",
    "packages": [
        {
            "name": "vendor/app",
            "version": "v1.2.0",
            "dist": { "type": "zip", "url": "https://git.example/app.zip", "shasum": "aa" },
            "require": { "php": ">=8", "psr/log-implementation": "1.0" },
            "license": ["MIT", "BSD-2-Clause"],
            "notification-url": "https://packages.example/"
        },
        { "name": "vendor/log", "version": "dev-main", "provide": { "psr/log-implementation": "1.0" },
          "source": { "type": "git", "url": "https://git.example/log.git", "reference": "abc" } }
    ],
    "packages-dev": [ { "name": "vendor/test", "version": "9.0.1", "dist": { "type": "path", "url": "../test" } } ]
}
`;

test("composer.lock: development, sources, licences, the graph through what stands in for others", () => {
  const { lines, manifests, problems } = readPackages({
    "composer.lock": lock,
    "composer.json": `{ "name": "me/mine", "require": { "php": "^8", "Vendor/App": "^1.2" },\n"require-dev": { "vendor/test": "9.*" } }`,
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(lines, [
    "vendor/app@v1.2.0 composer.lock:4",
    "vendor/log@dev-main composer.lock:12 transitive",
    "vendor/test@9.0.1 composer.lock:15 dev",
  ]);
  const [app, log, dev] = manifests[0]?.packages ?? [];
  assert.equal(app?.at.endLine, 11);
  assert.deepEqual([app?.dependsOn, app?.integrity, app?.licenses], [[1], "aa", ["MIT OR BSD-2-Clause"]]);
  assert.deepEqual([app?.source, log?.source?.is, dev?.source?.is], [undefined, "git", "path"]);
  assert.equal(app?.requirement, "^1.2");
});

test("composer.json alone gives requirements, without the platform", () => {
  const text = `{ "require": { "ext-json": "*", "a/b": "1.2.3",\n "c/d": "~2.0" } }`;
  const { lines, problems } = readPackages({ "composer.json": text });
  assert.deepEqual(lines, ["a/b@1.2.3 composer.json:1", "c/d@? composer.json:2"]);
  assert.deepEqual([problems[0]?.code, problems[0]?.isNotice], ["not-locked", true]);
});

test("what is installed is read in both forms", () => {
  const packages = `[{"name": "a/b", "version": "1.0.0"}]`;
  for (const text of [packages, `{ "packages": ${packages}, "dev": true, "dev-package-names": [] }`]) {
    const { lines } = readPackages({ "vendor/composer/installed.json": text });
    assert.deepEqual(lines, ["a/b@1.0.0 vendor/composer/installed.json:1"]);
  }
});

test("PEAR: a record of one package", () => {
  const text = 'a:2:{s:4:"name";s:9:"memcached";s:7:"version";a:1:{s:7:"release";s:5:"3.2.0";}}';
  assert.deepEqual(readPackages({ "php/.registry/m.reg": text }).lines, ["memcached@3.2.0 php/.registry/m.reg:1"]);
  assert.equal(readPackages({ "php/.registry/m.reg": 'O:8:"stdClass":0:{}' }).problems.length, 1);
});

test("a broken lock file gives what stands before and a problem", () => {
  const { lines, problems } = readPackages({ "composer.lock": lock.slice(0, lock.indexOf('"packages-dev"')) });
  assert.equal(lines.length, 2);
  assert.equal(problems[0]?.code, "syntax");
  assert.equal(readPackages({ "composer.lock": "[]" }).problems.length, 1);
});

test("hostile files cost little", () => {
  takesAtMost(10, () => {
    for (const piece of ["[", '{"packages":', '"\\', "a:1:{", '{"a":"', "a:99999999:{i:1;i:1;"]) {
      const text = piece.repeat(50_000);
      readPackages({ "composer.lock": text, "composer.json": text, "a/.registry/x.reg": text });
    }
  });
});
