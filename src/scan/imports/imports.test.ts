import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { Manifest } from "#model/package-manifest.ts";
import { sourceFileOf } from "../source-file-of.ts";
import { evidenceOf } from "./evidence.ts";
import { importsScanner } from "./imports-scanner.ts";

function importsOf(path: string, text: string): readonly string[] {
  const context = { fingerprintKey: new Uint8Array(32) };
  return importsScanner.scan(sourceFileOf(path, "0", Buffer.from(text)), context).imports ?? [];
}

const cases: readonly (readonly [path: string, text: string, names: readonly string[]])[] = [
  [
    "a.ts",
    'import fs from "node:fs";\nimport a from "lodash/fp";\nimport type { B } from "@scope/pkg/deep";\nexport * from "./mine";\nexport { c } from \'left-pad\';',
    ["js:@scope/pkg", "js:left-pad", "js:lodash"],
  ],
  [
    "a.cjs",
    "const a = require('express'); const b = await import(`chalk`); require(variable);",
    ["js:chalk", "js:express"],
  ],
  [
    "a.js",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of another program
    '// import x from "commented"\n/* require("blocked") */ const s = "import y from \\"quoted\\"";\nconst r = /"/g; const t = `${require("inside")} require("text")`;',
    ["js:inside"],
  ],
  ["a.jsx", 'const p = <p>don\'t import it</p>;\nimport z from "zod";', ["js:zod"]],
  [
    "a.vue",
    '<script setup>\nimport { ref } from "vue";\n</script>\n<template><a href="https://x">it\'s</a></template>',
    ["js:vue"],
  ],
  [
    "deno.ts",
    'import a from "npm:chalk@5"; import b from "https://deno.example/x.ts"; import c from "@/alias";',
    ["js:chalk"],
  ],
  [
    "A.cs",
    "global using Newtonsoft.Json.Linq;\nusing static System.Math;\nusing Log = Serilog.Log;\n/*\nusing Not.This;\n*/\nusing (var x = y) { }\nusing var z = w;\n",
    ["cs:Newtonsoft.Json.Linq", "cs:Serilog.Log", "cs:System.Math"],
  ],
  ["_Imports.razor", "@using MudBlazor\n@inject X y\n", ["cs:MudBlazor"]],
  [
    "A.csproj",
    '<Project>\n  <ItemGroup>\n    <Using Include="Serilog" />\n    <Using Static="true" Include="A.B" />\n    <!--\n    <Using Include="Not" />\n    -->\n    <Using Remove="System.Net" />\n  </ItemGroup>\n</Project>',
    ["cs:A.B", "cs:Serilog"],
  ],
  [
    "a.ipynb",
    '{"cells": [{"cell_type": "code", "source": [\n    "import pandas as pd\\n",\n    "from sklearn import svm"\n]}]}',
    ["py:pandas", "py:sklearn"],
  ],
  [
    "shared.py",
    "from google.cloud import storage, bigquery as bq\nfrom azure.storage import (blob,\n  queue)\n",
    [
      "py:azure.storage",
      "py:azure.storage.blob",
      "py:google.cloud",
      "py:google.cloud.bigquery",
      "py:google.cloud.storage",
    ],
  ],
  [
    "a.py",
    '"""\nimport nothing\n"""\nimport os, requests.adapters as r\nfrom yaml import load\nfrom . import mine\ntry:\n    import ujson\nexcept ImportError:\n    pass\n',
    ["py:os", "py:requests.adapters", "py:ujson", "py:yaml"],
  ],
  [
    "A.java",
    "package a;\nimport org.apache.commons.io.IOUtils;\nimport static org.junit.Assert.*;\n/* import no.This; */\n",
    ["java:org.apache.commons.io.IOUtils", "java:org.junit.Assert"],
  ],
  ["a.kt", "import okhttp3.OkHttpClient as Client\n", ["java:okhttp3.OkHttpClient"]],
  [
    "a.go",
    'package a\nimport "fmt"\nimport (\n\t_ "github.com/lib/pq"\n\thtml "golang.org/x/net/html"\n\t// "not.example/this"\n)\n',
    ["go:fmt", "go:github.com/lib/pq", "go:golang.org/x/net/html"],
  ],
  ["a.rs", "use serde::Deserialize;\npub(crate) use tokio::sync;\n", ["rust:serde", "rust:tokio"]],
  ["a.md", 'import a from "lodash"', []],
];

test("each language says what it imports, and not what stands in comments and texts", () => {
  for (const [path, text, names] of cases) assert.deepEqual(importsOf(path, text), names, path);
});

