/** Refs: listing by prefix with continuation, updates with a result per ref, locks, annotated tags, branch statistics. */
import { bodyObject, isTrue, numberOf, textOf } from "../query-values.ts";
import { requireGitPermission } from "../rights.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import { identityRef, repositoryUrl, requireRepository, zeroId } from "../shapes.ts";
import type { OrganizationState, RepositoryState, World } from "../world.ts";
import { commitRef, commitShape } from "./commit-shape.ts";
import { readCommits } from "./read-commits.ts";
import {
  git,
  inRepository,
  type RefUpdate,
  readRef,
  readRefs,
  recordPush,
  tryGit,
  updateRefs,
} from "./repository-store.ts";
import { descriptorOf, resolveVersion } from "./version.ts";

const root = "/{organization}/{project?}/_apis/git/repositories/{repositoryId}";

function refShape(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  name: string,
  objectId: string,
): Record<string, unknown> {
  const locker = repository.lockedRefs.get(name);
  const creator = repository.pushes.find((push) =>
    push.refUpdates.some((update) => update.name === name && update.oldObjectId === zeroId),
  );
  const filter = encodeURIComponent(name.replace(/^refs\//, ""));
  return {
    name,
    objectId,
    ...(locker === undefined ? {} : { isLockedBy: identityRef(world, locker, organization), isLocked: true }),
    ...(creator ? { creator: identityRef(world, creator.userId, organization) } : {}),
    url: `${repositoryUrl(world, organization, repository)}/refs?filter=${filter}`,
  };
}

/** Tags by name with the commits that annotated ones stand for. */
async function peeledTags(world: World, repository: RepositoryState): Promise<Map<string, string>> {
  const format = "--format=%(refname) %(*objectname)";
  const lines = (await git(world, repository.id, ["for-each-ref", format, "refs/tags"])).toString().split("\n");
  const pairs = lines.map((line) => line.split(" ") as [string, string]);
  return new Map(pairs.filter(([, peeled]) => peeled));
}

async function listRefs(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  const prefix = `refs/${(call.params.filter ?? call.query("filter") ?? "").replace(/^refs\//, "")}`;
  const contains = call.query("filterContains");
  const all = [...(await readRefs(world, repository.id))].filter(
    ([name]) => name.startsWith(prefix) && (contains === undefined || name.includes(contains)),
  );
  const peeled = isTrue(call, "peelTags") ? await peeledTags(world, repository) : undefined;
  const token = call.query("continuationToken");
  const from =
    token === undefined
      ? 0
      : Math.max(
          0,
          all.findIndex(([name]) => name > decodeToken(token)),
        );
  const ended = token !== undefined && !all.some(([name]) => name > decodeToken(token));
  const asked = call.query("$top");
  // Who goes on without saying how many are wanted gets fewer.
  const top = numberOf(call, ["$top"], 100, 1000);
  const page = ended ? [] : all.slice(from, asked === undefined && token === undefined ? undefined : from + top);
  const last = page.at(-1);
  const more = last !== undefined && last !== all.at(-1);
  const values = page.map(([name, objectId]) => {
    const peeledObjectId = peeled?.get(name);
    return {
      ...refShape(world, call.organization, repository, name, objectId),
      ...(peeledObjectId ? { peeledObjectId } : {}),
    };
  });
  return list(values, more ? { "x-ms-continuationtoken": Buffer.from(last[0]).toString("base64url") } : undefined);
}

function decodeToken(token: string): string {
  return Buffer.from(token, "base64url").toString();
}

function updatesOf(call: Call): RefUpdate[] {
  if (!Array.isArray(call.body))
    throw new Refusal(400, "ArgumentNullException", "Value cannot be null.\r\nParameter name: refUpdates");
  return call.body.map((entry: unknown) => {
    const { name, oldObjectId, newObjectId } = bodyObject({ body: entry });
    const objectId = (value: unknown) => (typeof value === "string" ? value.toLowerCase() : zeroId);
    return { name: textOf(name) ?? "", oldObjectId: objectId(oldObjectId), newObjectId: objectId(newObjectId) };
  });
}

async function changeRefs(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  requireGitPermission(call, repository, "GenericContribute");
  const { results } = await updateRefs(
    world,
    call.organization,
    repository,
    call.user,
    updatesOf(call),
    "rules of the branch",
  );
  return list(
    results.map((result) => ({
      repositoryId: repository.id,
      name: result.name,
      oldObjectId: result.oldObjectId,
      newObjectId: result.newObjectId,
      isLocked: false,
      updateStatus: result.updateStatus,
      success: result.success,
    })),
  );
}

async function lockRef(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  requireGitPermission(call, repository, "GenericContribute");
  const name = `refs/${(call.query("filter") ?? "").replace(/^refs\//, "")}`;
  const objectId = await inRepository(world, repository.id, async () => readRef(world, repository.id, name));
  if (!objectId) throw new Refusal(404, "GitRefNotFoundException", `TF401177: The ref ${name} could not be found.`);
  const { isLocked } = bodyObject(call);
  const locker = repository.lockedRefs.get(name);
  if (isLocked === true && locker === undefined) repository.lockedRefs.set(name, call.user.id);
  if (isLocked === false) repository.lockedRefs.delete(name);
  return { body: refShape(world, call.organization, repository, name, objectId) };
}

async function getTag(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  const id = call.params.objectId ?? "";
  const text = /^[0-9a-f]{40}$/.test(id) ? await tryGit(world, repository.id, ["cat-file", "tag", id]) : undefined;
  if (text === undefined)
    throw new Refusal(404, "GitObjectDoesNotExistException", `TF401036: The object ${id} does not exist.`);
  return { body: tagShape(repositoryUrl(world, call.organization, repository), id, text) };
}

function tagShape(url: string, objectId: string, text: string): Record<string, unknown> {
  const blank = text.indexOf("\n\n");
  const head = text.slice(0, blank < 0 ? undefined : blank);
  const field = (name: string) => new RegExp(`^${name} (.*)$`, "m").exec(head)?.[1] ?? "";
  const [, name = "", email = "", seconds = "0"] = /^(.*) <(.*)> (\d+)/.exec(field("tagger")) ?? [];
  return {
    name: field("tag"),
    objectId,
    taggedObject: { objectId: field("object"), objectType: field("type") },
    taggedBy: { name, email, date: new Date(Number(seconds) * 1000).toISOString() },
    message: blank < 0 ? "" : text.slice(blank + 2),
    url: `${url}/annotatedTags/${objectId}`,
  };
}

async function makeTag(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  requireGitPermission(call, repository, "CreateTag");
  const { name, message, taggedObject } = bodyObject(call);
  const target = textOf(bodyObject({ body: taggedObject }).objectId) ?? "";
  const type = await tryGit(world, repository.id, ["cat-file", "-t", target]);
  if (!type || !textOf(name))
    throw new Refusal(400, "InvalidArgumentValueException", "Invalid argument value.\r\nParameter name: taggedObject");
  const seconds = Math.floor(world.clock.now().getTime() / 1000);
  const content = `object ${target}\ntype ${type}\ntag ${textOf(name)}\ntagger ${call.user.displayName} <${call.user.mail}> ${seconds} +0000\n\n${textOf(message) ?? ""}\n`;
  const id = (await git(world, repository.id, ["hash-object", "-t", "tag", "-w", "--stdin"], content))
    .toString()
    .trim();
  const ref = `refs/tags/${textOf(name)}`;
  await inRepository(world, repository.id, async () => {
    if ((await tryGit(world, repository.id, ["update-ref", ref, id, zeroId])) === undefined)
      throw new Refusal(409, "GitRefUpdateRejectedException", `TF401028: The reference '${ref}' already exists.`);
    await recordPush(world, call.organization, repository, call.user, [
      { name: ref, oldObjectId: zeroId, newObjectId: id },
    ]);
  });
  return { status: 201, body: tagShape(repositoryUrl(world, call.organization, repository), id, content) };
}

async function branchStats(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  const only = call.query("name");
  if (!repository.defaultBranch && !only) return list([]);
  const base = await resolveVersion(world, repository, descriptorOf(call, "baseVersionDescriptor", false));
  const refs = await readRefs(world, repository.id, "refs/heads/");
  const stats: Record<string, unknown>[] = [];
  for (const [ref, objectId] of refs) {
    const name = ref.slice("refs/heads/".length);
    if (only !== undefined && name !== only.replace(/^refs\/heads\//, "")) continue;
    const [commit] = await readCommits(world, repository.id, ["--no-walk", objectId]);
    if (!commit) continue;
    const counts = await tryGit(world, repository.id, [
      "rev-list",
      "--left-right",
      "--count",
      `${base.commit}...${objectId}`,
    ]);
    const [behind, ahead] = (counts ?? "0\t0").split("\t").map(Number);
    stats.push({
      commit:
        only === undefined
          ? commitRef(world, call.organization, repository, commit)
          : commitShape(world, call.organization, repository, commit),
      name,
      aheadCount: ahead,
      behindCount: behind,
      isBaseVersion: name === base.name,
    });
  }
  if (only === undefined) return list(stats);
  if (stats[0]) return { body: stats[0] };
  throw new Refusal(
    404,
    "GitUnresolvableToCommitException",
    `TF401175:The version descriptor <Branch: ${only} > could not be resolved to a version in the repository ${repository.name}`,
  );
}

export const refRoutes: readonly Route[] = [
  { method: "GET", path: `${root}/refs`, scopes: ["code"], handle: listRefs },
  { method: "GET", path: `${root}/refs/{filter*}`, scopes: ["code"], handle: listRefs },
  { method: "POST", path: `${root}/refs`, scopes: ["code_write"], handle: changeRefs },
  { method: "PATCH", path: `${root}/refs`, scopes: ["code_write"], handle: lockRef },
  { method: "GET", path: `${root}/annotatedtags/{objectId}`, scopes: ["code"], handle: getTag },
  { method: "POST", path: `${root}/annotatedtags`, scopes: ["code_write"], handle: makeTag },
  { method: "GET", path: `${root}/stats/branches`, scopes: ["code"], handle: branchStats },
];
