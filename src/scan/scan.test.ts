import assert from "node:assert/strict";
import { test } from "node:test";
import { scanUnit, surveyFile, treeScannerDoors } from "./scan.ts";
import { sourceFileOf } from "./source-file-of.ts";

const password = ["Kranich", "4711"].join("");

const texts: readonly (readonly [path: string, text: string, message: RegExp])[] = [
  [
    "main.tf",
    `module "a" {\n  source = "git::https://ops:${password}@git.example/a"\n}\n`,
    /git::https:\/\/git\.example\/a names no commit hash/,
  ],
  [
    ".gitlab-ci.yml",
    `include:\n  - remote: https://ops:${password}@git.example/a.yml\njob:\n  script: [make]\n`,
    /include: https:\/\/git\.example\/a\.yml/,
  ],
  [
    "kustomization.yaml",
    `resources:\n  - https://ops:${password}@git.example/a?ref=v1\n`,
    /^https:\/\/git\.example\/a\?ref=v1 is in another place/,
  ],
];

test("no message of a unit tells the password of an address", async () => {
  for (const [path, text, message] of texts) {
    const file = sourceFileOf(path, "0", Buffer.from(text));
    const messages: string[] = [];
    for (const door of treeScannerDoors) {
      const scanner = await door.load();
      if (!scanner.selects(path)) continue;
      for (const unit of scanner.units([{ path, survey: surveyFile(scanner, file).survey }])) {
        const { findings, problems } = scanUnit(scanner, unit, [file], { fingerprintKey: new Uint8Array(32) });
        messages.push(...[...findings, ...problems].map((one) => one.message));
      }
    }
    assert.ok(
      messages.some((one) => message.test(one)),
      messages.join("\n"),
    );
    assert.ok(!messages.join("\n").includes(password), path);
  }
});
