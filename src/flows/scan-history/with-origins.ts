/** Joins the versions of a file that hold one secret to one finding, and tells where it came from and where it still is. */

import type { CommitFacts } from "#git/packs/history-reader.ts";
import type { Origin } from "#model/finding.ts";
import type { Problem } from "#model/scan-result.ts";
import { type Confirmed, type FoundAt, type IsInHead, inOrder } from "./confirm-suspects.ts";
import type { HistoryFinding, HistoryRequest } from "./history-scan.ts";

/** Trees of more branches would take longer than the scan. */
const mostBranches = 40;

interface Branch {
  readonly names: readonly string[];
  /** `<blob> <path>` of its newest commit, as far as something was found there. */
  readonly holds: ReadonlySet<string>;
}

export async function withOrigins(
  { repository }: HistoryRequest,
  { found }: Confirmed,
  isInHead: IsInHead,
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
  const findings = [...groups.values()].map((group) => joined(group, facts, isInHead, branches.read));
  return { findings, problems: branches.left === 0 ? [] : [notAllBranches(branches.left)] };
}

function joined(
  group: readonly FoundAt[],
  facts: ReadonlyMap<string, CommitFacts>,
  isInHead: IsInHead,
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
    inHead: inHead !== undefined,
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
export async function filesOfHead(repository: Repository): Promise<IsInHead> {
  const head = await repository.resolve("HEAD");
  const entries = head === undefined ? [] : await repository.listTree(head).catch(() => []);
  const ids = new Map(entries.map(({ path, objectId }) => [path, objectId]));
  return (objectId, path) => ids.get(path) === objectId;
}

async function branchesOf(
  repository: Repository,
  places: ReadonlySet<string>,
): Promise<{ readonly read: readonly Branch[]; readonly left: number }> {
  const byTip = new Map<string, string[]>();
  for (const { name, objectId } of await repository.listRefs("refs/heads/", "refs/remotes/")) {
    if (name.endsWith("/HEAD")) continue;
    const short = name.replace(/^refs\/(?:heads|remotes)\//, "");
    const names = byTip.get(objectId);
    if (names) names.push(short);
    else byTip.set(objectId, [short]);
  }
  const read: Branch[] = [];
  for (const [tip, names] of [...byTip].slice(0, mostBranches)) {
    read.push({ names, holds: await heldBy(repository, tip, places) });
  }
  return { read, left: Math.max(0, byTip.size - mostBranches) };
}

async function heldBy(repository: Repository, commit: string, places: ReadonlySet<string>): Promise<Set<string>> {
  const entries = await repository.listTree(commit).catch(() => []);
  return new Set(entries.map(placeOf).filter((place) => places.has(place)));
}

function notAllBranches(left: number): Problem {
  const message = `There are ${left + mostBranches} branches; whether they still hold what was found was looked up for ${mostBranches} of them. The search itself covered all.`;
  return { scanner: "git", code: "branches-left", message, isNotice: true };
}
