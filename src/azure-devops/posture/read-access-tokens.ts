/** Personal access tokens that people have for an organization, without the tokens themselves: one call for each person. */
import type { AccessTokenFact, UserFact } from "#model/posture/access-facts.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { collect, pagesByBody } from "../pages.ts";
import { optionalText, requiredText, type Wire } from "../read-wire.ts";
import { askEach } from "./ask-each.ts";
import type { Collecting } from "./collector.ts";
import { isoDate } from "./iso-date.ts";

const where = "access tokens";

/** More people are not asked about: their tokens are missing, and nothing is said of them. */
const mostPeople = 2000;

export async function readAccessTokens(
  client: OrganizationClient,
  { known }: Pick<Collecting, "known">,
): Promise<readonly AccessTokenFact[]> {
  const people = (known.people?.users ?? []).filter(({ kind }) => kind === "member" || kind === "guest");
  return (await askEach(people.slice(0, mostPeople), (person) => tokensOf(client, person))).flat();
}

async function tokensOf(client: OrganizationClient, owner: UserFact): Promise<readonly AccessTokenFact[]> {
  const request = {
    host: "vssps.dev.azure.com",
    path: path`/_apis/tokenadmin/personalaccesstokens/${owner.descriptor}`,
    query: { pageSize: 100 },
  } as const;
  try {
    const wires = await collect(pagesByBody(client, request, { list: "value", where }), (wire) => wire);
    return wires.filter(({ isValid }) => isValid !== false).map((wire) => readToken(wire, owner));
  } catch (error) {
    // Somebody left meanwhile; where nobody is known at all, there is a route missing, which has no type.
    if (error instanceof RemoteError && error.code === "not-found" && error.details.typeKey !== undefined) return [];
    throw error;
  }
}

function readToken(wire: Wire, owner: UserFact): AccessTokenFact {
  const accounts = wire.targetAccounts;
  return {
    id: requiredText(wire, "authorizationId", where).toLowerCase(),
    name: optionalText(wire, "displayName") ?? "",
    ownerDescriptor: owner.descriptor,
    ownerName: owner.name,
    scope: optionalText(wire, "scope") ?? "",
    isForAllOrganizations: !Array.isArray(accounts) || accounts.length === 0,
    validFrom: isoDate(wire, "validFrom") ?? "",
    validTo: isoDate(wire, "validTo") ?? "",
  };
}
