/** Statuses of pull requests. They are only ever added; the latest of a genre and name counts. */
import type { RepositoryId } from "#model/ids.ts";
import type { PullRequestStatusState } from "#model/pull-request.ts";
import { type EncodedPath, type OrganizationClient, path } from "./organization-client.ts";
import { collect, wholeList } from "./pages.ts";
import { inner, optionalNumber, optionalText, requiredNumber, type Wire, wireObject } from "./read-wire.ts";

interface StatusContext {
  readonly genre: string;
  readonly name: string;
}

export interface NewStatus {
  readonly state: PullRequestStatusState;
  readonly description: string;
  readonly context: StatusContext;
  readonly targetUrl?: string;
  readonly iterationId: number;
}

export interface PostedStatus {
  readonly id: number;
  readonly state: string;
  readonly description: string;
  readonly context: StatusContext;
  readonly iterationId?: number;
}

function statusesPath(repositoryId: RepositoryId, number: number): EncodedPath {
  return path`/_apis/git/repositories/${repositoryId}/pullRequests/${number}/statuses`;
}

/** Throws `closed` if the pull request is completed or abandoned. */
export async function postStatus(
  client: OrganizationClient,
  repositoryId: RepositoryId,
  number: number,
  status: NewStatus,
): Promise<PostedStatus> {
  const { body } = await client.request({
    method: "POST",
    path: statusesPath(repositoryId, number),
    body: status,
    // A second one that says the same changes nothing.
    isRepeatable: true,
  });
  return readStatus(wireObject(body, "a new status"));
}

export async function listStatuses(
  client: OrganizationClient,
  repositoryId: RepositoryId,
  number: number,
): Promise<readonly PostedStatus[]> {
  return collect(wholeList(client, { path: statusesPath(repositoryId, number) }, "statuses"), readStatus);
}

function readStatus(wire: Wire): PostedStatus {
  const context = inner(wire, "context");
  const iterationId = optionalNumber(wire, "iterationId");
  return {
    id: requiredNumber(wire, "id", "status"),
    state: optionalText(wire, "state") ?? "notSet",
    description: optionalText(wire, "description") ?? "",
    context: { genre: optionalText(context, "genre") ?? "", name: optionalText(context, "name") ?? "" },
    ...(iterationId === undefined ? {} : { iterationId }),
  };
}
