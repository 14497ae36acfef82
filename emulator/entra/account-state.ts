/** Whether a person may have a token: their account in the tenant, conditional access, and what they agreed to. */
import type { User, World } from "../world.ts";
import type { EntraFailure } from "./entra-error.ts";
import { registeredPermissions } from "./permissions.ts";
import { type EntraApp, homeTenant, type TenantState } from "./tenants.ts";

export function blockedByConditionalAccess(): EntraFailure {
  return {
    error: "access_denied",
    code: 53003,
    text: "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
    suberror: "message_only",
  };
}

/** `sequence` is that of a refresh token that the person's tokens are asked for with. */
export function accountFailure(
  world: World,
  tenant: TenantState,
  app: EntraApp,
  userId: string,
  sequence?: number,
): EntraFailure | undefined {
  const failure = (code: number, text: string): EntraFailure => ({ error: "invalid_grant", code, text });
  const user = world.users.get(userId);
  if (!user) return failure(50034, `The user account does not exist in the ${tenant.id} directory.`);
  const account = tenant.accounts.get(userId);
  if (!account) {
    const home = homeTenant(world, user);
    return failure(
      50020,
      `User account '${user.mail}' from identity provider 'https://sts.windows.net/${home?.id ?? "live.com"}/' does not exist in tenant '${tenant.name}' and cannot access the application '${app.clientId}'(${app.displayName}) in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.`,
    );
  }
  if (account.disabled) return failure(50057, "The user account is disabled.");
  if (sequence !== undefined && sequence <= account.revokedUntil)
    return failure(
      50173,
      "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.",
    );
  if (tenant.behaviour.conditionalAccess === "blocks sign-in")
    return { ...blockedByConditionalAccess(), error: sequence === undefined ? "access_denied" : "invalid_grant" };
  return undefined;
}

function consentKey(userId: string, app: EntraApp): string {
  return `${userId} ${app.clientId}`;
}

/** Permissions among `wanted` that neither the person nor an administrator agreed to. */
export function missingConsent(
  tenant: TenantState,
  app: EntraApp,
  userId: string,
  wanted: readonly string[],
): readonly string[] {
  const own = tenant.consents.get(consentKey(userId, app));
  const everybody = tenant.administratorConsents.get(app.clientId);
  return wanted.filter((permission) => !own?.has(permission) && !everybody?.has(permission));
}

export function giveConsent(tenant: TenantState, app: EntraApp, userId: string, permissions: readonly string[]): void {
  const key = consentKey(userId, app);
  tenant.consents.set(key, new Set([...(tenant.consents.get(key) ?? []), ...permissions]));
}

/** An administrator agrees for everybody to all that the app registered. */
export function giveAdministratorConsent(tenant: TenantState, app: EntraApp): void {
  const words = ["openid", "profile", "email", "offline_access", ...registeredPermissions(app)];
  tenant.administratorConsents.set(app.clientId, new Set(words));
}

/** Takes back what one person, or everybody, agreed to for an app. */
export function withdrawConsent(tenant: TenantState, app: EntraApp, userId?: string): void {
  if (userId === undefined) {
    tenant.administratorConsents.delete(app.clientId);
    for (const key of tenant.consents.keys()) if (key.endsWith(` ${app.clientId}`)) tenant.consents.delete(key);
  } else tenant.consents.delete(consentKey(userId, app));
}

export function consentFailure(
  tenant: TenantState,
  app: EntraApp,
  userId: string,
  wanted: readonly string[],
): EntraFailure | undefined {
  const permissions = wanted.filter((word) => word.includes("/") && !word.endsWith("/.default"));
  if (missingConsent(tenant, app, userId, permissions).length === 0) return undefined;
  return {
    error: "invalid_grant",
    code: 65001,
    text: `The user or administrator has not consented to use the application with ID '${app.clientId}' named '${app.displayName}'. Send an interactive authorization request for this user and resource.`,
    suberror: "consent_required",
  };
}

/** From now on the person's access tokens are answered with a claims challenge; a refresh gives good ones. */
export function challengeTokens(world: World, tenant: TenantState, user: User): void {
  const account = tenant.accounts.get(user.id);
  world.entra.sequence += 1;
  if (account) account.challengedUntil = world.entra.sequence;
}

/** Ends all sessions of the person in the tenant: access tokens are challenged, refresh tokens are dead, browsers forget. */
export function revokeSessions(world: World, tenant: TenantState, user: User): void {
  challengeTokens(world, tenant, user);
  const account = tenant.accounts.get(user.id);
  if (account) account.revokedUntil = world.entra.sequence;
  for (const users of world.entra.browsers.values()) users.delete(user.id);
}
