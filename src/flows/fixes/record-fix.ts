/** Writes down how far a fix is, and tells open consoles. */
import { type Fix, type FixState, isLiveFix } from "#model/fix.ts";
import type { Db } from "#store/database.ts";
import { changeFix, type FixChange, listLiveFixes, lockFixState } from "#store/fixes/fixes.ts";
import { notifyLive } from "#store/live.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askToMakeFix } from "../jobs/ask.ts";

/** False if it is over meanwhile, as where a person abandoned it: then it stays over. */
export async function recordFix(app: Pick<App, "db" | "now">, fix: Fix, change: FixChange): Promise<boolean> {
  return inTransaction(app.db, async (tx) => {
    const isLive = await isUnderWay(tx, fix);
    if (isLive) await record(app, tx, fix, change);
    return isLive;
  });
}

/** For the rest of the transaction. */
export async function isUnderWay(tx: Db, { id }: Pick<Fix, "id">): Promise<boolean> {
  const state = await lockFixState(tx, id);
  return state !== undefined && isLiveFix(state);
}

/**
 * It is over, and its place is free: those that wait are asked for. `hasClosed`: whoever ends it has closed its pull request, which
 * somebody else may have seen meanwhile.
 */
export async function endFix(
  app: Pick<App, "db" | "jobs" | "now">,
  fix: Fix,
  change: FixChange & { readonly state: FixState; readonly reason: string },
  { hasClosed = false }: { readonly hasClosed?: boolean } = {},
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const state = await lockFixState(tx, fix.id);
    const isLive = state !== undefined && isLiveFix(state);
    // Who ended it first said why; only that it was merged after all is news.
    if (!isLive && change.state !== "merged" && !(hasClosed && state === "closed-by-people")) return;
    await record(app, tx, fix, change);
    for (const other of await listLiveFixes(tx, fix.repositoryId)) {
      if (other.state === "planned" && other.id !== fix.id) await askToMakeFix(app, tx, other);
    }
  });
}

/** Where a pull request is open already, what it has stays as it is. */
export async function refuseFix(app: Pick<App, "db" | "jobs" | "now">, fix: Fix, reason: string): Promise<void> {
  if (fix.pullRequest === undefined) return endFix(app, fix, { state: "refused", reason });
  await recordFix(app, fix, { state: "open", reason: `It could not be brought up to date: ${reason}` });
}

async function record({ now }: Pick<App, "now">, tx: Db, fix: Fix, change: FixChange): Promise<void> {
  const { id, instanceId, repositoryId } = fix;
  await changeFix(tx, id, change, now());
  await notifyLive(tx, { is: "issues-changed", instanceId, repositoryId });
}
