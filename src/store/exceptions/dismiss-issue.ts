/** What people do to one issue, as the register writes it down: to dismiss it is to make an exception, to reopen it is to end that. */
import type { Exception, ExceptionId, ExceptionSource } from "#model/exception.ts";
import type { InstanceId, IssueId } from "#model/ids.ts";
import type { DismissReason } from "#model/issue.ts";
import type { Db, IssueStateName } from "../database.ts";
import { inTransaction } from "../transaction.ts";
import { type Covered, coverWith, lockForException, uncover } from "./cover-findings.ts";
import { endException, insertException, listOverdueExceptions } from "./exceptions.ts";

export interface Dismissal {
  readonly by: string;
  readonly at: Date;
  readonly reason: DismissReason;
  /** Open again from then on; absent = for good. */
  readonly until?: Date | undefined;
  readonly comment?: string | undefined;
}

/** False if it is not open (or not there). What the instance asks of exceptions is the caller's to ask, as is the scope. */
export async function dismissIssue(
  db: Db,
  id: IssueId,
  dismissal: Dismissal,
  source: ExceptionSource = "console",
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const issue = await tx
      .selectFrom("issues")
      .select(["instanceId", "repositoryId", "fingerprint", "rule", "severity", "message", "path"])
      .where("id", "=", id)
      .where("state", "=", "open")
      .executeTakeFirst();
    if (!issue) return false;
    const { instanceId, repositoryId, fingerprint, rule, severity, message, path } = issue;
    await lockForException(tx, { instanceId, repositoryId });
    const { by: author, at, reason, until, comment = "" } = dismissal;
    const exception = await insertException(tx, {
      ...{ instanceId, repositoryId, anchor: { is: "finding", fingerprint } as const, source },
      ...{ about: { rule, severity, message, path }, reason, comment, author, madeAt: at },
      ...(until && { until }),
      state: { is: "active" },
    });
    const { issues } = await coverWith(tx, exception, at);
    return issues.length > 0;
  });
}

/** False if it is not dismissed. It becomes open, or what it became meanwhile: fixed, or silenced in the code. */
export async function reopenIssue(
  db: Db,
  id: IssueId,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const exceptionId = await exceptionOf(tx, id);
    const exception = exceptionId && (await endException(tx, exceptionId, { state: "revoked", by, at }));
    if (!exception) return false;
    const { issues } = await uncover(tx, exception, { at, kind: "reopened", by });
    return issues.length > 0;
  });
}

export async function exceptionOf(db: Db, id: IssueId): Promise<ExceptionId | undefined> {
  const row = await db
    .selectFrom("issues")
    .select("exceptionId")
    .where("id", "=", id)
    .where("state", "=", "dismissed")
    .executeTakeFirst();
  return row?.exceptionId ?? undefined;
}

/** Ends the exceptions whose time is over, each in a transaction of its own with whatever else follows. Gives the issues. */
export async function endDismissals(
  db: Db,
  now: Date,
  follow: (tx: Db, exception: Exception, covered: Covered) => Promise<void> = async () => {},
): Promise<readonly { readonly id: IssueId; readonly instanceId: InstanceId; readonly state: IssueStateName }[]> {
  const all = [];
  for (const due of await listOverdueExceptions(db, now)) {
    const issues = await inTransaction(db, async (tx) => {
      await lockForException(tx, due);
      const exception = await endException(tx, due.id, { state: "expired", at: now });
      if (!exception) return [];
      const covered = await uncover(tx, exception, { at: now, kind: "dismissal-ended" });
      await follow(tx, exception, covered);
      return covered.issues;
    });
    all.push(...issues.map(({ id, state }) => ({ id, instanceId: due.instanceId, state })));
  }
  return all;
}
