/** The events of a pull request, with the messages and filters that subscriptions see. */
import { raise } from "../hooks/raise.ts";
import type { OrganizationState, PullRequestState, RepositoryState, World } from "../world.ts";
import { pullRequestShape } from "./pull-request-shape.ts";

export type PullRequestHook =
  | { readonly is: "created" }
  | {
      readonly is: "updated";
      readonly notificationType: UpdateNotification;
      readonly by: string;
      readonly what: string;
    }
  | { readonly is: "merged"; readonly by: string };

export type UpdateNotification =
  | "PushNotification"
  | "ReviewersUpdateNotification"
  | "StatusUpdateNotification"
  | "ReviewerVoteNotification";

const mergeResults: Readonly<Record<string, string>> = {
  succeeded: "Succeeded",
  conflicts: "Conflicts",
  failure: "Failure",
  rejectedByPolicy: "RejectedByPolicy",
};

export async function raisePullRequest(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  pullRequest: PullRequestState,
  hook: PullRequestHook,
): Promise<void> {
  const resource = await pullRequestShape(world, organization, repository, pullRequest, "hook");
  const by = world.users.get(hook.is === "created" ? pullRequest.createdBy : hook.by)?.displayName ?? "Somebody";
  const message =
    hook.is === "created"
      ? `${by} created a new pull request`
      : hook.is === "merged"
        ? `${by} has created a pull request merge commit`
        : `${by} ${hook.what}`;
  raise(world, organization, {
    eventType: `git.pullrequest.${hook.is}`,
    projectId: repository.projectId,
    repositoryId: repository.id,
    resourceVersion: "1.0",
    message,
    detailedMessage: detailed(message, pullRequest, String(resource.url)),
    resource,
    filters: {
      branch: pullRequest.targetRefName,
      pullrequestCreatedBy: pullRequest.createdBy,
      pullrequestReviewersContains: pullRequest.reviewers.map((reviewer) => reviewer.userId),
      ...(hook.is === "updated" ? { notificationType: hook.notificationType } : {}),
      ...(hook.is === "merged" ? { mergeResult: mergeResults[pullRequest.mergeStatus ?? ""] ?? "Failure" } : {}),
    },
  });
}

function detailed(message: string, pullRequest: PullRequestState, url: string) {
  const status = `Merge status: ${mergeResults[pullRequest.mergeStatus ?? ""] ?? "Queued"}`;
  const id = pullRequest.lastMergeCommit;
  const commitUrl = `${url.replace(/\/pullRequests\/\d+$/, "")}/commits/${id}`;
  const short = id?.slice(0, 6);
  return {
    text: `${message}\r\n\r\n- ${status}\r\n${id ? `- Merge commit: ${short}(${commitUrl})\r\n` : ""}`,
    html: `${message}\r\n<ul>\r\n<li>${status}</li>\r\n${id ? `<li>Merge commit: <a href="${commitUrl}">${short}</a></li>\r\n` : ""}</ul>`,
    markdown: `${message}\r\n\r\n+ ${status}\r\n${id ? `+ Merge commit: [${short}](${commitUrl})\r\n` : ""}`,
  };
}
