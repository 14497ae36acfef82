/**
 * The state of a thread that nobody must answer. Where the target branch wants every comment to be resolved, an active
 * thread holds the pull request up, so there it is made closed. Elsewhere it is active, because closed ones are folded
 * away. Where nothing tells which of both it is, it is closed: to be overlooked is the smaller harm, and the summary lists it.
 */
import { listPoliciesOfBranch } from "#azure-devops/policy-configurations.ts";
import { getRepository } from "#store/instances/repositories.ts";
import type { PullRequestRow } from "#store/pull-requests/pull-requests.ts";
import type { App } from "../app.ts";
import type { ActingClient } from "../instances/open-organization.ts";
import { remoteAnswer } from "../remote-answer.ts";

/** The type of policy that asks for comments to be resolved; the same everywhere. */
const commentPolicyType = "c6a1889d-b943-4856-b76f-9e46bb6b0df2";

export async function informationalStatus(
  app: Pick<App, "db">,
  client: ActingClient,
  { repositoryId, targetRef: refName }: Pick<PullRequestRow, "repositoryId" | "targetRef">,
): Promise<"active" | "closed"> {
  const repository = await getRepository(app.db, repositoryId);
  if (!repository) return "closed";
  const { projectId } = repository;
  const answer = await remoteAnswer(() => listPoliciesOfBranch(client, { projectId, repositoryId, refName }));
  if (answer.is === "no") return "closed";
  // One that does not block today may do so tomorrow.
  const isAsked = answer.value.some(({ typeId, isEnabled }) => isEnabled && typeId === commentPolicyType);
  return isAsked ? "closed" : "active";
}
