/** Makes and takes away the branch policy of one gate. What is ours is found again before it is made; policies of others are never touched. */
import {
  type BranchPolicy,
  createStatusPolicy,
  deletePolicy,
  type NewStatusPolicy,
  updateStatusPolicy,
} from "#azure-devops/policy-configurations.ts";
import { folderOf } from "#model/gate.ts";
import { getInstance } from "#store/instances/instances.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { forgetPostedStatuses, type GateRow, saveGate } from "#store/pull-requests/gates.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { credentialWords } from "../credentials/credential-words.ts";
import { statusContext } from "../give-feedback/pull-request-status.ts";
import { askForFeedback } from "../jobs/ask.ts";
import { remoteAnswer } from "../remote-answer.ts";
import type { GateContext } from "./gate-context.ts";
import { isOurStatus } from "./gate-flaws.ts";

/** The policies of the project as they are afterwards. */
export async function installGate(
  app: App,
  context: GateContext,
  gate: GateRow,
  policies: readonly BranchPolicy[],
): Promise<readonly BranchPolicy[]> {
  const { client, authorId } = context;
  const wanted = policyOf(gate, authorId);
  const alike = policies.filter((policy) => policy.id === gate.remoteId || isAlike(policy, wanted));
  const [kept, ...doubles] = alike.toSorted((one, other) => rank(gate, one) - rank(gate, other));
  const made =
    kept === undefined
      ? await createStatusPolicy(client, gate.projectId, wanted)
      : isAsWanted(kept, wanted)
        ? kept
        : await updateStatusPolicy(client, gate.projectId, kept.id, wanted);
  await saveGate(app.db, gate, { remoteId: made.id, authorId, toInstall: false });
  for (const double of doubles) await removePolicy(context, gate, double.id);
  if (await isBeingDeleted(app, gate)) await removePolicy(context, gate, made.id);
  if (made !== kept) await noteGate(app, context, gate, kept === undefined ? "gate-installed" : "gate-repaired");
  if (gate.authorId !== undefined && gate.authorId !== authorId) await oweStatuses(app, gate);
  return [...policies.filter((policy) => !alike.includes(policy)), made];
}

/** False if Azure DevOps does not let it be removed. */
export async function removeGate(app: App, context: GateContext, gate: GateRow, remoteId: number): Promise<boolean> {
  if (!(await removePolicy(context, gate, remoteId))) return false;
  // What people still want comes back when what stands in its way is gone.
  await saveGate(app.db, gate, { remoteId: null, toInstall: gate.wanted, evaluation: null });
  await noteGate(app, context, gate, "gate-removed");
  return true;
}

export async function removePolicy(
  { client }: Pick<GateContext, "client">,
  { projectId }: Pick<GateRow, "projectId">,
  id: number,
): Promise<boolean> {
  const answer = await remoteAnswer(() => deletePolicy(client, projectId, id));
  if (answer.is === "answer" || answer.error.code === "not-found") return true;
  if (answer.error.code !== "forbidden" && answer.error.code !== "refused") throw answer.error;
  return false;
}

function policyOf({ repositoryId, ref }: GateRow, authorId: string): NewStatusPolicy {
  const folder = folderOf(ref);
  return {
    scope: { repositoryId, refName: folder ?? ref, match: folder === undefined ? "exact" : "prefix" },
    status: {
      statusName: statusContext.name,
      statusGenre: statusContext.genre,
      authorId,
      invalidateOnSourceUpdate: true,
      displayName: "Sallyport: security",
    },
  };
}

/** It asks for our status on exactly these branches. */
function isAlike({ status, scopes }: BranchPolicy, { scope }: NewStatusPolicy): boolean {
  const [only, ...others] = scopes;
  if (!status || !isOurStatus(status) || !only || others.length > 0) return false;
  const plain = (name = "") => name.replace(/\/$/, "");
  return (
    only.match === scope.match &&
    only.repositoryId === scope.repositoryId?.toLowerCase() &&
    plain(only.refName) === plain(scope.refName)
  );
}

function rank({ remoteId }: GateRow, { id }: BranchPolicy): number {
  return id === remoteId ? -1 : id;
}

function isAsWanted(policy: BranchPolicy, wanted: NewStatusPolicy): boolean {
  const { status } = policy;
  return (
    policy.isEnabled &&
    policy.isBlocking &&
    isAlike(policy, wanted) &&
    status?.authorId === wanted.status.authorId?.toLowerCase() &&
    status?.invalidateOnSourceUpdate === true &&
    !status.isConditional &&
    status.filenamePatterns.length === 0
  );
}

/** Whoever deletes the instance may have looked already: then nobody would ever remove this one. */
async function isBeingDeleted({ db }: App, { instanceId }: GateRow): Promise<boolean> {
  const instance = await getInstance(db, instanceId);
  return !instance || (instance.state === "disabled" && !instance.pausedAt);
}

/** Green ones of the account before would never count, and pull requests would wait for ever. */
async function oweStatuses(app: App, { repositoryId, instanceId }: GateRow): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    for (const number of await forgetPostedStatuses(tx, repositoryId)) {
      await askForFeedback(app, tx, { repositoryId, instanceId, number });
    }
  });
}

async function noteGate(
  app: App,
  { client }: GateContext,
  gate: GateRow,
  action: "gate-installed" | "gate-repaired" | "gate-removed",
): Promise<void> {
  await insertAuditEvent(app.db, {
    actor: "Sallyport",
    action,
    subject: `${gate.projectName}/${gate.repositoryName} ${gate.ref.replace(/^refs\/heads\//, "")}`,
    instanceId: gate.instanceId,
    data: { as: credentialWords(client.actsAs) },
    at: app.now(),
  });
}
