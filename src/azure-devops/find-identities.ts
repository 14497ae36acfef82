/** People and groups of an organization, by what somebody types or by their ids. Identities of builds are none of them. */
import { type OrganizationClient, path } from "./organization-client.ts";
import { inner, isWire, optionalText, requiredText, type Wire } from "./read-wire.ts";

export interface FoundIdentity {
  readonly id: string;
  readonly name: string;
  /** What they sign in with; groups have none. */
  readonly account?: string;
  readonly isGroup: boolean;
}

/** So many ids keep an address below what proxies take. */
const mostIds = 50;

/** Searched is for a display name or an account; whether the beginning of one is enough, Azure DevOps does not promise. */
export type IdentityQuery = { readonly search: string } | { readonly ids: readonly string[] };

/** Whom nobody knows is missing. */
export async function findIdentities(
  client: OrganizationClient,
  wanted: IdentityQuery,
): Promise<readonly FoundIdentity[]> {
  if ("search" in wanted) return read(client, { searchFilter: "General", filterValue: wanted.search });
  const found: FoundIdentity[] = [];
  for (let at = 0; at < wanted.ids.length; at += mostIds) {
    found.push(...(await read(client, { identityIds: wanted.ids.slice(at, at + mostIds).join(",") })));
  }
  return found;
}

async function read(
  client: OrganizationClient,
  query: Readonly<Record<string, string>>,
): Promise<readonly FoundIdentity[]> {
  const { body } = await client.request({ host: "vssps.dev.azure.com", path: path`/_apis/identities`, query });
  // The answer holds null for what nobody has.
  const value: unknown = isWire(body) ? body.value : body;
  return (Array.isArray(value) ? value.filter(isWire) : []).flatMap(identityOf);
}

function identityOf(wire: Wire): readonly FoundIdentity[] {
  const id = requiredText(wire, "id", "identities");
  const name = optionalText(wire, "customDisplayName") ?? optionalText(wire, "providerDisplayName");
  if (name === undefined || wire.isActive === false || propertyOf(wire, "Domain") === "Build") return [];
  const isGroup = wire.isContainer === true;
  const account = isGroup ? undefined : propertyOf(wire, "Account");
  return [{ id, name, isGroup, ...(account !== undefined && { account }) }];
}

function propertyOf(wire: Wire, name: string): string | undefined {
  return optionalText(inner(inner(wire, "properties"), name), "$value");
}
