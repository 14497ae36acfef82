/** What tokens of Microsoft Entra ID say about whom they act for. Time is the emulator's. */
import { randomUUID } from "node:crypto";
import type { User, World } from "../world.ts";
import type { AccountState, EntraApp, TenantState } from "./tenants.ts";

export interface AccessTokenRequest {
  readonly app: EntraApp;
  /** The client said that it handles claims challenges: `cp1`. */
  readonly capabilities: readonly string[];
  readonly clientAuth?: { readonly is: "secret" | "certificate" };
}

interface TokenFacts {
  readonly audience: string;
  /** Seconds. */
  readonly lifetime: number;
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

/** `aio` is Entra's own and opaque; here it is the token's place among all tokens and revocations. */
function place(world: World): string {
  world.entra.sequence += 1;
  return String(world.entra.sequence);
}

function basicClaims(world: World, tenant: TenantState, request: AccessTokenRequest, facts: TokenFacts) {
  const now = seconds(world.clock.now());
  return {
    aud: facts.audience,
    iss: `https://sts.windows.net/${tenant.id}/`,
    iat: now,
    nbf: now,
    exp: now + facts.lifetime,
    aio: place(world),
    appid: request.app.clientId,
    appidacr: request.clientAuth?.is === "certificate" ? "2" : "1",
    idp: `https://sts.windows.net/${tenant.id}/`,
    tid: tenant.id,
    uti: randomUUID().replaceAll("-", "").slice(0, 22),
    ver: "1.0",
    ...(request.capabilities.length > 0 ? { xms_cc: request.capabilities } : {}),
  };
}

export function userClaims(
  world: World,
  tenant: TenantState,
  request: AccessTokenRequest,
  facts: TokenFacts & { readonly userId: string; readonly subject: string; readonly scope: string },
): Record<string, unknown> {
  const user = world.users.get(facts.userId);
  const account = tenant.accounts.get(facts.userId);
  if (!user || !account) throw new Error("a token is being made for a user without an account");
  const permissions = facts.scope.split(" ").map((word) => word.slice(word.lastIndexOf("/") + 1));
  return {
    ...basicClaims(world, tenant, request, facts),
    amr: ["pwd"],
    name: user.displayName,
    oid: account.objectId,
    scp: permissions.filter((permission) => permission !== ".default").join(" "),
    sub: facts.subject,
    unique_name: user.mail,
    upn: user.mail,
  };
}

export function appClaims(
  world: World,
  tenant: TenantState,
  request: AccessTokenRequest,
  facts: TokenFacts,
): Record<string, unknown> {
  const principal = tenant.servicePrincipals.get(request.app.clientId);
  if (!principal) throw new Error("a token is being made for an app without a service principal");
  return {
    ...basicClaims(world, tenant, request, facts),
    idtyp: "app",
    oid: principal.objectId,
    sub: principal.objectId,
  };
}

export function idClaims(
  world: World,
  tenant: TenantState,
  user: User,
  account: AccountState,
): Record<string, unknown> {
  const now = seconds(world.clock.now());
  return {
    tid: tenant.id,
    oid: account.objectId,
    ver: "2.0",
    iat: now,
    // a client whose clock is the machine's must find the token valid though the emulator's clock was turned
    nbf: Math.min(now, seconds(new Date())),
    uti: randomUUID().replaceAll("-", "").slice(0, 22),
    aio: place(world),
    name: user.displayName,
    preferred_username: user.mail,
    email: user.mail,
  };
}
