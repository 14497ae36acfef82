/**
 * Ends a fix whose pull request is still open: says why there, abandons it, and deletes its branch, if nobody else pushed to
 * it. Each step looks first whether it is done already.
 */
import { updatePullRequest } from "#azure-devops/change-pull-requests.ts";
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import { getPullRequest } from "#azure-devops/pull-requests.ts";
import type { Fix, FixState } from "#model/fix.ts";
import type { App } from "../app.ts";
import { fetchMirror } from "../repositories/fetch-mirror.ts";
import type { ScannableRepository } from "../repositories/find-scannable-repository.ts";
import { branchAtRemote } from "./branch-at-remote.ts";
import { pushRequest } from "./push-request.ts";
import { endFix } from "./record-fix.ts";
import { sayOnce } from "./say-once.ts";

export interface OpenFix {
  readonly client: OrganizationClient;
  readonly repository: ScannableRepository;
  readonly fix: Fix;
}

export async function closeFix(
  app: App,
  open: OpenFix,
  end: { readonly state: Extract<FixState, "abandoned" | "superseded" | "closed-by-people">; readonly reason: string },
): Promise<void> {
  const left = await withdrawFix(app, open, end.reason);
  const reason = left === undefined ? end.reason : `${end.reason} ${left}`;
  await endFix(app, open.fix, { ...end, reason }, { hasClosed: open.fix.pullRequest !== undefined });
}

/** Answers in words why its branch is still there. */
export async function withdrawFix(
  app: App,
  { client, repository, fix }: OpenFix,
  words: string,
): Promise<string | undefined> {
  const { pullRequest: number } = fix;
  if (number !== undefined) {
    const remote = await getPullRequest(client, repository.id, number);
    if (remote.state === "active") {
      await sayOnce(client, { repositoryId: repository.id, number, about: "over", words });
      await updatePullRequest(client, repository.id, number, { status: "abandoned" });
    }
  }
  return deleteBranch(app, repository, fix);
}

/** Answers in words why it is still there. */
export async function deleteBranch(app: App, repository: ScannableRepository, fix: Fix): Promise<string | undefined> {
  const mirror = await fetchMirror(app, repository);
  try {
    const there = await branchAtRemote(app.db, mirror, fix);
    const stays = `People pushed to its branch ${fix.branch.replace("refs/heads/", "")}, so that is left as it is.`;
    if (there.is === "absent") return undefined;
    if (there.is === "theirs") return stays;
    const { client, ...request } = await pushRequest(app, repository, fix);
    const pushed = await app.mirrors.push({ ...request, expected: there.commit });
    if (pushed.is === "moved") return stays;
    return pushed.is === "refused"
      ? `Its branch could not be deleted as ${client.actsAs.accountName}: ${pushed.because}`
      : undefined;
  } finally {
    mirror.release();
  }
}
