/** Makes a repository with the history that a seed tells, as one push of whoever wrote the last commit. */
import { addRepository } from "../build-world.ts";
import { inRepository, readRefs, recordPush } from "../git/repository-store.ts";
import { zeroId } from "../shapes.ts";
import type { OrganizationState, ProjectState, RepositoryState, User, World } from "../world.ts";
import { importHistory } from "./import-history.ts";
import type { SeedRepository } from "./seed-history.ts";
import { stableId } from "./stable-id.ts";

export interface SeedPlace {
  readonly world: World;
  readonly organization: OrganizationState;
  /** By the keys of the histories. */
  readonly people: Readonly<Record<string, User>>;
  readonly projects: readonly ProjectState[];
}

export async function seedRepository(
  { world, organization, people, projects }: SeedPlace,
  seed: SeedRepository,
): Promise<{ readonly seed: SeedRepository; readonly repository: RepositoryState }> {
  const project = projects.find((one) => one.name === seed.project);
  if (!project) throw new Error(`the seed has no project ${seed.project}`);
  const id = stableId(`repository ${seed.name}`);
  const repository = await addRepository(world, organization, project, seed.name, { id });
  const main = { ref: "refs/heads/main", commits: seed.history };
  const branches = (seed.pullRequests ?? []).map(({ branch, commits }) => ({
    ref: `refs/heads/${branch}`,
    from: main.ref,
    commits,
  }));
  await importHistory(world, repository, people, [main, ...branches], seed.tags);
  const refs = await readRefs(world, repository.id);
  const moved = [...refs].map(([name, newObjectId]) => ({ name, oldObjectId: zeroId, newObjectId }));
  const author = people[seed.history.at(-1)?.by ?? ""] as User;
  await inRepository(world, repository.id, () => recordPush(world, organization, repository, author, moved));
  return { seed, repository };
}
