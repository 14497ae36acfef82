/**
 * One cheap call per scope: a token cannot read its own. They read one item or nothing; what writes is tried where nothing
 * can be written, on a repository that does not exist and on a work item that is only validated.
 */
import { type ScopeName, scopes } from "#model/scopes.ts";
import { type EncodedPath, type OrganizationClient, path, type RemoteRequest } from "../organization-client.ts";
import { ask, type Told } from "./told.ts";

/** Nothing has this id; asking for it shows whether the scope lets the call through. */
const nowhere = "00000000-0000-0000-0000-000000000000";

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
  const why = unaskable(scope, client);
  return why === undefined ? ask(client, requestFor(scope, project)) : { is: "untold", why };
}

/** The call that tells of a scope, for people: `GET build/builds`. */
export function callFor(scope: ScopeName): string {
  const { method = "GET", path: asked } = requestFor(scope, nowhere);
  const [, route = ""] = asked.split("/_apis/");
  return `${method} ${route.replace(`/${nowhere}`, "")}`;
}

/** Why no call can tell. */
function unaskable(scope: ScopeName, { signIn }: OrganizationClient): string | undefined {
  if (scope === "User.Read") return "It belongs to Microsoft Graph, which Sallyport does not call.";
  if (scope === "vso.analytics") return "Sallyport makes no call that needs it.";
  if (scope === "vso.entitlements") return "No documented call of Azure DevOps tells.";
  if (scope === "vso.tokens" && signIn === "pat") {
    return "Azure DevOps answers this to people who signed in with Microsoft Entra ID only, whatever the scopes of a token.";
  }
  return undefined;
}

// oxlint-disable-next-line max-lines-per-function -- a table
function requestFor(scope: ScopeName, project: string): RemoteRequest {
  const none = "sallyport-preflight";
  const preview = "7.1-preview.1";
  switch (scope) {
    case "vso.code_write":
      return {
        method: "POST",
        path: path`/_apis/git/repositories/${nowhere}/pullRequests/1/statuses`,
        body: { state: "notApplicable", context: { genre: "sallyport", name: none } },
        isRepeatable: true,
      };
    case "vso.work_write":
      return {
        method: "POST",
        // The dollar sign is part of the address.
        path: `${path`/${project}/_apis/wit/workitems/`}$Task` as EncodedPath,
        query: { validateOnly: "true" },
        contentType: "application/json-patch+json",
        body: [{ op: "add", path: "/fields/System.Title", value: none }],
        isRepeatable: true,
      };
    case "vso.project":
      // The list of projects opens to the scopes for code, builds and work too; this does not.
      return { path: path`/${project}/_apis/build/generalsettings` };
    case "vso.build":
      return { path: path`/${project}/_apis/build/builds`, query: { $top: 1 } };
    case "vso.identity":
      return { host: "vssps.dev.azure.com", path: path`/_apis/identities`, query: { identityIds: nowhere } };
    case "vso.graph":
      return { host: "vssps.dev.azure.com", path: path`/_apis/graph/descriptors/${nowhere}` };
    case "vso.memberentitlementmanagement":
      return { host: "vsaex.dev.azure.com", path: path`/_apis/userentitlements/${nowhere}` };
    case "vso.auditlog":
      return {
        host: "auditservice.dev.azure.com",
        path: path`/_apis/audit/auditlog`,
        query: { batchSize: 1 },
        apiVersion: preview,
      };
    case "vso.agentpools":
      return { path: path`/_apis/distributedtask/pools`, query: { poolName: none } };
    case "vso.serviceendpoint":
      return { path: path`/${project}/_apis/serviceendpoint/endpoints`, query: { type: none } };
    case "vso.variablegroups_read":
      return { path: path`/${project}/_apis/distributedtask/variablegroups`, query: { $top: 1 } };
    case "vso.taskgroups_write":
      return { path: path`/${project}/_apis/distributedtask/taskgroups`, query: { $top: 1 } };
    case "vso.release":
      return { host: "vsrm.dev.azure.com", path: path`/${project}/_apis/release/definitions`, query: { $top: 1 } };
    case "vso.packaging":
      return { host: "feeds.dev.azure.com", path: path`/_apis/packaging/feeds/${nowhere}` };
    case "vso.extension":
      return {
        host: "extmgmt.dev.azure.com",
        path: path`/_apis/extensionmanagement/installedextensions`,
        apiVersion: preview,
      };
    case "vso.tokens":
      return {
        host: "vssps.dev.azure.com",
        path: path`/_apis/tokens/pats`,
        query: { $top: 1 },
        apiVersion: preview,
      };
    case "vso.security_manage":
      return { path: path`/_apis/permissionsreport` };
    default:
      throw new Error(`no call tells of ${scope}`);
  }
}
