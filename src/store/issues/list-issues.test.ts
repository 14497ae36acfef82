import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import type { IssueId } from "#model/ids.ts";
import { type Severity, severities } from "#model/severity.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { sampleFinding, sampleTime, sampleWorld } from "../testing/sample-world.ts";
import { applyBranchFindings } from "./apply-branch-findings.ts";
import { listIssues } from "./list-issues.ts";

let database: FreshDatabase;
before(async () => {
  database = await freshDatabase();
  const { db } = database.store;
  const { instanceId, repositories } = await sampleWorld(db);
  for (const [index, { id: repositoryId }] of repositories.entries()) {
    const findings = Array.from({ length: 12_000 - index * 11_900 }, (_, n) =>
      sampleFinding(`f${n}`, `p${n % 7}.ts`, { severity: severities[n % 4] as Severity, rule: `secrets/r${n % 3}` }),
    );
    const given = {
      instanceId,
      repositoryId,
      branch: "refs/heads/main",
      at: sampleTime,
      replaced: "all",
      findings,
    } as const;
    await applyBranchFindings(db, given);
  }
  await sql`update issues set urgency = line % 3 + severity_rank, due_at = first_seen + severity_rank * interval '1 day'`.execute(
    db,
  );
});
after(() => database.drop());

const sorts = ["urgency", "severity", "due", "first-seen", "last-seen", "repository", "rule"] as const;
for (const sort of sorts) {
  for (const descending of [false, true]) {
    test(`pages by ${sort}${descending ? ", turned," : ""} go on where the last one ended, few or many`, async () => {
      const list = async (filter: object) =>
        listIssues(database.store.db, { is: "everything" }, { sort, descending, offset: 0, limit: 9, ...filter });
      for (const filter of [{}, { rule: "secrets/r1", severity: ["high"] as const }]) {
        const whole = (await list({ ...filter, limit: 27 })).rows.map(({ id }) => id);
        const paged: IssueId[] = [];
        for (let page = 0; page < 3; page += 1) {
          const { rows } = await list({ ...filter, after: paged.at(-1) });
          paged.push(...rows.map(({ id }) => id));
        }
        assert.deepEqual(paged, whole);
        assert.equal(new Set(whole).size, 27);
      }
      assert.deepEqual([(await list({})).isExact, (await list({ rule: "secrets/r1" })).isExact], [false, true]);
    });
  }
}
