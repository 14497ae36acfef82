/**
 * Access tokens of a person: listed, made, changed and revoked by that person, signed in with Microsoft Entra ID; an
 * access token or an app is refused. Failures come as 200 with the name of what is wrong.
 */
import { createHash } from "node:crypto";
import { addToken } from "../build-world.ts";
import { bodyObject, dateOf, numberOf, textOf } from "../query-values.ts";
import { type Answer, type Call, Refusal, type Route } from "../route.ts";
import type { PersonalAccessToken, World } from "../world.ts";

const host = "vssps.dev.azure.com" as const;
const path = "/{organization}/_apis/tokens/pats";
const longest = 365 * 86_400_000;

/** The id of a token, the same as long as it lives. */
export function authorizationId(token: PersonalAccessToken): string {
  const hex = createHash("sha256").update(`authorization ${token.value}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function scopeText(token: PersonalAccessToken): string {
  return token.scopes.includes("full") ? "app_token" : token.scopes.map((scope) => `vso.${scope}`).join(" ");
}

/** What a token that never expires shows. */
const endOfTime = new Date("9999-12-31T23:59:59.997Z");

export function tokenDates(token: PersonalAccessToken, world: World): { validFrom: string; validTo: string } {
  const from = token.created ?? world.clock.now();
  return { validFrom: from.toISOString(), validTo: (token.expires ?? endOfTime).toISOString() };
}

function shape(call: Call, world: World, token: PersonalAccessToken, value: string | null): Record<string, unknown> {
  return {
    displayName: token.displayName,
    ...tokenDates(token, world),
    scope: scopeText(token),
    targetAccounts: token.organization === undefined ? null : [call.organization.id],
    authorizationId: authorizationId(token),
    token: value,
  };
}

function failed(patTokenError: string): Answer {
  return { body: { patToken: null, patTokenError } };
}

function requirePerson(call: Call): void {
  if (call.token.entra?.actsFor === "user") return;
  throw new Refusal(
    401,
    "UnauthorizedRequestException",
    "TF400813: The user is not authorized to access this resource: sign in with Microsoft Entra ID.",
  );
}

/** Those that open this organization, newest first. */
export function tokensOf(world: World, organization: string, userId: string): PersonalAccessToken[] {
  const name = organization.toLowerCase();
  return world.tokens
    .filter((one) => one.userId === userId && !one.revoked && (one.organization ?? name) === name)
    .reverse();
}

function findOwn(call: Call, world: World, id: unknown): PersonalAccessToken | undefined {
  const wanted = typeof id === "string" ? id.toLowerCase() : "";
  return tokensOf(world, call.organization.name, call.user.id).find((one) => authorizationId(one) === wanted);
}

function listTokens(call: Call, world: World): Answer {
  requirePerson(call);
  const id = call.query("authorizationId");
  if (id !== undefined) {
    const token = findOwn(call, world, id);
    return token
      ? { body: { patToken: shape(call, world, token, null), patTokenError: "none" } }
      : failed("authorizationNotFound");
  }
  const now = world.clock.now();
  const filter = call.query("displayFilterOption")?.toLowerCase();
  const found = tokensOf(world, call.organization.name, call.user.id).filter((one) => {
    const isExpired = one.expires !== undefined && one.expires <= now;
    if (filter === "all") return true;
    return filter === "expired" ? isExpired : !isExpired;
  });
  const from = numberOf(call, ["continuationToken"], 0);
  const next = from + Math.max(1, numberOf(call, ["$top"], 20, 100));
  return {
    body: {
      continuationToken: next < found.length ? String(next) : "",
      patTokens: found.slice(from, next).map((one) => shape(call, world, one, null)),
    },
  };
}

type Asked =
  | { readonly is: "wrong"; readonly what: string }
  | {
      readonly is: "good";
      readonly displayName: string;
      readonly scopes: readonly string[];
      readonly expires: Date;
    };

function readScopes(text: string): readonly string[] | undefined {
  if (text === "app_token") return ["full"];
  const words = text.split(/\s+/).filter(Boolean);
  if (words.length === 0 || words.some((word) => !/^vso\.[a-z_.]+$/.test(word))) return undefined;
  return words.map((word) => word.slice("vso.".length));
}

function readAsked(call: Call, world: World, old?: PersonalAccessToken): Asked {
  const body = bodyObject(call);
  const wrong = (what: string): Asked => ({ is: "wrong", what });
  const displayName = textOf(body.displayName)?.trim() ?? old?.displayName ?? "";
  if (displayName === "") return wrong("displayNameRequired");
  if (displayName.length > 255) return wrong("invalidDisplayName");
  // tokens of all organizations are not made any more
  if (body.allOrgs === true) return wrong("globalPatPolicyViolation");
  const scopeWords = textOf(body.scope) ?? (old ? scopeText(old) : "app_token");
  const scopes = readScopes(scopeWords);
  if (!scopes) return wrong("invalidScope");
  const now = world.clock.now().getTime();
  const validTo = textOf(body.validTo);
  const expires = dateOf({ query: () => validTo }, "validTo") ?? old?.expires ?? new Date(now + 30 * 86_400_000);
  if (expires.getTime() <= now || expires.getTime() > now + longest) return wrong("invalidValidTo");
  return { is: "good", displayName, scopes, expires };
}

function createToken(call: Call, world: World): Answer {
  requirePerson(call);
  const asked = readAsked(call, world);
  if (asked.is === "wrong") return failed(asked.what);
  const { displayName, scopes, expires } = asked;
  const { organization } = call;
  const token = addToken(world, call.user, { displayName, scopes, expires, organization });
  return { body: { patToken: shape(call, world, token, token.value), patTokenError: "none" } };
}

function changeToken(call: Call, world: World): Answer {
  requirePerson(call);
  const old = findOwn(call, world, bodyObject(call).authorizationId);
  if (!old) return failed("authorizationNotFound");
  const asked = readAsked(call, world, old);
  if (asked.is === "wrong") return failed(asked.what);
  const { displayName, scopes, expires } = asked;
  const token: PersonalAccessToken = { ...old, displayName, scopes, expires };
  world.tokens[world.tokens.indexOf(old)] = token;
  return { body: { patToken: shape(call, world, token, null), patTokenError: "none" } };
}

function revokeToken(call: Call, world: World): Answer {
  requirePerson(call);
  const token = findOwn(call, world, call.query("authorizationId"));
  if (!token) throw new Refusal(404, "AuthorizationNotFoundException", "The authorization was not found.");
  token.revoked = true;
  return { status: 204 };
}

export const accessTokenRoutes: readonly Route[] = [
  { method: "GET", host, path, preview: true, handle: listTokens },
  { method: "POST", host, path, preview: true, handle: createToken },
  { method: "PUT", host, path, preview: true, handle: changeToken },
  { method: "DELETE", host, path, preview: true, handle: revokeToken },
];
