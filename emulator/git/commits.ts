/** Commits: search, single, changes, by push, in batches, merge bases. */
import { bodyObject, dateOf, isTrue, numberOf, textOf } from "../query-values.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import { requireRepository } from "../shapes.ts";
import type { PushState, RepositoryState, World } from "../world.ts";
import { changeCounts, changeShape, commitRef, commitShape } from "./commit-shape.ts";
import { pushedCommits } from "./push-event.ts";
import { pushRef } from "./push-shape.ts";
import { type CommitData, readCommits } from "./read-commits.ts";
import { changesBetween } from "./read-tree.ts";
import { tryGit } from "./repository-store.ts";
import { requireCommit, resolveVersion, type VersionDescriptor } from "./version.ts";

const root = "/{organization}/{project?}/_apis/git/repositories/{repositoryId}";

interface Search {
  readonly ids?: readonly string[];
  readonly from: VersionDescriptor;
  readonly compare?: VersionDescriptor;
  readonly itemPath?: string | undefined;
  readonly author?: string | undefined;
  readonly user?: string | undefined;
  readonly fromDate?: Date | undefined;
  readonly toDate?: Date | undefined;
  readonly fromCommitId?: string | undefined;
  readonly toCommitId?: string | undefined;
  readonly oldestFirst: boolean;
  readonly skip: number;
  readonly top: number;
}

function searchOfQuery(call: Call): Search {
  const read = (name: string) => call.query(`searchCriteria.${name}`) ?? call.query(name);
  const descriptor = (name: string): VersionDescriptor => ({
    version: call.query(`searchCriteria.${name}.version`),
    versionType: call.query(`searchCriteria.${name}.versionType`),
    versionOptions: call.query(`searchCriteria.${name}.versionOptions`),
  });
  const ids = read("ids")?.split(",").filter(Boolean);
  const compare = descriptor("compareVersion");
  return {
    ...(ids && ids.length > 0 ? { ids } : {}),
    from: descriptor("itemVersion"),
    ...(compare.version ? { compare } : {}),
    itemPath: read("itemPath"),
    author: read("author"),
    user: read("user"),
    fromDate: dateOf(call, "searchCriteria.fromDate"),
    toDate: dateOf(call, "searchCriteria.toDate"),
    fromCommitId: read("fromCommitId"),
    toCommitId: read("toCommitId"),
    oldestFirst: isTrue(call, "searchCriteria.showOldestCommitsFirst"),
    skip: numberOf(call, ["searchCriteria.$skip", "$skip", "skip"], 0),
    top: numberOf(call, ["searchCriteria.$top", "$top", "top"], 100),
  };
}

function searchOfBody(call: Call): Search {
  const body = bodyObject(call);
  const descriptor = (value: unknown): VersionDescriptor => {
    const object = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
    const type = object.versionType;
    return { version: textOf(object.version), versionType: typeof type === "number" ? String(type) : textOf(type) };
  };
  const compare = descriptor(body.compareVersion);
  const date = (name: string) => dateOf({ query: () => textOf(body[name]) }, name);
  return {
    ...(Array.isArray(body.ids) && body.ids.length > 0 ? { ids: body.ids.map(String) } : {}),
    from: descriptor(body.itemVersion),
    ...(compare.version ? { compare } : {}),
    itemPath: textOf(body.itemPath),
    author: textOf(body.author),
    user: textOf(body.user),
    fromDate: date("fromDate"),
    toDate: date("toDate"),
    fromCommitId: textOf(body.fromCommitId),
    toCommitId: textOf(body.toCommitId),
    oldestFirst: body.showOldestCommitsFirst === true,
    skip: numberOf(call, ["$skip"], Number(body.$skip ?? 0)),
    top: numberOf(call, ["$top"], Number(body.$top ?? 100)),
  };
}

