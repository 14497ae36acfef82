/** What happens in Azure DevOps meanwhile: repositories, open pull requests, and a burst of pushes, each with a secret of its own. */
import {
  addCommit,
  addOrganization,
  addProject,
  addRepository,
  addToken,
  addUser,
} from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { Emulator } from "../../emulator/start-emulator.ts";
import type {
  OrganizationState,
  PersonalAccessToken,
  ProjectState,
  RepositoryState,
  User,
} from "../../emulator/world.ts";
import { openPullRequest } from "../stories/pull-request-calls.ts";

export interface Target {
  readonly repository: RepositoryState;
  /** Pushes that went to the default branch, and to the branch of the pull request. */
  readonly pushed: { main: number; feature: number };
  readonly pullRequest?: number;
}

export interface Burst {
  readonly organization: OrganizationState;
  readonly ownerToken: PersonalAccessToken;
  readonly targets: readonly Target[];
  /** One push, to the targets in turn; every fourth into an open pull request. */
  push(): Promise<void>;
}

/** Every second repository has an open pull request. */
export async function prepareBurst(emulator: Emulator, repositories: number): Promise<Burst> {
  const { world } = emulator;
  const organization = addOrganization(world, "fabrikam");
  const project = addProject(world, organization, "Payments");
  const owner = addUser(world, "Olga Owner", { organization, group: "project administrators" });
  const developer = addUser(world, "Dana Developer", { organization });
  const developerToken = addToken(world, developer, { organization });
  const targets: Target[] = [];
  for (let index = 0; index < repositories; index++) {
    const where = { emulator, organization, project, developer, developerToken };
    targets.push(await addTarget(where, index));
  }
  let count = 0;
  return {
    organization,
    ownerToken: addToken(world, owner, { organization }),
    targets,
    async push() {
      const turn = count++;
      const target = targets[turn % targets.length];
      if (!target) return;
      const isFeature = target.pullRequest !== undefined && Math.floor(turn / targets.length) % 4 === 3;
      target.pushed[isFeature ? "feature" : "main"] += 1;
      const branch = isFeature ? "feature" : "main";
      const files = leakOf(`${branch}-${turn}`);
      await addCommit(world, organization, target.repository, developer, { branch, message: `push ${turn}`, files });
    },
  };
}

async function addTarget(
  where: {
    readonly emulator: Emulator;
    readonly organization: OrganizationState;
    readonly project: ProjectState;
    readonly developer: User;
    readonly developerToken: PersonalAccessToken;
  },
  index: number,
): Promise<Target> {
  const { emulator, organization, project, developer } = where;
  const { world } = emulator;
  const files = leakOf(`first-${index}`);
  const repository = await addRepository(world, organization, project, `service-${index}`, { files });
  const pushed = { main: 1, feature: 0 };
  if (index % 2 === 1) return { repository, pushed };
  await addCommit(world, organization, repository, developer, {
    branch: "feature",
    from: "main",
    message: "feature",
    files: leakOf(`feature-first-${index}`),
  });
  const { id } = await openPullRequest(where, repository, "feature");
  return { repository, pushed: { main: 1, feature: 1 }, pullRequest: id };
}

function leakOf(name: string): Readonly<Record<string, string>> {
  return { [`config/${name}.env`]: `TOKEN=${plantedSecrets(name).githubToken}\n` };
}
