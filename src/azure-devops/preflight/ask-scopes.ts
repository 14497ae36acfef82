/**
 * One cheap call per scope: a token cannot read its own. They read one item or nothing; what writes is tried where nothing
 * can be written, on a repository that does not exist and on a work item that is only validated.
 */
import { type ScopeName, scopes } from "#model/scopes.ts";
import { type EncodedPath, type OrganizationClient, path, type RemoteRequest } from "../organization-client.ts";
import { ask, type Told } from "./told.ts";

/** Nothing has this id; asking for it shows whether the scope lets the call through. */
const nowhere = "00000000-0000-0000-0000-000000000000";
const none = "sallyport-preflight";
const preview = "7.1-preview.1";

/** Scopes of which no call tells, and why. */
const unaskable = {
  "User.Read": "It belongs to Microsoft Graph, which Sallyport does not call.",
  "vso.analytics": "Sallyport makes no call that needs it.",
  "vso.entitlements": "No documented call of Azure DevOps tells.",
} as const satisfies Partial<Record<ScopeName, string>>;

type AskableScope = Exclude<ScopeName, keyof typeof unaskable>;

const calls: Readonly<Record<AskableScope, (project: string) => RemoteRequest>> = {
  "vso.code_write": () => ({
    method: "POST",
    path: path`/_apis/git/repositories/${nowhere}/pullRequests/1/statuses`,
    body: { state: "notApplicable", context: { genre: "sallyport", name: none } },
    isRepeatable: true,
  }),
  // The list of projects opens to the scopes for code, builds and work too; this does not.
  "vso.project": (project) => ({ path: path`/${project}/_apis/build/generalsettings` }),
  "vso.build": (project) => ({ path: path`/${project}/_apis/build/builds`, query: { $top: 1 } }),
  "vso.work_write": (project) => ({
    method: "POST",
    // The dollar sign is part of the address.
    path: `${path`/${project}/_apis/wit/workitems/`}$Task` as EncodedPath,
    query: { validateOnly: "true" },
    contentType: "application/json-patch+json",
    body: [{ op: "add", path: "/fields/System.Title", value: none }],
    isRepeatable: true,
  }),
  "vso.identity": () => ({
    host: "vssps.dev.azure.com",
    path: path`/_apis/identities`,
    query: { identityIds: nowhere },
  }),
  "vso.graph": () => ({ host: "vssps.dev.azure.com", path: path`/_apis/graph/descriptors/${nowhere}` }),
  "vso.memberentitlementmanagement": () => ({
    host: "vsaex.dev.azure.com",
    path: path`/_apis/userentitlements/${nowhere}`,
  }),
  "vso.auditlog": () => ({
    host: "auditservice.dev.azure.com",
    path: path`/_apis/audit/auditlog`,
    query: { batchSize: 1 },
    apiVersion: preview,
  }),
  "vso.agentpools": () => ({ path: path`/_apis/distributedtask/pools`, query: { poolName: none } }),
  "vso.serviceendpoint": (project) => ({
    path: path`/${project}/_apis/serviceendpoint/endpoints`,
    query: { type: none },
  }),
  "vso.variablegroups_read": (project) => ({
    path: path`/${project}/_apis/distributedtask/variablegroups`,
    query: { $top: 1 },
  }),
  "vso.taskgroups_write": (project) => ({
    path: path`/${project}/_apis/distributedtask/taskgroups`,
    query: { $top: 1 },
  }),
  "vso.release": (project) => ({
    host: "vsrm.dev.azure.com",
    path: path`/${project}/_apis/release/definitions`,
    query: { $top: 1 },
  }),
  "vso.packaging": () => ({ host: "feeds.dev.azure.com", path: path`/_apis/packaging/feeds/${nowhere}` }),
  "vso.extension": () => ({
    host: "extmgmt.dev.azure.com",
    path: path`/_apis/extensionmanagement/installedextensions`,
    apiVersion: preview,
  }),
  "vso.tokens": () => ({
    host: "vssps.dev.azure.com",
    path: path`/_apis/tokens/pats`,
    query: { $top: 1 },
    apiVersion: preview,
  }),
  "vso.security_manage": () => ({ path: path`/_apis/permissionsreport` }),
};

/** Reads the repository that does not exist: without `vso.code` not even that is answered. */
export function askReading(client: OrganizationClient): Promise<Told> {
  return ask(client, { path: path`/_apis/git/repositories/${nowhere}` });
}

/** `project`: one that the account sees. */
export async function askScopes(
  client: OrganizationClient,
  project: string | undefined,
): Promise<ReadonlyMap<ScopeName, Told>> {
  const told = scopes.map(async ({ name }) => [name, await askScope(client, name, project ?? nowhere)] as const);
  return new Map(await Promise.all(told));
}

async function askScope(client: OrganizationClient, scope: ScopeName, project: string): Promise<Told> {
  if (!isAskable(scope)) return { is: "untold", why: unaskable[scope] };
  if (scope === "vso.tokens" && client.signIn === "pat") {
    const who = "people who signed in with Microsoft Entra ID";
    return { is: "untold", why: `Azure DevOps answers this to ${who} only, whatever the scopes of a token.` };
  }
  return ask(client, calls[scope](project));
}

/** The call that tells of a scope, for people: `GET build/builds`. */
export function callFor(scope: ScopeName): string {
  if (!isAskable(scope)) return "no call";
  const { method = "GET", path: asked } = calls[scope](nowhere);
  const [, route = ""] = asked.split("/_apis/");
  return `${method} ${route.replace(`/${nowhere}`, "")}`;
}

function isAskable(scope: ScopeName): scope is AskableScope {
  return !(scope in unaskable);
}
