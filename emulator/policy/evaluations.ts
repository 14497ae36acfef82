/** Routes of policy evaluations: what each policy of the target branch says about a pull request, and asking it again. */
import { createHash } from "node:crypto";
import { queueBuild } from "../build/queue-build.ts";
import { pullRequestNotFound } from "../pull-requests/find-pull-request.ts";
import { invalidArgument, page } from "../pull-requests/request-body.ts";
import { type Call, list, Refusal, type Route } from "../route.ts";
import { requireProject } from "../shapes.ts";
import type { PolicyState, PullRequestState, RepositoryState, World } from "../world.ts";
import { configurationShape } from "./configuration-shape.ts";
import { verdictOf } from "./evaluate.ts";
import { policiesOf } from "./policy-scope.ts";
import { policyKind } from "./policy-types.ts";

interface Evaluation {
  readonly id: string;
  readonly policy: PolicyState;
  readonly repository: RepositoryState;
  readonly pullRequest: PullRequestState;
}

function codeReviewArtifact(repository: RepositoryState, pullRequest: PullRequestState): string {
  return `vstfs:///CodeReview/CodeReviewId/${repository.projectId}/${pullRequest.id}`;
}

/** The same policy and pull request always have the same evaluation. */
function evaluationId(policy: PolicyState, pullRequest: PullRequestState): string {
  const hash = createHash("sha256").update(`${policy.id} ${pullRequest.artifactId}`).digest("hex");
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join("-");
}

function evaluationsOf(call: Call, pullRequest: PullRequestState, repository: RepositoryState): Evaluation[] {
  return policiesOf(call.organization, repository, pullRequest).map((policy) => ({
    id: evaluationId(policy, pullRequest),
    policy,
    repository,
    pullRequest,
  }));
}

function shape(call: Call, world: World, { id, policy, repository, pullRequest }: Evaluation): Record<string, unknown> {
  const status = verdictOf(call.organization, repository, pullRequest, policy);
  const isOver = status === "approved" || status === "rejected";
  const context = contextOf(call, policy, pullRequest);
  return {
    configuration: configurationShape(world, call.organization, policy),
    artifactId: codeReviewArtifact(repository, pullRequest),
    evaluationId: id,
    startedDate: pullRequest.creationDate.toISOString(),
    ...(isOver ? { completedDate: world.clock.now().toISOString() } : {}),
    status,
    ...(context ? { context } : {}),
  };
}

function contextOf(
  call: Call,
  policy: PolicyState,
  pullRequest: PullRequestState,
): Record<string, unknown> | undefined {
  if (policyKind(policy.typeId) === "status") {
    const { statusName, statusGenre } = policy.settings;
    const latest = pullRequest.statuses.findLast((status) => {
      const { name, genre } = status.context as { name: string; genre?: string };
      return name === statusName && (genre ?? "") === (statusGenre ?? "");
    });
    return latest ? { latestStatusId: latest.id, lastIterationId: pullRequest.iterations.length } : undefined;
  }
  if (policyKind(policy.typeId) !== "build") return undefined;
  const ref = `refs/pull/${pullRequest.id}/merge`;
  const { buildDefinitionId } = policy.settings;
  const build = call.organization.builds.findLast(
    (one) => one.definitionId === buildDefinitionId && one.sourceBranch === ref,
  );
  return { isExpired: false, ...(build ? { buildId: build.id, buildDefinitionId } : {}) };
}

function listEvaluations(call: Call, world: World) {
  const project = requireProject(call, world);
  const artifact = call.query("artifactId") ?? "";
  const match = /^vstfs:\/\/\/CodeReview\/CodeReviewId\/([0-9a-f-]{36})(?:\/|%2f)(\d+)$/i.exec(artifact);
  if (!match) throw invalidArgument("artifactId");
  const pullRequest = call.organization.pullRequests.find((one) => String(one.id) === match[2]);
  const repository = pullRequest && call.organization.repositories.get(pullRequest.repositoryId);
  if (!pullRequest || repository?.projectId !== project.id || match[1]?.toLowerCase() !== project.id)
    throw pullRequestNotFound(match[2] ?? "");
  const evaluations = evaluationsOf(call, pullRequest, repository);
  const all = call.query("includeNotApplicable") === "true";
  const shapes = evaluations
    .map((one) => shape(call, world, one))
    .filter((one) => all || one.status !== "notApplicable");
  return list(page(call, shapes, 100));
}

function requireEvaluation(call: Call, world: World): Evaluation {
  const project = requireProject(call, world);
  const id = (call.params.evaluationId ?? "").toLowerCase();
  for (const pullRequest of call.organization.pullRequests) {
    const repository = call.organization.repositories.get(pullRequest.repositoryId);
    if (repository?.projectId !== project.id) continue;
    const found = evaluationsOf(call, pullRequest, repository).find((one) => one.id === id);
    if (found) return found;
  }
  throw new Refusal(
    404,
    "PolicyEvaluationNotFoundException",
    `TF402456: The policy evaluation ${id} does not exist.`,
    "Microsoft.TeamFoundation.Policy.WebApi.PolicyEvaluationNotFoundException, Microsoft.TeamFoundation.Policy.WebApi",
  );
}

function getEvaluation(call: Call, world: World) {
  return { body: shape(call, world, requireEvaluation(call, world)) };
}

/** A build policy queues its build again; the others are simply asked again. */
function requeue(call: Call, world: World) {
  const evaluation = requireEvaluation(call, world);
  const { policy, pullRequest, repository } = evaluation;
  if (policyKind(policy.typeId) === "build") {
    const definition = call.organization.definitions.find((one) => one.id === policy.settings.buildDefinitionId);
    if (definition)
      queueBuild(world, call.organization, definition, {
        requestedBy: call.user.id,
        sourceBranch: `refs/pull/${pullRequest.id}/merge`,
        sourceVersion: pullRequest.lastMergeCommit ?? pullRequest.lastMergeSourceCommit ?? "",
        repository,
      });
  }
  return { body: shape(call, world, evaluation) };
}

const at = "/{organization}/{project}/_apis/policy/evaluations";

export const routes: readonly Route[] = [
  { method: "GET", path: at, scopes: ["code"], preview: true, handle: listEvaluations },
  { method: "GET", path: `${at}/{evaluationId}`, scopes: ["code"], preview: true, handle: getEvaluation },
  { method: "PATCH", path: `${at}/{evaluationId}`, scopes: ["code_write"], preview: true, handle: requeue },
];
