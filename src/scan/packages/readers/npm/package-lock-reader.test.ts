import assert from "node:assert/strict";
import test from "node:test";
import { readPackages } from "../../testing/read-packages.ts";

function written(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

const workspaceLock = written({
  name: "shop",
  version: "1.0.0",
  lockfileVersion: 3,
  packages: {
    "": { name: "shop", version: "1.0.0", workspaces: ["packages/*"], devDependencies: { mocha: "^10.0.0" } },
    "node_modules/@shop/cart": { resolved: "packages/cart", link: true },
    "node_modules/debug": { version: "4.3.4", license: "MIT", dependencies: { ms: "2.1.2" } },
    "node_modules/mocha": {
      version: "10.2.0",
      dev: true,
      dependencies: { debug: "4.3.4", "string-width-cjs": "npm:string-width@^4" },
    },
    "node_modules/mocha/node_modules/ms": { version: "2.1.3", dev: true },
    "node_modules/ms": { version: "2.1.2" },
    "node_modules/string-width-cjs": { name: "string-width", version: "4.2.3", dev: true, optional: true },
    "packages/cart": { name: "@shop/cart", version: "2.0.0", dependencies: { debug: "^4.0.0", ms: "^2.0.0" } },
    "packages/cart/node_modules/ms": { version: "2.0.0" },
  },
});

test("a lock file of version 3 tells workspaces, aliases and what is for development", () => {
  const { lines, problems, manifests } = readPackages({ "package-lock.json": workspaceLock });
  assert.deepEqual(problems, []);
  assert.deepEqual(lines, [
    "@shop/cart@2.0.0 package-lock.json:48",
    "debug@4.3.4 package-lock.json:20",
    "mocha@10.2.0 package-lock.json:27 dev",
    "ms@2.0.0 package-lock.json:56",
    "ms@2.1.2 package-lock.json:39 transitive",
    "ms@2.1.3 package-lock.json:35 dev transitive",
    "shop@1.0.0 package-lock.json:6",
    "string-width@4.2.3 package-lock.json:42 dev transitive",
  ]);
  const packages = manifests[0]?.packages ?? [];
  const asked = (name: string) =>
    packages.find((one) => one.name === name)?.dependsOn?.map((at) => `${packages[at]?.name}@${packages[at]?.version}`);
  assert.deepEqual(asked("@shop/cart"), ["debug@4.3.4", "ms@2.0.0"]);
  assert.deepEqual(asked("debug"), ["ms@2.1.2"]);
  assert.deepEqual(asked("mocha"), ["debug@4.3.4", "string-width@4.2.3"]);
  assert.deepEqual(packages.find(({ name }) => name === "debug")?.licenses, ["MIT"]);
});

test("the projects' own files tell where a version is edited; those that the lock does not know are read alone", () => {
  const { manifests, problems } = readPackages({
    "package-lock.json": workspaceLock,
    "package.json": written({
      name: "shop",
      devDependencies: { mocha: "^10.0.0" },
      overrides: { "string-width": "4.2.3" },
    }),
    "packages/cart/package.json": written({ name: "@shop/cart", dependencies: { debug: "^4.0.0", left: "1.0.0" } }),
    "examples/package.json": written({ dependencies: { ms: "^2.0.0" } }),
  });
  const [lock, example] = manifests;
  const debug = lock?.packages.find(({ name }) => name === "debug");
  assert.deepEqual(debug?.versionAt, {
    path: "packages/cart/package.json",
    startLine: 4,
    startColumn: 15,
    endLine: 4,
    endColumn: 21,
  });
  assert.equal(debug?.requirement, "^4.0.0");
  assert.equal(lock?.packages.find(({ name }) => name === "string-width")?.versionAt?.startLine, 7);
  assert.equal(example?.path, "examples/package.json");
  assert.deepEqual(
    problems.map(({ code, path, line, isNotice }) => [code, path, line, isNotice]),
    [
      ["stale-lock", "packages/cart/package.json", 5, true],
      ["not-locked", "examples/package.json", 1, true],
    ],
  );
  assert.match(problems[0]?.message ?? "", /^left is asked for here, but package-lock\.json does not hold it: /);
  const more = readPackages({
    "package-lock.json": workspaceLock,
    "packages/cart/package.json": written({ name: "@shop/cart", dependencies: { left: "1.0.0", right: "1.0.0" } }),
  });
  assert.match(more.problems[0]?.message ?? "", /^left and 1 more are asked for here, but .* does not hold them: /);
});

test("version 1 nests its modules, and its versions may be addresses", () => {
  const { manifests, lines } = readPackages({
    "package-lock.json": written({
      name: "old",
      lockfileVersion: 1,
      dependencies: {
        case: {
          version: "npm:case-x@1.6.3",
          requires: { b: "^1.0.0" },
          dependencies: { b: { version: "1.0.0", dev: true } },
        },
        b: { version: "git+https://token@git.example/b.git#0123456789abcdef0123456789abcdef01234567", bundled: true },
      },
    }),
  });
  assert.deepEqual(lines, [
    "b@1.0.0 package-lock.json:11 dev transitive",
    "b@? package-lock.json:17",
    "case-x@1.6.3 package-lock.json:5",
  ]);
  const packages = manifests[0]?.packages ?? [];
  assert.deepEqual(packages[0]?.dependsOn, [1]);
  assert.deepEqual(packages[2]?.source, {
    is: "git",
    url: "git+https://git.example/b.git",
    commit: "0123456789abcdef0123456789abcdef01234567",
  });
});

test("the same version in several places is one package with all of them", () => {
  const { manifests } = readPackages({
    "package-lock.json": written({
      lockfileVersion: 3,
      packages: {
        "node_modules/a": { version: "1.0.0", dependencies: { c: "^1.0.0" } },
        "node_modules/a/node_modules/c": { version: "1.0.0", dev: true },
        "node_modules/b/node_modules/c": { version: "1.0.0" },
      },
    }),
  });
  const found = manifests[0]?.packages.find(({ name }) => name === "c");
  assert.deepEqual([found?.isDevelopment, found?.at.startLine, found?.alsoAt?.[0]?.startLine], [false, 10, 14]);
});

test("beside npm-shrinkwrap.json the package-lock.json is not read", () => {
  const lock = written({ lockfileVersion: 3, packages: { "node_modules/a": { version: "1.0.0" } } });
  const { manifests } = readPackages({
    "x/package-lock.json": lock,
    "x/npm-shrinkwrap.json": lock,
    "y/package-lock.json": lock,
  });
  assert.deepEqual(manifests.map(({ path }) => path).sort(), ["x/npm-shrinkwrap.json", "y/package-lock.json"]);
});

test("both sides of a merge conflict are read, and the conflict is told", () => {
  const conflict = [
    '{ "lockfileVersion": 3, "packages": {',
    "<<<<<<< HEAD",
    '  "node_modules/a": { "version": "1.0.0" },',
    '  "node_modules/b": { "version": "1.0.0" }',
    "=======",
    '  "node_modules/a": { "version": "2.0.0" }',
    ">>>>>>> main",
    "} }",
  ].join("\n");
  const { lines, problems } = readPackages({ "package-lock.json": conflict });
  assert.deepEqual(lines, [
    "a@1.0.0 package-lock.json:3 transitive",
    "a@2.0.0 package-lock.json:6 transitive",
    "b@1.0.0 package-lock.json:4 transitive",
  ]);
  assert.match(problems[0]?.message ?? "", /unresolved merge conflict at line 2/);
});

for (const [name, text, expected] of [
  ["an empty file", "", /empty/],
  ["no JSON", "lockfileVersion: 9\n", /a value was expected/],
  ["a file that ends early", '{ "packages": { "node_modules/a": { "version": "1.0.0" }, "node_mod', /the file ends/],
  ["a comma too few", '{ "name": "a" "version": "1" }', /a comma was expected/],
  ["something behind the end", "{} {}", /the end of the file/],
] as const) {
  test(`${name} is a problem`, () => {
    const { problems } = readPackages({ "package-lock.json": text });
    assert.match(problems[0]?.message ?? "", expected);
  });
}

test("what stands before a mistake is read", () => {
  const { lines } = readPackages({
    "package-lock.json": '{ "packages": { "node_modules/a": { "version": "1.0.0" }, "node_mod',
  });
  assert.deepEqual(lines, ["a@1.0.0 package-lock.json:1 transitive"]);
});

test("names of JavaScript's own and duplicate keys do no harm", () => {
  const { lines } = readPackages({
    "package-lock.json":
      '{"__proto__":{"x":1},"packages":{"node_modules/__proto__":{"version":"1.0.0","version":"1.0.1","dependencies":{"constructor":"*"}},"node_modules/constructor":{"version":"2.0.0"}}}',
  });
  assert.deepEqual(lines, [
    "__proto__@1.0.1 package-lock.json:1 transitive",
    "constructor@2.0.0 package-lock.json:1 transitive",
  ]);
});
