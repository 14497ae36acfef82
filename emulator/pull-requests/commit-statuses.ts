/** Routes of commit statuses. */
import { tryGit } from "../git/repository-store.ts";
import { requireGitPermission } from "../rights.ts";
import { type Call, list, Refusal, type Route } from "../route.ts";
import { identityRef, repositoryUrl, requireRepository } from "../shapes.ts";
import { nextId, type RepositoryState, type World } from "../world.ts";
import { sevenDigits } from "./pull-request-shape.ts";
import { page, requireBody } from "./request-body.ts";
import { readStatus } from "./statuses.ts";

async function requireCommit(call: Call, world: World, repository: RepositoryState): Promise<string> {
  const id = (call.params.commitId ?? "").toLowerCase();
  const isCommit =
    /^[0-9a-f]{40}$/.test(id) &&
    (await tryGit(world, repository.id, ["cat-file", "-e", `${id}^{commit}`])) !== undefined;
  if (isCommit) return id;
  throw new Refusal(
    404,
    "GitUnresolvableToCommitException",
    `TF401175: The version descriptor <Commit: ${id}> could not be resolved to a version in the repository ${repository.name}`,
    "Microsoft.TeamFoundation.Git.Server.GitUnresolvableToCommitException, Microsoft.TeamFoundation.Git.Server",
  );
}

function shape(
  call: Call,
  world: World,
  repository: RepositoryState,
  commitId: string,
  status: Record<string, unknown>,
) {
  const base = repositoryUrl(world, call.organization, repository);
  return {
    ...status,
    createdBy: identityRef(world, String(status.createdBy), call.organization),
    _links: { self: { href: `${base}/commits/${commitId}/statuses` }, commit: { href: `${base}/commits/${commitId}` } },
  };
}

async function create(call: Call, world: World) {
  const repository = requireRepository(call, world);
  requireGitPermission(call, repository, "GenericContribute");
  const commitId = await requireCommit(call, world, repository);
  const now = sevenDigits(world.clock.now());
  const status = {
    id: nextId(world, `commit status ${repository.id}`),
    ...readStatus(requireBody(call)),
    creationDate: now,
    updatedDate: now,
    createdBy: call.user.id,
  };
  const statuses = repository.commitStatuses.get(commitId) ?? [];
  repository.commitStatuses.set(commitId, [...statuses, status]);
  return { status: 201, body: shape(call, world, repository, commitId, status) };
}

async function listStatuses(call: Call, world: World) {
  const repository = requireRepository(call, world);
  const commitId = await requireCommit(call, world, repository);
  let statuses = repository.commitStatuses.get(commitId) ?? [];
  if (call.query("latestOnly") === "true") {
    const latest = new Map(statuses.map((status) => [JSON.stringify(status.context), status]));
    statuses = [...latest.values()];
  }
  return list(page(call, statuses, 1000).map((status) => shape(call, world, repository, commitId, status)));
}

const at = "/{organization}/{project?}/_apis/git/repositories/{repositoryId}/commits/{commitId}/statuses";

export const routes: readonly Route[] = [
  { method: "GET", path: at, scopes: ["code", "code_status"], handle: listStatuses },
  { method: "POST", path: at, scopes: ["code_status", "code_write"], handle: create },
];
