/** What pipelines are made of: of each, the last twenty bills that differ from the one before. */
import { sql } from "kysely";
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import type { PipelineBill } from "#model/posture/pipeline-bill.ts";
import type { Scope } from "#model/scope.ts";
import type { Db } from "../database.ts";
import type { OrganizationRow } from "../instances/organizations.ts";
import { json } from "../json.ts";
import { newId } from "../new-id.ts";
import { withinScope } from "../within-scope.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export interface NewBill {
  readonly bill: PipelineBill;
  /** Of all it says, without the times at which something was read. */
  readonly hash: string;
}

const keptBills = 20;
const batchSize = 200;

/** One that says what the last one said is only noted as seen. */
export async function addBills(
  tx: Db,
  { id, instanceId }: Pick<OrganizationRow, "id" | "instanceId">,
  bills: readonly NewBill[],
  at: Date,
): Promise<void> {
  for (let start = 0; start < bills.length; start += batchSize) {
    const rows = bills.slice(start, start + batchSize);
    const projects = rows.map(({ bill }) => bill.projectId);
    const definitions = rows.map(({ bill }) => bill.definitionId);
    await sql`
      with given as (
        select * from unnest(${rows.map(() => newId())}::uuid[], ${projects}::uuid[], ${definitions}::integer[],
          ${rows.map(({ bill }) => bill.revision)}::integer[], ${rows.map(({ bill }) => bill.source?.commit ?? null)}::text[],
          ${rows.map(({ bill }) => json(bill))}::text[], ${rows.map(({ hash }) => hash)}::text[])
          as g (id, project_id, definition_id, revision, commit, bill, hash)
      ), last as (
        select distinct on (b.project_id, b.definition_id) b.id, b.project_id, b.definition_id, b.hash
        from pipeline_bills b join given g on g.project_id = b.project_id and g.definition_id = b.definition_id
        order by b.project_id, b.definition_id, b.at desc, b.id desc
      ), seen as (
        update pipeline_bills b set seen_at = ${at} from last l, given g
        where b.id = l.id and g.project_id = l.project_id and g.definition_id = l.definition_id and g.hash = l.hash
      )
      insert into pipeline_bills (id, instance_id, organization_id, project_id, definition_id, revision, commit, bill, hash,
        at, seen_at)
      select g.id, ${instanceId}, ${id}, g.project_id, g.definition_id, g.revision, g.commit, g.bill::jsonb, g.hash,
        ${at}, ${at}
      from given g left join last l on l.project_id = g.project_id and l.definition_id = g.definition_id
      where l.hash is distinct from g.hash`.execute(tx);
    await sql`
      delete from pipeline_bills where id in (
        select id from (
          select b.id, row_number() over (partition by b.project_id, b.definition_id order by b.at desc, b.id desc) as place
          from pipeline_bills b join unnest(${projects}::uuid[], ${definitions}::integer[]) as g (project_id, definition_id)
            on g.project_id = b.project_id and g.definition_id = b.definition_id) b
        where place > ${sql.lit(keptBills)})`.execute(tx);
  }
}

export type StoredBill = WithoutNulls<{
  id: string;
  revision: number;
  commit: string | null;
  bill: PipelineBill;
  at: Date;
  seenAt: Date;
}>;

/** Newest first. */
export async function listBills(
  db: Db,
  scope: Scope,
  pipeline: {
    readonly organizationId: OrganizationId;
    readonly projectId: ProjectId;
    readonly definitionId: number;
  },
): Promise<readonly StoredBill[]> {
  const { organizationId, projectId, definitionId } = pipeline;
  const { rows } = await sql<StoredBill>`
    select id, revision, commit, bill, at, seen_at from pipeline_bills
    where ${withinScope(scope, "instance_id")} and organization_id = ${organizationId} and project_id = ${projectId}
      and definition_id = ${definitionId}
    order by at desc, id desc`.execute(db);
  return rows.map((row) => withoutNulls(row));
}
