/** The gate in front of all routes: organization, credential, membership. Versions and scopes are judged once the route is known. */
import { hostUrl, versionsOf } from "../edition.ts";
import { type EntraSignIn, looksLikeJwt, signInByEntra } from "../entra/access-token.ts";
import { loginBase } from "../entra/tenant-provider.ts";
import { isMember } from "../rights.ts";
import { type Answer, type Host, Refusal, type Route } from "../route.ts";
import { zeroGuid } from "../shapes.ts";
import type { OrganizationState, PersonalAccessToken, World } from "../world.ts";

/** Stands in for the organization on hosts that have none. */
export const noOrganization: OrganizationState = {
  id: "00000000-0000-0000-0000-000000000000",
  name: "",
  formerNames: [],
  collectionId: "00000000-0000-0000-0000-000000000000",
  tenantId: "00000000-0000-0000-0000-000000000000",
  memberships: [],
  projects: new Map(),
  repositories: new Map(),
  pullRequests: [],
  policies: [],
  definitions: [],
  builds: [],
  workItems: [],
  subscriptions: [],
  operations: new Map(),
};

/** Hosts that are not Azure DevOps: they hand out tokens. */
export function isIdentityHost(host: Host): boolean {
  return host === "login.microsoftonline.com" || host === "169.254.169.254";
}

export function hasOrganization(host: Host): boolean {
  return host !== "app.vssps.visualstudio.com" && !isIdentityHost(host);
}

export type FoundOrganization =
  | { readonly is: "found"; readonly organization: OrganizationState }
  | { readonly is: "renamed"; readonly organization: OrganizationState }
  | { readonly is: "unknown" };

export function findOrganization(world: World, name: string): FoundOrganization {
  const lower = name.toLowerCase();
  const organization = world.organizations.get(lower);
  if (organization) return { is: "found", organization };
  const renamed = [...world.organizations.values()].find((one) => one.formerNames.includes(lower));
  return renamed ? { is: "renamed", organization: renamed } : { is: "unknown" };
}

export function stoppedOrganization(organization: OrganizationState): Refusal {
  return new Refusal(
    503,
    "VssServiceException",
    `TF24668: The following team project collection is stopped: ${organization.name}. Start the collection and then try again. Administrator Reason: This Azure DevOps organization has been deactivated due to inactivity. For more information please visit aka.ms/adofootprintreduction`,
    "Microsoft.VisualStudio.Services.Common.VssServiceException, Microsoft.VisualStudio.Services.Common",
  );
}

/** The token of a Basic (any user name, canonical base64) or Bearer credential. */
function tokenValue(authorization: string | undefined): string | undefined {
  const [, scheme = "", credential = ""] = /^(\w+) +(\S+)$/.exec(authorization ?? "") ?? [];
  if (scheme.toLowerCase() === "bearer") return credential;
  if (scheme.toLowerCase() !== "basic") return undefined;
  const decoded = Buffer.from(credential, "base64");
  if (decoded.toString("base64") !== credential) return undefined;
  const text = decoded.toString();
  return text.slice(text.indexOf(":") + 1);
}

export function signIn(
  world: World,
  authorization: string | undefined,
  organization: OrganizationState | undefined,
): EntraSignIn {
  const value =
    world.edition.is === "server" && /^bearer /i.test(authorization ?? "") ? undefined : tokenValue(authorization);
  if (value === undefined) return { is: "signed out" };
  const found = looksLikeJwt(value) ? signInByEntra(world, value, organization) : signInByToken(world, value);
  if (found.is !== "signed in") return found;
  const { user, token } = found;
  if (token.organization !== undefined && token.organization !== organization?.name.toLowerCase())
    return { is: "signed out" };
  if (!organization) return found;
  const account = world.entra.tenants.get(organization.tenantId)?.accounts.get(user.id);
  // for a user who was disabled in the directory, a personal access token is no way in either
  if (!isMember(organization, user.id) || (account?.disabled && !token.entra)) return { is: "signed out" };
  return found;
}

function signInByToken(world: World, value: string): EntraSignIn {
  const token = world.tokens.find((one) => one.value === value);
  const user = token ? world.users.get(token.userId) : undefined;
  if (!token || !user) return { is: "signed out" };
  if (token.revoked || (token.expires && token.expires <= world.clock.now())) return { is: "expired" };
  return { is: "signed in", user, token };
}

/** What a caller is told to sign in with. */
export function challengeOf(world: Pick<World, "baseUrl" | "edition">): string {
  if (world.edition.is === "services") return 'Basic realm="https://tfsprodsin1.app.visualstudio.com/"';
  return `Basic realm="${new URL(world.baseUrl).origin}/", Negotiate, NTLM`;
}

export function signInPage(status: 203 | 302): Answer {
  const address = "https://spsprodcin2.vssps.visualstudio.com/_signin?realm=dev.azure.com";
  const html = `<html><head><title>Azure DevOps Services | Sign In</title></head><body><a href="${address}">Sign in</a></body></html>`;
  return {
    status,
    text: html,
    contentType: "text/html; charset=utf-8",
    ...(status === 302 ? { headers: { Location: address } } : {}),
  };
}

/** What the web server in front of Azure DevOps Server says. */
const deniedPage =
  "<html><head><title>401 - Unauthorized: Access is denied due to invalid credentials.</title></head><body><h2>401 - Unauthorized</h2></body></html>";

