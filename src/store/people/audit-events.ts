/** Who did what. The lines survive what they tell about. */
import type { AuditAction } from "#model/audit-action.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Db } from "../database.ts";
import { json } from "../json.ts";
import { newId } from "../new-id.ts";
import type { Page, Rows } from "../page.ts";
import { withinScope } from "../within-scope.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export type AuditEvent = WithoutNulls<{
  id: string;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  instanceId: InstanceId | null;
  data: unknown;
}>;

export interface NewAuditEvent {
  readonly actor: string;
  readonly action: AuditAction;
  /** What it was done to, in words that still say something when it is gone. */
  readonly subject: string;
  readonly instanceId?: InstanceId | undefined;
  readonly data?: unknown;
  readonly at?: Date | undefined;
}

export async function insertAuditEvent(db: Db, event: NewAuditEvent): Promise<void> {
  await db
    .insertInto("auditEvents")
    .values({
      id: newId(),
      actor: event.actor,
      action: event.action,
      subject: event.subject,
      instanceId: event.instanceId ?? null,
      data: json(event.data ?? {}),
      ...(event.at ? { at: event.at } : {}),
    })
    .execute();
}

/** Newest first. Within a scope of instances only lines about those. */
export async function listAuditEvents(db: Db, scope: Scope, page: Page): Promise<Rows<AuditEvent>> {
  const query = db.selectFrom("auditEvents").where(withinScope(scope, "instanceId"));
  const [rows, count] = await Promise.all([
    query
      .select(["id", "at", "actor", "action", "subject", "instanceId", "data"])
      .orderBy("at", "desc")
      .orderBy("id", "desc")
      .offset(page.offset)
      .limit(page.limit)
      .execute(),
    query.select(db.fn.countAll<number>().as("total")).executeTakeFirstOrThrow(),
  ]);
  return { rows: rows.map(withoutNulls), total: count.total };
}
