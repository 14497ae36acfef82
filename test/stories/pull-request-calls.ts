/** A developer at a pull request, through the API of the stand-in. */
import assert from "node:assert/strict";
import { versionsOf } from "../../emulator/edition.ts";
import type { PullRequestState, RepositoryState } from "../../emulator/world.ts";
import type { House } from "./house.ts";

/** What these calls need of a house. */
type Place = Pick<House, "emulator" | "organization" | "developerToken">;

/** As the owner: a developer may not make repositories. */
export async function forkRepository(
  house: Pick<House, "emulator" | "organization" | "ownerToken">,
  repository: RepositoryState,
  name: string,
): Promise<RepositoryState> {
  const place = { ...house, developerToken: house.ownerToken };
  const body = { name, project: { id: repository.projectId }, parentRepository: { id: repository.id } };
  const made = (await call(place, "POST", "", body)) as { id: string };
  const fork = house.organization.repositories.get(made.id);
  assert(fork);
  return fork;
}

async function call(house: Place, method: string, path: string, body: unknown): Promise<unknown> {
  const { world } = house.emulator;
  const answer = await fetch(
    `${world.baseUrl}/${house.organization.name}/_apis/git/repositories${path && `/${path}`}?api-version=${versionsOf(world).released}`,
    {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`:${house.developerToken.value}`).toString("base64")}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
    },
  );
  assert(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer.json();
}

export async function openPullRequest(
  house: Place,
  repository: RepositoryState,
  branch: string,
  options: { readonly isDraft?: boolean; readonly forkSource?: unknown; readonly targetRefName?: string } = {},
): Promise<PullRequestState> {
  const body = { sourceRefName: `refs/heads/${branch}`, targetRefName: "refs/heads/main", title: branch, ...options };
  const made = (await call(house, "POST", `${repository.id}/pullrequests`, body)) as { pullRequestId: number };
  const state = house.organization.pullRequests.find(({ id }) => id === made.pullRequestId);
  assert(state);
  return state;
}

export async function patchPullRequest(
  house: Place,
  repository: RepositoryState,
  number: number,
  change: Readonly<Record<string, unknown>>,
): Promise<void> {
  await call(house, "PATCH", `${repository.id}/pullrequests/${number}`, change);
}

export async function postPullRequestStatus(
  house: Place,
  repository: RepositoryState,
  number: number,
  status: Readonly<Record<string, unknown>>,
): Promise<void> {
  await call(house, "POST", `${repository.id}/pullrequests/${number}/statuses`, status);
}

/** Gives the id of the comment. As the developer unless another token is given. */
export async function addPullRequestComment(
  house: Place,
  repository: RepositoryState,
  { number, threadId }: { readonly number: number; readonly threadId: number },
  content: string,
  token: Place["developerToken"] = house.developerToken,
): Promise<number> {
  const path = `${repository.id}/pullrequests/${number}/threads/${threadId}/comments`;
  const body = { parentCommentId: 1, content, commentType: "text" };
  const made = (await call({ ...house, developerToken: token }, "POST", path, body)) as { id: number };
  return made.id;
}
