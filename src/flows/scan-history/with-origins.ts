/** Joins the versions of a file that hold one secret to one finding, and tells where it came from and where it still is. */

import type { CommitFacts } from "#git/packs/history-reader.ts";
import type { Origin } from "#model/finding.ts";
import type { Problem } from "#model/scan-result.ts";
import type { Confirmed, FoundAt } from "./confirm-suspects.ts";
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
): Promise<{ readonly findings: readonly HistoryFinding[]; readonly problems: readonly Problem[] }> {
  if (found.length === 0) return { findings: [], problems: [] };
  const places = new Set(found.map(placeOf));
  const commits = new Set(found.flatMap(({ commit }) => commit ?? []));
  const [facts, head, branches] = await Promise.all([
    repository.history.describeCommits([...commits]),
    headOf(repository, places),
    branchesOf(repository, places),
  ]);
  const groups = new Map<string, FoundAt[]>();
  for (const one of found) {
    const key = `${one.finding.fingerprint} ${one.path ?? one.objectId}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  const findings = [...groups.values()].map((group) => joined(group, facts, head, branches.read));
  return { findings, problems: branches.left === 0 ? [] : [notAllBranches(branches.left)] };
}

function joined(
  group: readonly FoundAt[],
  facts: ReadonlyMap<string, CommitFacts>,
  head: ReadonlySet<string>,
  branches: readonly Branch[],
): HistoryFinding {
  const time = ({ commit = "" }: FoundAt) => Date.parse(facts.get(commit)?.at ?? "") || 0;
  const ordered = [...group].sort((a, b) => time(a) - time(b));
  const oldest = ordered[0]!;
  const newest = ordered.find((one) => head.has(placeOf(one))) ?? ordered.at(-1)!;
  const versions = [...new Set(ordered.map(({ objectId }) => objectId))];
  const { commit } = oldest;
  if (commit === undefined) return { finding: newest.finding, objectId: newest.objectId, versions };
  const held = branches.filter(({ holds }) => group.some((one) => holds.has(placeOf(one))));
  const origin: Origin = {
    commit,
    author: facts.get(commit)?.author ?? "",
    at: facts.get(commit)?.at ?? "",
    inHead: group.some((one) => head.has(placeOf(one))),
    branches: [...new Set(held.flatMap(({ names }) => names))].sort(),
  };
  return { finding: { ...newest.finding, origin }, objectId: newest.objectId, versions };
}

function placeOf({ objectId, path = "" }: Pick<FoundAt, "objectId" | "path">): string {
  return `${objectId} ${path}`;
}

type Repository = HistoryRequest["repository"];

async function headOf(repository: Repository, places: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const head = await repository.resolve("HEAD");
  return head === undefined ? new Set() : heldBy(repository, head, places);
}

async function branchesOf(
  repository: Repository,
  places: ReadonlySet<string>,
): Promise<{ readonly read: readonly Branch[]; readonly left: number }> {
  const [own, remote] = await Promise.all([repository.listRefs("refs/heads/"), repository.listRefs("refs/remotes/")]);
  const byTip = new Map<string, string[]>();
  for (const { name, objectId } of [...own, ...remote]) {
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
