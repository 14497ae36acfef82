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
  const go = manifestOf("Go", "go.mod", "golang.org/x/net");
  const evidence = evidenceOf([{ path: "a.go", names: ["go:golang.org/x/net/html"] }], [go]);
  assert.equal(evidence.importsPart(go, "golang.org/x/net/html"), true);
  assert.equal(evidence.importsPart(go, "golang.org/x/net/http2"), false);
});
