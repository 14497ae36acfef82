import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Finding } from "#model/finding.ts";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { openApi, type TestApi } from "../testing/open-api.ts";
import { exportCsv } from "./export-issues.ts";

let api: TestApi;
let added: Added;
before(async () => {
  api = await openApi();
  added = await addInstance(api.app, "one");
});
after(() => api.close());

async function find(names: readonly string[], at: Date): Promise<void> {
  const findings = names.map((name): Finding => {
    const place = { path: `${name}.tf`, startLine: 1, startColumn: 1, endLine: 1, endColumn: 6 };
    return { rule: "iac/made-up", aliases: [], severity: "high", message: "Open.", at: place, fingerprint: name };
  });
  const { instance: instanceId, repository: repositoryId } = added;
  const where = { instanceId, repositoryId, branch: "refs/heads/main", at };
  await applyBranchFindings(api.app.db, {
    ...where,
    replaced: findings.map(({ fingerprint }) => `${fingerprint}.tf`),
    findings,
  });
}

test("each issue is told once, though others come while it is read", async () => {
  const names = Array.from({ length: 510 }, (_, index) => `n${index}`);
  await find(names, api.app.now());
  const lines: string[] = [];
  for await (const line of exportCsv(api.app.db, added.instance, () => undefined)) {
    // It stands before all others.
    if (lines.length === 400) await find(["earlier"], new Date(0));
    lines.push(line);
  }
  const paths = lines.flatMap((line) => /n\d+\.tf/.exec(line) ?? []);
  assert.deepEqual(paths.sort(), names.map((name) => `${name}.tf`).sort());
});
