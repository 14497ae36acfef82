/** What rules say of settings and runs: one answer for each rule and resource, and since when it is that one. */
import { sql } from "kysely";
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import type { Evidence, PostureAnswer, PostureCategory } from "#model/posture/posture-result.ts";
import type { RuleId } from "#model/rule.ts";
import { type Severity, severities } from "#model/severity.ts";
import type { Db } from "../database.ts";
import type { OrganizationRow } from "../instances/organizations.ts";
import { json, storable } from "../json.ts";

export type ResultSource = "settings" | "run";

export interface NewResult {
  /** Of rule, kind, id and project of the resource; the issue about it has the same. */
  readonly fingerprint: string;
  readonly rule: RuleId;
  readonly category: PostureCategory;
  readonly projectId?: ProjectId | undefined;
  readonly resourceKind: string;
  readonly resourceId: string;
  readonly resourceName: string;
  readonly resourceUrl?: string | undefined;
  readonly answer: PostureAnswer["is"];
  readonly severity?: Severity | undefined;
  readonly reason?: string | undefined;
  readonly because?: string | undefined;
  readonly fix?: string | undefined;
  readonly evidence: readonly Evidence[];
  /** Of all it says, without the times at which something was read. */
  readonly hash: string;
}

type Owner = Pick<OrganizationRow, "id" | "instanceId">;

const batchSize = 2_000;

/** What is no longer said goes; what is said as before stays as it is. */
export async function replaceResults(tx: Db, owner: Owner, results: readonly NewResult[], at: Date): Promise<void> {
  const { rows } = await sql<{ fingerprint: string; hash: string }>`
    select fingerprint, hash from posture_results
    where organization_id = ${owner.id} and source = 'settings'`.execute(tx);
  const before = new Map(rows.map(({ fingerprint, hash }) => [fingerprint, hash]));
  const changed = results.filter(({ fingerprint, hash }) => before.get(fingerprint) !== hash);
  const now = new Set(results.map(({ fingerprint }) => fingerprint));
  const gone = [...before.keys()].filter((fingerprint) => !now.has(fingerprint));
  if (gone.length > 0) {
    await sql`delete from posture_results where organization_id = ${owner.id} and source = 'settings'
      and fingerprint = any(${gone}::text[])`.execute(tx);
  }
  await writeResults(tx, owner, { results: changed, source: "settings", at });
}

/** Of a run; running it twice changes nothing more. */
export async function addRunResults(tx: Db, owner: Owner, results: readonly NewResult[], at: Date): Promise<void> {
  await writeResults(tx, owner, { results, source: "run", at });
}

async function writeResults(
  tx: Db,
  { id, instanceId }: Owner,
  given: { readonly results: readonly NewResult[]; readonly source: ResultSource; readonly at: Date },
): Promise<void> {
  const { source, at } = given;
  for (let start = 0; start < given.results.length; start += batchSize) {
    const rows = given.results.slice(start, start + batchSize);
    const texts = (of: (row: NewResult) => string | undefined) =>
      rows.map((row) => {
        const text = of(row);
        return text === undefined ? null : storable(text);
      });
    await sql`
      insert into posture_results as r (instance_id, organization_id, source, since, judged_at, fingerprint, rule, category,
        project_id, resource_kind, resource_id, resource_name, resource_url, answer, severity, severity_rank, reason, because,
        fix, evidence, hash)
      select ${instanceId}, ${id}, ${source}, ${at}::timestamptz, ${at}::timestamptz, given.fingerprint, given.rule,
        given.category, given.project_id, given.resource_kind, given.resource_id, given.resource_name, given.resource_url,
        given.answer, given.severity, given.severity_rank, given.reason, given.because, given.fix, given.evidence::jsonb,
        given.hash
      from unnest(
        ${texts((row) => row.fingerprint)}::text[], ${texts((row) => row.rule)}::text[],
        ${texts((row) => row.category)}::text[], ${rows.map((row) => row.projectId ?? null)}::uuid[],
        ${texts((row) => row.resourceKind)}::text[], ${texts((row) => row.resourceId)}::text[],
        ${texts((row) => row.resourceName)}::text[], ${texts((row) => row.resourceUrl)}::text[],
        ${texts((row) => row.answer)}::text[], ${texts((row) => row.severity)}::text[],
        ${rows.map((row) => (row.severity ? severities.indexOf(row.severity) : null))}::smallint[],
        ${texts((row) => row.reason)}::text[], ${texts((row) => row.because)}::text[], ${texts((row) => row.fix)}::text[],
        ${rows.map((row) => json(row.evidence))}::text[], ${texts((row) => row.hash)}::text[]
      ) as given (fingerprint, rule, category, project_id, resource_kind, resource_id, resource_name, resource_url, answer,
        severity, severity_rank, reason, because, fix, evidence, hash)
      on conflict (organization_id, source, fingerprint) do update set
        since = case when r.answer = excluded.answer then r.since else excluded.since end,
        judged_at = excluded.judged_at, category = excluded.category, resource_name = excluded.resource_name,
        resource_url = excluded.resource_url, answer = excluded.answer, severity = excluded.severity,
        severity_rank = excluded.severity_rank, reason = excluded.reason, because = excluded.because, fix = excluded.fix,
        evidence = excluded.evidence, hash = excluded.hash`.execute(tx);
  }
}

export interface JudgedResource
  extends Pick<NewResult, "fingerprint" | "answer" | "projectId" | "resourceKind" | "resourceName"> {}

/** What was said of settings last: of which resources, and whether it was fine. */
export async function listJudgedResources(db: Db, organizationId: OrganizationId): Promise<readonly JudgedResource[]> {
  const { rows } = await sql<Omit<JudgedResource, "projectId"> & { readonly projectId: ProjectId | null }>`
    select fingerprint, answer, project_id, resource_kind, resource_name from posture_results
    where organization_id = ${organizationId} and source = 'settings'`.execute(db);
  return rows.map(({ projectId, ...rest }) => ({ ...rest, ...(projectId && { projectId }) }));
}

/** Of runs, what was not evaluated; what failed stays with its issue. */
export async function deleteOldRunResults(db: Db, before: Date): Promise<void> {
  await sql`delete from posture_results
    where source = 'run' and answer <> 'fail' and judged_at < ${before}`.execute(db);
}
