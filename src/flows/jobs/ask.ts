/** How work is asked for: one function per queue, with its key and its tenant, so that no two callers name a job differently. */
import type { Fix } from "#model/fix.ts";
import type { CredentialId, InstanceId, OrganizationId, RepositoryId } from "#model/ids.ts";
import type { Because } from "#model/scan.ts";
import type { Webhook } from "#model/webhook.ts";
import type { Db } from "#store/database.ts";
import type { Branch } from "#store/issues/occurrences.ts";
import type { App } from "../app.ts";
import type { JobData } from "./queues.ts";

type Asker = Pick<App, "jobs">;

export async function askForRepositoryScan(
  app: Asker,
  tx: Db,
  repository: { readonly id: RepositoryId; readonly instanceId: InstanceId },
  because: Because,
): Promise<void> {
  await askForRepositoryScans(app, tx, [repository], because);
}

/** In one go: thousands, when an organization is connected. */
export async function askForRepositoryScans(
  app: Asker,
  tx: Db,
  repositories: readonly { readonly id: RepositoryId; readonly instanceId: InstanceId }[],
  because: Because,
): Promise<void> {
  // Somebody pushed just now, or waits before the screen: that goes before whatever is caught up with.
  const priority = because.is === "hook" || because.is === "person" ? 1 : 0;
  const jobs = repositories.map(({ id, instanceId }) => {
    const data: JobData["scan-repository"] = { repository: id, because };
    return { data, key: id, group: instanceId, priority, adds: isAwaited(because) };
  });
  await app.jobs.enqueueMany(tx, "scan-repository", jobs);
}

export async function askForPullRequestScan(
  app: Asker,
  tx: Db,
  pullRequest: { readonly repositoryId: RepositoryId; readonly instanceId: InstanceId; readonly number: number },
  because: Because,
): Promise<void> {
  const { repositoryId, instanceId, number } = pullRequest;
  await app.jobs.enqueue(
    tx,
    "scan-pull-request",
    { repository: repositoryId, number, because },
    { key: `${repositoryId}/${number}`, group: instanceId, priority: 1, adds: isAwaited(because) },
  );
}

/** A person wants to have it looked at once more, also where nothing changed: one that waits already must not forget that. */
function isAwaited({ is }: Because): boolean {
  return is === "person";
}

export async function askForFeedback(
  app: Asker,
  tx: Db,
  pullRequest: { readonly repositoryId: RepositoryId; readonly instanceId: InstanceId; readonly number: number },
): Promise<void> {
  const { repositoryId, instanceId, number } = pullRequest;
  await app.jobs.enqueue(
    tx,
    "give-feedback",
    { repository: repositoryId, number },
    { key: `${repositoryId}/${number}`, group: instanceId },
  );
}

export async function askForSync(
  app: Asker,
  tx: Db,
  organization: { readonly id: OrganizationId; readonly instanceId: InstanceId },
  options: { readonly lookedSince?: Date } = {},
): Promise<void> {
  const { id, instanceId } = organization;
  const since = options.lookedSince && { lookedSince: options.lookedSince.toISOString() };
  // One that waits already must not forget how far back to look.
  const job = { key: id, group: instanceId, adds: since !== undefined };
  await app.jobs.enqueue(tx, "sync-organization", { organization: id, ...since }, job);
}

/** With every sync; thoroughly when somebody asks for it. One that waits already then becomes thorough. */
export async function askToKeepGates(
  app: Asker,
  tx: Db,
  organization: { readonly id: OrganizationId; readonly instanceId: InstanceId },
  { isThorough = false }: { readonly isThorough?: boolean } = {},
): Promise<void> {
  const { id, instanceId } = organization;
  const job = { key: id, group: instanceId, adds: isThorough };
  await app.jobs.enqueue(tx, "keep-gates", { organization: id, ...(isThorough && { isThorough }) }, job);
}

/** Only looks for what is new; a sync does that too, and more. */
export async function askToCatchUp(
  app: Asker,
  tx: Db,
  organization: { readonly id: OrganizationId; readonly instanceId: InstanceId },
): Promise<void> {
  const { id, instanceId } = organization;
  await app.jobs.enqueue(tx, "catch-up", { organization: id }, { key: id, group: instanceId });
}

