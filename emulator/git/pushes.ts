/** Pushes: history, and making one commit per call out of a list of changes. */
import { bodyObject, dateOf, enumText, isTrue, numberOf, pageOf, textOf } from "../query-values.ts";
import { requireGitPermission } from "../rights.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import { requireRepository, zeroId } from "../shapes.ts";
import type { PushState, RepositoryState, World } from "../world.ts";
import { commitRef } from "./commit-shape.ts";
import { pushedCommits } from "./push-event.ts";
import { refusalOf } from "./push-rules.ts";
import { pushShape } from "./push-shape.ts";
import { readCommits } from "./read-commits.ts";
import { entriesAt, type TreeEntry } from "./read-tree.ts";
import { inRepository, readRef, resolveRef, updateRefs } from "./repository-store.ts";
import { type Person, type TreeChange, writeCommit } from "./write-commit.ts";

const root = "/{organization}/{project?}/_apis/git/repositories/{repositoryId}";

function invalid(message: string): Refusal {
  return new Refusal(
    400,
    "InvalidArgumentValueException",
    `Invalid argument value.\r\nParameter name: ${message}`,
    "Microsoft.TeamFoundation.SourceControl.WebServer.InvalidArgumentValueException, Microsoft.TeamFoundation.SourceControl.WebServer",
  );
}

function refusedByGit(status: number, key: string, message: string): Refusal {
  return new Refusal(
    status,
    key,
    message,
    `Microsoft.TeamFoundation.Git.Server.${key}, Microsoft.TeamFoundation.Git.Server`,
  );
}

interface Asked {
  readonly ref: string;
  readonly oldObjectId: string;
  readonly comment: string;
  readonly author: Record<string, unknown>;
  readonly committer: Record<string, unknown>;
  readonly changes: readonly Record<string, unknown>[];
}

function readRequest(call: Call): Asked {
  const { refUpdates, commits } = bodyObject(call);
  if (!Array.isArray(refUpdates) || refUpdates.length !== 1) throw invalid("A push must have exactly one ref update.");
  if (!Array.isArray(commits) || commits.length !== 1) throw invalid("A push must have exactly one commit.");
  const update = bodyObject({ body: refUpdates[0] });
  const commit = bodyObject({ body: commits[0] });
  const ref = textOf(update.name) ?? "";
  if (!ref.startsWith("refs/")) throw invalid("refUpdates.name must be the full name of a ref.");
  const changes = (Array.isArray(commit.changes) ? commit.changes : []).map((change) => bodyObject({ body: change }));
  if (changes.length === 0) throw invalid("A commit must have at least one change.");
  return {
    ref,
    oldObjectId: textOf(update.oldObjectId)?.toLowerCase() ?? zeroId,
    comment: textOf(commit.comment) ?? "",
    author: bodyObject({ body: commit.author }),
    committer: bodyObject({ body: commit.committer }),
    changes,
  };
}

const changeTypes: Readonly<Record<string, string>> = { "1": "add", "2": "edit", "8": "rename", "16": "delete" };

function pathOf(value: unknown): string {
  const path = (textOf(value) ?? "").replace(/^\/+/, "");
  const bad = path === "" || path.split("/").some((part) => ["", ".", "..", ".git"].includes(part.toLowerCase()));
  if (bad) throw invalid(`The path '${textOf(value) ?? ""}' is not valid.`);
  return path;
}

function contentOf(change: Record<string, unknown>): Buffer | undefined {
  const { content, contentType } = bodyObject({ body: change.newContent });
  if (typeof content !== "string") return undefined;
  const type = enumText(contentType);
  return Buffer.from(content, type === "base64encoded" || type === "1" ? "base64" : "utf8");
}

/** Checks each change against the tree it applies to, as the service does, and turns it into entries of the new tree. */
async function readChanges(
  world: World,
  repository: RepositoryState,
  base: string | undefined,
  asked: Asked,
): Promise<TreeChange[]> {
  const result: TreeChange[] = [];
  const named = asked.changes.flatMap((change) => [bodyObject({ body: change.item }).path, change.sourceServerItem]);
  const paths = named.filter((path) => path !== undefined).map(pathOf);
  const entries = base ? await entriesAt(world, repository.id, base, paths) : new Map<string, TreeEntry>();
  for (const change of asked.changes) {
    const path = pathOf(bodyObject({ body: change.item }).path);
    const type = enumText(change.changeType);
    const content = contentOf(change);
    const existing = entries.get(path);
    switch (changeTypes[type] ?? type.replace(/[\s]/g, "")) {
      case "add":
        if (existing)
          throw refusedByGit(
            400,
            "GitPathAlreadyExistsException",
            `TF402418: A file at the path '/${path}' already exists.`,
          );
        result.push({ path, content: content ?? Buffer.alloc(0) });
        break;
      case "edit":
        if (existing?.type !== "blob") throw missing(path);
        result.push({ path, content: content ?? Buffer.alloc(0), mode: existing.mode });
        break;
      case "delete":
        if (!existing) throw missing(path);
        result.push({ path, content: null });
        break;
      case "rename":
      case "edit,rename": {
        const from = pathOf(change.sourceServerItem);
        const old = entries.get(from);
        if (old?.type !== "blob") throw missing(from);
        result.push({ path: from, content: null });
        result.push({ path, content: content ?? null, mode: old.mode, ...(content ? {} : { objectId: old.objectId }) });
        break;
      }
      default:
        throw invalid(`The change type '${type}' is not supported.`);
    }
  }
  return result;
}

