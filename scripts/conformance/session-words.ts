/** Addresses and small readings that the parts of the session share. */
type Json = Record<string, unknown>;

export const repositories = "/{organization}/{project}/_apis/git/repositories";
export const repository = `${repositories}/{repositoryId}`;
export const pullRequests = `${repository}/pullRequests/{pullRequestId}`;
export const statusPolicy = "cbdc66da-9728-4af8-aada-9a5a32e4a226";
export const zeroId = "0".repeat(40);

/** A text or number deep in an answer; empty when it is not there. */
export function field(value: unknown, ...path: (string | number)[]): string {
  let at: unknown = value;
  for (const name of path) at = (at as Json | undefined)?.[name as string];
  return typeof at === "string" || typeof at === "number" ? String(at) : "";
}
