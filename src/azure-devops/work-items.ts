import type { ProjectId } from "#model/ids.ts";
import { workItemAddress } from "./links.ts";
import { type EncodedPath, type OrganizationClient, path } from "./organization-client.ts";
import { requiredNumber, wireObject } from "./read-wire.ts";

export interface NewWorkItem {
  /** Depends on the project's process: `Bug`, `Issue`, `Task`, ... */
  readonly type: string;
  readonly title: string;
  /** HTML. */
  readonly description: string;
  readonly tags?: readonly string[];
  /** `vstfs:///Git/...` addresses with their link names, or plain addresses. */
  readonly links?: readonly { readonly url: string; readonly name?: string }[];
}

/** Longer titles are refused with TF401324. */
const longestTitle = 255;

/** Not repeated when the answer is lost: a second work item would be a nuisance to people. */
export async function createWorkItem(
  client: OrganizationClient,
  projectId: ProjectId,
  item: NewWorkItem,
): Promise<{ readonly id: number; readonly webUrl: string }> {
  const fields = {
    "System.Title": item.title.slice(0, longestTitle),
    "System.Description": item.description,
    ...(item.tags === undefined ? {} : { "System.Tags": item.tags.join("; ") }),
  };
  const links = (item.links ?? []).map(({ url, name }) =>
    name === undefined ? { rel: "Hyperlink", url } : { rel: "ArtifactLink", url, attributes: { name } },
  );
  const { body } = await client.request({
    method: "POST",
    // The dollar sign is part of the address.
    path: `${path`/${projectId}/_apis/wit/workitems/`}$${path`${item.type}`}` as EncodedPath,
    contentType: "application/json-patch+json",
    body: [
      ...Object.entries(fields).map(([name, value]) => ({ op: "add", path: `/fields/${name}`, value })),
      ...links.map((value) => ({ op: "add", path: "/relations/-", value })),
    ],
  });
  const id = requiredNumber(wireObject(body, "a new work item"), "id", "a new work item");
  return { id, webUrl: workItemAddress(client, projectId, id) };
}