/** Organizations of a directory name it, unless a switch keeps that back: no recording of a refusal shows it. */
function entraHeaders(world: World, organization: OrganizationState | undefined): Record<string, string> {
  if (!organization || organization.tenantId === zeroGuid || !world.switches.entraChallengeHeader) return {};
  const authority = `${loginBase(world)}/${organization.tenantId}`;
  return {
    "WWW-Authenticate": `Bearer authorization_uri=${authority}, ${challengeOf(world)}`,
    "X-VSS-AuthorizationEndpoint": `${hostUrl(world, "vssps.dev.azure.com")}/${organization.name}/`,
  };
}

export function unauthorized(
  world: World,
  organization: OrganizationState | undefined,
  claimsChallenge?: string,
): Answer {
  const headers: Record<string, string> = { "WWW-Authenticate": challengeOf(world) };
  if (world.edition.is === "server") return { status: 401, text: deniedPage, contentType: "text/html", headers };
  if (organization) headers["X-VSS-ResourceTenant"] = organization.tenantId;
  Object.assign(headers, entraHeaders(world, organization));
  if (claimsChallenge !== undefined) headers["WWW-Authenticate"] = claimsChallenge;
  if (world.switches.unauthorizedBody === "empty") return { status: 401, text: "", headers };
  // the real one sends this body without a content type
  return { status: 401, bytes: Buffer.from('{"count":0,"value":[]}'), contentType: "", headers };
}

/** The answer to a caller without a good credential: it depends on `X-TFS-FedAuthRedirect: Suppress`, the method and the switches. */
export function signedOut(
  world: World,
  organization: OrganizationState | undefined,
  request: { readonly method: string; readonly suppressed: boolean; readonly expired: boolean },
): Answer {
  if (world.edition.is === "server") return unauthorized(world, organization);
  const { expiredCredential } = world.switches;
  if (request.expired && expiredCredential !== "401") return signInPage(expiredCredential === "203" ? 203 : 302);
  if (request.suppressed || request.expired) return unauthorized(world, organization);
  if (request.method === "PATCH")
    throw new Refusal(
      401,
      "UnauthorizedRequestException",
      "TF400813: The user '' is not authorized to access this resource.",
      "Microsoft.TeamFoundation.Framework.Server.UnauthorizedRequestException, Microsoft.TeamFoundation.Framework.Server",
    );
  return signInPage(203);
}

const levels: readonly (readonly [RegExp, number])[] = [
  [/_(manage|full)$/, 2],
  [/_(write|execute|use)$/, 1],
  [/_read$/, 0],
];

function scopeLevel(scope: string): { readonly root: string; readonly level: number } {
  const found = levels.find(([suffix]) => suffix.test(scope));
  return found ? { root: scope.replace(found[0], ""), level: found[1] } : { root: scope, level: 0 };
}

/** Scopes that contain the reading of the own profile, which also opens the list of projects. */
const withProfile = ["code", "build", "work", "project"];

/** A larger scope contains the smaller ones of its root: `code_manage` > `code_write` > `code`. */
export function admits(token: Pick<PersonalAccessToken, "scopes">, wanted: readonly string[] | undefined): boolean {
  if (!wanted || token.scopes.includes("full")) return true;
  const profile = token.scopes.some((held) => withProfile.includes(scopeLevel(held).root));
  const scopes = profile ? [...token.scopes, "profile"] : token.scopes;
  return wanted.some((scope) => {
    const needed = scopeLevel(scope);
    return scopes.some((held) => {
      const mine = scopeLevel(held);
      return mine.root === needed.root && mine.level >= needed.level;
    });
  });
}

/** Reads the api-version from the query or the Accept header and answers the one that is used. */
export function acceptVersion(
  world: Pick<World, "edition">,
  route: Pick<Route, "method" | "preview">,
  fromQuery: string | undefined,
  accept: string | undefined,
): string {
  const { released, newest } = versionsOf(world);
  const asked = fromQuery ?? /api-version=([^;,\s]+)/i.exec(accept ?? "")?.[1];
  const typeName = (key: string) =>
    `Microsoft.VisualStudio.Services.WebApi.${key}, Microsoft.VisualStudio.Services.WebApi`;
  if (asked === undefined) {
    if (route.method === "GET" || route.method === "HEAD" || route.method === "OPTIONS")
      return route.preview ? `${released}-preview.1` : released;
    const key = "VssVersionNotSpecifiedException";
    throw new Refusal(
      400,
      key,
      `No api-version was supplied for the "${route.method}" request. The version must be supplied either as part of the Accept header (e.g. "application/json; api-version=1.0") or as a query parameter (e.g. "?api-version=1.0").`,
      typeName(key),
    );
  }
  const [, number, preview] = /^(\d+(?:\.\d+)?)(-preview(?:\.\d+)?)?$/i.exec(asked) ?? [];
  if (number === undefined || Number(number) > Number(newest) || Number(number) < 1) {
    const key = "VssVersionOutOfRangeException";
    throw new Refusal(
      400,
      key,
      `The requested REST API version of ${asked} is out of range for this server. The latest REST API version this server supports is ${newest}.`,
      typeName(key),
    );
  }
  if (preview === undefined && (route.preview || Number(number) > Number(released))) {
    const key = "VssInvalidPreviewVersionException";
    throw new Refusal(
      400,
      key,
      `The requested version "${asked}" of the resource is under preview. The -preview flag must be supplied in the api-version for such requests. For example: "${asked}-preview"`,
      typeName(key),
    );
  }
  return asked;
}
