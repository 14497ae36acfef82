/** The organizations of a checked connection that can be taken: free ones, and those of the instance that it is for. */
import type { CheckedOrganization, Connection } from "#api/connections/contract.ts";

export function isReady({ problem, connectedTo, credentials }: CheckedOrganization, sameInstance?: string): boolean {
  if (credentials.length === 0) return false;
  return connectedTo === null ? problem === null : connectedTo === sameInstance;
}

/** The draft to go on with; undefined if nothing can be taken. */
export function draftOf(connection: Connection | undefined, sameInstance?: string): string | undefined {
  const some = connection?.organizations.some((organization) => isReady(organization, sameInstance)) ?? false;
  return some ? (connection?.draft ?? undefined) : undefined;
}
