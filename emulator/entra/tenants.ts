/** The state of Microsoft Entra ID: tenants with their accounts and consents, app registrations, and finding them by name. */
import { randomUUID } from "node:crypto";
import type { User, World } from "../world.ts";

export interface EntraState {
  /** By id, in lower case. */
  readonly tenants: Map<string, TenantState>;
  /** By client id. */
  readonly apps: Map<string, EntraApp>;
  /** Who is signed in in a browser, by the value of its cookie: ids of users. */
  readonly browsers: Map<string, Set<string>>;
  /** The service principal that the machine's managed identity is; without one the endpoint refuses. */
  managedIdentity?: { readonly tenantId: string; readonly clientId: string };
  /** Counts tokens and revocations, so that their order is known even within one second. */
  sequence: number;
}

/** What a tenant does on demand. */
export interface TenantBehaviour {
  consentNeedsAdministrator: boolean;
  conditionalAccess: "off" | "blocks sign-in" | "wants interaction at refresh";
  /** Microsoft documents that a used refresh token stays good; a client must pass under both. */
  refreshTokens: "once" | "again";
  /** 60 to 90 in the real one. */
  accessTokenMinutes: number;
}

export interface TenantState {
  readonly id: string;
  name: string;
  /** In lower case; the first is the main one. */
  readonly domains: string[];
  readonly behaviour: TenantBehaviour;
  /** By id of the user. */
  readonly accounts: Map<string, AccountState>;
  /** What people agreed to, by `{user id} {client id}`: permissions with their resource. */
  readonly consents: Map<string, Set<string>>;
  /** What an administrator agreed to for everybody, by client id. */
  readonly administratorConsents: Map<string, Set<string>>;
  /** Apps that the tenant does not let in, by client id. */
  readonly refusedApps: Map<string, "absent" | "disabled">;
  /** By client id. */
  readonly servicePrincipals: Map<string, ServicePrincipalState>;
}

export interface AccountState {
  /** `oid`: the same person has another one in each tenant. */
  readonly objectId: string;
  readonly kind: "member" | "guest";
  disabled: boolean;
  /** Access tokens with a smaller sequence number are challenged. */
  challengedUntil: number;
  /** Refresh tokens with a smaller sequence number are dead. */
  revokedUntil: number;
  /** When the person last did what a policy wanted at refresh; younger refresh tokens pass. 0 = never. */
  interactedAt: number;
}

interface ServicePrincipalState {
  readonly objectId: string;
  /** The user of Azure DevOps that it acts as. */
  readonly userId: string;
}

export interface EntraApp {
  readonly clientId: string;
  displayName: string;
  /** The first of the secrets. */
  readonly clientSecret: string;
  readonly secrets: { readonly value: string; expires?: Date }[];
  /** Certificates in PEM. */
  readonly certificates: string[];
  /** One of this machine (`http://localhost/path`) matches on every port. */
  readonly redirectUris: string[];
  /** Delegated permissions of the registration: `vso.code_write`, `user_impersonation`, `User.Read`. */
  readonly permissions: string[];
}

export function createEntraState(): EntraState {
  return { tenants: new Map(), apps: new Map(), browsers: new Map(), sequence: 0 };
}

/** Gives the user an account in the tenant; as a member, it is their home. */
export function addAccount(user: User, tenant: TenantState, kind: AccountState["kind"] = "member"): void {
  tenant.accounts.set(user.id, {
    objectId: randomUUID(),
    kind,
    disabled: false,
    challengedUntil: 0,
    revokedUntil: 0,
    interactedAt: 0,
  });
}

/** By id or by one of its domains. */
export function findTenant(world: World, name: string): TenantState | undefined {
  const wanted = name.toLowerCase();
  return (
    world.entra.tenants.get(wanted) ??
    [...world.entra.tenants.values()].find((tenant) => tenant.domains.includes(wanted))
  );
}

/** The tenant that the person belongs to; guests of others come from there. */
export function homeTenant(world: World, user: User): TenantState | undefined {
  return [...world.entra.tenants.values()].find((tenant) => tenant.accounts.get(user.id)?.kind === "member");
}

export function findUserByMail(world: World, mail: string): User | undefined {
  const wanted = mail.trim().toLowerCase();
  return [...world.users.values()].find((user) => user.mail.toLowerCase() === wanted && !user.isServicePrincipal);
}
