/** One text of a repository as it was in a commit, and where a ref stands: what reading pipelines without a clone needs. */
import type { ObjectId, RepositoryId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { inner, optionalText, wireList, wireObject } from "../read-wire.ts";

export interface FileWanted {
  readonly repositoryId: RepositoryId;
  readonly commit: ObjectId;
  /** From the root of the repository, without a leading slash. */
  readonly path: string;
  readonly signal?: AbortSignal;
}

/** `missing` is a sentence's end for people: there is no such file, or it is no text. */
export type FileRead =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "missing"; readonly why: string };

export async function readFileAt(client: OrganizationClient, wanted: FileWanted): Promise<FileRead> {
  const { repositoryId, commit, signal } = wanted;
  try {
    const { body } = await client.request({
      path: path`/_apis/git/repositories/${repositoryId}/items`,
      query: {
        path: `/${wanted.path}`,
        "versionDescriptor.version": commit,
        "versionDescriptor.versionType": "commit",
        includeContent: "true",
        includeContentMetadata: "true",
        $format: "json",
      },
      ...(signal && { signal }),
    });
    const wire = wireObject(body, "a file");
    if (wire.isFolder === true) return { is: "missing", why: "it is a folder" };
    if (inner(wire, "contentMetadata").isBinary === true) return { is: "missing", why: "it is no text" };
    // An empty file has no content at all.
    return { is: "text", text: (optionalText(wire, "content") ?? "").replace(/^\uFEFF/, "") };
  } catch (error) {
    if (!(error instanceof RemoteError) || error.code !== "not-found" || isOfRepository(error)) throw error;
    return { is: "missing", why: "there is no such file" };
  }
}

function isOfRepository({ details }: RemoteError): boolean {
  return details.typeKey === "GitRepositoryNotFoundException" || details.typeKey === "ProjectDoesNotExistException";
}

/** The commit that a branch or tag points to; undefined if there is none of this name. A tag with a text of its own is followed. */
export async function resolveRef(
  client: OrganizationClient,
  {
    repositoryId,
    ref,
    signal,
  }: { readonly repositoryId: RepositoryId; readonly ref: string; readonly signal?: AbortSignal },
): Promise<ObjectId | undefined> {
  const { body } = await client.request({
    path: path`/_apis/git/repositories/${repositoryId}/refs`,
    // A prefix: `heads/main` finds `heads/main-2` too. Names before others of the same beginning come first.
    query: { filter: ref.replace(/^refs\//, ""), peelTags: "true", $top: 1000 },
    ...(signal && { signal }),
  });
  const found = wireList(body, "refs").find(({ name }) => name === ref);
  return found && ((optionalText(found, "peeledObjectId") ?? optionalText(found, "objectId")) as ObjectId | undefined);
}
