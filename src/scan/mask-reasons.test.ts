import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "#model/finding.ts";
import { maskMessages } from "./mask-reasons.ts";
import { planUnits } from "./plan-units.ts";
import { scanUnit, surveyFile, treeScannerDoors } from "./scan.ts";
import { samplePassword, withCrc32Base62 } from "./secrets/examples/example-values.ts";
import { sourceFileOf } from "./source-file-of.ts";

const context = { fingerprintKey: new Uint8Array(32) };
const token = withCrc32Base62("ghp_", "message");

async function scanned(path: string, text: string) {
  const scanner = await treeScannerDoors.find(({ name }) => name === "iac")?.load();
  assert(scanner);
  const file = sourceFileOf(path, "0", Buffer.from(text));
  const { survey } = surveyFile(scanner, file);
  const [unit] = planUnits(scanner, [{ path, objectId: "0", survey }]).units;
  assert(unit);
  return scanUnit(scanner, unit.unit, [file], context);
}

test("what a finding or a problem quotes is kept without the secrets in it", async () => {
  const source = `git::https://x:${token}@git.contoso.example/m.git`;
  const { findings } = await scanned("main.tf", `module "m" {\n  source = "${source}"\n}\n`);
  const said = findings.map(({ message }) => message);
  assert(said.some((message) => /module\.m: git::https:\/\/x:•+@git\.contoso\.example\/m\.git/.test(message)));
  const { problems } = await scanned("main.tf", `x = 1 ${token}\n${token}\n`);
  assert(problems.length > 0);
  for (const text of [JSON.stringify(findings), JSON.stringify(problems)]) assert(!text.includes(token.slice(4)));
});

test("words of the rule itself lead to no secret, and an edit that writes one is not kept", () => {
  const at = { path: "a.tf", startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  const finding: Finding = {
    ...{ rule: "iac/sample", aliases: [], severity: "low", fingerprint: "f", at },
    message: "It signs in by a secret: azurerm_kubernetes_cluster.production4711",
  };
  const edit = (text: string): Finding => ({
    ...finding,
    fix: { title: "Write it", safe: true, edits: [{ at, text }] },
  });
  const [plain, safe, leaky] = maskMessages(
    { findings: [finding, edit("secure = true"), edit(`password = "${samplePassword("edit")}"`)], problems: [] },
    context,
  ).findings;
  assert.deepEqual([plain, safe, leaky], [finding, edit("secure = true"), finding]);
});
