import assert from "node:assert/strict";
import test from "node:test";
import { readPackages } from "../../testing/read-packages.ts";
import { readNpmrc } from "./npmrc-reader.ts";

test("bun.lock: projects, modules within modules, what is not from a registry", () => {
  const { lines, manifests, problems } = readPackages({
    "bun.lock": `{
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "app", "dependencies": { "chalk": "^4.0.0" }, },
    "packages/lib": { "name": "@app/lib", "version": "2.0.0", "devDependencies": { "flag": "^2.0.0" }, },
  },
  "packages": {
    "@app/lib": ["@app/lib@workspace:packages/lib"],
    "@app/lib/flag": ["flag@2.0.0", "", {}, "sha512-aa=="],
    "chalk": ["chalk@4.1.2", "", { "dependencies": { "flag": "^4.0.0" } }, "sha512-bb=="],
    "flag": ["flag@4.0.0", "", {}, "sha512-cc=="],
    "num": ["is-number@github:a/is-number#98e8ff1", {}, "a-is-number-98e8ff1"],
    "bad": [12],
  },
}
`,
  });
  assert.deepEqual(lines, [
    "@app/lib@2.0.0 bun.lock:5",
    "app@? bun.lock:4",
    "chalk@4.1.2 bun.lock:10",
    "flag@2.0.0 bun.lock:9 dev",
    "flag@4.0.0 bun.lock:11 transitive",
    "is-number@? bun.lock:12 transitive",
  ]);
  assert.deepEqual(
    manifests[0]?.packages.map(({ dependsOn }) => dependsOn),
    [[3], [2], [], [4], [], []],
  );
  assert.deepEqual(
    problems.map(({ line }) => line),
    [13],
  );
});

test("package.json alone: what is asked for, where a version can be edited, and a notice", () => {
  const { lines, manifests, problems } = readPackages({
    "package.json": `{
  "name": "app", "version": "1.0.0", "license": "MIT",
  "dependencies": { "exact": "1.2.3", "range": "^1.0.0", "alias": "npm:real@~2.0.0", "fork": "me/fork#semver:^1" },
  "devDependencies": { "range": "^1.0.0", "local": "file:../local" },
  "overrides": { "deep": { ".": "1.0.1", "other": "2" } }
}`,
  });
  assert.deepEqual(
    lines,
    [
      "app@1.0.0 package.json:2",
      "deep@? package.json:5",
      "exact@1.2.3 package.json:3",
      "fork@? package.json:3",
      "local@? package.json:4 dev",
      "range@? package.json:3",
      "real@? package.json:3",
    ].map((line) => line.replace("deep@?", "deep@1.0.1")),
  );
  const named = (name: string) => manifests[0]?.packages.find((one) => one.name === name);
  assert.deepEqual([named("real")?.requirement, named("real")?.versionAt?.startColumn], ["~2.0.0", 77]);
  assert.deepEqual(named("fork")?.source, { is: "git", url: "https://github.com/me/fork" });
  assert.deepEqual(
    problems.map(({ code, isNotice }) => [code, isNotice]),
    [["not-locked", true]],
  );
});

test("manifests of editors and game engines, and installed packages, yield nothing", () => {
  const { manifests, problems } = readPackages({
    "a/package.json": '{"name":"x","version":"1.0.0","engines":{"vscode":"^1.80.0"},"dependencies":{"a":"1.0.0"}}',
    "b/package.json": '{"name":"com.acme.x","version":"1.0.0","unity":"2021.3","dependencies":{"a":"1.0.0"}}',
    "c/package.json": '{"type":"module"}',
    "node_modules/d/package.json": '{"name":"d","version":"1.0.0"}',
  });
  assert.deepEqual([manifests, problems], [[], []]);
});

