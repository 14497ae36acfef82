/** Every repository of an instance, and whether it is chosen. */
import type { Db } from "#store/database.ts";
import type { InstanceOverview } from "#store/instances.ts";
import { listProjects } from "#store/projects.ts";
import { listRepositories } from "#store/repositories.ts";
import type { InstanceRepositories } from "./contract.ts";

const everything = { offset: 0, limit: 100_000 };

export async function readChoice(db: Db, instance: InstanceOverview): Promise<InstanceRepositories> {
  const scope = { is: "instances", ids: [instance.id] } as const;
  const [projects, repositories] = await Promise.all([
    listProjects(db, instance.id),
    listRepositories(db, scope, everything),
  ]);
  const organizationName = new Map(instance.organizations.map(({ id, name }) => [id, name]));
  return {
    projects: projects.map(({ id, name, organizationId }) => ({
      id,
      name,
      organization: organizationName.get(organizationId) ?? "",
    })),
    repositories: repositories.rows.map((repository) => ({
      id: repository.id,
      name: repository.name,
      project: repository.projectName,
      projectId: repository.projectId,
      organization: repository.organizationName,
      isDisabled: repository.isDisabled,
      isEmpty: repository.defaultBranch === undefined,
      isFork: repository.isFork,
      size: repository.size,
      chosen: repository.chosen,
    })),
  };
}
