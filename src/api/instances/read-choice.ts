/** Every repository of an instance, and whether it is chosen. */
import type { Db } from "#store/database.ts";
import type { InstanceOverview } from "#store/instances/instances.ts";
import { listProjects } from "#store/instances/projects.ts";
import { listChoosable } from "#store/instances/repositories.ts";
import type { InstanceRepositories } from "./contract.ts";

export async function readChoice(db: Db, instance: InstanceOverview): Promise<InstanceRepositories> {
  const [projects, repositories] = await Promise.all([listProjects(db, instance.id), listChoosable(db, instance.id)]);
  const organizationName = new Map(instance.organizations.map(({ id, name }) => [id, name]));
  return {
    projects: projects.map(({ id, name, organizationId, sourceControl }) => ({
      id,
      name,
      organization: organizationName.get(organizationId) ?? "",
      isSupported: sourceControl === "git",
    })),
    repositories: [...repositories],
  };
}