test("deno.lock and the deno.json beside it", () => {
  const { lines, manifests } = readPackages({
    "deno.json": '{ "imports": {\n  "@std/bytes": "jsr:@std/bytes@^1.0.0",\n  "chalk/": "npm:/chalk@5/" } }',
    "deno.lock": `{
  "version": "5",
  "specifiers": { "jsr:@std/bytes@^1.0.0": "1.0.2", "jsr:@std/encoding@1": "1.0.5", "npm:chalk@5": "5.3.0_peer@1.0.0" },
  "jsr": {
    "@std/bytes@1.0.2": { "integrity": "aa", "dependencies": ["jsr:@std/encoding"] },
    "@std/encoding@1.0.5": { "integrity": "bb" }
  },
  "npm": {
    "chalk@5.3.0_peer@1.0.0": { "integrity": "sha512-cc==", "dependencies": ["peer"] },
    "peer@1.0.0": {}
  },
  "remote": { "https://deno.land/std@0.140.0/a.ts": "dd", "https://deno.land/std@0.140.0/b.ts": "ee" },
  "workspace": { "dependencies": ["jsr:@std/bytes@^1.0.0"] }
}`,
  });
  assert.deepEqual(lines, [
    "@std/bytes@1.0.2 deno.lock:5",
    "@std/encoding@1.0.5 deno.lock:6",
    "chalk@5.3.0 deno.lock:9",
    "deno.land/std@0.140.0 deno.lock:12",
    "peer@1.0.0 deno.lock:10 transitive",
  ]);
  assert.deepEqual(
    manifests[0]?.packages.slice(0, 3).map(({ dependsOn }) => dependsOn),
    [[1], [], [3]],
  );
  assert.equal(manifests[0]?.packages[0]?.versionAt?.path, "deno.json");
});

test("imports by address, but not in comments", () => {
  const { lines } = readPackages({
    "deps.ts":
      '// import "npm:not@1.0.0";\nexport * from "https://deno.land/x/oak@v12.0.0/mod.ts";\nimport a from "https://esm.sh/react@18.2.0/x";\nimport("npm:@s/b@^1");\n',
  });
  assert.deepEqual(lines, ["@s/b@? deps.ts:4", "deno.land/x/oak@v12.0.0 deps.ts:2", "react@18.2.0 deps.ts:3"]);
});

test("bower.json", () => {
  const { lines } = readPackages({
    "bower.json":
      '{"name":"x","dependencies":{"jquery":"2.1.4","jq":"jquery#~1.9"},"devDependencies":{"fork":"me/fork#1.0.0"}}',
  });
  assert.deepEqual(lines, ["fork@? bower.json:1 dev", "jquery@2.1.4 bower.json:1", "jquery@? bower.json:1"]);
});

test(".npmrc: registries, without what is secret", () => {
  const text =
    '; comment\nregistry = "https://user:pass@feed.example/npm/"\n@acme:registry=https://acme.example/\n//feed.example/:_auth=x\n';
  const { registry, scopes } = readNpmrc({ path: ".npmrc", text });
  assert.deepEqual([registry?.url, registry?.at.startLine], ["https://feed.example/npm/", 2]);
  assert.deepEqual(
    [...scopes].map(([scope, { url }]) => [scope, url]),
    [["@acme", "https://acme.example/"]],
  );
});

test("libman.json: libraries for browsers, under npm's names", () => {
  const text = `{
  "version": "1.0",
  "defaultProvider": "cdnjs",
  "libraries": [
    { "library": "twitter-bootstrap@4.1.3", "destination": "wwwroot/lib/bootstrap" },
    { "provider": "unpkg", "library": "@microsoft/signalr@8.0.0", "files": ["dist/browser/signalr.js"] },
    { "provider": "jsdelivr", "library": "jquery@latest" },
    { "provider": "filesystem", "library": "../own/scripts" },
    { "provider": "jsdelivr", "library": "contoso/widgets@1.0.0" },
    { "destination": "wwwroot" }
  ]
}
`;
  const { lines, manifests, problems } = readPackages({ "src/Web/libman.json": text });
  assert.deepEqual(lines, [
    "../own/scripts@? src/Web/libman.json:8",
    "@microsoft/signalr@8.0.0 src/Web/libman.json:6",
    "bootstrap@4.1.3 src/Web/libman.json:5",
    "contoso/widgets@1.0.0 src/Web/libman.json:9",
    "jquery@? src/Web/libman.json:7",
  ]);
  const [bootstrap, , jquery, own, widgets] = manifests[0]?.packages ?? [];
  assert.deepEqual([bootstrap?.versionAt?.startColumn, bootstrap?.versionAt?.endColumn], [37, 42]);
  assert.deepEqual([jquery?.requirement, own?.source?.is, widgets?.source?.is], ["latest", "path", "git"]);
  assert.deepEqual(
    problems.map(({ code, line }) => `${code} ${line}`),
    ["syntax 10", "not-locked 1"],
  );
  assert.deepEqual(readPackages({ "libman.json": "{}" }).manifests, []);
});
