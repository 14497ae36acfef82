/**
 * Brings the gates of an organization to what people want of them, and proves every watched branch: whether a red scan
 * blocks there, and who may pass it by. What people change in Azure DevOps is reported, not undone, until somebody installs
 * the gate again. Costs one call per project and sync; who may bypass is read every six hours where there is a gate, and
 * what Azure DevOps says of an open pull request once a day for each gate, at most twenty in one go.
 */
import { listEvaluations, listPolicies, listPoliciesOfBranch } from "#azure-devops/policy-configurations.ts";
import { folderOf, type GateEvaluation, type GateFlaw } from "#model/gate.ts";
import type { RemoteError } from "#model/remote-error.ts";
import { getInstance } from "#store/instances/instances.ts";
import { getOrganization } from "#store/instances/organizations.ts";
import {
  type GateChange,
  type GateRow,
  isStillAsked,
  listGatesOfOrganization,
  noteWatchedBranches,
  openPullRequestInto,
  saveGate,
} from "#store/pull-requests/gates.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { inLanes } from "../in-lanes.ts";
import { refreshReasons } from "../instances/instance-reasons.ts";
import { openOrganization } from "../instances/open-organization.ts";
import type { JobData } from "../jobs/queues.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { type GateContext, openBypassReaders } from "./gate-context.ts";
import { flaw } from "./gate-flaws.ts";
import { installGate, removeGate } from "./install-gate.ts";
import { type GateProof, proveGate } from "./prove-gate.ts";

const callsAtOnce = 2;
const bypassersAge = 6 * 60 * 60_000;
const evaluationAge = 24 * 60 * 60_000;
const mostEvaluations = 20;

export async function keepGates(app: App, job: JobData["keep-gates"], signal: AbortSignal): Promise<void> {
  const organization = await getOrganization(app.db, job.organization);
  const instance = organization && (await getInstance(app.db, organization.instanceId));
  if (!organization || !instance || instance.state === "disabled") return;
  await noteWatchedBranches(app.db, organization.id);
  const gates = await listGatesOfOrganization(app.db, organization.id);
  const isIdle = !instance.features.status && gates.every(({ remoteId }) => remoteId === undefined);
  if (isIdle) {
    for (const gate of gates) await settle(app, gate, { state: "ineffective", flaws: [statusOff] });
  } else {
    const client = await openOrganization(app, organization.id, "sync");
    const context: GateContext = {
      ...{ client, organization, instance, signal, authorId: client.actsAs.accountId },
      isThorough: job.isThorough === true,
      readers: openBypassReaders(client),
    };
    const budget = { evaluations: mostEvaluations };
    const projects = [...Map.groupBy(gates, ({ projectId }) => projectId).values()];
    await inLanes(projects, callsAtOnce, (ofProject) => keepProject(app, context, ofProject, budget));
  }
  await inTransaction(app.db, (tx) => refreshReasons(app, tx, instance.id));
}

interface Budget {
  evaluations: number;
}

async function keepProject(app: App, context: GateContext, gates: readonly GateRow[], budget: Budget): Promise<void> {
  context.signal.throwIfAborted();
  const [{ projectId, projectName }] = gates as readonly [GateRow, ...GateRow[]];
  const answer = await remoteAnswer(() => listPolicies(context.client, projectId));
  if (answer.is === "no") {
    const { code, message } = answer.error;
    if (code !== "forbidden" && code !== "not-found") throw answer.error;
    const said = `The branch policies of ${projectName} cannot be read. Azure DevOps says: ${message}`;
    for (const gate of gates) await settle(app, gate, { state: "unread", flaws: [flaw("unread", said)] });
    return;
  }
  let policies = answer.value;
  for (const gate of gates) {
    context.signal.throwIfAborted();
    policies = await keepGate(app, context, gate, policies, budget);
  }
}

async function keepGate(
  app: App,
  context: GateContext,
  gate: GateRow,
  policies: Awaited<ReturnType<typeof listPolicies>>,
  budget: Budget,
): Promise<Awaited<ReturnType<typeof listPolicies>>> {
  const obstacle = obstacleOf(context, gate);
  const current = policies.find(({ id }) => id === gate.remoteId);
  if (gate.remoteId !== undefined && (!gate.wanted || obstacle)) {
    if (current && !(await removeGate(app, context, gate, gate.remoteId))) {
      await settle(app, gate, { state: "refused", flaws: [refusedWords(gate, "be removed")] });
      return policies;
    }
    if (!current) await saveGate(app.db, gate, { remoteId: null, toInstall: gate.wanted && obstacle !== undefined });
    const left = policies.filter(({ id }) => id !== gate.remoteId);
    await prove(app, context, { ...withoutRemote(gate), toInstall: gate.wanted }, { policies: left, budget, obstacle });
    return left;
  }
  const isDue = gate.wanted && !obstacle && (gate.toInstall || isOfFormerAccount(context, gate, current));
  if (!isDue) {
    await prove(app, context, gate, { policies, budget, obstacle });
    return policies;
  }
  const answer = await remoteAnswer(() => installGate(app, context, gate, policies));
  if (answer.is === "no") {
    if (answer.error.code !== "forbidden" && answer.error.code !== "refused") throw answer.error;
    const flaws = [refusedWords(gate, "be made", answer.error)];
    await settle(app, gate, { state: "refused", flaws });
    return policies;
  }
  const made = answer.value.at(-1);
  const installed = { ...gate, toInstall: false, ...(made && { remoteId: made.id }) };
  await prove(app, context, installed, { policies: answer.value, budget, obstacle, isNew: true });
  return answer.value;
}

