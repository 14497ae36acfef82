/** Commits and changes as answers show them. */
import { organizationUrl, repositoryUrl, repositoryWebUrl } from "../shapes.ts";
import type { OrganizationState, RepositoryState, World } from "../world.ts";
import type { CommitData } from "./read-commits.ts";
import type { PathChange } from "./read-tree.ts";

/** As lists of commits show it. */
export function commitRef(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  commit: CommitData,
): Record<string, unknown> {
  const id = commit.commitId;
  return {
    commitId: id,
    author: commit.author,
    committer: commit.committer,
    comment: commit.comment,
    url: `${repositoryUrl(world, organization, repository)}/commits/${id}`,
    remoteUrl: `${repositoryWebUrl(world, organization, repository)}/commit/${id}`,
  };
}

/** As a single commit shows itself: with its tree, parents and the push that brought it. */
export function commitShape(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  commit: CommitData,
): Record<string, unknown> {
  const url = repositoryUrl(world, organization, repository);
  const self = `${url}/commits/${commit.commitId}`;
  return {
    treeId: commit.treeId,
    ...commitRef(world, organization, repository, commit),
    parents: commit.parents,
    _links: {
      self: { href: self },
      repository: { href: url },
      changes: { href: `${self}/changes` },
      web: { href: `${repositoryWebUrl(world, organization, repository)}/commit/${commit.commitId}` },
      tree: { href: `${url}/trees/${commit.treeId}` },
    },
  };
}

export function changeCounts(changes: readonly PathChange[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { change } of changes) {
    const name = change === "edit, rename" ? "Edit, Rename" : change.replace(/^./, (first) => first.toUpperCase());
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

export function changeShape(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  commit: string,
  change: PathChange,
): Record<string, unknown> {
  const root = `${organizationUrl(world, organization)}/${repository.projectId}/_apis/git/repositories/${repository.id}`;
  const path = `/${change.path}`;
  return {
    item: {
      ...(change.objectId ? { objectId: change.objectId } : {}),
      ...(change.oldObjectId ? { originalObjectId: change.oldObjectId } : {}),
      gitObjectType: change.isFolder ? "tree" : "blob",
      commitId: commit,
      path,
      ...(change.isFolder ? { isFolder: true } : {}),
      url: `${root}/items/${encodeURI(path)}?versionType=Commit&version=${commit}`,
    },
    ...(change.oldPath === undefined ? {} : { sourceServerItem: `/${change.oldPath}` }),
    changeType: change.change,
  };
}
