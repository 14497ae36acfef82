import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, it } from "node:test";
import { engineVersion } from "#scan/secrets/engine-version.generated.ts";
import { codeIn, hashOfCode, versions } from "../../scripts/code-versions.ts";
import { root, sourceFiles } from "./source-files.ts";

const { of, without } = versions.find(({ name }) => name === "engineVersion") ?? { of: [] };

/** What a text loads at once or by name; types alone change no result. */
function loadedBy(path: string): readonly string[] {
  const text = readFileSync(root + path, "utf8").replace(/^import type [^;]*;/gm, "");
  return [...text.matchAll(/"((?:#|\.{1,2}\/)[^"\s]+\.(?:ts|json))"/g)]
    .map(([, name = ""]) => (name.startsWith("#") ? `src/${name.slice(1)}` : posix.join(posix.dirname(path), name)))
    .filter((file) => file.endsWith(".generated.ts") || existsSync(root + file));
}

describe("the version of the secrets engine", () => {
  it("counts all code that the engine loads", () => {
    const loaded = new Set([
      "src/scan/secrets/secrets-scanner.ts",
      ...sourceFiles("src/scan/secrets/history").flatMap(({ path }) => (path.endsWith(".test.ts") ? [] : [path])),
    ]);
    for (const path of loaded) for (const file of loadedBy(path)) loaded.add(file);
    assert.ok(loaded.size > 200 && loaded.has("src/scan/secrets/scoring/model.json"));
    const counted = new Set(codeIn(of, without));
    assert.deepEqual(
      [...loaded].filter((path) => !counted.has(path) && !/\.generated\.ts$|\/secrets\/examples\//.test(path)),
      // Nothing but the result of a file in which nothing is.
      ["src/scan/file-scanner.ts"],
    );
  });

  it("is that of the code as it is", () => {
    assert.equal(engineVersion, hashOfCode(of, without), "npm run generate");
  });
});
