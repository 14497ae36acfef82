import assert from "node:assert/strict";
import test from "node:test";
import { readPackages } from "../../testing/read-packages.ts";

const deep = 200_000;
const many = 100_000;

const cases: readonly (readonly [string, string, string])[] = [
  ["lists within each other", "package-lock.json", `{"packages":{"node_modules/a":{"engines":${"[".repeat(deep)}`],
  ["dependencies within each other", "package-lock.json", '{"dependencies":{"a":'.repeat(deep)],
  ["a path of many folders", "package-lock.json", `{"packages":{"${"a/".repeat(deep)}":{"dependencies":{"x":"1"}}}}`],
  ["a path of many modules", "package-lock.json", `{"packages":{"${"node_modules/a/".repeat(deep)}":{"version":"1"}}}`],
  ["many escapes", "package-lock.json", `{"packages":{"${"\\u0041".repeat(many)}":{"version":"1"}}}`],
  ["many conflicts", "package-lock.json", `{\n${"<<<<<<< a\n=======\n>>>>>>> b\n".repeat(many)}}`],
  ["slashes", "package-lock.json", `{"a": ${"/".repeat(deep)}`],
  ["names within each other", "bun.lock", `{"packages":{"${"a/".repeat(deep)}":["a@1.0.0"]}}`],
  ["a line without an end", "yarn.lock", `"${"a@^1, ".repeat(many)}`],
  [
    "one name with many ranges",
    "yarn.lock",
    Array.from({ length: many }, (_, at) => `a@${at}:\n  version "${at}"\n`).join(""),
  ],
  ["lines of blanks", "yarn.lock", `${" ".repeat(1000)}\n`.repeat(2000)],
  ["levels of members", "pnpm-lock.yaml", Array.from({ length: 2000 }, (_, at) => `${"  ".repeat(at)}a:`).join("\n")],
  ["braces within each other", "pnpm-lock.yaml", `packages: ${"{a: ".repeat(deep)}`],
  [
    "a member in braces without an end",
    "pnpm-lock.yaml",
    `packages:\n  a@1.0.0:\n    resolution: {${"a: ".repeat(many)}}\n`,
  ],
  [
    "workspaces of many stars",
    "package.json",
    `{"workspaces":["${"*/**/".repeat(many)}"],"dependencies":{"a":"${"1 ".repeat(many)}"}}`,
  ],
  [
    "long requirements",
    "package.json",
    `{"dependencies":{"a":"${"git+".repeat(many)}","b":"${"a/".repeat(many)}","c":"npm:${"@".repeat(many)}"}}`,
  ],
  ["imports without an end", "deps.ts", `import ${" ".repeat(many)}import ( `.repeat(5)],
  ["members within each other", "deno.lock", '{"workspace":{"packageJson":'.repeat(deep)],
];

for (const [name, path, text] of cases) {
  test(`${name} in ${path} end soon`, () => {
    readPackages({ [path]: text });
  });
}

test("packages that need each other are read once", () => {
  const { manifests } = readPackages({
    "yarn.lock":
      'a@^1:\n  version "1.0.0"\n  dependencies:\n    b "^1"\n\nb@^1:\n  version "1.0.0"\n  dependencies:\n    a "^1"\n',
    "package.json": '{"devDependencies":{"a":"^1"}}',
  });
  assert.deepEqual(
    manifests[0]?.packages.map(({ name, isDevelopment, dependsOn }) => [name, isDevelopment, dependsOn]),
    [
      ["a", true, [1]],
      ["b", true, [0]],
    ],
  );
});