async function findCommits(world: World, repository: RepositoryState, search: Search): Promise<CommitData[]> {
  if (search.ids) {
    const known: CommitData[] = [];
    for (const id of search.ids) {
      const commit = await requireCommit(world, repository, id);
      known.push(...(await readCommits(world, repository.id, ["--no-walk", commit])));
    }
    return known;
  }
  if (!repository.defaultBranch && !search.from.version) return [];
  const from = search.toCommitId
    ? await requireCommit(world, repository, search.toCommitId)
    : (await resolveVersion(world, repository, search.from)).commit;
  const args = [`--skip=${search.skip}`, `--max-count=${search.top}`];
  if (search.author) args.push("--regexp-ignore-case", "--fixed-strings", `--author=${search.author}`);
  if (search.user) args.push("--regexp-ignore-case", "--fixed-strings", `--committer=${search.user}`);
  if (search.fromDate) args.push(`--since=${search.fromDate.toISOString()}`);
  if (search.toDate) args.push(`--until=${search.toDate.toISOString()}`);
  if (search.oldestFirst) args.push("--reverse");
  if (search.compare) {
    // what the compared version has and the item version lacks
    args.push((await resolveVersion(world, repository, search.compare)).commit, `^${from}`);
  } else args.push(from);
  if (search.fromCommitId) args.push(`^${await requireCommit(world, repository, search.fromCommitId)}`);
  const path = search.itemPath?.replace(/^\/+/, "");
  return readCommits(world, repository.id, path ? [...args, "--", path] : args);
}

async function listCommits(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  const pushId = call.query("pushId");
  if (pushId !== undefined) {
    const push = repository.pushes.find((one) => one.id === Number(pushId));
    return commitList(call, world, repository, push ? await pushedCommits(world, repository, push, 100) : []);
  }
  return commitList(call, world, repository, await findCommits(world, repository, searchOfQuery(call)));
}

function commitList(call: Call, world: World, repository: RepositoryState, commits: readonly CommitData[]): Answer {
  return list(commits.map((commit) => commitRef(world, call.organization, repository, commit)));
}

async function getCommit(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  const id = await requireCommit(world, repository, call.params.commitId ?? "");
  const [commit] = await readCommits(world, repository.id, ["--no-walk", id]);
  if (!commit) throw new Refusal(404, "GitCommitDoesNotExistException", `TF401034: ${id}`);
  const push = repository.pushes.find((one) => one.refUpdates.some((update) => update.newObjectId === id));
  const changeCount = numberOf(call, ["changeCount"], 0);
  const changes = await changesBetween(world, repository.id, commit.parents[0], id);
  return {
    body: {
      ...commitShape(world, call.organization, repository, commit),
      ...(push ? { push: pushRef(world, call.organization, repository, push) } : {}),
      changeCounts: changeCounts(changes.filter((change) => !change.isFolder)),
      ...(changeCount > 0
        ? {
            changes: changes
              .slice(0, changeCount)
              .map((change) => changeShape(world, call.organization, repository, id, change)),
          }
        : {}),
    },
  };
}

async function getChanges(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  const id = await requireCommit(world, repository, call.params.commitId ?? "");
  const [commit] = await readCommits(world, repository.id, ["--no-walk", id]);
  const changes = await changesBetween(world, repository.id, commit?.parents[0], id);
  const skip = numberOf(call, ["skip", "$skip"], 0);
  const page = changes.slice(skip, skip + numberOf(call, ["top", "$top"], 100));
  return {
    body: {
      changeCounts: changeCounts(changes),
      changes: page.map((change) => changeShape(world, call.organization, repository, id, change)),
    },
  };
}

async function mergeBases(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  const one = await requireCommit(world, repository, call.params.commitId ?? "");
  const other = await requireCommit(world, repository, call.query("otherCommitId") ?? "");
  const ids =
    (await tryGit(world, repository.id, ["merge-base", "--all", one, other]))?.split("\n").filter(Boolean) ?? [];
  const commits = ids.length > 0 ? await readCommits(world, repository.id, ["--no-walk", ...ids]) : [];
  return commitList(call, world, repository, commits);
}

async function commitsOfPush(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world);
  const push: PushState | undefined = repository.pushes.find((one) => one.id === Number(call.params.pushId));
  return commitList(call, world, repository, push ? await pushedCommits(world, repository, push, 100) : []);
}

export const commitRoutes: readonly Route[] = [
  { method: "GET", path: `${root}/commits`, scopes: ["code"], handle: listCommits },
  { method: "GET", path: `${root}/commits/{commitId}`, scopes: ["code"], handle: getCommit },
  { method: "GET", path: `${root}/commits/{commitId}/changes`, scopes: ["code"], handle: getChanges },
  { method: "GET", path: `${root}/commits/{commitId}/mergebases`, scopes: ["code"], handle: mergeBases },
  { method: "GET", path: `${root}/pushes/{pushId}/commits`, scopes: ["code"], handle: commitsOfPush },
  {
    method: "POST",
    path: `${root}/commitsbatch`,
    scopes: ["code"],
    async handle(call, world) {
      const repository = requireRepository(call, world);
      return commitList(call, world, repository, await findCommits(world, repository, searchOfBody(call)));
    },
  },
];
