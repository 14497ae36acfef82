/** Addresses of Azure DevOps' own pages, for people. Made from names and ids, never copied from a payload. */
import type { Span } from "#model/span.ts";
import { encodeSegment, type OrganizationClient } from "./organization-client.ts";

/** Also where git fetches from: the same address, without a user part. */
export function repositoryAddress(client: OrganizationClient, project: string, repository: string): string {
  return `${projectAddress(client, project)}/_git/${encodeSegment(repository)}`;
}

export function pullRequestAddress(
  client: OrganizationClient,
  project: string,
  repository: string,
  number: number,
): string {
  return `${repositoryAddress(client, project, repository)}/pullrequest/${number}`;
}

export function buildAddress(client: OrganizationClient, project: string, buildId: number): string {
  return `${projectAddress(client, project)}/_build/results?buildId=${buildId}`;
}

export function workItemAddress(client: OrganizationClient, project: string, id: number): string {
  return `${projectAddress(client, project)}/_workitems/edit/${id}`;
}

/** A place in a file as it was in a commit. */
export function lineAddress(repositoryWebUrl: string, commit: string, at: Span): string {
  const query = new URLSearchParams({
    path: `/${at.path}`,
    version: `GC${commit}`,
    line: String(at.startLine),
    lineEnd: String(at.endLine),
    lineStartColumn: String(at.startColumn),
    lineEndColumn: String(at.endColumn),
    lineStyle: "plain",
    _a: "contents",
  });
  return `${repositoryWebUrl}?${query.toString().replaceAll("+", "%20")}`;
}

export function commitAddress(repositoryWebUrl: string, commit: string): string {
  return `${repositoryWebUrl}/commit/${commit}`;
}

export function threadAddress(pullRequestWebUrl: string, threadId: number): string {
  return `${pullRequestWebUrl}?discussionId=${threadId}`;
}

/** Without a slash at the end. */
export function organizationAddress({ addresses, organization }: OrganizationClient): string {
  return `${addresses["dev.azure.com"]}/${encodeSegment(organization)}`;
}

function projectAddress(client: OrganizationClient, project: string): string {
  return `${organizationAddress(client)}/${encodeSegment(project)}`;
}
