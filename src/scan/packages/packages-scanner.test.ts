import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceFileOf } from "../source-file-of.ts";
import { packagesScanner } from "./packages-scanner.ts";
import { packageReaders } from "./readers.generated.ts";
import { readPackages } from "./testing/read-packages.ts";

const files: Readonly<Record<string, string>> = {
  "requirements.txt": "-r requirements-dev.txt\nflask==2.0.0\n",
  "requirements-dev.txt": "-r requirements.txt\npytest==7.0.0\n",
};

test("files that name each other are read once, and none is lost", () => {
  assert.deepEqual(
    readPackages(files).lines.map((line) => line.replace(/ dev$/, "")),
    ["flask@2.0.0 requirements.txt:2", "pytest@7.0.0 requirements-dev.txt:2"],
  );
});

test("a package without a name leaves no reader, and what depends on others still does", () => {
  const lock = {
    lockfileVersion: 1,
    workspaces: { "": { name: "shop", dependencies: { a: "1" } } },
    packages: { "": ["", "", {}], a: ["a@1.0.0", "", { dependencies: { b: "1" } }], b: ["b@1.0.0", "", {}] },
  };
  const { manifests, problems } = readPackages({ "bun.lock": JSON.stringify(lock) });
  assert.deepEqual(
    manifests.flatMap(({ packages }) => packages.map(({ name, dependsOn }) => `${name} ${dependsOn?.join() ?? ""}`)),
    ["shop 1", "a 2", "b "],
  );
  assert.deepEqual(
    problems.map(({ code, path, line }) => `${code} ${path}:${line}`),
    ["syntax bun.lock:1"],
  );
});

test("a name or a version that no registry takes is left out, and told", () => {
  const packages = {
    "": { name: "shop", dependencies: { lodash: "4.17.20" } },
    "node_modules/lodash": { version: "4.17.20" },
    [`node_modules/${"a".repeat(401)}`]: { version: "1.0.0" },
    "node_modules/b": { version: `1.0.0-${"b".repeat(400)}` },
  };
  const { manifests, problems } = readPackages({
    "package-lock.json": JSON.stringify({ lockfileVersion: 3, packages }),
  });
  assert.deepEqual(
    manifests.flatMap((one) => one.packages.map(({ name }) => name)),
    ["shop", "lodash"],
  );
  assert.deepEqual(
    problems.map(({ message }) => message),
    ["A package whose name or version has more than 400 bytes stands here, so it was left out."],
  );
});

test("XML is read in the encoding that it names", () => {
  const text =
    '<?xml version="1.0" encoding="ISO-8859-1"?><!-- caf\xe9 --><packages><package id="A" version="1.0"/></packages>';
  const file = sourceFileOf("packages.config", "0", Buffer.from(text, "latin1"));
  const reader = packageReaders.find(({ format }) => format === "packages.config");
  const [manifest] = reader?.read(file, { get: () => undefined, paths: [] }).manifests ?? [];
  assert.deepEqual(
    manifest?.packages.map(({ name }) => name),
    ["A"],
  );
});

test("of thousands of files that name each other in a circle one unit is made", () => {
  const ring = Object.fromEntries(
    Array.from({ length: 3000 }, (_, index) => [
      `r/requirements-${index}.txt`,
      `-r requirements-${(index + 1) % 3000}.txt\np${index}==1.0\n`,
    ]),
  );
  const { manifests } = readPackages({ ...ring, "requirements.txt": "-r r/requirements-7.txt\n" });
  assert.deepEqual(
    manifests.map(({ path, packages }) => [path, packages.length]),
    [["requirements.txt", 3000]],
  );
});

test("a list of hundreds of thousands is read, and of a file that is none not every line is a problem", () => {
  const many = Array.from({ length: 130_000 }, (_, index) => `p${index}==1.0`);
  const texts = {
    "requirements.txt": many.join("\n"),
    "setup.py": `setup(install_requires=[${many.map((one) => `"${one}"`).join(",")}])`,
    "a.csproj": `<Project><Import Project="${many.join(";")}"/></Project>`,
    "x/requirements.txt": "no requirement at all\n".repeat(1000),
  };
  const { manifests, problems } = readPackages(texts);
  assert.deepEqual(
    manifests.map(({ path, packages }) => [path, packages.length]).filter(([, count]) => count !== 0),
    [
      ["requirements.txt", 130_000],
      ["setup.py", 130_000],
    ],
  );
  assert.equal(problems.filter(({ path }) => path === "x/requirements.txt").length, 101);
  assert.match(problems.map(({ message }) => message).join("\n"), /900 more places/);
});

test("every reader lives through garbage: nothing is thrown, and what is no text is a problem or nothing", () => {
  const garbage = [
    "",
    "\0\0\0",
    "{",
    "[[[[",
    "<a",
    '"',
    "}\n]]\n",
    "\ufeff",
    "a: &a [*a, *a]\nb: *a",
    "x".repeat(50_000),
  ];
  const context = { get: () => undefined, paths: [] };
  for (const reader of packageReaders) {
    for (const text of garbage) {
      const file = {
        path: `x/${reader.format}`,
        objectId: "0",
        size: text.length,
        bytes: () => Buffer.from(text),
        text: () => text,
      };
      const read = reader.read(file, context);
      assert(Array.isArray(read.manifests) && Array.isArray(read.problems), reader.format);
      reader.pullsIn?.(file);
    }
    const unreadable = {
      path: `x/${reader.format}`,
      objectId: "0",
      size: 1,
      bytes: () => new Uint8Array([0]),
      text: () => undefined,
    };
    assert.deepEqual(
      reader.read(unreadable, context).manifests.flatMap(({ packages }) => packages),
      [],
      reader.format,
    );
  }
});

test("the settings that say where packages come from belong to a lock file, also those of the folders above", () => {
  const paths = [
    ".npmrc",
    ".yarnrc",
    "a/.yarnrc.yml",
    "a/.npmrc",
    "a/web/yarn.lock",
    "a/web/package-lock.json",
    "b/.npmrc",
  ];
  const units = packagesScanner.units(paths.map((path) => ({ path, survey: { file: [] } })));
  const beside = (root: string) =>
    units
      .find((unit) => unit.root === root)
      ?.paths.filter((path) => path !== root)
      .sort();
  assert.deepEqual(beside("a/web/yarn.lock"), [".npmrc", ".yarnrc", "a/.npmrc", "a/.yarnrc.yml"]);
  assert.deepEqual(beside("a/web/package-lock.json"), [".npmrc", "a/.npmrc"]);
});
