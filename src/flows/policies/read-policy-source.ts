/**
 * Policies as code: reads them anew from the branch that people chose. What does not read is said where the policies are
 * shown, and those of before stay in force.
 */
import type { RepositoryId } from "#model/ids.ts";
import type { Db } from "#store/database.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import {
  deletePolicySource,
  getPolicySource,
  listPolicySources,
  type PolicySourceRow,
  savePolicySource,
  setPoliciesRead,
} from "#store/policies/policy-sources.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askToReadPolicies } from "../jobs/ask.ts";
import type { JobData } from "../jobs/queues.ts";
import { fetchMirror } from "../repositories/fetch-mirror.ts";
import { judgeOpenPullRequests, type PolicyChange } from "./change-policies.ts";
import { policiesInForce } from "./policies-in-force.ts";
import { type ReadPolicyFiles, readPolicyFiles } from "./read-policy-files.ts";

/** Somebody pushed to a repository: to whatever branch, for policies may stand on any. */
export async function askForPoliciesOf(app: Pick<App, "jobs">, tx: Db, repositoryId: RepositoryId): Promise<void> {
  for (const { instanceId } of await listPolicySources(tx, repositoryId)) {
    await askToReadPolicies(app, tx, { instance: instanceId, repository: repositoryId });
  }
}

export async function choosePolicySource(
  app: Pick<App, "db" | "jobs" | "now">,
  change: PolicyChange,
  { repositoryId, ref, folder }: Pick<PolicySourceRow, "repositoryId" | "ref" | "folder">,
): Promise<void> {
  const { instanceId, instanceName: subject, by } = change;
  const at = app.now();
  await inTransaction(app.db, async (tx) => {
    await savePolicySource(tx, { instanceId, repositoryId, ref, folder, changedBy: by, changedAt: at });
    const data = { repositoryId, ref, folder };
    await insertAuditEvent(tx, { actor: by, action: "policies-read-from-a-repository", subject, instanceId, at, data });
    await askToReadPolicies(app, tx, { instance: instanceId, repository: repositoryId });
  });
}

/** The console's own are in force again. False if they were all the time. */
export async function leavePolicySource(
  app: Pick<App, "db" | "jobs" | "now">,
  { instanceId, instanceName: subject, by }: PolicyChange,
): Promise<boolean> {
  return inTransaction(app.db, async (tx) => {
    if (!(await deletePolicySource(tx, instanceId))) return false;
    await insertAuditEvent(tx, {
      ...{ actor: by, action: "policies-kept-in-the-console", subject, instanceId, at: app.now() },
    });
    await judgeOpenPullRequests(app, tx, instanceId);
    return true;
  });
}

export async function readPolicySource(app: App, job: JobData["read-policies"], signal: AbortSignal): Promise<void> {
  const source = await getPolicySource(app.db, job.instance);
  const repository = source && (await getRepository(app.db, source.repositoryId));
  if (!source || !repository || repository.goneAt || repository.isDisabled) return;
  const mirror = await fetchMirror(app, repository, { signal });
  try {
    const commit = await mirror.resolve(source.ref);
    if (commit === source.readCommit && commit !== undefined) return;
    const read: ReadPolicyFiles = commit
      ? await readPolicyFiles(mirror, commit, source.folder)
      : {
          policies: [],
          problems: [{ path: source.folder, message: `There is no ${source.ref} in ${repository.name}.` }],
        };
    await inTransaction(app.db, (tx) => take(app, tx, source, { commit: commit ?? "", read }));
  } finally {
    mirror.release();
  }
}

async function take(
  app: App,
  tx: Db,
  source: PolicySourceRow,
  { commit, read }: { readonly commit: string; readonly read: ReadPolicyFiles },
): Promise<void> {
  const { instanceId } = source;
  const { policies, problems } = read;
  const before = await policiesInForce(tx, instanceId);
  const isGood = problems.length === 0;
  const said = { commit, at: app.now(), problems, ...(isGood && { policies }) };
  // Whoever chose another place has asked for that to be read.
  if (!(await setPoliciesRead(tx, source, said))) return;
  const after = await policiesInForce(tx, instanceId);
  if (after.version === before.version) return;
  await insertAuditEvent(tx, {
    ...{ actor: "Sallyport", action: "policies-read", instanceId, at: app.now() },
    subject: `${policies.length} policies of ${commit.slice(0, 12)}`,
    data: { commit, before: before.version, after: after.version },
  });
  await judgeOpenPullRequests(app, tx, instanceId);
}
