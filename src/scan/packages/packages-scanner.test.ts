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

test("a merge conflict is told in every format, and its marks are no packages", () => {
  const conflict = (before: string, own: string, after: string) =>
    `${before}<<<<<<< HEAD\n${own}=======\n${own.replace("1.0", "1.1")}>>>>>>> topic\n${after}`;
  const texts: Readonly<Record<string, string>> = {
    "go.mod": conflict("module a\n\ngo 1.21\n\nrequire (\n", "\tb.example/x v1.0.0\n", ")\n"),
    "Pipfile.lock": conflict('{"_meta": {}, "default": {"x": {\n', '"version": "==1.0"\n', "}}}\n"),
    "mix.lock": conflict("%{\n", '  "x": {:hex, :x, "1.0.0", "a", [:mix], [], "hexpm", "b"},\n', "}\n"),
    "manifest.toml": conflict("packages = [\n", '  { name = "x", version = "1.0.0", source = "hex" },\n', "]\n"),
  };
  for (const [path, text] of Object.entries(texts)) {
    const { manifests, problems } = readPackages({ [path]: text });
    assert.equal(problems[0]?.code, "merge-conflict", path);
    const names = manifests.flatMap(({ packages }) => packages.map(({ name }) => name));
    assert(!names.some((name) => /[<=>]/.test(name)), names.join());
  }
});

test("an entry that is no JSON is told: nothing is read of it", () => {
  const texts: Readonly<Record<string, string>> = {
    "Pipfile.lock": '{"default": {"x": {"version": ==1.0}}}',
    "Package.resolved": '{"pins": [{"identity": x}], "version": 2}',
    "renv.lock": '{"Packages": {"x": {"Package": "x", "Version": 1.0.1}}}',
    "conan.lock": '{"version": "0.5", "requires": ["x/1.0" "y/1.0"]}',
    "build.sbt.lock": '{"dependencies": [{"org": o}]}',
    "maven_install.json": '{"artifacts": {"o:x": {"version": 1.0.1}}}',
    "bom.json": '{"bomFormat": "CycloneDX", "components": [{"name": x}]}',
    "a.spdx.json": '{"spdxVersion": "SPDX-2.3", "packages": [{"name": x}]}',
  };
  for (const [path, text] of Object.entries(texts)) {
    const problems = readPackages({ [path]: text }).problems.filter(({ isNotice }) => !isNotice);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["syntax"],
      path,
    );
  }
});

test("a block of go.mod without its end is told", () => {
  const { problems } = readPackages({ "go.mod": "module a\n\nrequire (\n\tb.example/x v1.0.0\n" });
  assert.deepEqual(
    problems.map(({ code, line }) => `${code} ${line}`),
    ["syntax 3"],
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
