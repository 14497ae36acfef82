/** What people do to issues, and what time does to dismissals. */
import { sql } from "kysely";
import type { InstanceId, IssueId } from "#model/ids.ts";
import type { DismissReason } from "#model/issue.ts";
import type { Db, IssueStateName } from "./database.ts";
import { insertIssueEvents } from "./issue-events.ts";
import { storable } from "./json.ts";
import { inTransaction } from "./transaction.ts";

export interface Dismissal {
  readonly by: string;
  readonly at: Date;
  readonly reason: DismissReason;
  /** Open again from then on; absent = for good. */
  readonly until?: Date | undefined;
  readonly comment?: string | undefined;
}

/** False if it is not open (or not there). The caller has checked the scope. */
export async function dismissIssue(db: Db, id: IssueId, dismissal: Dismissal): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const row = await tx
      .updateTable("issues")
      .set({
        state: "dismissed",
        dismissedBy: dismissal.by,
        dismissedAt: dismissal.at,
        dismissReason: dismissal.reason,
        dismissedUntil: dismissal.until ?? null,
        dismissComment: dismissal.comment === undefined ? null : storable(dismissal.comment),
      })
      .where("id", "=", id)
      .where("state", "=", "open")
      .returning("instanceId")
      .executeTakeFirst();
    if (!row) return false;
    const { by: actor, at, reason, until, comment } = dismissal;
    const data = { reason, until, comment };
    await insertIssueEvents(tx, [{ id, data }], { instanceId: row.instanceId, at, kind: "dismissed", actor });
    return true;
  });
}

/** False if it is not dismissed. It becomes open, or what it became meanwhile: fixed, or silenced in the code. */
export async function reopenIssue(
  db: Db,
  id: IssueId,
  by: { readonly by: string; readonly at: Date },
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const [row] = await endDismissal(tx, sql<boolean>`id = ${id}`, by.at);
    if (!row) return false;
    const data = { state: row.state };
    const { by: actor, at } = by;
    await insertIssueEvents(tx, [{ id, data }], { instanceId: row.instanceId, at, kind: "reopened", actor });
    return true;
  });
}

/** Ends the dismissals whose time is over. Gives the issues. */
export async function endDismissals(
  db: Db,
  now: Date,
): Promise<readonly { readonly id: IssueId; readonly instanceId: InstanceId; readonly state: IssueStateName }[]> {
  return inTransaction(db, async (tx) => {
    const rows = await endDismissal(tx, sql<boolean>`dismissed_until <= ${now}`, now);
    for (const { id, instanceId, state } of rows) {
      await insertIssueEvents(tx, [{ id, data: { state } }], { instanceId, at: now, kind: "dismissal-ended" });
    }
    return rows;
  });
}

async function endDismissal(tx: Db, which: ReturnType<typeof sql<boolean>>, at: Date) {
  const { rows } = await sql<{ id: IssueId; instanceId: InstanceId; state: IssueStateName }>`
    update issues set state = case when not present then 'fixed' when skip is null then 'open' else 'silenced' end,
      fixed_at = case when present then null else ${at}::timestamptz end,
      dismissed_by = null, dismissed_at = null, dismissed_until = null, dismiss_reason = null, dismiss_comment = null
    where state = 'dismissed' and ${which}
    returning id, instance_id, state`.execute(tx);
  return rows;
}
