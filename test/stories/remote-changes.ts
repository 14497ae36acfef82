/** What happens in the stand-in Azure DevOps without a call of its API: pushes of several commits, branches that go, another name. */
import assert from "node:assert/strict";
import { inRepository, readRef, updateRefs } from "../../emulator/git/repository-store.ts";
import { writeCommit } from "../../emulator/git/write-commit.ts";
import { zeroId } from "../../emulator/shapes.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import type { House } from "./house.ts";

type Place = Pick<House, "emulator" | "organization" | "developer">;

/** One push of so many commits; a new branch begins at main. Answers the last commit. */
export async function pushCommits(
  place: Place,
  repository: RepositoryState,
  branch: string,
  commits: readonly Readonly<Record<string, string>>[],
): Promise<string> {
  const { developer } = place;
  const { world } = place.emulator;
  const name = `refs/heads/${branch}`;
  const person = { name: developer.displayName, email: developer.mail, date: world.clock.now() };
  return inRepository(world, repository.id, async () => {
    const tip = await readRef(world, repository.id, name);
    let head = tip ?? (await readRef(world, repository.id, "refs/heads/main"));
    for (const [index, files] of commits.entries()) {
      const changes = Object.entries(files).map(([path, content]) => ({ path, content: Buffer.from(content) }));
      const about = { base: head, message: `${branch} ${index}`, author: person, committer: person, changes };
      head = await writeCommit(world, repository.id, about);
    }
    assert(head);
    await moveRef(place, repository, name, [tip ?? zeroId, head]);
    return head;
  });
}

export async function deleteBranch(place: Place, repository: RepositoryState, branch: string): Promise<void> {
  const { world } = place.emulator;
  const name = `refs/heads/${branch}`;
  await inRepository(world, repository.id, async () => {
    const tip = await readRef(world, repository.id, name);
    await moveRef(place, repository, name, [tip ?? zeroId, zeroId]);
  });
}

async function moveRef(
  { emulator: { world }, organization, developer }: Place,
  repository: RepositoryState,
  name: string,
  [oldObjectId, newObjectId]: readonly [string, string],
): Promise<void> {
  const moved = { name, oldObjectId, newObjectId };
  const { results } = await updateRefs(world, organization, repository, developer, [moved]);
  assert(results[0]?.success, `${name} was not updated: ${results[0]?.updateStatus}`);
}

/** Tokens of the organization go on being its tokens. */
export function renameOrganization({ emulator: { world }, organization }: Place, name: string): void {
  const former = organization.name.toLowerCase();
  world.organizations.delete(former);
  organization.formerNames.push(former);
  organization.name = name;
  world.organizations.set(name.toLowerCase(), organization);
  for (const [at, token] of world.tokens.entries()) {
    if (token.organization === former) world.tokens[at] = { ...token, organization: name.toLowerCase() };
  }
}
