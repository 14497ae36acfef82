/** Control of Microsoft Entra ID: tenants and what they refuse, accounts and their sessions, apps, consent, service principals. */
import { addEntraApp, addServicePrincipal, addTenant } from "../build-tenants.ts";
import { challengeTokens, giveAdministratorConsent, revokeSessions, withdrawConsent } from "../entra/account-state.ts";
import { type AccountState, addAccount, type TenantBehaviour, type TenantState } from "../entra/tenants.ts";
import type { User, World } from "../world.ts";
import { type ControlRoute, namedApp, namedOrganization, namedTenant, namedUser, refuse } from "./control-route.ts";
import { groupOf, requiredText } from "./control-world.ts";

const choices: Readonly<Partial<Record<keyof TenantBehaviour, readonly unknown[]>>> = {
  consentNeedsAdministrator: [true, false],
  conditionalAccess: ["off", "blocks sign-in", "wants interaction at refresh"],
  refreshTokens: ["once", "again"],
};

function setBehaviour(tenant: TenantState, body: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(body)) {
    if (!(name in tenant.behaviour)) throw refuse(`A tenant has no ${name}.`);
    const good = choices[name as keyof TenantBehaviour]?.includes(value) ?? (typeof value === "number" && value > 0);
    if (!good) throw refuse(`${JSON.stringify(value)} is no value of ${name}.`);
  }
  Object.assign(tenant.behaviour, body);
}

function tenantShape(world: World, tenant: TenantState): Record<string, unknown> {
  return {
    id: tenant.id,
    name: tenant.name,
    domains: tenant.domains,
    behaviour: tenant.behaviour,
    accounts: [...tenant.accounts].map(([id, { kind, disabled }]) => ({
      user: world.users.get(id)?.mail,
      kind,
      disabled,
    })),
    refusedApps: Object.fromEntries(tenant.refusedApps),
    servicePrincipals: [...tenant.servicePrincipals.keys()],
  };
}

function texts(body: Readonly<Record<string, unknown>>, name: string): string[] {
  const value = body[name];
  if (!Array.isArray(value)) throw refuse(`${name} must be a list.`);
  return value.map(String);
}

function namedAccount(world: World, params: Readonly<Record<string, string>>) {
  const tenant = namedTenant(world, params.tenant);
  const user = namedUser(world, params.user);
  const account = tenant.accounts.get(user.id);
  if (!account) throw refuse(`${user.mail} has no account in ${tenant.name}.`);
  return { tenant, user, account };
}

const tenantRoutes: readonly ControlRoute[] = [
  {
    method: "GET",
    path: "/tenants",
    summary: "tenants with their accounts",
    handle: ({ world }) => [...world.entra.tenants.values()].map((tenant) => tenantShape(world, tenant)),
  },
  {
    method: "POST",
    path: "/tenants",
    summary: "add one: {name, domains}",
    handle: ({ world, body }) =>
      tenantShape(world, addTenant(world, { name: requiredText(body, "name"), domains: texts(body, "domains") })),
  },
  {
    method: "PATCH",
    path: "/tenants/{tenant}",
    summary:
      "what it does on demand: {consentNeedsAdministrator?, conditionalAccess?, refreshTokens?, accessTokenMinutes?}",
    handle({ world, params, body }) {
      const tenant = namedTenant(world, params.tenant);
      setBehaviour(tenant, body);
      return tenantShape(world, tenant);
    },
  },
  {
    method: "PATCH",
    path: "/tenants/{tenant}/apps/{clientId}",
    summary: 'let it in or not: {state: "present" | "absent" | "disabled"}',
    handle({ world, params, body }) {
      const { refusedApps } = namedTenant(world, params.tenant);
      const { clientId } = namedApp(world, params.clientId);
      if (body.state === "present") refusedApps.delete(clientId);
      else if (body.state === "absent" || body.state === "disabled") refusedApps.set(clientId, body.state);
      else throw refuse("state is present, absent or disabled.");
      return {};
    },
  },
  {
    method: "POST",
    path: "/tenants/{tenant}/apps/{clientId}/consent",
    summary: "agree for everybody, as an administrator",
    handle({ world, params }) {
      giveAdministratorConsent(namedTenant(world, params.tenant), namedApp(world, params.clientId));
      return {};
    },
  },
  {
    method: "DELETE",
    path: "/tenants/{tenant}/apps/{clientId}/consent",
    summary: "withdraw consent, of everybody or of one: {user?}",
    handle({ world, params, body }) {
      const userId = body.user === undefined ? undefined : namedUser(world, body.user).id;
      withdrawConsent(namedTenant(world, params.tenant), namedApp(world, params.clientId), userId);
      return {};
    },
  },
];

