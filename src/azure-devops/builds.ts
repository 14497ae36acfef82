import type { ProjectId, RepositoryId } from "#model/ids.ts";
import { buildAddress } from "./links.ts";
import { type OrganizationClient, path } from "./organization-client.ts";
import { collect, pagesByHeader } from "./pages.ts";
import { inner, optionalDate, optionalText, requiredNumber, requiredText, type Wire, wireObject } from "./read-wire.ts";

export interface RemoteBuild {
  readonly buildId: number;
  readonly buildNumber: string;
  readonly definition: string;
  readonly status: string;
  /** Absent until the build is completed. */
  readonly result?: string;
  readonly commit?: string;
  readonly branch?: string;
  /** Absent if the sources are elsewhere (GitHub, ...). */
  readonly repositoryId?: RepositoryId;
  readonly finishedAt?: Date;
  /** Whom it was for, by name. */
  readonly requestedBy?: string;
  readonly webUrl: string;
}

export async function getBuild(client: OrganizationClient, projectId: ProjectId, id: number): Promise<RemoteBuild> {
  const { body } = await client.request({ path: path`/${projectId}/_apis/build/builds/${id}` });
  return readBuild(client, projectId, wireObject(body, "build"));
}

/** Completed builds, from the oldest that ended after `finishedAfter`. */
export async function listBuilds(
  client: OrganizationClient,
  projectId: ProjectId,
  options: { readonly finishedAfter: Date },
): Promise<readonly RemoteBuild[]> {
  const query = {
    statusFilter: "completed",
    minTime: options.finishedAfter.toISOString(),
    queryOrder: "finishTimeAscending",
  };
  const request = { path: path`/${projectId}/_apis/build/builds`, query };
  const pages = pagesByHeader(client, request, { top: 500, where: "builds" });
  return collect(pages, (wire) => readBuild(client, projectId, wire));
}

function readBuild(client: OrganizationClient, projectId: ProjectId, wire: Wire): RemoteBuild {
  const where = "build";
  const buildId = requiredNumber(wire, "id", where);
  const repository = inner(wire, "repository");
  const repositoryId = repository.type === "TfsGit" ? optionalText(repository, "id") : undefined;
  const result = optionalText(wire, "result");
  const commit = optionalText(wire, "sourceVersion");
  const branch = optionalText(wire, "sourceBranch");
  const finishedAt = optionalDate(wire, "finishTime");
  const requestedBy =
    optionalText(inner(wire, "requestedFor"), "displayName") ?? optionalText(inner(wire, "requestedBy"), "displayName");
  return {
    buildId,
    buildNumber: optionalText(wire, "buildNumber") ?? String(buildId),
    definition: optionalText(inner(wire, "definition"), "name") ?? "",
    status: requiredText(wire, "status", where),
    ...(result === undefined ? {} : { result }),
    ...(commit === undefined ? {} : { commit }),
    ...(branch === undefined ? {} : { branch }),
    ...(repositoryId === undefined ? {} : { repositoryId: repositoryId as RepositoryId }),
    ...(finishedAt === undefined ? {} : { finishedAt }),
    ...(requestedBy === undefined ? {} : { requestedBy }),
    webUrl: buildAddress(client, projectId, buildId),
  };
}
