/** Items: files and folders at a version, as JSON, text, bytes or zip by `$format` or Accept. */
import { bodyObject, enumText, isTrue, textOf } from "../query-values.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import { repositoryUrl, requireRepository } from "../shapes.ts";
import type { RepositoryState, World } from "../world.ts";
import { commitRef } from "./commit-shape.ts";
import { readCommits } from "./read-commits.ts";
import { entryAt, listTree, readBlob, type TreeEntry } from "./read-tree.ts";
import { git } from "./repository-store.ts";
import { descriptorOf, resolveVersion, type Version } from "./version.ts";

const root = "/{organization}/{project?}/_apis/git/repositories/{repositoryId}";

interface Place {
  readonly repository: RepositoryState;
  readonly version: Version;
}

function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8000).includes(0);
}

const contentTypes: Readonly<Record<string, string>> = {
  json: "application/json",
  xml: "text/xml",
  html: "text/html",
  css: "text/css",
  md: "text/plain",
  yml: "text/plain",
  yaml: "text/plain",
};

function metadataOf(path: string, content: Buffer | undefined): Record<string, unknown> {
  const fileName = path.split("/").at(-1) ?? "";
  if (!content) return { fileName };
  const extension = fileName.includes(".") ? (fileName.split(".").at(-1) ?? "") : "";
  const binary = isBinary(content);
  return {
    encoding: binary ? -1 : 65001,
    contentType: binary ? "application/octet-stream" : (contentTypes[extension.toLowerCase()] ?? "text/plain"),
    fileName,
    ...(extension ? { extension } : {}),
    ...(binary ? { isBinary: true } : {}),
  };
}

async function itemShape(
  call: Call,
  world: World,
  { repository, version }: Place,
  entry: TreeEntry,
  wants: { readonly content: boolean; readonly metadata: boolean; readonly latest: boolean },
): Promise<Record<string, unknown>> {
  const folder = entry.type === "tree";
  const path = `/${entry.path}`;
  const shownType = version.type.replace(/^./, (first) => first.toUpperCase());
  const content =
    entry.type === "blob" && (wants.content || wants.metadata)
      ? await readBlob(world, repository.id, entry.objectId)
      : undefined;
  const [latest] = wants.latest
    ? await readCommits(world, repository.id, ["--max-count=1", version.commit, "--", entry.path || "."])
    : [];
  return {
    objectId: entry.objectId,
    gitObjectType: entry.type,
    commitId: version.commit,
    path,
    ...(folder ? { isFolder: true } : {}),
    ...(entry.mode === "120000" ? { isSymLink: true } : {}),
    ...(wants.content && content
      ? isBinary(content)
        ? { content: content.toString("base64") }
        : { content: content.toString() }
      : {}),
    ...(wants.metadata ? { contentMetadata: metadataOf(path, content) } : {}),
    ...(latest ? { latestProcessedChange: commitRef(world, call.organization, repository, latest) } : {}),
    url: `${repositoryUrl(world, call.organization, repository)}/items${encodeURI(path)}?versionType=${shownType}&version=${encodeURIComponent(version.name)}&versionOptions=None`,
  };
}

function notFound({ repository, version }: Place, path: string): Refusal {
  const shown = { branch: "Branch", tag: "Tag", commit: "Commit" }[version.type];
  return new Refusal(
    404,
    "GitItemNotFoundException",
    `TF401174: The item '/${path}' could not be found in the repository '${repository.name}' at the version specified by '<${shown}: ${version.name} >' (resolved to commit '${version.commit}')`,
    "Microsoft.TeamFoundation.Git.Server.GitItemNotFoundException, Microsoft.TeamFoundation.Git.Server",
  );
}

type Format = "json" | "text" | "octetstream" | "zip";

/** `$format` wins over Accept; without either, a list is JSON and a single file its bytes. */
function formatOf(call: Call, isList: boolean): Format {
  const asked = call.query("$format")?.toLowerCase();
  if (asked === "json" || asked === "text" || asked === "octetstream" || asked === "zip") return asked;
  const accept = (call.header("accept") ?? "").toLowerCase();
  if (accept.includes("application/json")) return "json";
  if (accept.includes("application/zip")) return "zip";
  if (isList) return "json";
  if (accept.includes("text/plain")) return "text";
  return "octetstream";
}

