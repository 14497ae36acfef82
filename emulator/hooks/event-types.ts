/** The events of the publisher `tfs`: their inputs, allowed values and resource versions. */

export interface EventType {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Newest first; the first is used when a subscription names none. */
  readonly versions: readonly string[];
  /** Publisher inputs besides `projectId`. */
  readonly inputs: readonly string[];
  /** Offered per project only. */
  readonly projectOnly?: boolean;
}

const pullRequestInputs = ["repository", "branch", "pullrequestCreatedBy", "pullrequestReviewersContains"];

export const eventTypes: readonly EventType[] = [
  {
    id: "git.push",
    name: "Code pushed",
    description: "Code is pushed to a git repository",
    versions: ["1.0"],
    inputs: ["repository", "branch", "pushedBy"],
  },
  {
    id: "git.pullrequest.created",
    name: "Pull request created",
    description: "Pull request is created in a git repository",
    versions: ["1.0"],
    inputs: pullRequestInputs,
  },
  {
    id: "git.pullrequest.updated",
    name: "Pull request updated",
    description:
      "Pull request is updated; status, review list, reviewer vote changed or the source branch is updated with a push",
    versions: ["1.0"],
    inputs: [...pullRequestInputs, "notificationType"],
  },
  {
    id: "git.pullrequest.merged",
    name: "Pull request merge attempted",
    description: "Pull request - Branch merge attempted",
    versions: ["1.0"],
    inputs: [...pullRequestInputs, "mergeResult"],
  },
  {
    id: "ms.vss-code.git-pullrequest-comment-event",
    name: "Pull request commented on",
    description: "Comments are added to a pull request",
    versions: ["2.0", "1.0"],
    inputs: ["repository", "branch"],
  },
  {
    id: "build.complete",
    name: "Build completed",
    description: "A build completes",
    versions: ["2.0", "1.0"],
    inputs: ["definitionName", "buildStatus"],
  },
  ...(
    [
      ["created", "Repository created", "A repository is created"],
      ["deleted", "Repository deleted", "A repository is deleted"],
      ["renamed", "Repository renamed", "A repository is renamed"],
      ["statuschanged", "Repository status changed", "The status of a repository changed"],
    ] as const
  ).map(([suffix, name, description]) => ({
    id: `git.repo.${suffix}`,
    name,
    description,
    versions: ["1.0-preview.1"],
    inputs: ["repository"],
    projectOnly: true,
  })),
  {
    id: "workitem.updated",
    name: "Work item updated",
    description: "A work item is changed",
    versions: ["1.0"],
    inputs: ["areaPath", "workItemType", "changedFields", "linksChanged"],
  },
];

/** Inputs that take one of a few values; the empty one stands for any. */
export const closedInputs: Readonly<Record<string, readonly string[]>> = {
  notificationType: [
    "",
    "PushNotification",
    "ReviewersUpdateNotification",
    "StatusUpdateNotification",
    "ReviewerVoteNotification",
  ],
  mergeResult: ["", "Succeeded", "Unsuccessful", "Conflicts", "Failure", "RejectedByPolicy"],
  buildStatus: ["", "Succeeded", "PartiallySucceeded", "Failed", "Stopped"],
};

export function findEventType(id: string): EventType | undefined {
  return eventTypes.find((type) => type.id === id);
}
