/** Trees and blobs by id, and the differences between two versions. */
import { isTrue, numberOf } from "../query-values.ts";
import { type Answer, type Call, Refusal, type Route } from "../route.ts";
import { repositoryUrl, requireRepository } from "../shapes.ts";
import type { World } from "../world.ts";
import { changeCounts, changeShape } from "./commit-shape.ts";
import { changesBetween, listTree, readBlob } from "./read-tree.ts";
import { git, tryGit } from "./repository-store.ts";
import { resolveVersion, type Version } from "./version.ts";

const root = "/{organization}/{project?}/_apis/git/repositories/{repositoryId}";

function noObject(id: string): Refusal {
  return new Refusal(
    404,
    "GitObjectDoesNotExistException",
    `TF401036: The object ${id} does not exist or you do not have permissions to read it.`,
    "Microsoft.TeamFoundation.Git.Server.GitObjectDoesNotExistException, Microsoft.TeamFoundation.Git.Server",
  );
}

async function getTree(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  const id = (call.params.sha1 ?? "").toLowerCase();
  const objectId = /^[0-9a-f]{40}$/.test(id)
    ? await tryGit(world, repository.id, ["rev-parse", "--verify", "--quiet", `${id}^{tree}`])
    : undefined;
  if (!objectId) throw noObject(id);
  if (call.query("$format")?.toLowerCase() === "zip")
    return {
      bytes: await git(world, repository.id, ["archive", "--format=zip", objectId]),
      contentType: "application/zip",
    };
  const url = repositoryUrl(world, call.organization, repository);
  const entries = (await listTree(world, repository.id, objectId, { recursive: isTrue(call, "recursive") })) ?? [];
  const self = `${url}/trees/${objectId}`;
  return {
    body: {
      objectId,
      url: self,
      treeEntries: entries.map((entry) => ({
        objectId: entry.objectId,
        relativePath: entry.path,
        mode: entry.mode.replace(/^0/, ""),
        gitObjectType: entry.type,
        url: `${url}/${entry.type}s/${entry.objectId}`,
        ...(entry.type === "blob" ? { size: entry.size } : {}),
      })),
      size: entries.reduce((sum, entry) => sum + entry.size, 0),
      _links: { self: { href: self }, repository: { href: url } },
    },
  };
}

async function getBlob(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  const id = (call.params.sha1 ?? "").toLowerCase();
  const known = /^[0-9a-f]{40}$/.test(id) ? await tryGit(world, repository.id, ["cat-file", "-t", id]) : undefined;
  if (known !== "blob") throw noObject(id);
  const accept = (call.header("accept") ?? "").toLowerCase();
  const format = call.query("$format")?.toLowerCase() ?? (accept.includes("application/json") ? "json" : accept);
  if (format === "json") {
    const size = Number(await tryGit(world, repository.id, ["cat-file", "-s", id]));
    const url = repositoryUrl(world, call.organization, repository);
    const self = `${url}/blobs/${id}`;
    return { body: { objectId: id, size, url: self, _links: { self: { href: self }, repository: { href: url } } } };
  }
  const content = await readBlob(world, repository.id, id);
  return {
    bytes: content,
    contentType: format.includes("text") ? "text/plain; charset=utf-8" : "application/octet-stream",
  };
}

function readVersion(call: Call, world: World, side: "base" | "target"): Promise<Version> {
  const repository = requireRepository(call, world);
  const read = (name: string) => call.query(`${side}${name}`) ?? call.query(`${side}VersionDescriptor.${side}${name}`);
  return resolveVersion(world, repository, {
    version: read("Version") ?? call.query(`${side}VersionDescriptor.version`),
    versionType: read("VersionType") ?? call.query(`${side}VersionDescriptor.versionType`),
    versionOptions: read("VersionOptions") ?? call.query(`${side}VersionDescriptor.versionOptions`),
  });
}

async function getDiffs(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  const base = await readVersion(call, world, "base");
  const target = await readVersion(call, world, "target");
  const common = await tryGit(world, repository.id, ["merge-base", base.commit, target.commit]);
  const fromCommon = (call.query("diffCommonCommit") ?? "true").toLowerCase() !== "false";
  const changes = await changesBetween(world, repository.id, fromCommon ? common : base.commit, target.commit);
  const counts = await tryGit(world, repository.id, [
    "rev-list",
    "--left-right",
    "--count",
    `${base.commit}...${target.commit}`,
  ]);
  const [behind, ahead] = (counts ?? "0\t0").split("\t").map(Number);
  const skip = numberOf(call, ["$skip"], 0);
  const page = changes.slice(skip, skip + numberOf(call, ["$top"], 100));
  return {
    body: {
      allChangesIncluded: skip + page.length >= changes.length,
      changeCounts: changeCounts(changes),
      changes: page.map((change) => changeShape(world, call.organization, repository, target.commit, change)),
      ...(common ? { commonCommit: common } : {}),
      baseCommit: base.commit,
      targetCommit: target.commit,
      aheadCount: ahead,
      behindCount: behind,
    },
  };
}

export const objectRoutes: readonly Route[] = [
  { method: "GET", path: `${root}/trees/{sha1}`, scopes: ["code"], handle: getTree },
  { method: "GET", path: `${root}/blobs/{sha1}`, scopes: ["code"], handle: getBlob },
  { method: "GET", path: `${root}/diffs/commits`, scopes: ["code"], handle: getDiffs },
];