async function entriesBelow(
  world: World,
  place: Place,
  entry: TreeEntry,
  recursion: "none" | "onelevel" | "full",
): Promise<TreeEntry[]> {
  if (entry.type !== "tree" || recursion === "none") return [entry];
  const below = await listTree(world, place.repository.id, place.version.commit, {
    recursive: recursion === "full",
    ...(entry.path ? { path: entry.path } : {}),
  });
  return [entry, ...(below ?? [])];
}

function recursionOf(text: unknown): "none" | "onelevel" | "full" {
  const lower = enumText(text);
  if (lower === "full" || lower === "120") return "full";
  return lower.startsWith("onelevel") || lower === "1" || lower === "4" ? "onelevel" : "none";
}

async function getItems(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  const scope = call.query("scopePath");
  const recursion = recursionOf(call.query("recursionLevel"));
  const asked = call.query("path") ?? call.params.path ?? scope ?? "/";
  const path = asked.replace(/^\/+|\/+$/g, "");
  const isList = call.query("path") === undefined && call.params.path === undefined ? true : recursion !== "none";
  const version = await resolveVersion(world, repository, descriptorOf(call, "versionDescriptor", true));
  const place: Place = { repository, version };
  const entry = await entryAt(world, repository.id, version.commit, path);
  if (!entry) throw notFound(place, path);
  const format = formatOf(call, isList);
  if (format === "zip") return zipOf(world, place, path);
  if (format === "json") {
    const wants = {
      content: isTrue(call, "includeContent"),
      metadata: isTrue(call, "includeContentMetadata") || isTrue(call, "includeContent"),
      latest: isTrue(call, "latestProcessedChange"),
    };
    if (!isList) return { body: await itemShape(call, world, place, entry, wants) };
    const entries = await entriesBelow(world, place, entry, recursion);
    const shapes: Record<string, unknown>[] = [];
    for (const one of entries) shapes.push(await itemShape(call, world, place, one, { ...wants, content: false }));
    return list(shapes);
  }
  if (entry.type !== "blob") throw notFound(place, path);
  const content = await readBlob(world, repository.id, entry.objectId);
  const name = encodeURIComponent(path.split("/").at(-1) ?? "");
  return {
    bytes: content,
    contentType: format === "text" ? "text/plain; charset=utf-8" : "application/octet-stream",
    ...(isTrue(call, "download") ? { headers: { "Content-Disposition": `attachment; filename*=UTF-8''${name}` } } : {}),
  };
}

async function zipOf(world: World, { repository, version }: Place, path: string): Promise<Answer> {
  const args = ["archive", "--format=zip", version.commit, ...(path ? ["--", path] : [])];
  return { bytes: await git(world, repository.id, args), contentType: "application/zip" };
}

async function getBatch(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  const { itemDescriptors, includeContentMetadata, latestProcessedChange } = bodyObject(call);
  const groups: unknown[][] = [];
  for (const descriptor of Array.isArray(itemDescriptors) ? itemDescriptors : []) {
    const read = bodyObject({ body: descriptor });
    const type = read.versionType;
    const version = await resolveVersion(world, repository, {
      version: textOf(read.version),
      versionType: typeof type === "number" ? String(type) : textOf(type),
    });
    const place: Place = { repository, version };
    const path = (textOf(read.path) ?? "/").replace(/^\/+|\/+$/g, "");
    const entry = await entryAt(world, repository.id, version.commit, path);
    if (!entry) throw notFound(place, path);
    const group: unknown[] = [];
    const wants = { content: false, metadata: includeContentMetadata === true, latest: latestProcessedChange === true };
    for (const one of await entriesBelow(world, place, entry, recursionOf(read.recursionLevel)))
      group.push(await itemShape(call, world, place, one, wants));
    groups.push(group);
  }
  return list(groups);
}

export const itemRoutes: readonly Route[] = [
  { method: "GET", path: `${root}/items`, scopes: ["code"], handle: getItems },
  { method: "GET", path: `${root}/items/{path*}`, scopes: ["code"], handle: getItems },
  { method: "POST", path: `${root}/itemsbatch`, scopes: ["code"], handle: getBatch },
];
