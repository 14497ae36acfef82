/** Rows to test with: one instance with an organization, a project and repositories. */
import { randomUUID } from "node:crypto";
import type { Finding } from "#model/finding.ts";
import type { InstanceId, OrganizationId, ProjectId, RepositoryId } from "#model/ids.ts";
import type { RemoteRepository } from "#model/repository.ts";
import type { Db } from "../database.ts";
import { insertInstance } from "../instances/instances.ts";
import { upsertOrganization } from "../instances/organizations.ts";
import { upsertProjects } from "../instances/projects.ts";
import { setChosen, upsertRepositories } from "../instances/repositories.ts";

export interface SampleWorld {
  readonly instanceId: InstanceId;
  readonly organizationId: OrganizationId;
  readonly projectId: ProjectId;
  /** The first of `repositories`. */
  readonly repositoryId: RepositoryId;
  readonly repositories: readonly RemoteRepository[];
}

export const sampleTime = new Date("2026-03-01T12:00:00Z");

export async function sampleWorld(db: Db, name = "sample", repositoryNames = ["web", "api"]): Promise<SampleWorld> {
  const organizationId = randomUUID() as OrganizationId;
  const projectId = randomUUID() as ProjectId;
  const takes = { is: "existing-and-future" } as const;
  const instanceId = await insertInstance(db, { name, takes, createdBy: "ada" });
  await upsertOrganization(db, { id: organizationId, instanceId, name: `${name}-organization` });
  await upsertProjects(
    db,
    { id: organizationId, instanceId },
    [{ id: projectId, name: `${name}-project` }],
    sampleTime,
  );
  const repositories = repositoryNames.map((repository) => sampleRepository(projectId, repository));
  await upsertRepositories(db, organizationId, repositories, sampleTime);
  await setChosen(db, instanceId, takes);
  return { instanceId, organizationId, projectId, repositoryId: repositories[0]!.id, repositories };
}

export function sampleRepository(projectId: ProjectId, name: string): RemoteRepository {
  return {
    id: randomUUID() as RepositoryId,
    projectId,
    name,
    defaultBranch: "refs/heads/main",
    size: 1_000,
    remoteUrl: `https://dev.azure.com/o/p/_git/${name}`,
    webUrl: `https://dev.azure.com/o/p/_git/${name}`,
    isDisabled: false,
    isFork: false,
  };
}

export function sampleFinding(fingerprint: string, path = "src/a.ts", change: Partial<Finding> = {}): Finding {
  return {
    rule: "secrets/sample",
    aliases: [],
    severity: "high",
    message: `a sample of ${fingerprint}`,
    at: { path, startLine: 3, startColumn: 1, endLine: 3, endColumn: 9 },
    fingerprint,
    ...change,
  };
}
