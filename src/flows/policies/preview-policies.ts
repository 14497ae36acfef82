/**
 * A pull request that changes an instance's policies says what they would change: how many of the last verdicts would be
 * others, as a status of its own, before anybody merges it.
 */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import type { Policy } from "#model/policy.ts";
import { getPolicySource, type PolicyMistake, type PolicySourceRow } from "#store/policies/policy-sources.ts";
import type { PullRequestRow } from "#store/pull-requests/pull-requests.ts";
import type { App } from "../app.ts";
import { postKindStatuses } from "../give-feedback/pull-request-status.ts";
import { mirrorWith } from "../repositories/mirror-with.ts";
import { type DryRun, dryRun, dryRunDays } from "./dry-run.ts";
import { isPolicyFile, readPolicyFiles } from "./read-policy-files.ts";

export type PolicyPreview =
  | { readonly is: "mistakes"; readonly mistakes: readonly PolicyMistake[] }
  | { readonly is: "outcome"; readonly policies: readonly Policy[]; readonly run: DryRun };

/** Undefined if the pull request changes no policies. */
export async function previewPolicies(
  app: App,
  pullRequest: Pick<PullRequestRow, "instanceId" | "repositoryId" | "targetRef" | "scannedCommit">,
  base: string | undefined,
): Promise<PolicyPreview | undefined> {
  const { instanceId, scannedCommit: head } = pullRequest;
  const source = await getPolicySource(app.db, instanceId);
  if (!source || head === undefined || !isAbout(source, pullRequest)) return undefined;
  const mirror = await mirrorWith(app, source.repositoryId, head);
  if (!mirror) return undefined;
  try {
    const from = base !== undefined && (await mirror.resolve(base)) ? base : undefined;
    const changes = await mirror.diffTrees(from, head);
    const isIn = (path: string) => isPolicyFile(path) && (source.folder === "" || path.startsWith(`${source.folder}/`));
    if (!changes.some(({ path, oldPath = path }) => isIn(path) || isIn(oldPath))) return undefined;
    const { policies, problems } = await readPolicyFiles(mirror, head, source.folder);
    if (problems.length > 0) return { is: "mistakes", mistakes: problems };
    return { is: "outcome", policies, run: await dryRun(app, { instanceId, policies }) };
  } finally {
    mirror.release();
  }
}

function isAbout(
  source: PolicySourceRow,
  { repositoryId, targetRef }: Pick<PullRequestRow, "repositoryId" | "targetRef">,
) {
  return source.repositoryId === repositoryId && source.ref === targetRef;
}

export async function postPolicyPreview(
  app: App,
  about: {
    readonly client: OrganizationClient;
    readonly pullRequest: PullRequestRow & { readonly scannedIteration: number };
    readonly base: string | undefined;
  },
): Promise<void> {
  const { client, pullRequest, base } = about;
  const { repositoryId, number, scannedIteration: iteration } = pullRequest;
  const preview = await previewPolicies(app, pullRequest, base);
  if (!preview) return;
  const told = { kind: "policies", ...describePreview(preview) } as const;
  await postKindStatuses(app, client, { repositoryId, number, iteration }, [told]);
}

function describePreview(preview: PolicyPreview) {
  if (preview.is === "mistakes") {
    const [{ path, line, message } = { path: "", line: undefined, message: "" }, ...others] = preview.mistakes;
    const more = others.length > 0 ? ` And ${others.length} more.` : "";
    const at = line === undefined ? path : `${path}:${line}`;
    return { state: "failed" as const, description: `Policies: ${at}: ${message.slice(0, 300)}${more}` };
  }
  const { pullRequests, newlyBlocked, freed } = preview.run;
  const of = `of ${pullRequests} pull requests of the last ${dryRunDays} days`;
  return {
    state: "succeeded" as const,
    description: `Policies: ${of}, ${newlyBlocked} more would have been blocked, and ${freed} fewer`,
  };
}
