/** Creating pull requests, by the API and by seeds. */
import { randomUUID } from "node:crypto";
import { inRepository, resolveRef } from "../git/repository-store.ts";
import { requireGitPermission } from "../rights.ts";
import { type Call, Refusal, type Route } from "../route.ts";
import { findRepository, repositoryNotFound, requireRepository } from "../shapes.ts";
import { nextId, type OrganizationState, type PullRequestState, type RepositoryState, type World } from "../world.ts";
import { addIteration } from "./iteration.ts";
import { queueMerge } from "./merge-attempt.ts";
import { notesOf } from "./pull-request-notes.ts";
import { pullRequestShape } from "./pull-request-shape.ts";
import { raisePullRequest } from "./raise-pull-request.ts";
import { invalidArgument, isRecord, record, requireBody, text } from "./request-body.ts";
import { mayReview } from "./reviewer-identity.ts";

export interface NewPullRequest {
  readonly sourceRefName: string;
  readonly targetRefName: string;
  readonly title: string;
  readonly description?: string;
  readonly isDraft?: boolean;
  readonly fork?: RepositoryState;
  readonly reviewers?: readonly { readonly userId: string; readonly isRequired: boolean }[];
  readonly labels?: readonly string[];
  readonly workItemIds?: readonly number[];
}

export async function createPullRequest(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  userId: string,
  wanted: NewPullRequest,
): Promise<PullRequestState> {
  const id = nextId(world, `pull request ${organization.id}`);
  const pullRequest: PullRequestState = {
    id,
    repositoryId: repository.id,
    ...(wanted.fork ? { sourceRepositoryId: wanted.fork.id } : {}),
    artifactId: `vstfs:///Git/PullRequestId/${repository.projectId}%2f${repository.id}%2f${id}`,
    title: wanted.title,
    description: wanted.description ?? "",
    sourceRefName: wanted.sourceRefName,
    targetRefName: wanted.targetRefName,
    status: "active",
    isDraft: wanted.isDraft ?? false,
    creationDate: world.clock.now(),
    createdBy: userId,
    mergeStatus: "queued",
    mergeId: randomUUID(),
    reviewers: (wanted.reviewers ?? []).map((reviewer) => ({ ...reviewer, vote: 0 })),
    iterations: [],
    threads: [],
    statuses: [],
    workItemIds: [...(wanted.workItemIds ?? [])],
  };
  for (const name of wanted.labels ?? []) notesOf(pullRequest).labels.push({ id: randomUUID(), name });
  await addIteration(world, repository, pullRequest, userId, "create");
  organization.pullRequests.push(pullRequest);
  queueMerge(world, organization, repository, pullRequest, { by: userId, raises: true });
  if (world.switches.createdWaitsForMerge) notesOf(pullRequest).createdIsDue = true;
  else await raisePullRequest(world, organization, repository, pullRequest, { is: "created" });
  return pullRequest;
}

async function create(call: Call, world: World) {
  const repository = requireRepository(call, world);
  requireGitPermission(call, repository, "PullRequestContribute");
  return inRepository(world, repository.id, () => createAsked(call, world, repository));
}

/** One after another, so that two calls at once do not make two of the same. */
async function createAsked(call: Call, world: World, repository: RepositoryState) {
  const body = requireBody(call);
  const fork = requireFork(call, repository, body.forkSource);
  const sourceRefName = await requireBranch(world, fork ?? repository, body.sourceRefName, "sourceRefName");
  const targetRefName = await requireBranch(world, repository, body.targetRefName, "targetRefName");
  if (!fork && sourceRefName === targetRefName)
    throw invalidArgument("The source and the target of a pull request must not be the same branch.");
  const title = checkTitle(body.title);
  const description = checkDescription(body.description);
  const twin = call.organization.pullRequests.find(
    (one) =>
      one.repositoryId === repository.id &&
      one.status === "active" &&
      one.sourceRepositoryId === fork?.id &&
      one.sourceRefName === sourceRefName &&
      one.targetRefName === targetRefName,
  );
  if (twin)
    throw new Refusal(
      409,
      "GitPullRequestExistsException",
      "TF401179: An active pull request for the source and target branch already exists.",
      "Microsoft.TeamFoundation.Git.Server.GitPullRequestExistsException, Microsoft.TeamFoundation.Git.Server",
    );
  const pullRequest = await createPullRequest(world, call.organization, repository, call.user.id, {
    sourceRefName,
    targetRefName,
    title,
    description,
    isDraft: body.isDraft === true,
    ...(fork ? { fork } : {}),
    reviewers: readReviewers(call, world, body.reviewers),
    labels: readLabels(body.labels),
    workItemIds: readIds(body.workItemRefs),
  });
  const shape = await pullRequestShape(world, call.organization, repository, pullRequest, "single");
  return { status: 201, body: { labels: [], ...shape } };
}

/** The fork that the body names: one of this repository, which the caller may read. */
function requireFork(call: Call, repository: RepositoryState, forkSource: unknown): RepositoryState | undefined {
  const id = text(record(record(forkSource).repository).id);
  if (!id || id.toLowerCase() === repository.id) return undefined;
  const fork = findRepository(call, id, undefined);
  if (!fork || fork.isDisabled) throw repositoryNotFound(id);
  if (fork.parentId !== repository.id) throw invalidArgument("forkSource");
  return fork;
}

async function requireBranch(
  world: World,
  repository: RepositoryState,
  value: unknown,
  parameter: string,
): Promise<string> {
  const name = text(value);
  if (!name?.startsWith("refs/heads/")) throw invalidArgument(parameter);
  if (await resolveRef(world, repository.id, name)) return name;
  throw new Refusal(
    400,
    "GitPullRequestCannotBeActivated",
    `TF401398: The pull request cannot be activated because the source and/or the target branch no longer exists. Branch: ${name}`,
    "Microsoft.TeamFoundation.Git.Server.GitPullRequestCannotBeActivated, Microsoft.TeamFoundation.Git.Server",
  );
}

export function checkTitle(value: unknown): string {
  const title = text(value)?.trim();
  if (!title) throw invalidArgument("A title for a pull request must not be empty.");
  if (title.length > 400) throw invalidArgument("A title for a pull request must not be longer than 400 characters.");
  return title;
}

export function checkDescription(value: unknown): string {
  const description = text(value) ?? "";
  if (description.length > 4000)
    throw invalidArgument("A description for a pull request must not be longer than 4000 characters.");
  return description;
}

function readReviewers(call: Call, world: World, value: unknown): { userId: string; isRequired: boolean }[] {
  if (!Array.isArray(value)) return [];
  const wanted = value.filter(isRecord);
  return wanted.map((one) => {
    const userId = (text(one.id) ?? "").toLowerCase();
    if (!mayReview(world, call.organization, userId)) throw invalidArgument("reviewers");
    return { userId, isRequired: one.isRequired === true };
  });
}

function readLabels(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).flatMap((label) => text(label.name) ?? []);
}

function readIds(value: unknown): number[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).flatMap((one) => (Number.isInteger(Number(one.id)) ? [Number(one.id)] : []));
}

export const routes: readonly Route[] = [
  {
    method: "POST",
    path: "/{organization}/{project?}/_apis/git/repositories/{repositoryId}/pullRequests",
    scopes: ["code_write"],
    handle: create,
  },
];