function onAccount(
  summary: string,
  path: string,
  act: (world: World, tenant: TenantState, user: User) => void,
): ControlRoute {
  return {
    method: "POST",
    path: `/tenants/{tenant}/accounts/{user}/${path}`,
    summary,
    handle({ world, params }) {
      const { tenant, user } = namedAccount(world, params);
      act(world, tenant, user);
      return {};
    },
  };
}

const accountRoutes: readonly ControlRoute[] = [
  {
    method: "POST",
    path: "/tenants/{tenant}/accounts",
    summary: 'give a user an account: {user, kind?: "member" | "guest"}',
    handle({ world, params, body }) {
      const kind: AccountState["kind"] = body.kind === "guest" ? "guest" : "member";
      addAccount(namedUser(world, body.user), namedTenant(world, params.tenant), kind);
      return {};
    },
  },
  {
    method: "PATCH",
    path: "/tenants/{tenant}/accounts/{user}",
    summary: "disable or enable: {disabled}",
    handle({ world, params, body }) {
      if (typeof body.disabled !== "boolean") throw refuse("disabled is true or false.");
      namedAccount(world, params).account.disabled = body.disabled;
      return {};
    },
  },
  {
    method: "DELETE",
    path: "/tenants/{tenant}/accounts/{user}",
    summary: "remove it from the tenant",
    handle({ world, params }) {
      const { tenant, user } = namedAccount(world, params);
      tenant.accounts.delete(user.id);
      return {};
    },
  },
  onAccount("answer the access tokens of now with a claims challenge", "challenge", challengeTokens),
  onAccount("end all sessions: challenge access tokens, kill refresh tokens", "revoke", revokeSessions),
];

const appRoutes: readonly ControlRoute[] = [
  {
    method: "GET",
    path: "/apps",
    summary: "app registrations, with their secrets",
    handle: ({ world }) => [...world.entra.apps.values()],
  },
  {
    method: "POST",
    path: "/apps",
    summary: "register one: {displayName, redirectUris, permissions, certificate?}",
    handle: ({ world, body }) =>
      addEntraApp(world, {
        displayName: requiredText(body, "displayName"),
        redirectUris: texts(body, "redirectUris"),
        permissions: texts(body, "permissions"),
        ...(typeof body.certificate === "string" ? { certificate: body.certificate } : {}),
      }),
  },
  {
    method: "POST",
    path: "/apps/{clientId}/expire",
    summary: "let its secrets expire now",
    handle({ world, params }) {
      const { secrets } = namedApp(world, params.clientId);
      for (const secret of secrets) secret.expires = world.clock.now();
      return {};
    },
  },
  {
    method: "POST",
    path: "/tenants/{tenant}/service-principals",
    summary: "let an app act by itself: {clientId, organization?, group?}",
    handle({ world, params, body }) {
      const organization = body.organization === undefined ? undefined : namedOrganization(world, body.organization);
      const tenant = namedTenant(world, params.tenant);
      return addServicePrincipal(world, tenant, namedApp(world, body.clientId), organization, groupOf(body.group));
    },
  },
  {
    method: "PUT",
    path: "/managed-identity",
    summary: "which service principal this machine is: {tenant, clientId}",
    handle({ world, body }) {
      const { id } = namedTenant(world, body.tenant);
      world.entra.managedIdentity = { tenantId: id, clientId: namedApp(world, body.clientId).clientId };
      return {};
    },
  },
];

export const entraRoutes: readonly ControlRoute[] = [...tenantRoutes, ...accountRoutes, ...appRoutes];
