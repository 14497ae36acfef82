/** What a path says about a file: tests and samples by their names, in the ways of several languages. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathFacts } from "./path-facts.ts";

test("tests, samples and documents are known by the names that languages give them", () => {
  const samples = [
    "test/site.ts",
    "src/orders.spec.ts",
    "src/Shop.UnitTests/Orders.cs",
    "src/Shop.Core.IntegrationTests/Files/site.json",
    "src/main/OrderTest.java",
    "app/OrdersSpec.scala",
    "src/api/__snapshots__/orders.ts",
    "src/orders.snap",
    "internal/testutil/orders.go",
    "docs/tutorials/first.md",
    "Sdk/CodeSamples/orders.py",
  ];
  for (const path of samples) assert.equal(pathFacts(path)?.sample, true, path);
});

test("words that only hold such letters are no tests", () => {
  const plain = [
    "src/latest/site.ts",
    "src/contests.cs",
    "src/Inspect.java",
    "greatest.py",
    "snap/site.yaml",
    "src/Attestation.cs",
  ];
  for (const path of plain) assert.equal(pathFacts(path)?.sample, false, path);
});

test("copies and templates are of the format of what they are made of", () => {
  const formats = {
    "app.yml.example": "yaml",
    "deploy/app.conf.j2": "ini",
    "deploy/env.j2": "env",
    "env.blade.php": "env",
    "config/database.yml.erb": "yaml",
    "web.config.bak": "xml",
    "settings.json.dist": "json",
    "src/main.ts.old": "other",
    "wp-config.php~": "other",
    "app.properties.template.local": "other",
  };
  for (const [path, format] of Object.entries(formats)) assert.equal(pathFacts(path)?.format, format, path);
});

test("values without quotes are read in requests, profiles of shells and files of no known language, but not in code", () => {
  const formats = {
    "calls/orders.http": "ini",
    "etc/shop.service": "ini",
    ".bashrc": "shell",
    "passwords.lst": "plain",
    PASSWORDS: "plain",
    "shop.bak": "plain",
    "src/shop.kt": "other",
    "src/shop.lua": "other",
    ".npmrc": "npmrc",
    ".netrc": "env",
    ".kube/config": "yaml",
    "shop.kubeconfig": "yaml",
    "build/shop.dockerfile": "dockerfile",
    ".ebextensions/shop.config": "yaml",
    "build/shop.yml": "pipeline",
    "shop.yml": "yaml",
    "users.tsv": "columns",
    "README.md": "other",
    "src/shop.py.bak": "joining",
  };
  for (const [path, format] of Object.entries(formats)) assert.equal(pathFacts(path)?.format, format, path);
});
