import assert from "node:assert/strict";
import { test } from "node:test";
import { readPackages } from "./testing/read-packages.ts";

const password = ["Kranich", "4711", "x"].join("");
const repository = `https://ops:${password}@git.example/org/repo`;

const files: readonly Readonly<Record<string, string>>[] = [
  {
    "requirements.txt": [
      `one @ git+${repository}.git@v1.0`,
      `git+${repository}.git@v1.0#egg=two`,
      `three @ ${repository}/three-1.0.tar.gz`,
      `git+${repository}.git`,
      `-r ${repository}/base.txt`,
      `--extra-index-url https://ops:half@${password}@feed.example/simple`,
      `DATABASE ${password}`,
      `DATABASE_PASSWORD=${password}`,
      `database: ${password}`,
    ].join("\n"),
  },
  { "pyproject.toml": `[project]\nname = "x"\ndependencies = ["one @ git+${repository}.git", "git+${repository}"]\n` },
  {
    "poetry.lock": `[[package]]\nname = "one"\nversion = "1"\n[package.source]\ntype = "git"\nurl = "${repository}"\n`,
  },
  { "uv.lock": `version = 1\n[[package]]\nname = "one"\nversion = "1"\nsource = { git = "${repository}#abc" }\n` },
  { "package.json": JSON.stringify({ dependencies: { one: `git+${repository}.git` } }) },
  { "Cargo.lock": `[[package]]\nname = "one"\nversion = "1.0.0"\nsource = "git+${repository}?branch=main#abc"\n` },
  { "Gemfile.lock": `GIT\n  remote: ${repository}.git\n  revision: abc\n  specs:\n    one (1.0.0)\n` },
  { "paket.dependencies": `git ${repository}.git\nhttp ${repository}/one.fs one.fs\n` },
  { "composer.lock": JSON.stringify({ packages: [{ name: "a/b", version: "1", source: { url: repository } }] }) },
];

test("what gives access to an address is in no manifest and in no problem", () => {
  for (const texts of files) {
    const { manifests, problems } = readPackages(texts);
    assert.ok(manifests.some(({ packages }) => packages.length > 0));
    assert.ok(!JSON.stringify([manifests, problems]).includes(password), Object.keys(texts)[0]);
  }
});

test("a user by ssh, and what only looks like one, stay", () => {
  const text = "a @ git+ssh://git@git.contoso.example/o/a@v1\nb @ git+https://git.contoso.example/o/b@v1\n";
  const [{ packages } = { packages: [] }] = readPackages({ "requirements.txt": text }).manifests;
  const kept = JSON.stringify(packages);
  assert.ok(kept.includes("git@git.contoso.example/o/a") && kept.includes("/o/b"), kept);
});