export async function askForCommitScan(
  app: Asker,
  tx: Db,
  about: JobData["scan-commit"] & { readonly instanceId: InstanceId },
): Promise<void> {
  const { instanceId, ...job } = about;
  await app.jobs.enqueue(tx, "scan-commit", job, { key: `${job.repository}/${job.commit}`, group: instanceId });
}

export async function askForValidation(app: Asker, tx: Db, job: JobData["validate-hooks"]): Promise<void> {
  await app.jobs.enqueue(tx, "validate-hooks", job, { key: job.instance, group: job.instance });
}

/** Looks whether it still works, and what it may do. */
export async function askForCredentialCheck(
  app: Asker,
  tx: Db,
  credential: { readonly id: CredentialId; readonly instanceId: InstanceId },
): Promise<void> {
  const { id, instanceId } = credential;
  await app.jobs.enqueue(tx, "check-credential", { credential: id }, { key: id, group: instanceId });
}

export async function askToForgetInstance(app: Asker, tx: Db, job: JobData["forget-instance"]): Promise<void> {
  await app.jobs.enqueue(tx, "forget-instance", job, { key: job.instance, group: job.instance });
}

export async function askToApplyRuleSetting(app: Asker, tx: Db, job: JobData["apply-rule-setting"]): Promise<void> {
  const { instance, rule } = job;
  await app.jobs.enqueue(tx, "apply-rule-setting", job, { key: `${instance}/${rule}`, group: instance, priority: 1 });
}

/** Somebody wrote a command there, or may have: all comments that nobody answered yet are read. */
export async function askToObeyComment(
  app: Asker,
  tx: Db,
  pullRequest: { readonly repositoryId: RepositoryId; readonly instanceId: InstanceId; readonly number: number },
): Promise<void> {
  const { repositoryId, instanceId, number } = pullRequest;
  const job: JobData["obey-comment"] = { repository: repositoryId, number };
  const how = { key: `${repositoryId}/${number}`, group: instanceId, priority: 1 };
  await app.jobs.enqueue(tx, "obey-comment", job, how);
}

/** Behind everything that somebody waits for. */
export async function askToJudge(app: Asker, tx: Db, { instanceId, repositoryId, branch }: Branch): Promise<void> {
  const job = { instance: instanceId, repository: repositoryId, branch };
  await app.jobs.enqueue(tx, "judge-packages", job, { key: `${repositoryId}/${branch}`, group: instanceId });
}

export async function askForFacts(
  app: Asker & Pick<App, "factsSources">,
  tx: Db,
  { instanceId, repositoryId, branch }: Branch,
): Promise<void> {
  if (!app.factsSources) return;
  const job = { instance: instanceId, repository: repositoryId, branch };
  await app.jobs.enqueue(tx, "gather-facts", job, { key: `${repositoryId}/${branch}`, group: instanceId });
}

/** Behind the scan of what the branch holds now. */
export async function askForHistoryScan(
  app: Asker,
  tx: Db,
  { id, instanceId }: { readonly id: RepositoryId; readonly instanceId: InstanceId },
): Promise<void> {
  await app.jobs.enqueue(tx, "scan-history", { repository: id }, { key: id, group: instanceId });
}

/** After a push to another branch than the one that is scanned: nobody has fetched it. */
export async function askForPushedHistory(
  app: Asker,
  tx: Db,
  { id, instanceId }: { readonly id: RepositoryId; readonly instanceId: InstanceId },
): Promise<void> {
  const job: JobData["scan-history"] = { repository: id, pushed: true };
  await app.jobs.enqueue(tx, "scan-history", job, { key: `${id}/pushed`, group: instanceId });
}

/** About all that are due, behind everything else; about one, because somebody waits before the screen. */
export async function askToCheckSecrets(app: Asker, tx: Db, job: JobData["check-secrets"]): Promise<void> {
  const { instance, fingerprint } = job;
  const key = fingerprint === undefined ? instance : `${instance}/${fingerprint}`;
  await app.jobs.enqueue(tx, "check-secrets", job, {
    ...{ key, group: instance },
    ...(fingerprint !== undefined && { priority: 1 }),
  });
}

