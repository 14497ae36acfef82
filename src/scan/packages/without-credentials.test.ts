import assert from "node:assert/strict";
import { test } from "node:test";
import { readPackages } from "./testing/read-packages.ts";

const word = "a-word-of-ours";
const at = `https://x:${word}@git.contoso.example/o/a.git`;
const files: Readonly<Record<string, string>> = {
  "npm/package.json": JSON.stringify({ dependencies: { a: `git+${at}#v1` } }),
  "npm/package-lock.json": JSON.stringify({
    lockfileVersion: 3,
    packages: {
      "": { dependencies: { a: `git+${at}#v1` } },
      "node_modules/a": { version: "1.0.0", resolved: `git+${at}#0a` },
    },
  }),
  "pip/requirements.txt": `-e git+${at}#egg=a\nb @ ${at}\n`,
  "poetry/poetry.lock": `[[package]]\nname = "a"\nversion = "1.0"\n[package.source]\ntype = "git"\nurl = "${at}"\n`,
  "uv/uv.lock": `version = 1\n[[package]]\nname = "a"\nversion = "1.0"\nsource = { git = "${at}?rev=x#0a" }\n`,
  "ruby/Gemfile.lock": `GIT\n  remote: ${at}\n  revision: 0a\n  specs:\n    a (1.0)\n\nDEPENDENCIES\n  a!\n`,
  "php/composer.lock": JSON.stringify({
    packages: [{ name: "o/a", version: "1.0", source: { type: "git", url: at } }],
  }),
  "rust/Cargo.lock": `[[package]]\nname = "a"\nversion = "1.0.0"\nsource = "git+${at}#0a"\n`,
};

test("no manifest keeps the password of an address", () => {
  for (const [path, text] of Object.entries(files)) {
    const { manifests } = readPackages({ [path]: text });
    const kept = JSON.stringify(manifests);
    assert(!kept.includes(word), path);
    assert(path === "npm/package-lock.json" || kept.includes("https://git.contoso.example/o/a.git"), `${path} ${kept}`);
  }
});

test("a user by ssh, and what only looks like one, stay", () => {
  const text = "a @ git+ssh://git@git.contoso.example/o/a@v1\nb @ git+https://git.contoso.example/o/b@v1\n";
  const [{ packages } = { packages: [] }] = readPackages({ "requirements.txt": text }).manifests;
  const kept = JSON.stringify(packages);
  assert(kept.includes("git@git.contoso.example/o/a") && kept.includes("/o/b"), kept);
});
