/** Other people's access tokens: collection administrators list and revoke them. */
import { bodyObject, dateOf, numberOf, textOf } from "../query-values.ts";
import { isMember, requireGroup } from "../rights.ts";
import { type Answer, type Call, Refusal, type Route } from "../route.ts";
import { zeroGuid } from "../shapes.ts";
import type { PersonalAccessToken, World } from "../world.ts";
import { authorizationId, scopeText, tokenDates, tokensOf } from "./access-tokens.ts";

const host = "vssps.dev.azure.com" as const;
const root = "/{organization}/_apis/tokenadmin";
const scopes = ["tokenadministration"];

function requireAdministrator(call: Call): void {
  requireGroup(call, "collection administrators", undefined, "Edit instance-level information");
}

function shape(call: Call, world: World, token: PersonalAccessToken): Record<string, unknown> {
  return {
    clientId: zeroGuid,
    accessId: authorizationId(token),
    authorizationId: authorizationId(token),
    hostAuthorizationId: zeroGuid,
    userId: token.userId,
    ...tokenDates(token, world),
    displayName: token.displayName,
    scope: scopeText(token),
    targetAccounts: token.organization === undefined ? null : [call.organization.id],
    token: null,
    alternateToken: null,
    isValid: token.expires === undefined || token.expires > world.clock.now(),
    isPublic: false,
    publicData: null,
    source: null,
  };
}

function listTokens(call: Call, world: World): Answer {
  requireAdministrator(call);
  const user = [...world.users.values()].find((one) => one.descriptor === call.params.subjectDescriptor);
  if (!user || !isMember(call.organization, user.id))
    throw new Refusal(404, "IdentityNotFoundException", "The identity could not be found.");
  const found = tokensOf(world, call.organization.name, user.id);
  const size = Math.max(1, numberOf(call, ["pageSize"], 20));
  // the token of a page is the id of the last entry before it
  const last = call.query("continuationToken")?.toLowerCase();
  const from = last === undefined ? 0 : found.findIndex((one) => authorizationId(one) === last) + 1;
  const page = found.slice(from, from + size);
  const end = page.at(-1);
  const more = end !== undefined && from + size < found.length;
  return {
    body: {
      value: page.map((one) => shape(call, world, one)),
      continuationToken: more ? authorizationId(end) : null,
    },
  };
}

function revoke(call: Call, world: World): Answer {
  requireAdministrator(call);
  const name = call.organization.name.toLowerCase();
  const wanted = (Array.isArray(call.body) ? call.body : []).map(
    (one) => textOf(bodyObject({ body: one }).authorizationId)?.toLowerCase() ?? "",
  );
  for (const token of world.tokens)
    if ((token.organization ?? name) === name && wanted.includes(authorizationId(token))) token.revoked = true;
  return { status: 204 };
}

/** A rule concerns tokens that describe themselves; it is taken and nothing of this world falls under it. */
function addRule(call: Call): Answer {
  requireAdministrator(call);
  const { createdBefore } = bodyObject(call);
  if (!dateOf({ query: () => textOf(createdBefore) }, "createdBefore"))
    throw new Refusal(400, "ArgumentException", "A revocation rule needs a date.\r\nParameter name: createdBefore");
  return { status: 201 };
}

export const tokenAdministrationRoutes: readonly Route[] = [
  { method: "GET", host, path: `${root}/personalaccesstokens/{subjectDescriptor}`, scopes, handle: listTokens },
  { method: "POST", host, path: `${root}/revocations`, scopes, handle: revoke },
  { method: "POST", host, path: `${root}/revocationrules`, scopes, handle: addRule },
];
