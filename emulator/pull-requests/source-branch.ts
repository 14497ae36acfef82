/** The source branch of a pull request, which may lie in a fork: its commits are brought over before anybody compares them. */
import { git, repositoryFolder, resolveRef, tryGit } from "../git/repository-store.ts";
import type { OrganizationState, PullRequestState, RepositoryState, World } from "../world.ts";

type Source = Pick<PullRequestState, "repositoryId" | "sourceRepositoryId" | "sourceRefName">;

/** The repository with the source branch; undefined once a fork was deleted. */
export function sourceRepositoryOf(organization: OrganizationState, source: Source): RepositoryState | undefined {
  return organization.repositories.get(source.sourceRepositoryId ?? source.repositoryId);
}

/** The commit at the source branch, which is in the target repository afterwards; undefined where the branch is gone. */
export async function resolveSource(world: World, source: Source): Promise<string | undefined> {
  const { repositoryId, sourceRepositoryId, sourceRefName } = source;
  if (sourceRepositoryId === undefined) return resolveRef(world, repositoryId, sourceRefName);
  const commit = await resolveRef(world, sourceRepositoryId, sourceRefName);
  if (!commit) return undefined;
  if ((await tryGit(world, repositoryId, ["cat-file", "-e", `${commit}^{commit}`])) === undefined) {
    const quietly = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head"];
    await git(world, repositoryId, [...quietly, repositoryFolder(world, sourceRepositoryId), commit]);
  }
  return commit;
}
