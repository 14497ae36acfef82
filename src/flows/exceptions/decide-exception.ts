/** What people decide about an exception that is there, and what time does to all of them. */
import type { Exception, ExceptionId } from "#model/exception.ts";
import type { Scope } from "#model/scope.ts";
import type { Db } from "#store/database.ts";
import { coverWith, lockForException, showExtension, uncover } from "#store/exceptions/cover-findings.ts";
import { endDismissals } from "#store/exceptions/dismiss-issue.ts";
import { findExceptionSettings } from "#store/exceptions/exception-settings.ts";
import { approveException, endException, extendException, getException } from "#store/exceptions/exceptions.ts";
import { issuesOfAnchor } from "#store/exceptions/issues-of-anchor.ts";
import { insertIssueEvents } from "#store/issues/issue-events.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { refusalOf, writeAudit } from "./make-exception.ts";
import { tellCovered } from "./tell-covered.ts";

type Deciding = Pick<App, "db" | "jobs" | "now">;

export type Decided =
  | { readonly is: "done"; readonly exception: Exception }
  | { readonly is: "not-there" }
  | { readonly is: "refused"; readonly field: "until" | "approver" | "state"; readonly why: string };

export interface Asked {
  readonly id: ExceptionId;
  readonly scope: Scope;
  readonly by: string;
}

/** By another person than the author; it covers from now on. */
export async function agreeToException(app: Deciding, { id, scope, by }: Asked): Promise<Decided> {
  return decide(app, { id, scope }, async (tx, known, at) => {
    if (isSamePerson(known, by)) {
      return { is: "refused", field: "approver", why: "must be another person than who asked for it" };
    }
    const exception = await approveException(tx, id, by);
    if (!exception) return notPending;
    await tellCovered(app, tx, exception.instanceId, await coverWith(tx, exception, at));
    await writeAudit(tx, exception, "exception-approved", by, at);
    return { is: "done", exception };
  });
}

const notPending: Decided = { is: "refused", field: "state", why: "nobody waits for a second person here any more" };

export async function refuseException(app: Deciding, { id, scope, by }: Asked): Promise<Decided> {
  return decide(app, { id, scope }, async (tx, _known, at) => {
    const exception = await endException(tx, id, { state: "refused", by, at });
    if (!exception) return notPending;
    const { instanceId } = exception;
    const issues = (await issuesOfAnchor(tx, exception)).map((issue) => ({ id: issue, data: { exception: id } }));
    await insertIssueEvents(tx, issues, { instanceId, at, kind: "exception-refused", actor: by });
    await writeAudit(tx, exception, "exception-refused", by, at);
    return { is: "done", exception };
  });
}

/** What it covered is open again, wherever. */
export async function revokeException(app: Deciding, { id, scope, by }: Asked): Promise<Decided> {
  return decide(app, { id, scope }, async (tx, _known, at) => {
    const exception = await endException(tx, id, { state: "revoked", by, at });
    if (!exception) return isOver;
    await tellCovered(app, tx, exception.instanceId, await uncover(tx, exception, { at, kind: "reopened", by }));
    await writeAudit(tx, exception, "exception-revoked", by, at);
    return { is: "done", exception };
  });
}

const isOver: Decided = { is: "refused", field: "state", why: "it is over already" };

export async function prolongException(
  app: Deciding,
  { id, scope, by, until }: Asked & { readonly until?: Date | undefined },
): Promise<Decided> {
  return decide(app, { id, scope }, async (tx, known, at) => {
    const settings = await findExceptionSettings(tx, known.instanceId);
    const { until: _before, ...lasting } = known;
    const refusal = refusalOf({ ...lasting, ...(until && { until }) }, settings, at);
    if (refusal?.field === "until") return { is: "refused", field: "until", why: refusal.why };
    if (!until && settings.expiryRequired && known.reason !== "rotated") {
      return { is: "refused", field: "until", why: "must be given: exceptions of this instance have an end" };
    }
    const exception = await extendException(tx, id, until);
    if (!exception) return isOver;
    await showExtension(tx, exception, { name: by, at });
    await writeAudit(tx, exception, "exception-extended", by, at);
    return { is: "done", exception };
  });
}

/** Those whose time is over. */
export async function endDueExceptions(app: Deciding): Promise<void> {
  const at = app.now();
  await endDismissals(app.db, at, async (tx, exception, covered) => {
    await tellCovered(app, tx, exception.instanceId, covered);
    await writeAudit(tx, exception, "exception-expired", "Sallyport", at);
  });
}

async function decide(
  { db, now }: Deciding,
  { id, scope }: Pick<Asked, "id" | "scope">,
  act: (tx: Db, known: Exception, at: Date) => Promise<Decided>,
): Promise<Decided> {
  return inTransaction(db, async (tx) => {
    const known = await getException(tx, scope, id);
    if (!known) return { is: "not-there" };
    await lockForException(tx, known);
    return act(tx, known, now());
  });
}

/** Names are what is known of people on both sides: one who writes in pull requests may sign in here under either name. */
function isSamePerson({ author, authorAccount }: Exception, name: string): boolean {
  return [author, authorAccount].some((known) => known?.toLowerCase() === name.toLowerCase());
}
