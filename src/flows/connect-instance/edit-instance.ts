/** Changes an instance: its name, what it takes and does, and what it may act with. Credentials that are there stay. */
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { Takes } from "#model/instance.ts";
import type { FeatureSwitches } from "#model/scopes.ts";
import type { Db } from "#store/database.ts";
import { deleteDraft } from "#store/instances/connection-drafts.ts";
import { getInstance, type InstanceRow, updateInstance } from "#store/instances/instances.ts";
import { listOrganizations, upsertOrganization } from "#store/instances/organizations.ts";
import { listChosenRepositories, setChosen } from "#store/instances/repositories.ts";
import { archiveIssues, deleteUnwatched } from "#store/issues/archive-issues.ts";
import { notifyLive } from "#store/live.ts";
import { branchesWithManifests } from "#store/packages/manifests.ts";
import { insertAuditEvent, type NewAuditEvent } from "#store/people/audit-events.ts";
import { listActivePullRequests } from "#store/pull-requests/pull-requests.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { refreshReasons } from "../instances/instance-reasons.ts";
import { askForFeedback, askForSync, askToJudge } from "../jobs/ask.ts";
import { type DraftOrganization, lacksSignIn, type OpenDraft, openDraft } from "./connection-draft.ts";
import { storeCredentials } from "./store-credentials.ts";

export interface InstanceChange {
  readonly name?: string;
  readonly takes?: Takes;
  /** What becomes of the issues of repositories that the new choice leaves out. */
  readonly removed?: "archive" | "delete";
  readonly features?: FeatureSwitches;
  /** A checked connection: its credentials are added, and organizations that no instance has. */
  readonly draft?: string;
  readonly by: string;
}

export type Edited =
  | { readonly is: "edited" }
  | { readonly is: "not-found" }
  | { readonly is: "draft-gone" }
  | { readonly is: "problem"; readonly problem: string };

type Editor = Pick<App, "db" | "keys" | "jobs" | "now">;

export async function editInstance(app: Editor, id: InstanceId, change: InstanceChange): Promise<Edited> {
  const instance = await getInstance(app.db, id);
  if (!instance || (instance.state === "disabled" && !instance.pausedAt)) return { is: "not-found" };
  const draft = change.draft === undefined ? undefined : await openDraft(app, change.draft);
  const isGone = change.draft !== undefined && (!draft?.tokens || (await lacksSignIn(app, draft)));
  if (isGone) return { is: "draft-gone" };
  const added = draft?.summary.organizations.filter(({ connectedTo }) => (connectedTo ?? id) === id) ?? [];
  if (draft && added.length === 0) {
    const problem = "None of these organizations belongs to this instance: each is connected by another one.";
    return { is: "problem", problem };
  }
  return inTransaction(app.db, async (tx): Promise<Edited> => {
    const { name, takes, features } = change;
    await updateInstance(tx, id, { name, takes, features });
    if (takes) await choose(app, tx, { id, takes, removed: change.removed ?? "archive" });
    if (draft) await addCredentials(app, tx, { instance: id, draft, organizations: added });
    await insertAuditEvent(tx, editEvent(app, instance, change, added));
    if (features) await refreshReasons(app, tx, id);
    if (features && isMoreTold(instance.features, features)) await answerOpenPullRequests(app, tx, id);
    // While it was locked out nobody could look, so everything may have changed.
    const isOut = draft !== undefined && instance.reasons.some(({ level }) => level === "error");
    const options = isOut ? { lookedSince: app.now() } : {};
    for (const organization of await listOrganizations(tx, id)) await askForSync(app, tx, organization, options);
    await notifyLive(tx, { is: "instance-changed", instanceId: id });
    return { is: "edited" };
  });
}

interface Choice {
  readonly id: InstanceId;
  readonly takes: Takes;
  readonly removed: "archive" | "delete";
}

/** Issues of what is watched no longer are put away; those of what is watched again come back, by what is known now. */
async function choose(app: Editor, tx: Db, { id, takes, removed }: Choice): Promise<void> {
  const before = await listChosenIds(tx, id);
  await setChosen(tx, id, takes, { choosing: "everywhere" });
  const after = await listChosenIds(tx, id);
  const left = [...before].filter((one) => !after.has(one));
  if (removed === "delete" && left.length > 0) await deleteUnwatched(tx, id, left);
  await archiveIssues(tx, id);
  const added = [...after].filter((one) => !before.has(one));
  const again = added.length === 0 ? [] : await branchesWithManifests(tx, added);
  for (const branch of again) await askToJudge(app, tx, branch);
}

async function listChosenIds(tx: Db, id: InstanceId): Promise<Set<RepositoryId>> {
  return new Set((await listChosenRepositories(tx, id)).map((repository) => repository.id));
}

function isMoreTold(before: FeatureSwitches, after: FeatureSwitches): boolean {
  return (after.comment && !before.comment) || (after.status && !before.status);
}

/** What was scanned in silence is told at once, not with the next push. */
async function answerOpenPullRequests(app: Editor, tx: Db, id: InstanceId): Promise<void> {
  const repositories = await listChosenRepositories(tx, id);
  const active = await listActivePullRequests(
    tx,
    repositories.map((repository) => repository.id),
  );
  for (const pullRequest of active) await askForFeedback(app, tx, pullRequest);
}

async function addCredentials(
  app: Editor,
  tx: Db,
  about: {
    readonly instance: InstanceId;
    readonly draft: OpenDraft;
    readonly organizations: readonly DraftOrganization[];
  },
): Promise<void> {
  const { instance, draft, organizations } = about;
  for (const organization of organizations) {
    const { id, name, tenant: tenantId } = organization;
    // Somebody else may have connected it a moment ago; then that instance keeps it.
    if (!(await upsertOrganization(tx, { id, instanceId: instance, name, tenantId }))) continue;
    await storeCredentials(app, tx, { instance, organization, tokens: draft.tokens ?? [] });
  }
  await deleteDraft(tx, draft.id);
  await refreshReasons(app, tx, instance);
}

function editEvent(
  { now }: Editor,
  instance: InstanceRow,
  change: InstanceChange,
  added: readonly DraftOrganization[],
): NewAuditEvent {
  const { name, takes, features, removed, by } = change;
  const accounts = added.flatMap(({ name: organization, credentials }) =>
    credentials.map(({ method, accountName }) => `${organization}: ${method}, ${accountName}`),
  );
  return {
    actor: by,
    action: "instance-edited",
    subject: name ?? instance.name,
    instanceId: instance.id,
    at: now(),
    data: {
      ...(name === undefined ? {} : { name }),
      ...(takes && { takes: takes.is, removed: removed ?? "archive" }),
      ...(features && { features }),
      ...(accounts.length > 0 && { added: accounts }),
    },
  };
}
