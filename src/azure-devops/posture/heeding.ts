/** A client whose calls end with the collection that they are made for. */
import type { OrganizationClient } from "../organization-client.ts";

export function heeding(client: OrganizationClient, signal: AbortSignal): OrganizationClient {
  return { ...client, request: (request) => client.request({ signal, ...request }) };
}
