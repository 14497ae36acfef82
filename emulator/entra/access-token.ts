/** What the gate makes of a bearer token of Microsoft Entra ID: whom it acts for, and why it is not good any more. */
import type { OrganizationState, PersonalAccessToken, User, World } from "../world.ts";
import { azureDevOps } from "./permissions.ts";
import { readSignedJwt } from "./signing-key.ts";
import { loginBase } from "./tenant-provider.ts";
import type { AccountState, TenantState } from "./tenants.ts";

export type EntraSignIn =
  | { readonly is: "signed in"; readonly user: User; readonly token: PersonalAccessToken }
  | { readonly is: "signed out" }
  | { readonly is: "expired" }
  /** A claims challenge: the value of WWW-Authenticate. */
  | { readonly is: "challenged"; readonly challenge: string };

export function looksLikeJwt(value: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(value);
}

interface Claims {
  readonly aud?: unknown;
  readonly exp?: unknown;
  readonly tid?: unknown;
  readonly appid?: unknown;
  readonly oid?: unknown;
  readonly idtyp?: unknown;
  readonly scp?: unknown;
  readonly aio?: unknown;
  readonly xms_cc?: unknown;
}

/** `organization` is absent on hosts without one; there, a token of any tenant is good. */
export function signInByEntra(world: World, value: string, organization: OrganizationState | undefined): EntraSignIn {
  const claims: Claims | undefined = readSignedJwt(value);
  const tenant = world.entra.tenants.get(String(claims?.tid));
  if (!claims || !tenant || claims.aud !== azureDevOps.id) return { is: "signed out" };
  if (typeof claims.exp !== "number" || claims.exp * 1000 <= world.clock.now().getTime()) return { is: "expired" };
  if (organization && organization.tenantId.toLowerCase() !== tenant.id) return { is: "signed out" };
  if (claims.idtyp === "app") return signInApp(world, value, tenant, claims);
  const [userId, account] = [...tenant.accounts].find(([, one]) => one.objectId === claims.oid) ?? [];
  const user = userId === undefined ? undefined : world.users.get(userId);
  if (!user || !account) return { is: "signed out" };
  if (isChallenged(account, claims)) return { is: "challenged", challenge: claimsChallenge(world) };
  const scopes = (typeof claims.scp === "string" ? claims.scp : "")
    .split(" ")
    .map((permission) => (permission === "user_impersonation" ? "full" : permission.replace(/^vso\./, "")));
  return signedIn(value, user, scopes, { tenantId: tenant.id, actsFor: "user" });
}

function signInApp(world: World, value: string, tenant: TenantState, claims: Claims): EntraSignIn {
  const principal = tenant.servicePrincipals.get(String(claims.appid));
  const user = principal?.objectId === claims.oid ? world.users.get(principal?.userId ?? "") : undefined;
  if (!user || tenant.refusedApps.has(String(claims.appid))) return { is: "signed out" };
  return signedIn(value, user, ["full"], { tenantId: tenant.id, actsFor: "app" });
}

function signedIn(
  value: string,
  user: User,
  scopes: readonly string[],
  entra: NonNullable<PersonalAccessToken["entra"]>,
): EntraSignIn {
  return {
    is: "signed in",
    user,
    token: { value, userId: user.id, displayName: "Microsoft Entra ID", scopes, entra },
  };
}

/** Only clients that said `cp1` are challenged; the tokens of others live until they expire. */
function isChallenged(account: AccountState, claims: Claims): boolean {
  if (!Array.isArray(claims.xms_cc) || !claims.xms_cc.includes("cp1")) return false;
  return account.disabled || Number(claims.aio) <= account.challengedUntil;
}

function claimsChallenge(world: World): string {
  const value = String(Math.floor(world.clock.now().getTime() / 1000));
  const claims = { access_token: { nbf: { essential: true, value } } };
  const encoded = Buffer.from(JSON.stringify(claims)).toString("base64");
  return `Bearer realm="", authorization_uri="${loginBase(world)}/common/oauth2/authorize", error="insufficient_claims", claims="${encoded}"`;
}