function missing(path: string): Refusal {
  return refusedByGit(404, "GitItemNotFoundException", `TF401174: The item '/${path}' could not be found.`);
}

function personOf(call: Call, world: World, given: Record<string, unknown>): Person {
  const date = new Date(textOf(given.date) ?? world.clock.now());
  return {
    name: textOf(given.name) || call.user.displayName,
    email: textOf(given.email) || call.user.mail,
    date: Number.isNaN(date.getTime()) ? world.clock.now() : date,
  };
}

/** The commit to build on: the tip of the ref, or for a new branch the commit that `oldObjectId` names. */
async function baseOf(
  world: World,
  repository: RepositoryState,
  asked: Asked,
): Promise<{ tip: string | undefined; base: string | undefined }> {
  const tip = await readRef(world, repository.id, asked.ref);
  const stale = () =>
    refusedByGit(
      409,
      "GitReferenceStaleException",
      `TF401028: The reference '${asked.ref}' has already been updated by another client, so you cannot update it. Please try again.`,
    );
  if (tip !== undefined) {
    if (tip !== asked.oldObjectId) throw stale();
    return { tip, base: tip };
  }
  if (asked.oldObjectId === zeroId) return { tip, base: undefined };
  const base = await resolveRef(world, repository.id, asked.oldObjectId);
  if (!base) throw stale();
  return { tip, base };
}

async function createPush(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  requireGitPermission(call, repository, "GenericContribute");
  const asked = readRequest(call);
  const push = await inRepository(world, repository.id, async () => {
    const { tip, base } = await baseOf(world, repository, asked);
    const changes = await readChanges(world, repository, base, asked);
    const commit = await writeCommit(world, repository.id, {
      base,
      message: asked.comment,
      author: personOf(call, world, asked.author),
      committer: personOf(call, world, asked.committer),
      changes,
    });
    repository.size += call.rawBody.length;
    const moved = { name: asked.ref, oldObjectId: tip ?? zeroId, newObjectId: commit };
    const refusal = refusalOf(call.organization, repository, call.user, moved);
    if (refusal) throw refusedByGit(403, refusal.typeKey, refusal.message);
    const { results, push: made } = await updateRefs(world, call.organization, repository, call.user, [moved]);
    if (made) return made;
    const status = results[0]?.updateStatus;
    throw refusedByGit(400, "GitRefUpdateRejectedException", `The ref '${asked.ref}' was not updated: ${status}.`);
  });
  const commits = await readCommits(world, repository.id, ["--no-walk", push.refUpdates[0]?.newObjectId ?? ""]);
  return {
    status: 201,
    body: {
      commits: commits.map((commit) => ({
        treeId: commit.treeId,
        ...commitRef(world, call.organization, repository, commit),
        parents: commit.parents,
      })),
      refUpdates: updatesOf(repository, push),
      ...pushShape(world, call.organization, repository, push),
    },
  };
}

function updatesOf(repository: RepositoryState, push: PushState): unknown[] {
  return push.refUpdates.map((update) => ({ repositoryId: repository.id, ...update }));
}

function listPushes(call: Call, world: World): Answer {
  const repository = requireRepository(call, world);
  const read = (name: string) => call.query(`searchCriteria.${name}`) ?? call.query(name);
  const from = dateOf(call, "searchCriteria.fromDate");
  const to = dateOf(call, "searchCriteria.toDate");
  const pusher = read("pusherId");
  const ref = read("refName");
  const found = repository.pushes.filter(
    (push) =>
      (!from || push.date >= from) &&
      (!to || push.date <= to) &&
      (!pusher || push.userId === pusher.toLowerCase()) &&
      (!ref || push.refUpdates.some((update) => update.name === ref)),
  );
  const withUpdates = isTrue(call, "searchCriteria.includeRefUpdates");
  return list(
    pageOf(call, found.reverse(), 100).map((push) => ({
      ...(withUpdates ? { refUpdates: updatesOf(repository, push) } : {}),
      ...pushShape(world, call.organization, repository, push),
    })),
  );
}

async function getPush(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  const push = repository.pushes.find((one) => one.id === Number(call.params.pushId));
  if (!push)
    throw refusedByGit(404, "GitPushNotFoundException", `TF401178: The push ${call.params.pushId} could not be found.`);
  const commits = await pushedCommits(world, repository, push, numberOf(call, ["includeCommits"], 100));
  const withUpdates = call.query("includeRefUpdates") === undefined || isTrue(call, "includeRefUpdates");
  return {
    body: {
      commits: commits.map((commit) => commitRef(world, call.organization, repository, commit)),
      ...(withUpdates ? { refUpdates: updatesOf(repository, push) } : {}),
      ...pushShape(world, call.organization, repository, push),
    },
  };
}

export const pushRoutes: readonly Route[] = [
  { method: "GET", path: `${root}/pushes`, scopes: ["code"], handle: listPushes },
  { method: "POST", path: `${root}/pushes`, scopes: ["code_write"], handle: createPush },
  { method: "GET", path: `${root}/pushes/{pushId}`, scopes: ["code"], handle: getPush },
];
