/**
 * Secrets that say themselves until when they are valid are not live once that is over, and nobody has to be asked. A scan
 * has no clock and its results are kept: so it is judged where findings are recorded, and daily for those of before.
 */
import { expiredAnswer } from "#model/expired.ts";
import type { Finding } from "#model/finding.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Db } from "#store/database.ts";
import { scoreSecretAgain } from "#store/issues/urgency-scores.ts";
import {
  type ExpiringSecret,
  listExpiredSecrets,
  pullRequestsWithSecret,
  saveOwnEnd,
} from "#store/secrets/secret-checks.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askForFeedback } from "../jobs/ask.ts";
import { scoreBranch } from "../urgency/score-issues.ts";

type Judging = Pick<App, "db" | "jobs" | "now">;

export async function judgeExpired(app: Judging): Promise<void> {
  for (const one of await listExpiredSecrets(app.db, app.now())) {
    await inTransaction(app.db, async (tx) => judge(app, tx, one));
  }
}

/** What a scan found, in the transaction that records it. */
export async function judgeExpiredOf(
  app: Judging,
  tx: Db,
  { instanceId, findings }: { readonly instanceId: InstanceId; readonly findings: readonly Finding[] },
): Promise<void> {
  for (const { fingerprint, expires } of findings) {
    if (expires !== undefined) await judge(app, tx, { instanceId, fingerprint, expires });
  }
}

async function judge(app: Judging, tx: Db, { instanceId, fingerprint, expires }: ExpiringSecret): Promise<void> {
  const at = app.now();
  const answer = expiredAnswer({ expires }, at);
  if (!answer) return;
  const { verdict, reason } = answer;
  if (!(await saveOwnEnd(tx, { instanceId, fingerprint, verdict, reason, at }))) return;
  for (const branch of await scoreSecretAgain(tx, { instanceId, fingerprint })) {
    await scoreBranch(tx, branch, { at, changed: { is: "nothing" } });
  }
  for (const one of await pullRequestsWithSecret(tx, instanceId, fingerprint)) {
    await askForFeedback(app, tx, { ...one, instanceId });
  }
}
