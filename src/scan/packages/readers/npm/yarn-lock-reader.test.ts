import assert from "node:assert/strict";
import test from "node:test";
import { readPackages } from "../../testing/read-packages.ts";

const classic = `# yarn lockfile v1


"@babel/core@^7.0.0", "@babel/core@^7.1.0":
  version "7.2.0"
  resolved "https://npm.example/@babel/core/-/core-7.2.0.tgz#ab"
  integrity sha512-aaaa
  dependencies:
    debug "^4.0.0"
  optionalDependencies:
    "@scope/native" "1.0.0"

"@scope/native@1.0.0":
  version "1.0.0"

debug@^3.0.0:
  version "3.2.7"

debug@^4.0.0:
  version "4.3.4"

is-number@jon/is-number#main:
  version "2.0.0"
  resolved "https://codeload.github.com/jon/is-number/tar.gz/0123456789abcdef0123456789abcdef01234567"

"old@npm:real@^1.0.0":
  version "1.0.0"

swapped@^1.0.0:
  version "1.5.2"
  resolved "https://npm.example/@other/swapped/-/swapped-1.5.2.tgz#58"
`;

test("Yarn 1: what is direct and for development comes from the projects", () => {
  const { lines, manifests, problems } = readPackages({
    "yarn.lock": classic,
    "package.json":
      '{"name":"app","workspaces":{"packages":["packages/*"]},"dependencies":{"debug":"^3.0.0"},"resolutions":{"**/debug":"4.3.4"}}',
    "packages/a/package.json":
      '{"name":"a","devDependencies":{"@babel/core":"^7.1.0"},"dependencies":{"old":"npm:real@^1.0.0"}}',
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(lines, [
    "@babel/core@7.2.0 yarn.lock:4 dev",
    "@other/swapped@1.5.2 yarn.lock:29 transitive",
    "@scope/native@1.0.0 yarn.lock:13 dev transitive",
    "debug@3.2.7 yarn.lock:16",
    "debug@4.3.4 yarn.lock:19 dev transitive",
    "is-number@2.0.0 yarn.lock:22 transitive",
    "real@1.0.0 yarn.lock:26",
  ]);
  const packages = manifests[0]?.packages ?? [];
  assert.deepEqual(manifests[0]?.root, { name: "app" });
  assert.deepEqual(packages[0]?.dependsOn, [3, 1]);
  assert.deepEqual(packages[0]?.alsoAt?.[0]?.path, "packages/a/package.json");
  assert.deepEqual(packages.find(({ name }) => name === "is-number")?.source, {
    is: "git",
    url: "https://github.com/jon/is-number",
    commit: "0123456789abcdef0123456789abcdef01234567",
  });
  // The range of an alias is what is edited, not its name.
  const { startColumn, endColumn } = packages.find(({ name }) => name === "real")?.versionAt ?? {};
  assert.equal((endColumn ?? 0) - (startColumn ?? 0), "^1.0.0".length);
});

test("later versions of Yarn: workspaces, patches and protocols", () => {
  const { lines, manifests } = readPackages({
    "yarn.lock": `__metadata:
  version: 8
  cacheKey: 10c0

"app@workspace:.":
  version: 0.0.0-use.local
  resolution: "app@workspace:."
  dependencies:
    "@app/lib": "workspace:^"
    typescript: "npm:^5.0.0"
  languageName: unknown
  linkType: soft

"@app/lib@workspace:^, @app/lib@workspace:packages/lib":
  version: 0.0.0-use.local
  resolution: "@app/lib@workspace:packages/lib"
  dependencies:
    alias: "npm:real@^1.0.0"
  languageName: unknown
  linkType: soft

? "alias@npm:real@^1.0.0"
:
  version: 1.2.0
  resolution: "real@npm:1.2.0"
  checksum: 10c0/abcd
  languageName: node
  linkType: hard

"local@portal:../local::locator=app%40workspace%3A.":
  version: 0.0.0-use.local
  resolution: "local@portal:../local::locator=app%40workspace%3A."

"typescript@npm:^5.0.0":
  version: 5.4.5
  resolution: "typescript@npm:5.4.5"

"typescript@patch:typescript@npm%3A^5.0.0#optional!builtin<compat/typescript>":
  version: 5.4.5
  resolution: "typescript@patch:typescript@npm%3A5.4.5#optional!builtin<compat/typescript>::version=5.4.5&hash=5adc0c"
`,
    "package.json":
      '{"name":"app","version":"3.0.0","devDependencies":{"typescript":"^5.0.0"},"dependencies":{"@app/lib":"workspace:^"}}',
  });
  assert.deepEqual(lines, [
    "@app/lib@? yarn.lock:14",
    "app@? yarn.lock:5",
    "local@? yarn.lock:30 transitive",
    "real@1.2.0 yarn.lock:22",
    "typescript@5.4.5 yarn.lock:34 dev",
  ]);
  assert.deepEqual(manifests[0]?.root, { name: "app", version: "3.0.0" });
  assert.equal(manifests[0]?.packages.find(({ name }) => name === "real")?.integrity, "10c0/abcd");
});

test("a file that is none of Yarn's and a merge conflict are told", () => {
  assert.deepEqual(readPackages({ "yarn.lock": "" }).problems, []);
  assert.equal(readPackages({ "yarn.lock": "this is\nno lock\n" }).problems[0]?.line, 1);
  const { lines, problems } = readPackages({
    "yarn.lock": '<<<<<<< a\na@1:\n  version "1.0.0"\n=======\na@2:\n  version "2.0.0"\n>>>>>>> b\n',
  });
  assert.deepEqual(lines, ["a@1.0.0 yarn.lock:2 transitive", "a@2.0.0 yarn.lock:5 transitive"]);
  assert.match(problems[0]?.message ?? "", /unresolved merge conflict at line 1/);
});