test("hostile sources come to an end", () => {
  for (const text of [
    `import a from "${"x".repeat(1_000_000)}`,
    "import (".repeat(100_000),
    `/*${"using A.B;\n".repeat(100_000)}`,
    `${"'''".repeat(200_000)}\nimport a`,
    `${"`${".repeat(200_000)}require("a")`,
    `${"/[".repeat(200_000)}\nrequire("a")`,
  ]) {
    for (const path of ["a.ts", "a.cs", "a.py", "a.go", "a.java"]) importsOf(path, text);
  }
});

function manifestOf(ecosystem: Ecosystem, path: string, ...names: readonly string[]): Manifest {
  const at = { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  const packages = names.map((text) => {
    const [name = "", ...leads] = text.split(" > ");
    return {
      ...{ ecosystem, name: name.replace("~", ""), version: "1.0.0", at, isDevelopment: false },
      relation: name.startsWith("~") ? ("transitive" as const) : ("direct" as const),
      dependsOn: leads.map(Number),
    };
  });
  return { path, format: "x", ecosystem, isLocked: true, packages };
}

test("evidence: by the nearest manifest, production before tests, through direct dependencies, in circles too", () => {
  const root = manifestOf(
    "npm",
    "package-lock.json",
    "express > 1",
    "~qs > 2",
    "~deep > 1",
    "jest > 4",
    "~expect",
    "chalk",
    "@types/lodash",
  );
  const shop = manifestOf("npm", "shop/package-lock.json", "express", "chalk");
  const evidence = evidenceOf(
    [
      { path: "src/a.ts", names: ["js:express", "js:lodash"] },
      { path: "src/a.test.ts", names: ["js:express", "js:jest"] },
      { path: "shop/src/b.ts", names: ["js:chalk"] },
    ],
    [root, shop],
  );
  const states = (manifest: Manifest) =>
    manifest.packages.map(({ name }, position) => {
      const { is, through } = evidence.reachabilityOf(manifest, position);
      return `${name} ${is}${through === undefined ? "" : ` through ${through}`}`;
    });
  assert.deepEqual(states(root), [
    "express imported",
    "qs imported through express",
    "deep imported through express",
    "jest imported-by-tests",
    "expect imported-by-tests through jest",
    "chalk not-imported",
    "@types/lodash imported",
  ]);
  assert.deepEqual(states(shop), ["express not-imported", "chalk imported"]);
});

test("evidence: names that differ from the package's, and parts of a module", () => {
  const state = (ecosystem: Ecosystem, name: string, path: string, imported: string) =>
    evidenceOf([{ path, names: [imported] }], [manifestOf(ecosystem, "m", name)]).reachabilityOf(
      manifestOf(ecosystem, "m", name),
      0,
    ).is;
  assert.equal(state("PyPI", "PyYAML", "a.py", "py:yaml.scanner"), "imported");
  assert.equal(state("PyPI", "google-cloud-storage", "a.py", "py:google.cloud.bigquery"), "not-imported");
  assert.equal(state("NuGet", "newtonsoft.json", "A.cs", "cs:Newtonsoft.Json.Linq"), "imported");
  assert.equal(state("Maven", "commons-io:commons-io", "A.java", "java:org.apache.commons.io.IOUtils"), "imported");
  assert.equal(state("Go", "golang.org/x/net", "a_test.go", "go:golang.org/x/net/html"), "imported-by-tests");
  assert.equal(state("NuGet", "Serilog", "a.py", "py:serilog"), "unknown");
  const logging = "cs:Microsoft.Extensions.Logging";
  assert.equal(state("NuGet", "Microsoft.Extensions.Logging.Abstractions", "A.cs", logging), "imported");
  assert.equal(state("NuGet", "Microsoft.Extensions.Http", "A.cs", logging), "not-imported");
  assert.equal(state("NuGet", "Serilog.Sinks.Console", "A.cs", "cs:Serilog"), "imported");
  assert.equal(state("Conda", "scikit-learn", "a.py", "py:sklearn"), "imported");
  const settings = { ...manifestOf("NuGet", "src/nuget.config"), packages: [] };
  const runtime = { ...manifestOf(".NET", "src/A.csproj", "Microsoft.NETCore.App"), ecosystem: "NuGet" as const };
  const above = manifestOf("NuGet", "packages.lock.json", "Serilog");
  const below = evidenceOf([{ path: "src/A.cs", names: ["cs:Serilog"] }], [above, settings, runtime]);
  assert.equal(below.reachabilityOf(above, 0).is, "imported");
  const rush = manifestOf("npm", "js/common/config/rush/pnpm-lock.yaml", "express");
  const apart = evidenceOf([{ path: "js/apps/web/a.ts", names: ["js:express"] }], [rush]);
  assert.equal(apart.reachabilityOf(rush, 0).is, "imported");
  const pages = { ...manifestOf("npm", "web/libman.json", "jquery"), format: "libman.json" };
  const lock = manifestOf("npm", "package-lock.json", "express");
  const both = evidenceOf([{ path: "web/a.js", names: ["js:express"] }], [pages, lock]);
  assert.deepEqual([both.reachabilityOf(pages, 0).is, both.reachabilityOf(lock, 0).is], ["unknown", "imported"]);
  const go = manifestOf("Go", "go.mod", "golang.org/x/net");
  const evidence = evidenceOf([{ path: "a.go", names: ["go:golang.org/x/net/html"] }], [go]);
  assert.equal(evidence.importsPart(go, "golang.org/x/net/html"), true);
  assert.equal(evidence.importsPart(go, "golang.org/x/net/http2"), false);
});
