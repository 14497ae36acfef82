/** The delegated permissions of Azure DevOps and Microsoft Graph, and reading what a request asks for in `scope`. */
import { entraError } from "./entra-error.ts";
import type { EntraApp } from "./tenants.ts";

export interface Resource {
  readonly id: string;
  readonly name: string;
  /** How the provider knows it. */
  readonly indicator: string;
  /** What stands before the name of a permission. */
  readonly prefix: string;
  readonly permissions: ReadonlySet<string>;
}

const azureDevOpsId = "499b84ac-1321-427f-aa17-267ca6975798";

/** Words of the list of scopes in Microsoft's documentation of Azure DevOps, without `vso.`. */
const azureDevOpsScopes = `advsec advsec_write advsec_manage agentpools agentpools_manage agentpools_listen analytics auditlog
auditstreams_manage build build_execute code code_write code_manage code_full code_status connected_server dashboards
dashboards_manage entitlements environment_manage extension extension_manage extension.data extension.data_write gallery
gallery_acquire gallery_publish gallery_manage githubconnections githubconnections_manage governance graph graph_manage
identity identity_manage machinegroup_manage memberentitlementmanagement memberentitlementmanagement_write notification
notification_write notification_manage notification_diagnostics packaging packaging_write packaging_manage pats pats_manage
pipelineresources_use pipelineresources_manage profile profile_write project project_write project_manage release
release_execute release_manage securefiles_read securefiles_write securefiles_manage security_manage serviceendpoint
serviceendpoint_query serviceendpoint_manage settings settings_write symbols symbols_write symbols_manage taskgroups_read
taskgroups_write taskgroups_manage test test_write threads_full tokenadministration tokens tokens_manage variablegroups_read
variablegroups_write variablegroups_manage wiki wiki_write work work_write work_full`;

export const azureDevOps: Resource = {
  id: azureDevOpsId,
  name: "Azure DevOps",
  indicator: `urn:entra:${azureDevOpsId}`,
  prefix: `${azureDevOpsId}/`,
  permissions: new Set([...azureDevOpsScopes.split(/\s+/).map((name) => `vso.${name}`), "user_impersonation"]),
};

const graph: Resource = {
  id: "00000003-0000-0000-c000-000000000000",
  name: "Microsoft Graph",
  indicator: "urn:entra:00000003-0000-0000-c000-000000000000",
  prefix: "https://graph.microsoft.com/",
  permissions: new Set(["User.Read", "User.ReadBasic.All", "Group.Read.All", "Directory.Read.All"]),
};

export const resources: readonly Resource[] = [azureDevOps, graph];

/** Other spellings of a resource, in lower case, without the slash before the permission. */
const spellings: readonly (readonly [string, Resource])[] = [
  [azureDevOpsId, azureDevOps],
  ["https://app.vssps.visualstudio.com", azureDevOps],
  [graph.id, graph],
  ["https://graph.microsoft.com", graph],
];

export function findResource(name: string): Resource | undefined {
  const wanted = name.toLowerCase().replace(/\/+$/, "");
  return spellings.find(([spelling]) => spelling === wanted)?.[1];
}

const openIdScopes = ["openid", "profile", "email", "offline_access"];

export interface AskedScopes {
  /** openid, profile, email, offline_access. */
  readonly openId: readonly string[];
  /** In the order asked; a request for several is good for consent only. */
  readonly resources: readonly Resource[];
  /** With their resource in front, `.default` resolved to the permissions of the registration. */
  readonly permissions: readonly string[];
  /** Resources that were asked for with `/.default`. */
  readonly defaults: readonly Resource[];
}

/** The permissions of a registration, with their resource in front. */
export function registeredPermissions(app: EntraApp): readonly string[] {
  return app.permissions.map((permission) => {
    if (permission.includes("/")) return canonical(permission);
    const resource = permission.startsWith("vso.") || permission === "user_impersonation" ? azureDevOps : graph;
    return `${resource.prefix}${permission}`;
  });
}

function split(word: string): { readonly resource: Resource; readonly permission: string } {
  const slash = word.lastIndexOf("/");
  const permission = word.slice(slash + 1);
  // a permission without a resource is one of Microsoft Graph
  const resource = slash < 0 ? graph : findResource(word.slice(0, slash));
  if (!resource)
    throw entraError(
      "invalid_resource",
      500011,
      `The resource principal named ${word.slice(0, slash)} was not found in the tenant. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
    );
  return { resource, permission };
}

function canonical(word: string): string {
  const { resource, permission } = split(word);
  return `${resource.prefix}${permission}`;
}

/** Reads `scope`; words that no resource knows are refused. */
export function readScopes(app: EntraApp, scope: string): AskedScopes {
  const words = scope.split(/\s+/).filter((word) => word !== "");
  const openId = openIdScopes.filter((word) => words.includes(word));
  const asked = words.filter((word) => !openIdScopes.includes(word)).map((word) => ({ word, ...split(word) }));
  const defaults = asked.filter((one) => one.permission === ".default").map((one) => one.resource);
  if (defaults.length > 0 && defaults.length < asked.length)
    throw entraError(
      "invalid_scope",
      70011,
      `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid. .default scope can't be combined with resource-specific scopes.`,
    );
  for (const { word, resource, permission } of asked)
    if (permission !== ".default" && !resource.permissions.has(permission))
      throw entraError(
        "invalid_scope",
        650053,
        `The application '${app.displayName}' asked for scope '${word.slice(word.lastIndexOf("/") + 1)}' that doesn't exist on the resource '${resource.id}'. Contact the app vendor.`,
      );
  const permissions = asked
    .filter((one) => one.permission !== ".default")
    .map((one) => `${one.resource.prefix}${one.permission}`);
  if (defaults.length > 0) permissions.push(...registeredPermissions(app));
  return { openId, resources: [...new Set(asked.map((one) => one.resource))], permissions, defaults };
}

/** One token is for one resource. */
export function requireOneResource(scopes: AskedScopes, scope: string): void {
  if (scopes.resources.length > 1)
    throw entraError(
      "invalid_scope",
      28000,
      `Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${scope} is not valid.`,
    );
}
