/** Work items: made, changed, commented on, read and found again. What the process does not accept is a RemoteError in its words. */
import type { ProjectId, RepositoryId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { FieldValue } from "#model/work-item.ts";
import { workItemAddress } from "./links.ts";
import { type EncodedPath, type OrganizationClient, path } from "./organization-client.ts";
import { inner, isWire, optionalText, requiredNumber, type Wire, wireList, wireObject } from "./read-wire.ts";
import { fieldText } from "./work-item-types.ts";

export interface WorkItemLink {
  readonly url: string;
  /** Of a link to an artifact; a plain address has none. */
  readonly name?: "Pull Request" | "Fixed in Commit" | "Branch";
  readonly comment?: string;
}

export interface WorkItemDraft {
  /** Depends on the project's process: `Bug`, `Issue`, `Task`, ... */
  readonly type: string;
  readonly title: string;
  /** By reference name; the title has its own place. */
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly links: readonly WorkItemLink[];
}

export interface RemoteWorkItem {
  readonly number: number;
  readonly webUrl: string;
  readonly revision: number;
  readonly type: string;
  readonly state: string;
  readonly title: string;
  readonly changedBy?: string;
  /** Addresses of its links, where they were asked for. */
  readonly links: readonly string[];
}

/** Longer titles are refused with TF401324. */
const longestTitle = 255;

const patchType = "application/json-patch+json";

function operationsOf({ title, fields, links }: WorkItemDraft): readonly Wire[] {
  const all = { "System.Title": title.slice(0, longestTitle).toWellFormed(), ...fields };
  return [
    ...Object.entries(all).map(([name, value]) => ({ op: "add", path: `/fields/${name}`, value })),
    ...links.map((link) => ({ op: "add", path: "/relations/-", value: relationOf(link) })),
  ];
}

function relationOf({ url, name, comment }: WorkItemLink): Wire {
  const attributes = { ...(name && { name }), ...(comment !== undefined && { comment }) };
  return { rel: name ? "ArtifactLink" : "Hyperlink", url, attributes };
}

/** Not repeated when the answer is lost: a second work item would be a nuisance to people. */
export async function createWorkItem(
  client: OrganizationClient,
  projectId: ProjectId,
  draft: WorkItemDraft,
): Promise<RemoteWorkItem> {
  return workItemOf(client, projectId, await post(client, projectId, draft, {}));
}

/** What Azure DevOps would say; nothing is made. Undefined: it would do it. */
export async function refusalOfWorkItem(
  client: OrganizationClient,
  projectId: ProjectId,
  draft: WorkItemDraft,
): Promise<string | undefined> {
  try {
    await post(client, projectId, draft, { validateOnly: "true" });
    return undefined;
  } catch (error) {
    if (error instanceof RemoteError && isOfRequest(error)) return error.message;
    throw error;
  }
}

/** The request itself is not acceptable, or names something that is not there. */
export function isOfRequest({ code }: RemoteError): boolean {
  return code === "refused" || code === "not-found";
}

async function post(
  client: OrganizationClient,
  projectId: ProjectId,
  draft: WorkItemDraft,
  query: Readonly<Record<string, string>>,
): Promise<Wire> {
  const { body } = await client.request({
    method: "POST",
    // The dollar sign is part of the address.
    path: `${path`/${projectId}/_apis/wit/workitems/`}$${path`${draft.type}`}` as EncodedPath,
    contentType: patchType,
    ...(query.validateOnly && { isRepeatable: true }),
    query,
    body: operationsOf(draft),
  });
  return wireObject(body, "a work item");
}

function workItemOf(client: OrganizationClient, project: string, wire: Wire): RemoteWorkItem {
  const where = "a work item";
  const number = requiredNumber(wire, "id", where);
  const fields = inner(wire, "fields");
  const changedBy = fieldText(fields, "System.ChangedBy");
  const relations = Array.isArray(wire.relations) ? wire.relations.filter(isWire) : [];
  return {
    number,
    webUrl: workItemAddress(client, project, number),
    revision: requiredNumber(wire, "rev", where),
    type: optionalText(fields, "System.WorkItemType") ?? "",
    state: optionalText(fields, "System.State") ?? "",
    title: optionalText(fields, "System.Title") ?? "",
    ...(changedBy !== undefined && { changedBy }),
    links: relations.flatMap((relation) => optionalText(relation, "url") ?? []),
  };
}

/** More are refused. */
export const mostAtOnce = 200;

const readFields = ["System.WorkItemType", "System.State", "System.Title", "System.ChangedBy", "System.Rev"];

/** By number; what is deleted or hidden is left out. */
export async function readWorkItems(
  client: OrganizationClient,
  projectId: ProjectId,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, RemoteWorkItem>> {
  const found = new Map<number, RemoteWorkItem>();
  for (let start = 0; start < numbers.length; start += mostAtOnce) {
    const ids = numbers.slice(start, start + mostAtOnce);
    for (const wire of await readBatch(client, projectId, { ids, fields: readFields })) {
      found.set(requiredNumber(wire, "id", "a work item"), workItemOf(client, projectId, wire));
    }
  }
  return found;
}

/** With "omit" those that cannot be read come as null. */
async function readBatch(client: OrganizationClient, projectId: ProjectId, asked: Wire): Promise<readonly Wire[]> {
  const { body } = await client.request({
    method: "POST",
    path: path`/${projectId}/_apis/wit/workitemsbatch`,
    body: { ...asked, errorPolicy: "omit" },
    isRepeatable: true,
  });
  const value = isWire(body) && Array.isArray(body.value) ? body.value.filter((one) => one !== null) : body;
  return wireList(value, "work items");
}

/** Those with this tag that link to this address: how one is found again whose number was never written down. */
export async function findWorkItemByLink(
  client: OrganizationClient,
  projectId: ProjectId,
  of: { readonly tag: string; readonly url: string },
): Promise<RemoteWorkItem | undefined> {
  const tag = of.tag.replaceAll("'", "''");
  const { body } = await client.request({
    method: "POST",
    path: path`/${projectId}/_apis/wit/wiql`,
    query: { $top: mostAtOnce },
    isRepeatable: true,
    body: {
      query: `Select [System.Id] From WorkItems WHERE [System.TeamProject] = @project AND [System.Tags] CONTAINS '${tag}' ORDER BY [System.Id] DESC`,
    },
  });
  const found = wireList(wireObject(body, "a query").workItems ?? [], "a query");
  const ids = found.slice(0, mostAtOnce).map((wire) => requiredNumber(wire, "id", "a query"));
  if (ids.length === 0) return undefined;
  const items = await readBatch(client, projectId, { ids, $expand: "relations" });
  return items.map((wire) => workItemOf(client, projectId, wire)).find(({ links }) => links.includes(of.url));
}

/** Fields and links in one revision; refused with a conflict if somebody changed it since `revision`. */
export async function updateWorkItem(
  client: OrganizationClient,
  projectId: ProjectId,
  number: number,
  change: {
    readonly revision?: number;
    readonly fields?: Readonly<Record<string, FieldValue>>;
    readonly links?: readonly WorkItemLink[];
  },
): Promise<RemoteWorkItem> {
  const { revision, fields = {}, links = [] } = change;
  const { body } = await client.request({
    method: "PATCH",
    path: path`/${projectId}/_apis/wit/workitems/${number}`,
    contentType: patchType,
    body: [
      ...(revision === undefined ? [] : [{ op: "test", path: "/rev", value: revision }]),
      ...Object.entries(fields).map(([name, value]) => ({ op: "add", path: `/fields/${name}`, value })),
      ...links.map((link) => ({ op: "add", path: "/relations/-", value: relationOf(link) })),
    ],
  });
  return workItemOf(client, projectId, wireObject(body, "a work item"));
}

const commentsVersion = "7.1-preview.4";

/** HTML. Not repeated when the answer is lost; `hasComment` tells whether it came through. */
export async function commentOnWorkItem(
  client: OrganizationClient,
  projectId: ProjectId,
  number: number,
  text: string,
): Promise<void> {
  await client.request({
    method: "POST",
    path: path`/${projectId}/_apis/wit/workItems/${number}/comments`,
    apiVersion: commentsVersion,
    body: { text },
  });
}

/** Whether one of the newest comments holds this text. */
export async function hasComment(
  client: OrganizationClient,
  projectId: ProjectId,
  number: number,
  part: string,
): Promise<boolean> {
  const { body } = await client.request({
    path: path`/${projectId}/_apis/wit/workItems/${number}/comments`,
    apiVersion: commentsVersion,
    query: { $top: 50 },
  });
  const comments = wireList(wireObject(body, "comments").comments ?? [], "comments");
  return comments.some((comment) => optionalText(comment, "text")?.includes(part));
}

export function commitArtifact(projectId: ProjectId, repositoryId: RepositoryId, commit: string): WorkItemLink {
  return { url: `vstfs:///Git/Commit/${projectId}%2F${repositoryId}%2F${commit}`, name: "Fixed in Commit" };
}

export function pullRequestArtifact(projectId: ProjectId, repositoryId: RepositoryId, number: number): WorkItemLink {
  return { url: `vstfs:///Git/PullRequestId/${projectId}%2F${repositoryId}%2F${number}`, name: "Pull Request" };
}

/** Addresses that a work item links to. */
export async function readWorkItemLinks(
  client: OrganizationClient,
  projectId: ProjectId,
  number: number,
): Promise<readonly string[]> {
  const { body } = await client.request({
    path: path`/${projectId}/_apis/wit/workitems/${number}`,
    query: { $expand: "relations" },
  });
  return workItemOf(client, projectId, wireObject(body, "a work item")).links;
}