function withoutRemote({ remoteId: _remoteId, evaluation: _evaluation, ...gate }: GateRow): GateRow {
  return gate;
}

const statusOff = flaw(
  "status-off",
  "Statuses are switched off for this instance, so that no gate can work. Switch them on under Settings of the instance; gates that are wanted come back by themselves.",
);

/** Why no gate may stand here, whatever people want: a status that never comes would keep every pull request open. */
function obstacleOf({ instance }: GateContext, gate: GateRow): GateFlaw | undefined {
  if (!instance.features.status) return statusOff;
  if (gate.isScanned) return undefined;
  return flaw(
    "not-scanned",
    "The repository is not scanned (it is not chosen, disabled, empty or gone), and a gate would wait for ever. It comes back with the repository.",
  );
}

/** Sallyport acts as another account now; the policy would wait for the one before. What people wrote into it is left. */
function isOfFormerAccount(
  { authorId }: GateContext,
  gate: GateRow,
  current: { readonly status?: { readonly authorId?: string } } | undefined,
): boolean {
  if (!current || gate.authorId === undefined || gate.authorId === authorId) return false;
  return current.status?.authorId === gate.authorId.toLowerCase();
}

function refusedWords({ projectName }: GateRow, what: string, error?: RemoteError): GateFlaw {
  const why = error ? ` Azure DevOps says: ${error.message}` : "";
  const remedy = `Give the account that Sallyport acts as the right "Edit policies" (Project settings > Repositories > Security), or add a credential of somebody who has it; it is tried again with every sync.`;
  return flaw("refused", `The branch policy may not ${what} in ${projectName}.${why} ${remedy}`);
}

interface About {
  readonly policies: Awaited<ReturnType<typeof listPolicies>>;
  readonly budget: Budget;
  readonly obstacle: GateFlaw | undefined;
  readonly isNew?: boolean;
}

async function prove(app: App, context: GateContext, gate: GateRow, about: About): Promise<void> {
  const { obstacle, isNew } = about;
  // Of what was just made, Azure DevOps itself says whether it applies to the branch.
  const ofBranch =
    isNew && folderOf(gate.ref) === undefined
      ? await listPoliciesOfBranch(context.client, { ...gate, refName: gate.ref })
      : undefined;
  const facts = { repositoryId: gate.repositoryId, ref: gate.ref, isDefault: gate.isDefault };
  const proof = proveGate(facts, ofBranch ?? about.policies, { authorId: context.authorId, remoteId: gate.remoteId });
  const evaluated = await evaluate(app, context, gate, { ...about, proof });
  const flaws = [...(obstacle ? [obstacle] : []), ...proof.flaws, ...(evaluated?.flaw ? [evaluated.flaw] : [])];
  const bypassers = await readBypassers(app, context, gate, proof);
  await settle(app, gate, {
    state: flaws.length === 0 ? "effective" : "ineffective",
    flaws,
    directPushes: proof.directPushes,
    ...(evaluated?.evaluation && { evaluation: evaluated.evaluation }),
    ...(bypassers && { bypassers, bypassersAt: app.now() }),
  });
}

async function readBypassers(app: App, context: GateContext, gate: GateRow, proof: GateProof) {
  const age = app.now().getTime() - (gate.bypassersAt?.getTime() ?? 0);
  if (!proof.gate || (age < bypassersAge && !context.isThorough)) return undefined;
  return context.readers.bypassersOf(gate);
}

/** The last proof: an open pull request is really asked about this policy. */
async function evaluate(
  app: App,
  { client, isThorough }: GateContext,
  gate: GateRow,
  { proof, budget }: About & { readonly proof: GateProof },
): Promise<{ readonly evaluation?: GateEvaluation; readonly flaw?: GateFlaw } | undefined> {
  const policy = proof.gate;
  if (!policy || proof.flaws.length > 0) return undefined;
  const age = app.now().getTime() - Date.parse(gate.evaluation?.at ?? "1970-01-01");
  if ((age < evaluationAge && !isThorough) || budget.evaluations <= 0) return undefined;
  const number = await openPullRequestInto(app.db, gate);
  if (number === undefined) return undefined;
  budget.evaluations -= 1;
  const answer = await remoteAnswer(() => listEvaluations(client, { projectId: gate.projectId, number }));
  if (answer.is === "no") {
    if (answer.error.passing || answer.error.code === "signed-out") throw answer.error;
    return undefined;
  }
  const found = answer.value.find(({ policyId }) => policyId === policy.id);
  if (found && found.status !== "notApplicable" && found.status !== "broken") {
    return { evaluation: { pullRequest: number, status: found.status, at: app.now().toISOString() } };
  }
  const said = `Azure DevOps does not ask pull request ${number} for the status, although the policy is in force (it says: ${found?.status ?? "nothing"}).`;
  return { flaw: flaw("not-evaluated", `${said} Install the gate again, or look at the policy in Azure DevOps.`) };
}

/** What somebody asked for meanwhile is dealt with by the job that they asked for. */
async function settle(app: App, gate: GateRow, found: GateChange): Promise<void> {
  if (await isStillAsked(app.db, gate)) await saveGate(app.db, gate, { ...found, checkedAt: app.now() });
}
