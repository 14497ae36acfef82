/** Sample events for test deliveries, about things that exist nowhere. */
import type { RaisedEvent } from "./raise.ts";

const host = "https://fabrikam-fiber-inc.visualstudio.com/DefaultCollection";
const projectId = "be9b3917-87e6-42a4-a549-2bc06a7a878f";
const repositoryId = "278d5cd2-584d-4b63-824a-2ba458937249";
const oldCommit = "aad331d8d3b131fa9ae03cf5e53965b51942618a";
const newCommit = "33b55f7cb7e7e245323987634f960cf4a6e6bc74";

const person = {
  displayName: "Jamal Hartnett",
  id: "00067FFED5C7AF52@Live.com",
  uniqueName: "fabrikamfiber4@hotmail.com",
};

const repository = {
  id: repositoryId,
  name: "Fabrikam-Fiber-Git",
  url: `${host}/_apis/git/repositories/${repositoryId}`,
  project: {
    id: projectId,
    name: "Fabrikam-Fiber-Git",
    url: `${host}/_apis/projects/${projectId}`,
    state: "wellFormed",
  },
  defaultBranch: "refs/heads/master",
  remoteUrl: `${host}/_git/Fabrikam-Fiber-Git`,
};

const pullRequest = {
  repository,
  pullRequestId: 1,
  status: "active",
  createdBy: person,
  creationDate: "2014-06-17T16:55:46.589889Z",
  title: "my first pull request",
  description: " - test2\r\n",
  sourceRefName: "refs/heads/mytopic",
  targetRefName: "refs/heads/master",
  mergeStatus: "succeeded",
  mergeId: "a10bb228-6ba6-4362-abd7-49ea21333dbd",
  lastMergeSourceCommit: { commitId: "53d54ac915144006c2c9e90d2c7d3880920db49c" },
  lastMergeTargetCommit: { commitId: "a511f535b1ea495ee0c903badb68fbc83772c882" },
  lastMergeCommit: { commitId: "eef717f69257a6333f221566c1c987dc94cc0d72" },
  reviewers: [],
  url: `${host}/_apis/git/repositories/${repositoryId}/pullRequests/1`,
};

function resourceOf(eventType: string): Record<string, unknown> {
  if (eventType === "git.push")
    return {
      commits: [
        {
          commitId: newCommit,
          author: { name: person.displayName, email: person.uniqueName, date: "2014-02-19T16:58:41Z" },
          committer: { name: person.displayName, email: person.uniqueName, date: "2014-02-19T16:58:41Z" },
          comment: "Fixed bug in web.config file",
          url: `${host}/_git/Fabrikam-Fiber-Git/commit/${newCommit}`,
        },
      ],
      refUpdates: [{ name: "refs/heads/master", oldObjectId: oldCommit, newObjectId: newCommit }],
      repository,
      pushedBy: person,
      pushId: 14,
      date: "2014-05-02T19:17:13.3309587Z",
      url: `${host}/_apis/git/repositories/${repositoryId}/pushes/14`,
    };
  if (eventType === "git.pullrequest.created") return pullRequest;
  if (eventType.startsWith("git.pullrequest."))
    return { ...pullRequest, status: "completed", closedDate: "2014-06-30T18:59:12.3660573Z" };
  if (eventType.includes("comment-event")) return { comment: { id: 2, content: "This is my comment." }, pullRequest };
  if (eventType === "build.complete")
    return {
      id: 2,
      buildNumber: "ConsumerAddressModule_20150407.1",
      status: "completed",
      result: "succeeded",
      url: `${host}/71777fbc-1cf2-4bd1-9540-128c1c71f766/_apis/build/Builds/2`,
      definition: { id: 2, name: "ConsumerAddressModule", type: "build", project: repository.project },
      project: repository.project,
      sourceBranch: "refs/heads/master",
      sourceVersion: newCommit,
      requestedFor: person,
    };
  if (eventType === "workitem.updated")
    return {
      id: 2,
      workItemId: 5,
      rev: 2,
      revisedBy: person,
      revisedDate: "9999-01-01T00:00:00Z",
      fields: { "System.State": { oldValue: "New", newValue: "Approved" } },
      url: `${host}/_apis/wit/workItems/5/updates/2`,
    };
  if (eventType === "git.repo.deleted")
    return { project: repository.project, repositoryId, repositoryName: repository.name, isHardDelete: false };
  return { repository, initiatedBy: person, utcTimestamp: "2022-12-12T12:34:56.5498459Z" };
}

export function sampleEvent(eventType: string, resourceVersion: string): RaisedEvent {
  return {
    eventType,
    projectId,
    repositoryId,
    resourceVersion,
    message: `Jamal Hartnett sent a test of ${eventType}.`,
    resource: resourceOf(eventType),
  };
}
