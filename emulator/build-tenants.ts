/** Setting up Microsoft Entra ID in a few lines: tenants, accounts and guests, app registrations, service principals. */
import { randomBytes, randomUUID } from "node:crypto";
import { addMembership } from "./build-world.ts";
import { addAccount, type EntraApp, type TenantState } from "./entra/tenants.ts";
import type { GroupName, OrganizationState, User, World } from "./world.ts";

export function addTenant(
  world: World,
  options: { readonly id?: string; readonly name: string; readonly domains: readonly string[] },
): TenantState {
  const tenant: TenantState = {
    id: (options.id ?? randomUUID()).toLowerCase(),
    name: options.name,
    domains: options.domains.map((domain) => domain.toLowerCase()),
    behaviour: {
      consentNeedsAdministrator: false,
      conditionalAccess: "off",
      refreshTokens: "once",
      accessTokenMinutes: 75,
    },
    accounts: new Map(),
    consents: new Map(),
    administratorConsents: new Map(),
    refusedApps: new Map(),
    servicePrincipals: new Map(),
  };
  world.entra.tenants.set(tenant.id, tenant);
  return tenant;
}

/** Invites a user of another tenant. */
export function addGuest(_world: World, user: User, tenant: TenantState): void {
  addAccount(user, tenant, "guest");
}

/** A secret of the shape of real ones: 40 characters with `8Q~` at place 3. */
function newSecret(): string {
  const text = randomBytes(40).toString("base64url").replaceAll("-", "x");
  return `${text.slice(0, 3)}${["8", "Q~"].join("")}${text.slice(3, 37)}`;
}

/** Registers a multi-tenant app with one secret, and with `certificate` (PEM) also a certificate. */
export function addEntraApp(
  world: World,
  options: {
    readonly clientId?: string;
    readonly clientSecret?: string;
    readonly displayName: string;
    readonly redirectUris: readonly string[];
    readonly permissions: readonly string[];
    readonly certificate?: string;
    readonly secretExpires?: Date;
  },
): EntraApp {
  const clientSecret = options.clientSecret ?? newSecret();
  const app: EntraApp = {
    clientId: (options.clientId ?? randomUUID()).toLowerCase(),
    displayName: options.displayName,
    clientSecret,
    secrets: [{ value: clientSecret, ...(options.secretExpires ? { expires: options.secretExpires } : {}) }],
    certificates: options.certificate ? [options.certificate] : [],
    redirectUris: [...options.redirectUris],
    permissions: [...options.permissions],
  };
  world.entra.apps.set(app.clientId, app);
  return app;
}

/** Lets the app act by itself in a tenant and, as a member of the group, in an organization; answers the user it acts as. */
export function addServicePrincipal(
  world: World,
  tenant: TenantState,
  app: EntraApp,
  organization?: OrganizationState,
  group: GroupName = "contributors",
): User {
  const id = randomUUID();
  const user: User = {
    id,
    displayName: app.displayName,
    mail: app.clientId,
    descriptor: `aadsp.${Buffer.from(id).toString("base64url")}`,
    isServicePrincipal: true,
  };
  world.users.set(id, user);
  tenant.servicePrincipals.set(app.clientId, { objectId: randomUUID(), userId: id });
  if (organization) addMembership(organization, user, group);
  return user;
}
