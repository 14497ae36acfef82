/**
 * Asks providers whether they take secrets of an instance: those that its administrators allowed, one request for each
 * secret, its value read anew and never kept. What is stored is the verdict, its reason and when.
 */
import type { InstanceId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import { findLiveProvider } from "#scan/secrets/live/find-live-check.ts";
import { getInstance } from "#store/instances/instances.ts";
import { scoreSecretAgain } from "#store/issues/urgency-scores.ts";
import { notifyLive } from "#store/live.ts";
import { isLiveCheckEnabled, listLiveCheckSettings } from "#store/secrets/live-check-settings.ts";
import {
  findSecretChecks,
  listDueSecrets,
  pullRequestsWithSecret,
  saveSecretCheck,
} from "#store/secrets/secret-checks.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askForFeedback } from "../jobs/ask.ts";
import type { JobData } from "../jobs/queues.ts";
import { scoreBranch } from "../urgency/score-issues.ts";
import { readSecret } from "./read-secret.ts";

/** What was live, or got no answer, is asked about again after nearly a day, so that the daily look finds it due. */
const day = 23 * 60 * 60_000;

export async function checkSecrets(app: App, job: JobData["check-secrets"], signal: AbortSignal): Promise<void> {
  const { instance, fingerprint } = job;
  const state = (await getInstance(app.db, instance))?.state;
  if (state === undefined || state === "disabled") return;
  const due = fingerprint === undefined ? await dueSecrets(app, instance) : [fingerprint];
  let refusal: RemoteError | undefined;
  for (const one of due) {
    signal.throwIfAborted();
    try {
      await checkSecret(app, { instance, fingerprint: one, isAwaited: fingerprint !== undefined }, signal);
    } catch (error) {
      // A repository that cannot be read now is no reason to leave the others' secrets alone.
      if (!(error instanceof RemoteError)) throw error;
      refusal ??= error;
    }
  }
  if (refusal) throw refusal;
}

async function dueSecrets(app: App, instance: InstanceId): Promise<readonly string[]> {
  const settings = await listLiveCheckSettings(app.db, instance);
  const providers = settings.flatMap(({ provider }) => findLiveProvider(provider) ?? []);
  const rules = providers.flatMap(({ checks }) => checks.flatMap((check) => check.rules));
  if (rules.length === 0) return [];
  return listDueSecrets(app.db, instance, { rules, before: new Date(app.now().getTime() - day) });
}

async function checkSecret(
  app: App,
  about: { readonly instance: InstanceId; readonly fingerprint: string; readonly isAwaited: boolean },
  signal: AbortSignal,
): Promise<void> {
  const secret = await readSecret(app, about);
  const { instance: instanceId, fingerprint } = about;
  if (!secret) {
    const reason =
      "it could not be read again where it was found, or no provider can be asked about it; nothing was sent";
    await inTransaction(app.db, async (tx) => {
      await saveSecretCheck(tx, { instanceId, fingerprint, verdict: "unknown", reason, at: app.now() });
      await scoreSecretAgain(tx, { instanceId, fingerprint });
    });
    return;
  }
  // Somebody may have switched it off since the job began.
  if (!(await isLiveCheckEnabled(app.db, instanceId, secret.provider.id))) return;
  const { verdict, reason, isPutOff, isPassing = false } = await app.liveAsker.ask(secret, signal);
  if (isPutOff) return;
  // Trouble on the way makes no secret less live; who waits before the screen is told of it.
  if (isPassing && !about.isAwaited && (await isLive(app, about))) return;
  const { repositoryId } = secret.version;
  await inTransaction(app.db, async (tx) => {
    const at = app.now();
    await saveSecretCheck(tx, { instanceId, fingerprint, verdict, reason, at, isAskedAgain: isPassing });
    const branches = await scoreSecretAgain(tx, { instanceId, fingerprint });
    for (const branch of branches) await scoreBranch(tx, branch, { at, changed: { is: "nothing" } });
    for (const one of await pullRequestsWithSecret(tx, instanceId, fingerprint)) {
      await askForFeedback(app, tx, { ...one, instanceId });
    }
    await notifyLive(tx, { is: "issues-changed", instanceId, repositoryId });
  });
  app.log.info({ instanceId, provider: secret.provider.id, verdict, reason }, "provider asked about a secret");
}

async function isLive(
  app: Pick<App, "db">,
  { instance, fingerprint }: { readonly instance: InstanceId; readonly fingerprint: string },
): Promise<boolean> {
  const known = await findSecretChecks(app.db, instance, [fingerprint]);
  return known.get(fingerprint)?.verdict === "live";
}
