/** What was read of settings last, kind by kind, or why nothing could be. A value that is the same is not written again. */
import { sql } from "kysely";
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import type { Fact } from "#model/posture/fact.ts";
import type { FactKey } from "#model/posture/fact-key.ts";
import type { RunFact } from "#model/posture/pipeline-facts.ts";
import type { Scope } from "#model/scope.ts";
import type { Db } from "../database.ts";
import type { OrganizationRow } from "../instances/organizations.ts";
import type { JsonText } from "../json.ts";
import { withinScope } from "../within-scope.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export interface NewFact {
  readonly projectId: ProjectId | null;
  readonly key: FactKey;
  readonly fact: JsonText;
  /** Of what it says, without the time at which it was read. */
  readonly hash: string;
  readonly readAt: Date;
}

const batchSize = 500;

/** Those of projects that are gone went with them. */
export async function saveFacts(
  tx: Db,
  { id, instanceId }: Pick<OrganizationRow, "id" | "instanceId">,
  facts: readonly NewFact[],
): Promise<void> {
  for (let start = 0; start < facts.length; start += batchSize) {
    const rows = facts.slice(start, start + batchSize);
    await sql`
      insert into posture_facts as f (instance_id, organization_id, project_id, key, fact, hash, read_at, changed_at)
      select ${instanceId}, ${id}, given.project_id, given.key, given.fact::jsonb, given.hash, given.read_at, given.read_at
      from unnest(${rows.map((row) => row.projectId)}::uuid[], ${rows.map((row) => row.key)}::text[],
        ${rows.map((row) => row.fact)}::text[], ${rows.map((row) => row.hash)}::text[],
        ${rows.map((row) => row.readAt)}::timestamptz[]) as given (project_id, key, fact, hash, read_at)
      on conflict (organization_id, project_id, key) do update set read_at = excluded.read_at,
        fact = case when f.hash = excluded.hash then f.fact else excluded.fact end, hash = excluded.hash,
        changed_at = case when f.hash = excluded.hash then f.changed_at else excluded.changed_at end,
        lost_at = case when excluded.fact->>'is' = 'known' then null
          when f.fact->>'is' = 'known' then excluded.read_at else f.lost_at end`.execute(tx);
  }
}

export type StoredFact = WithoutNulls<{
  projectId: ProjectId | null;
  key: FactKey;
  fact: Fact<unknown>;
  readAt: Date;
  changedAt: Date;
  /** Since then it is not known any more; absent: it is, or never was. */
  lostAt: Date | null;
}>;

/** Megabytes, of a large organization. */
export async function listFacts(
  db: Db,
  organizationId: OrganizationId,
  /** Only of it, and of the organization itself. */
  only?: ProjectId,
): Promise<readonly StoredFact[]> {
  const { rows } = await sql<StoredFact>`
    select project_id, key, fact, read_at, changed_at, lost_at from posture_facts
    where organization_id = ${organizationId}
      ${only ? sql`and (project_id is null or project_id = ${only})` : sql``}
    order by key, project_id nulls first`.execute(db);
  return rows.map((row) => withoutNulls(row));
}

/** How a fact stands, without what it says. */
export type FactState = WithoutNulls<{
  projectId: ProjectId | null;
  project: string | null;
  key: FactKey;
  is: Fact<unknown>["is"];
  why: string | null;
  reason: string | null;
  readAt: Date;
}>;

export async function listFactStates(
  db: Db,
  scope: Scope,
  organizationId: OrganizationId,
): Promise<readonly FactState[]> {
  const { rows } = await sql<FactState>`
    select f.project_id, p.name as project, f.key, f.fact->>'is' as is, f.fact->>'why' as why,
      f.fact->>'reason' as reason, f.read_at
    from posture_facts f left join projects p on p.id = f.project_id
    where ${withinScope(scope, "f.instance_id")} and f.organization_id = ${organizationId}
    order by f.key, lower(p.name) nulls first`.execute(db);
  return rows.map((row) => withoutNulls(row));
}

/** What was known once and is not now, with since when: what follows from it is not over because nobody sees it. */
export async function listLostFacts(
  db: Db,
  organizationId: OrganizationId,
): Promise<readonly { readonly projectId: ProjectId | null; readonly key: FactKey; readonly lostAt: Date }[]> {
  const { rows } = await sql<{ projectId: ProjectId | null; key: FactKey; lostAt: Date }>`
    select project_id, key, lost_at from posture_facts
    where organization_id = ${organizationId} and lost_at is not null`.execute(db);
  return rows;
}

/** Of one pipeline, as far as runs are known; the newest first. */
export async function listKnownRuns(
  db: Db,
  scope: Scope,
  { projectId, definitionId }: { readonly projectId: ProjectId; readonly definitionId: number },
): Promise<readonly RunFact[]> {
  const { rows } = await sql<{ run: RunFact }>`
    select run from posture_facts f, jsonb_array_elements(f.fact->'value') run
    where ${withinScope(scope, "f.instance_id")} and f.project_id = ${projectId} and f.key = 'runs'
      and f.fact->>'is' = 'known' and run->'definitionId' = to_jsonb(${definitionId}::integer)
    order by run->>'queuedAt' desc limit 50`.execute(db);
  return rows.map(({ run }) => run);
}
