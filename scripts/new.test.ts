import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const folder = mkdtempSync(join(tmpdir(), "sallyport-new-"));
after(() => rmSync(folder, { recursive: true }));

const script = fileURLToPath(new URL("./new.ts", import.meta.url));
const run = (...words: string[]) =>
  spawnSync(process.execPath, [script, ...words, `--into=${folder}`], { encoding: "utf8" });

describe("npm run new", () => {
  for (const [kind, files] of [
    ["secret-rule clouds", ["src/scan/secrets/rules/clouds/north-wind.ts"]],
    ["infrastructure-policy", ["src/scan/iac/policies/north-wind/north-wind.ts"]],
    ["pipeline-rule", ["src/scan/cicd/rules/north-wind/north-wind.ts"]],
    ["posture-rule feed", ["src/scan/posture/rules/feed/north-wind.ts"]],
    [
      "package-reader",
      [
        "src/scan/packages/readers/north-wind/north-wind-reader.ts",
        "src/scan/packages/readers/north-wind/north-wind-reader.test.ts",
      ],
    ],
    ["route", ["src/api/north-wind/contract.ts", "src/api/north-wind/routes.ts"]],
    ["page", ["console/src/pages/north-wind/north-wind.tsx"]],
  ] as const) {
    it(`scaffolds a ${kind} in one folder and says what comes next`, () => {
      const { status, stdout, stderr } = run(...kind.split(" "), "north-wind");
      assert.equal(status, 0, stderr);
      assert.match(stdout, /^next: /m);
      for (const file of files) assert.match(readFileSync(join(folder, file), "utf8"), /north/i);
    });
  }

  it("writes nothing over a file that exists", () => {
    run("page", "twice");
    const again = run("page", "twice");
    assert.equal(again.status, 2);
    assert.match(again.stderr, /exists already; nothing was written/);
  });

  it("says how it is used", () => {
    const { status, stderr } = run("secret-rule", "Not Kebab");
    assert.equal(status, 2);
    assert.match(
      stderr,
      /usage: npm run new -- secret-rule TRADE\|posture-rule CATEGORY\|infrastructure-policy\|package-reader\|pipeline-rule\|route\|page NAME/,
    );
  });

  it("knows the trades of rules for secrets", () => {
    for (const words of [["north-wind"], ["weather", "north-wind"]]) {
      const { status, stderr } = run("secret-rule", ...words);
      assert.equal(status, 2);
      assert.match(stderr, /trades: .*\bclouds\|code-hosting\|/);
    }
  });

  it("imports what is there", () => {
    run("secret-rule", "clouds", "trade-wind");
    const path = "src/scan/secrets/rules/clouds/trade-wind.ts";
    const names = readFileSync(join(folder, path), "utf8").matchAll(/ from "([^"]+)"/g);
    for (const [, name] of names) assert.ok(existsSync(new URL(`../${dirname(path)}/${name}`, import.meta.url)), name);
  });

  it("knows the categories of rules on settings", () => {
    const { status, stderr } = run("posture-rule", "weather", "north-wind");
    assert.equal(status, 2);
    assert.match(stderr, /repository\|settings\|pipeline/);
  });
});
