/** Looks what became of a fix whose pull request is open: merged, closed by people, or not needed any more. */
import { getPullRequest } from "#azure-devops/pull-requests.ts";
import type { Fix } from "#model/fix.ts";
import type { App } from "../app.ts";
import { openOrganization } from "../instances/open-organization.ts";
import { remoteAnswer } from "../remote-answer.ts";
import type { ScannableRepository } from "../repositories/find-scannable-repository.ts";
import { closeFix, deleteBranch } from "./close-fix.ts";
import { placeOfFix } from "./place-of-fix.ts";
import { endFix } from "./record-fix.ts";

/** `conflicts`: its target moved so that it must be made anew. */
export async function lookAfterFix(
  app: App,
  repository: ScannableRepository,
  fix: Fix,
): Promise<"over" | "good" | "conflicts"> {
  const number = fix.pullRequest;
  if (number === undefined) return "good";
  const client = await openOrganization(app, repository.organizationId, "pull-request");
  const answer = await remoteAnswer(() => getPullRequest(client, repository.id, number));
  if (answer.is === "no" && answer.error.code !== "not-found") throw answer.error;
  const state = answer.is === "answer" ? answer.value.state : "abandoned";
  const needless = await whyNeedless(app, repository, fix);
  if (state === "completed") {
    await deleteBranch(app, repository, fix);
    await endFix(app, fix, { state: "merged", reason: `Pull request !${number} was completed.` });
    return "over";
  }
  if (needless !== undefined) {
    await closeFix(app, { client, repository, fix }, { state: "abandoned", reason: needless });
    return "over";
  }
  if (state !== "abandoned") {
    return answer.is === "answer" && answer.value.mergeStatus === "conflicts" ? "conflicts" : "good";
  }
  const reason = `Pull request !${number} was closed without being completed. The same change is proposed again only if a person asks for it.`;
  await endFix(app, fix, { state: "closed-by-people", reason });
  return "over";
}

/** In words, if none of its problems is open any more where it goes. */
async function whyNeedless(app: App, repository: ScannableRepository, fix: Fix): Promise<string | undefined> {
  const place = await placeOfFix(app.db, repository, fix.forPullRequest);
  if (place.is === "none") return fix.forPullRequest === undefined ? undefined : place.because;
  if (place.targetRef !== fix.targetRef) return `The repository's default branch is ${short(place.targetRef)} now.`;
  const open = await place.findings({ fingerprints: fix.fixes.map(({ fingerprint }) => fingerprint) });
  if (open.length > 0) return undefined;
  return `What this fixes is not open on ${short(fix.targetRef)} any more: it was fixed elsewhere, or people decided about it. So it is not needed.`;
}

function short(ref: string): string {
  return ref.replace("refs/heads/", "");
}
