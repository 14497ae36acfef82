/** The history of an issue: every change of its state, by a scan or a person. */
import { sql } from "kysely";
import type { InstanceId, IssueId, ScanId } from "#model/ids.ts";
import type { Db, IssueEventKind } from "../database.ts";
import { json } from "../json.ts";
import { newId } from "../new-id.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export type IssueEvent = WithoutNulls<{
  id: string;
  at: Date;
  kind: IssueEventKind;
  /** A person's name; absent if a scan did it. */
  actor: string | null;
  scanId: ScanId | null;
  data: unknown;
}>;

export interface NewIssueEvents {
  readonly instanceId: InstanceId;
  readonly at: Date;
  readonly kind: IssueEventKind;
  readonly actor?: string | undefined;
  readonly scanId?: ScanId | undefined;
}

/** One event for many issues, which may have data of their own. */
export async function insertIssueEvents(
  db: Db,
  issues: readonly { readonly id: IssueId; readonly data?: unknown }[],
  event: NewIssueEvents,
): Promise<void> {
  if (issues.length === 0) return;
  await sql`
    insert into issue_events (id, issue_id, instance_id, at, kind, actor, scan_id, data)
    select given.id, given.issue_id, ${event.instanceId}, ${event.at}, ${event.kind}, ${event.actor ?? null},
      ${event.scanId ?? null}, given.data::jsonb
    from unnest(
      ${issues.map(() => newId())}::uuid[], ${issues.map(({ id }) => id)}::uuid[],
      ${issues.map(({ data }) => (data === undefined ? null : json(data)))}::text[]
    ) as given (id, issue_id, data)
  `.execute(db);
}

/** Oldest first. */
export async function listIssueEvents(db: Db, issueId: IssueId): Promise<readonly IssueEvent[]> {
  const rows = await db
    .selectFrom("issueEvents")
    .select(["id", "at", "kind", "actor", "scanId", "data"])
    .where("issueId", "=", issueId)
    .orderBy("id")
    .execute();
  return rows.map(withoutNulls);
}
