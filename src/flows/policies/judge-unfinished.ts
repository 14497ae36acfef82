/**
 * What becomes of a pull request whose scan does not end: until the time of the policies is over it waits, then they let it
 * pass or block it. A scan that ends later says the last word.
 */
import { listIterations } from "#azure-devops/pull-requests.ts";
import type { Policy } from "#model/policy.ts";
import type { Verdict } from "#model/verdict.ts";
import { unfinishedVerdict } from "#scan/policies/unfinished-verdict.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { keepPolicySet } from "#store/policies/policy-sets.ts";
import { insertVerdict } from "#store/policies/verdicts.ts";
import { listUnfinished } from "#store/pull-requests/posted-statuses.ts";
import type { PullRequestRow } from "#store/pull-requests/pull-requests.ts";
import { getPullRequest } from "#store/pull-requests/pull-requests.ts";
import type { App } from "../app.ts";
import { postStatuses, type Told } from "../give-feedback/post-statuses.ts";
import { openOrganization } from "../instances/open-organization.ts";
import { askToJudgeUnfinished } from "../jobs/ask.ts";
import type { JobData } from "../jobs/queues.ts";
import { scannersVersion } from "../scan-repository/scanners-version.ts";
import { policiesInForce } from "./policies-in-force.ts";
import { findPolicyPlace } from "./policy-place.ts";
import { policyWords } from "./policy-words.ts";

const minute = 60_000;

/** Called every minute: those that wait for less are nothing to look at yet. */
export async function askAboutUnfinished(app: Pick<App, "db" | "jobs" | "now">): Promise<void> {
  const before = new Date(app.now().getTime() - minute);
  for (const row of await listUnfinished(app.db, before)) await askToJudgeUnfinished(app, app.db, row);
}

/** Its scan did not end, and a policy that fails open has said so: neither `pending` nor `error` follows. */
export function isLetThrough(row: PullRequestRow, iteration: number): boolean {
  return row.postedIteration === iteration && row.postedState === "succeeded" && row.scannedIteration !== iteration;
}

export async function judgeUnfinished(app: App, job: JobData["judge-unfinished"]): Promise<void> {
  const row = await getPullRequest(app.db, job.repository, job.number);
  if (row?.state !== "active" || row.postedIteration === undefined || row.postedSince === undefined) return;
  const { postedIteration: iteration, instanceId, repositoryId, number } = row;
  const isWaiting = row.postedState === "pending" || row.postedState === "error";
  if (!isWaiting || (row.scannedIteration === iteration && row.failedIteration === undefined)) return;
  const repository = await getRepository(app.db, repositoryId);
  const place = await findPolicyPlace(app.db, repositoryId, { ref: row.targetRef, trigger: "pull-request" });
  if (!repository || !place) return;
  const now = app.now();
  const minutesWaited = Math.floor((now.getTime() - row.postedSince.getTime()) / minute);
  const { policies, version: policiesVersion } = await policiesInForce(app.db, instanceId);
  const answer = unfinishedVerdict(policies, place, minutesWaited);
  if (answer.is === "waiting") return;
  const told = tell(answer.verdict, policies, { minutesWaited, row });
  // What was said when the scan failed holds on.
  if (told.state === row.postedState) return;
  const client = await openOrganization(app, repository.organizationId, "pull-request");
  const iterations = await listIterations(client, repositoryId, number);
  if (iterations.some(({ id }) => id > iteration)) return;
  await keepPolicySet(app.db, { instanceId, version: policiesVersion, policies, since: now });
  await insertVerdict(app.db, {
    ...{ ...answer.verdict, instanceId, repositoryId, number, iteration, trigger: "pull-request", policiesVersion },
    commit: iterations.find(({ id }) => id === iteration)?.sourceCommit ?? row.sourceCommit ?? "",
    scannersVersion: await scannersVersion(app),
    knowledgeVersion: app.knowledge.status().version,
    facts: { place, subjects: [], now, minutesWaited },
    at: now,
  });
  await postStatuses(app, { client, pullRequest: row, iteration, ofKind: () => told, ofAll: told });
}

function tell(
  { outcome, decidedBy }: Verdict,
  policies: readonly Policy[],
  { minutesWaited, row }: { readonly minutesWaited: number; readonly row: PullRequestRow },
): Told {
  const why =
    row.failure === undefined ? `The scan did not end in ${minutesWaited} minutes` : "It could not be scanned";
  if (outcome === "passed") {
    return { state: "succeeded", description: `${why}; the policies here let pass what they could not see` };
  }
  const verb = decidedBy.length < 2 ? "blocks" : "block";
  return { state: "error", description: `${why}; ${policyWords(decidedBy, policies)} ${verb} until it has` };
}
