/** Makes an exception as its instance allows it, whoever asks and from wherever: console, API, or a reply in a pull request. */
import type { AuditAction } from "#model/audit-action.ts";
import type { Exception, ExceptionSettings } from "#model/exception.ts";
import { compareSeverity } from "#model/severity.ts";
import { maskWords } from "#scan/mask-reasons.ts";
import type { Db } from "#store/database.ts";
import { coverWith, lockForException } from "#store/exceptions/cover-findings.ts";
import { findExceptionSettings } from "#store/exceptions/exception-settings.ts";
import { findSameException, insertException } from "#store/exceptions/exceptions.ts";
import { issuesOfAnchor } from "#store/exceptions/issues-of-anchor.ts";
import { insertIssueEvents } from "#store/issues/issue-events.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import type { App } from "../app.ts";
import { tellCovered } from "./tell-covered.ts";

export type ExceptionWish = Omit<Exception, "id" | "state" | "madeAt" | "approver">;

export type ExceptionOutcome =
  /** `there`: somebody had made the same one. */
  | { readonly is: "made" | "there"; readonly exception: Exception }
  /** `field` of the wish, and why in words. */
  | { readonly is: "refused"; readonly field: "reason" | "until" | "anchor"; readonly why: string };

const day = 24 * 60 * 60_000;

export async function makeException(
  app: Pick<App, "jobs" | "now">,
  tx: Db,
  wish: ExceptionWish,
): Promise<ExceptionOutcome> {
  const now = app.now();
  const settings = await findExceptionSettings(tx, wish.instanceId);
  const refusal = refusalOf(wish, settings, now);
  if (refusal) return { is: "refused", ...refusal };
  await lockForException(tx, wish);
  const same = await findSameException(tx, wish);
  if (same && (same.until === undefined || same.until > now)) return { is: "there", exception: same };
  const { until: _asked, comment, ...rest } = wish;
  const until = untilOf(wish, settings, now);
  const state = needsApproval(wish, settings) ? "pending" : "active";
  // People write what they revoked.
  const given = {
    ...rest,
    comment: maskWords(comment),
    ...(until && { until }),
    madeAt: now,
    state: { is: state },
  } as const;
  const exception = await insertException(tx, given);
  if (state === "active") await tellCovered(app, tx, wish.instanceId, await coverWith(tx, exception, now));
  else await tellPending(tx, exception, now);
  await writeAudit(tx, exception, state === "active" ? "exception-made" : "exception-asked-for", wish.author, now);
  return { is: "made", exception };
}

/** Why an instance does not take it. */
export function refusalOf(
  { anchor, about: { rule }, reason, repositoryId, until }: Omit<ExceptionWish, "author">,
  settings: ExceptionSettings,
  now: Date,
): Omit<ExceptionOutcome & { readonly is: "refused" }, "is"> | undefined {
  const isSecret = rule.startsWith("secrets/");
  if (reason === "rotated" && !isSecret) return { field: "reason", why: "is for secrets only" };
  if (until && until <= now) return { field: "until", why: "must be in the future" };
  const last = lastDay(settings, now);
  if (until && last && until > last) {
    const why = `must be at most ${settings.longestDays} days ahead, so not after ${last.toISOString().slice(0, 10)}`;
    return { field: "until", why };
  }
  if (!repositoryId && anchor.is !== "advisory" && !(anchor.is === "finding" && isSecret)) {
    const why = "can hold in all repositories only if it is a secret, or an advisory against a package";
    return { field: "anchor", why };
  }
  return undefined;
}

/** The end of the last day on which an exception of today may end. */
function lastDay({ expiryRequired, longestDays }: ExceptionSettings, now: Date): Date | undefined {
  if (!expiryRequired) return undefined;
  return new Date((Math.floor(now.getTime() / day) + longestDays + 1) * day);
}

/** A secret that was rotated is worth nothing for good: that needs no end. Everything else gets the longest time there is. */
function untilOf({ until, reason }: ExceptionWish, settings: ExceptionSettings, now: Date): Date | undefined {
  if (until || !settings.expiryRequired || reason === "rotated") return until;
  return new Date(now.getTime() + settings.longestDays * day);
}

function needsApproval({ about: { severity } }: ExceptionWish, { approvalFrom }: ExceptionSettings): boolean {
  return approvalFrom !== undefined && compareSeverity(severity, approvalFrom) <= 0;
}

async function tellPending(tx: Db, exception: Exception, at: Date): Promise<void> {
  const { id, reason, comment, until, author, instanceId } = exception;
  const data = { reason, until, comment, exception: id };
  const issues = (await issuesOfAnchor(tx, exception)).map((issue) => ({ id: issue, data }));
  await insertIssueEvents(tx, issues, { instanceId, at, kind: "exception-asked", actor: author });
}

export async function writeAudit(
  tx: Db,
  exception: Exception,
  action: AuditAction,
  actor: string,
  at: Date,
): Promise<void> {
  const { id, instanceId, repositoryId, about, anchor, reason, comment, until, source, saidAt } = exception;
  await insertAuditEvent(tx, {
    ...{ actor, action, instanceId, at, subject: `${about.rule}: ${about.message}` },
    data: { exception: id, repositoryId, anchor, reason, comment, until, source, saidAt },
  });
}
