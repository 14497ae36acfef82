/**
 * Brings a rescanned fix to people: pushes its branch and opens its pull request, or brings both up to date. The branch and
 * the pull request are looked for first, so that a job that was cut off makes no second ones.
 */
import { createPullRequest, listPullRequestsOfBranch, updatePullRequest } from "#azure-devops/change-pull-requests.ts";
import type { Mirror } from "#git/mirror.ts";
import type { Fix } from "#model/fix.ts";
import type { PullRequest } from "#model/pull-request.ts";
import { RemoteError } from "#model/remote-error.ts";
import { getFixSettings } from "#store/fixes/fix-settings.ts";
import { listLiveFixes } from "#store/fixes/fixes.ts";
import { workItemsOfFix } from "#store/fixes/work-items.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import type { App } from "../app.ts";
import { credentialWords } from "../credentials/credential-words.ts";
import { type ActingClient, openOrganization } from "../instances/open-organization.ts";
import { remoteAnswer } from "../remote-answer.ts";
import type { ScannableRepository } from "../repositories/find-scannable-repository.ts";
import { branchAtRemote } from "./branch-at-remote.ts";
import { closeFix, deleteBranch, withdrawFix } from "./close-fix.ts";
import { descriptionOf } from "./describe-fix.ts";
import { pushRequest } from "./push-request.ts";
import { recordFix, refuseFix } from "./record-fix.ts";
import { sayOnce } from "./say-once.ts";

export interface Publishing {
  readonly repository: ScannableRepository;
  readonly mirror: Mirror;
  /** With the commit to push. */
  readonly fix: Fix & { readonly headCommit: string };
  readonly signal: AbortSignal;
  /** Its pull request has this commit, which is no news. */
  readonly isAsBefore: boolean;
}

export async function publishFix(app: App, about: Publishing): Promise<void> {
  const { repository, fix } = about;
  const refused = await pushFix(app, about);
  if (refused !== undefined) return refuseFix(app, fix, refused);
  if (!(await recordFix(app, fix, { pushedCommit: fix.headCommit }))) {
    await deleteBranch(app, repository, fix);
    return;
  }
  const client = await openOrganization(app, repository.organizationId, "pull-request");
  const opened = await remoteAnswer(() => openOrUpdate(app, client, about));
  if (opened.is === "no") {
    if (opened.error.code !== "forbidden" && opened.error.code !== "refused") throw opened.error;
    const reason = `Azure DevOps does not let ${credentialWords(client.actsAs)} open a pull request here: ${opened.error.message} The branch ${shortName(fix)} is there.`;
    return refuseFix(app, fix, reason);
  }
  const { number, webUrl } = opened.value;
  const opening = { state: "open", reason: null, pullRequest: number, pullRequestUrl: webUrl } as const;
  if (!(await recordFix(app, fix, opening))) {
    await withdrawFix(app, { client, repository, fix: { ...fix, pullRequest: number } }, "It was abandoned meanwhile.");
    return;
  }
  await insertAuditEvent(app.db, {
    ...{ actor: "Sallyport", action: "fix-proposed", instanceId: fix.instanceId, at: app.now() },
    ...{ subject: `${fix.title} in ${repository.name}`, data: { pullRequest: number, askedBy: fix.askedBy } },
  });
  await supersede(app, client, { ...about, fix: { ...fix, pullRequest: number } });
}

/** Answers why it was not pushed. */
async function pushFix(app: App, { repository, mirror, fix, signal }: Publishing): Promise<string | undefined> {
  const there = await branchAtRemote(app.db, mirror, fix);
  if (there.is === "theirs") return `People pushed to the branch ${shortName(fix)}, so it is left as it is.`;
  if (there.is === "absent" || there.commit !== fix.headCommit) {
    const { client, ...request } = await pushRequest(app, repository, fix);
    const expected = there.is === "ours" ? { expected: there.commit } : {};
    const who = credentialWords(client.actsAs);
    const answer = await remoteAnswer(() =>
      app.mirrors.push({ ...request, ...expected, commit: fix.headCommit, signal }),
    );
    if (answer.is === "no") {
      if (answer.error.code !== "forbidden") throw answer.error;
      return `Azure DevOps does not let ${who} push here: it needs the rights Contribute and Create branch.`;
    }
    if (answer.value.is === "moved") throw new RemoteError("conflict", "The branch of the fix moved meanwhile.");
    if (answer.value.is === "refused") return `Azure DevOps refused the push of ${who}: ${answer.value.because}`;
  }
  return undefined;
}

function shortName({ branch }: Fix): string {
  return branch.replace("refs/heads/", "");
}

async function openOrUpdate(
  app: App,
  client: ActingClient,
  { repository, fix, isAsBefore }: Publishing,
): Promise<PullRequest> {
  const workItems = await workItemsOfFix(app.db, fix);
  const description = descriptionOf(fix, { console: `${app.publicUrl}/fixes/${fix.id}`, workItems });
  const known = await openOne(client, repository, fix);
  if (known) {
    await updatePullRequest(client, repository.id, known.number, { title: fix.title, description });
    // One that an earlier run of this very job opened has nothing to tell.
    if (fix.pullRequest === known.number && !isAsBefore) {
      const words = `This pull request now does: ${fix.title}. Its description tells what changed.`;
      await sayOnce(client, { repositoryId: repository.id, number: known.number, about: fix.headCommit, words });
    }
    return known;
  }
  const { reviewers, drafts } = await getFixSettings(app.db, fix.instanceId);
  const wanted = {
    ...{ sourceRef: fix.branch, targetRef: fix.targetRef, title: fix.title, description },
    ...{ isDraft: drafts, labels: ["sallyport"], reviewers },
  };
  const made = await remoteAnswer(() => createPullRequest(client, repository.id, wanted));
  if (made.is === "answer") return made.value;
  if (made.error.code === "refused" && reviewers.length > 0) {
    // Somebody who left must not keep fixes from being made.
    app.log.warn({ fix: fix.id, reviewers }, "a fix is opened without reviewers, whom Azure DevOps does not take");
    return createPullRequest(client, repository.id, { ...wanted, reviewers: [] });
  }
  const twin = made.error.code === "conflict" ? await openOne(client, repository, fix) : undefined;
  if (!twin) throw made.error;
  return twin;
}

async function openOne(
  client: ActingClient,
  repository: ScannableRepository,
  { branch, targetRef }: Fix,
): Promise<PullRequest | undefined> {
  const open = await listPullRequestsOfBranch(client, repository.id, branch, "active");
  return open.find((one) => one.targetRef === targetRef);
}

/** What this one does too needs no pull request of its own. */
async function supersede(app: App, client: ActingClient, { repository, fix }: Publishing): Promise<void> {
  const done = new Set(fix.fixes.map(({ fingerprint }) => fingerprint));
  for (const other of await listLiveFixes(app.db, repository.id)) {
    const isOther = other.id !== fix.id && other.state === "open" && other.targetRef === fix.targetRef;
    if (!isOther || !other.fixes.every(({ fingerprint }) => done.has(fingerprint))) continue;
    const reason = `Pull request !${fix.pullRequest} does this too.`;
    await closeFix(app, { client, repository, fix: other }, { state: "superseded", reason });
  }
}
