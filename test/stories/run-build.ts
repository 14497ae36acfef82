/** A pipeline of the stand-in builds a commit, to the end. */
import { addDefinition } from "../../emulator/build/definitions.ts";
import { completeBuild, queueBuild } from "../../emulator/build/queue-build.ts";
import type { BuildState, RepositoryState } from "../../emulator/world.ts";
import type { House } from "./house.ts";

export async function runBuild(
  { emulator: { world }, organization, developer }: Pick<House, "emulator" | "organization" | "developer">,
  repository: RepositoryState,
  commit: string,
): Promise<BuildState> {
  const wanted = { projectId: repository.projectId, name: `${repository.name} CI`, repositoryId: repository.id };
  const definition =
    organization.definitions.find(({ repositoryId }) => repositoryId === repository.id) ??
    addDefinition(
      world,
      { organization },
      { ...wanted, yamlFilename: "azure-pipelines.yml" },
      { authoredBy: developer.id },
    );
  const about = { requestedBy: developer.id, sourceBranch: "refs/heads/main", sourceVersion: commit, repository };
  const build = queueBuild(world, organization, definition, about);
  await completeBuild(world, organization, build, "succeeded", developer.id);
  return build;
}