export async function askToJudgeUnfinished(
  app: Asker,
  tx: Db,
  pullRequest: { readonly repositoryId: RepositoryId; readonly instanceId: InstanceId; readonly number: number },
): Promise<void> {
  const { repositoryId, instanceId, number } = pullRequest;
  const job: JobData["judge-unfinished"] = { repository: repositoryId, number };
  await app.jobs.enqueue(tx, "judge-unfinished", job, { key: `${repositoryId}/${number}`, group: instanceId });
}

/** Behind the scan that changed the issues. */
export async function askToApplyPolicies(
  app: Asker,
  tx: Db,
  { instanceId, repositoryId, branch }: Branch,
  trigger: JobData["apply-policies"]["trigger"],
): Promise<void> {
  const job: JobData["apply-policies"] = { repository: repositoryId, branch, trigger };
  await app.jobs.enqueue(tx, "apply-policies", job, { key: `${repositoryId}/${branch}/${trigger}`, group: instanceId });
}

export async function askToReadPolicies(app: Asker, tx: Db, job: JobData["read-policies"]): Promise<void> {
  await app.jobs.enqueue(tx, "read-policies", job, { key: job.instance, group: job.instance });
}

/** Makes it, or looks what became of it. What people ask for is asked for in `fixes/ask-for-fix.ts`. */
export async function askToMakeFix(
  app: Asker,
  tx: Db,
  fix: Pick<Fix, "id" | "repositoryId" | "instanceId">,
): Promise<void> {
  await askToMakeFixes(app, tx, [fix]);
}

export async function askToMakeFixes(
  app: Asker,
  tx: Db,
  fixes: readonly Pick<Fix, "id" | "repositoryId" | "instanceId">[],
): Promise<void> {
  const jobs = fixes.map(({ id, repositoryId, instanceId }) => {
    const data: JobData["make-fix"] = { repository: repositoryId, fix: id };
    return { data, key: id, group: instanceId };
  });
  await app.jobs.enqueueMany(tx, "make-fix", jobs);
}

export async function askToSyncWorkItems(
  app: Asker,
  tx: Db,
  { id, instanceId }: { readonly id: OrganizationId; readonly instanceId: InstanceId },
): Promise<void> {
  await app.jobs.enqueue(tx, "sync-work-items", { organization: id }, { key: id, group: instanceId });
}

/** One job for each address: who does not answer keeps nobody else waiting. */
export async function askToDeliver(
  app: Asker,
  tx: Db,
  { id, instanceId }: Pick<Webhook, "id" | "instanceId">,
): Promise<void> {
  await app.jobs.enqueue(tx, "deliver-webhook", { webhook: id }, { key: id, group: instanceId });
}

/** Behind everything else, unless a person waits for it. */
export async function askToJudgePosture(
  app: Asker,
  tx: Db,
  { id, instanceId }: { readonly id: OrganizationId; readonly instanceId: InstanceId },
  { isAwaited = false }: { readonly isAwaited?: boolean } = {},
): Promise<void> {
  const job = { key: id, group: instanceId, ...(isAwaited && { priority: 1 }) };
  await app.jobs.enqueue(tx, "judge-posture", { organization: id }, job);
}

export async function askToJudgeRun(
  app: Asker,
  tx: Db,
  { instanceId, ...job }: JobData["judge-run"] & { readonly instanceId: InstanceId },
): Promise<void> {
  await app.jobs.enqueue(tx, "judge-run", job, { key: `${job.organization}/${job.build}`, group: instanceId });
}

export async function askToScoreIssues(app: Asker, tx: Db): Promise<void> {
  await app.jobs.enqueue(tx, "score-issues", {}, { key: "score-issues" });
}

export async function askForMaintenance(app: Asker, tx: Db): Promise<void> {
  await app.jobs.enqueue(tx, "maintenance", {}, { key: "maintenance" });
}
