/** Joins the versions of a file that hold one secret to one finding, and tells where it came from and where it still is. */

import type { CommitFacts } from "#git/packs/history-reader.ts";
import type { Origin } from "#model/finding.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { Problem } from "#model/scan-result.ts";
import { type Confirmed, type FoundAt, type IsInHead, inOrder } from "./confirm-suspects.ts";
import type { HistoryFinding, HistoryRequest } from "./history-scan.ts";

/** Trees of more branches would take longer than the scan. */
const mostBranches = 40;

export interface FilesOfHead {
  readonly isInHead: IsInHead;
  /** Why they could not be listed: then nothing is known to be in HEAD, or not to be. */
  readonly failure?: RemoteError;
}

interface Branches {
  readonly read: readonly Branch[];
  readonly unread: readonly { readonly names: readonly string[]; readonly failure: RemoteError }[];
  /** How many were not looked at. */
  readonly left: number;
}

interface Branch {
  readonly names: readonly string[];
  /** `<blob> <path>` of its newest commit, as far as something was found there. */
  readonly holds: ReadonlySet<string>;
}

export async function withOrigins(
  { repository }: HistoryRequest,
  { found }: Confirmed,
  head: FilesOfHead,
): Promise<{ readonly findings: readonly HistoryFinding[]; readonly problems: readonly Problem[] }> {
  if (found.length === 0) return { findings: [], problems: [] };
  const groups = new Map<string, FoundAt[]>();
  for (const one of found) {
    const key = `${one.finding.fingerprint} ${one.path ?? one.shown.objectId}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  const places = new Set(found.flatMap(placesOf));
  const commits = new Set([...groups.values()].flatMap((group) => oldestOf(group).commit ?? []));
  const [facts, branches] = await Promise.all([
    repository.history.describeCommits([...commits]),
    branchesOf(repository, places),
  ]);
  const findings = [...groups.values()].map((group) => joined(group, facts, head, branches.read));
  return { findings, problems: problemsOf(head, branches) };
}

function joined(
  group: readonly FoundAt[],
  facts: ReadonlyMap<string, CommitFacts>,
  { isInHead, failure }: FilesOfHead,
  branches: readonly Branch[],
): HistoryFinding {
  const inHead = group.find(({ path = "", shown }) => isInHead(shown.objectId, path));
  const newest = inOrder(group.map(({ shown }) => shown)).at(-1);
  const { finding, shown } = inHead ?? group.find((one) => one.shown === newest) ?? group[0]!;
  const versions = inOrder(group.flatMap(({ all }) => all)).map(({ objectId }) => objectId);
  const told = { objectId: shown.objectId, versions: [...new Set(versions)] };
  const { commit } = oldestOf(group);
  if (commit === undefined) return { finding, ...told };
  const held = branches.filter(({ holds }) => group.some((one) => placesOf(one).some((place) => holds.has(place))));
  const origin: Origin = {
    commit,
    author: facts.get(commit)?.author ?? "",
    at: facts.get(commit)?.at ?? "",
    ...(failure === undefined && { inHead: inHead !== undefined }),
    branches: [...new Set(held.flatMap(({ names }) => names))].sort(),
  };
  return { finding: { ...finding, origin }, ...told };
}

function oldestOf(group: readonly FoundAt[]): FoundAt["shown"] {
  return inOrder(group.map(({ all }) => all[0]!))[0]!;
}

function placesOf({ all, path = "" }: FoundAt): readonly string[] {
  return all.map(({ objectId }) => placeOf({ objectId, path }));
}

function placeOf({ objectId, path }: { readonly objectId: string; readonly path: string }): string {
  return `${objectId} ${path}`;
}

type Repository = HistoryRequest["repository"];

/** Asked of all files once: of HEAD there is one. */
export async function filesOfHead(repository: Repository): Promise<FilesOfHead> {
  const head = await repository.resolve("HEAD");
  if (head === undefined) return noFiles;
  const entries = await listed(repository, head);
  if (entries instanceof RemoteError) return { ...noFiles, failure: entries };
  const ids = new Map(entries.map(({ path, objectId }) => [path, objectId]));
  return { isInHead: (objectId, path) => ids.get(path) === objectId };
}

export const noFiles: FilesOfHead = { isInHead: () => false };

async function branchesOf(repository: Repository, places: ReadonlySet<string>): Promise<Branches> {
  const byTip = new Map<string, string[]>();
  for (const { name, objectId } of await repository.listRefs("refs/heads/", "refs/remotes/")) {
    if (name.endsWith("/HEAD")) continue;
    const short = name.replace(/^refs\/(?:heads|remotes)\//, "");
    const names = byTip.get(objectId);
    if (names) names.push(short);
    else byTip.set(objectId, [short]);
  }
  const read: Branch[] = [];
  const unread: Branches["unread"][number][] = [];
  for (const [tip, names] of [...byTip].slice(0, mostBranches)) {
    const entries = await listed(repository, tip);
    if (entries instanceof RemoteError) unread.push({ names, failure: entries });
    else read.push({ names, holds: new Set(entries.map(placeOf).filter((place) => places.has(place))) });
  }
  return { read, unread, left: Math.max(0, byTip.size - mostBranches) };
}

/** A tree may be damaged, missing or too large: what was found elsewhere is told all the same. */
async function listed(
  repository: Repository,
  commit: string,
): Promise<Awaited<ReturnType<Repository["listTree"]>> | RemoteError> {
  try {
    return await repository.listTree(commit);
  } catch (error) {
    if (error instanceof RemoteError) return error;
    throw error;
  }
}

function problemsOf({ failure }: FilesOfHead, { unread, left }: Branches): readonly Problem[] {
  const problems: Problem[] = [];
  if (failure !== undefined) {
    const message = `The files of HEAD cannot be listed: ${failure.message} Whether it still holds what was found is not known.`;
    problems.push({ scanner: "git", code: "head-unread", message });
  }
  const [first] = unread;
  if (first !== undefined) {
    const names = unread.flatMap((branch) => branch.names);
    const others = names.length > 3 ? ` and ${names.length - 3} others` : "";
    const message = `The files of ${names.slice(0, 3).join(", ")}${others} cannot be listed: ${first.failure.message} Whether these branches still hold what was found is not known.`;
    problems.push({ scanner: "git", code: "branches-unread", message });
  }
  if (left > 0) problems.push(notAllBranches(left));
  return problems;
}

function notAllBranches(left: number): Problem {
  const message = `There are ${left + mostBranches} branches; whether they still hold what was found was looked up for ${mostBranches} of them. The search itself covered all.`;
  return { scanner: "git", code: "branches-left", message, isNotice: true };
}
