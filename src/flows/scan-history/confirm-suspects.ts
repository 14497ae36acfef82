/**
 * Reads suspects again and scans them like any file, under each of their paths; of those that hold the same secrets at a
 * path only one, the newest. What an earlier scan said of a version is known.
 */
import { createHash } from "node:crypto";
import type { Finding } from "#model/finding.ts";
import type { Problem } from "#model/scan-result.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import { isSpan } from "#model/span.ts";
import { pathFacts } from "#scan/secrets/paths/path-facts.ts";
import { largestFile } from "#scan/secrets/secrets-scanner.ts";
import type { BlobToScan, BlobWords } from "../scan-files/scan-pool.ts";
import type { HistoryRequest } from "./history-scan.ts";
import { type KeptResults, noResults, type Suspect, type VersionResult } from "./kept-history.ts";
import { isKnownPlace, type Narrowed } from "./narrow-version.ts";

export interface Confirmed {
  readonly found: readonly FoundAt[];
  readonly silenced: readonly SilencedFinding[];
  readonly problems: readonly Problem[];
  readonly results: KeptResults;
}

/** A finding in some versions of one file. */
export interface FoundAt extends Versions {
  readonly finding: Finding;
}

interface Versions {
  /** From the repository's root; undefined if no commit names the blobs. */
  readonly path?: string;
  /** All that hold the same, the oldest first. */
  readonly all: readonly Version[];
  /** The one that is scanned and told: of HEAD, or else the newest. */
  readonly shown: Version;
}

export interface Version {
  readonly objectId: string;
  /** The oldest commit that brought this version there, and when; of the path of one that a commit names. */
  readonly commit?: string;
  readonly at: number;
  readonly narrowed?: Narrowed | undefined;
}

/** True if HEAD has this version at this path. */
export type IsInHead = (objectId: string, path: string) => boolean;

/** What no commit names has no path: a folder of its own says so. */
const nowhere = "(in no commit)/";

export async function confirmSuspects(
  request: HistoryRequest,
  suspects: readonly Suspect[],
  isInHead: IsInHead,
  kept: KeptResults,
): Promise<Confirmed> {
  const { prefix = "" } = request;
  const versions = versionsOf(suspects, prefix, isInHead);
  const under = versions.length === 0 ? kept.under : await nameOfResults(request);
  const known = under !== undefined && kept.under === under ? kept.of : {};
  const isKnown = (one: Versions) => known[keyOf(one, prefix)] !== undefined;
  const problems: Problem[] = [];
  const of: Record<string, VersionResult> = {};
  const found: FoundAt[] = [];
  const silenced: SilencedFinding[] = [];
  const add = (one: Versions, result: VersionResult) => {
    silenced.push(...result.silenced);
    found.push(...result.findings.map((finding) => ({ ...one, finding })));
  };
  for (const one of versions) {
    const key = keyOf(one, prefix);
    const result = known[key];
    if (result === undefined) continue;
    of[key] = result;
    add(one, result);
  }
  const fresh = new Map<string, Versions>();
  for (const one of versions) if (!isKnown(one)) fresh.set(keyOf(one, prefix), one);
  const given = readVersions(request, [...fresh.values()], problems);
  const progress = await request.openProgress?.(fresh.size, "versions of files");
  let done = 0;
  for await (const { objectId, path, results } of request.pool.scan(given, optionsOf(request))) {
    progress?.to(++done);
    const key = keyIn(objectId, prefix, path);
    const one = fresh.get(key);
    const result = {
      findings: results.flatMap((each) =>
        each.result.findings.filter((finding) => isOfVersion(finding, one?.shown.narrowed)),
      ),
      silenced: results.flatMap((each) => each.result.silenced),
    };
    const told = toldOf(results, one?.path !== undefined && isInHead(one.shown.objectId, one.path));
    problems.push(...told);
    if (one === undefined) continue;
    add(one, result);
    if (told.length === 0) of[key] = result;
  }
  progress?.end();
  return { found, silenced: distinct(silenced), problems, results: under === undefined ? noResults : { under, of } };
}

/** A mark in what is past can go no more. */
function toldOf(results: BlobWords["results"], isNow: boolean): readonly Problem[] {
  return results.flatMap(({ result }) => result.problems.filter(({ code }) => isNow || code !== "unused"));
}

function isOfVersion({ at }: Finding, narrowed: Narrowed | undefined): boolean {
  return narrowed === undefined || !isSpan(at) || isKnownPlace(narrowed, at);
}

function optionsOf({ minimumScore, secrets, signal }: HistoryRequest): Parameters<HistoryRequest["pool"]["scan"]>[1] {
  return {
    scanners: ["secrets"],
    ...(minimumScore !== undefined && { minimumScore }),
    ...(secrets !== undefined && { secrets }),
    ...(signal !== undefined && { signal }),
  };
}

/**
 * Results hang on settings and on the pool's key, which only shows in the fingerprint of some secret: of a made-up one.
 * Undefined if even that is not wanted (a high least score).
 */
async function nameOfResults(request: HistoryRequest): Promise<string | undefined> {
  const value = createHash("sha256").update("a secret of nobody").digest("base64url").slice(0, 20);
  const bytes = Buffer.from(`DB_PASSWORD=${value}\n`);
  const said: Finding[] = [];
  const given = [{ objectId: "", path: "made-up.env", bytes }];
  for await (const { results } of request.pool.scan(given, optionsOf(request))) {
    said.push(...results.flatMap(({ result: { findings } }) => findings));
  }
  if (said.length === 0) return undefined;
  return createHash("sha256")
    .update(JSON.stringify([request.secrets, said]))
    .digest("hex");
}

function keyOf(one: Versions, prefix: string): string {
  return keyIn(one.shown.objectId, prefix, shownPath(one, prefix));
}

/** Paths are told from below the prefix. */
function keyIn(objectId: string, prefix: string, path: string): string {
  return `${objectId} ${prefix}\0${path}`;
}

/** The versions of each path, those together of which it is known that they hold the same. */
function versionsOf(suspects: readonly Suspect[], prefix: string, isInHead: IsInHead): readonly Versions[] {
  const alone: Versions[] = [];
  const groups = new Map<string, Version[]>();
  for (const { id, group, places, narrowed } of suspects) {
    if (places.length === 0 && prefix === "")
      alone.push(versionsAt(undefined, [{ objectId: id, at: 0, narrowed }], isInHead));
    for (const { path, commit, at } of places) {
      if (!path.startsWith(prefix)) continue;
      const version = { objectId: id, commit, at, narrowed };
      const same = groups.get(`${group} ${path}`);
      if (group === 0) alone.push(versionsAt(path, [version], isInHead));
      else if (same) same.push(version);
      else groups.set(`${group} ${path}`, [version]);
    }
  }
  const together = [...groups].map(([key, all]) => versionsAt(key.slice(key.indexOf(" ") + 1), all, isInHead));
  return [...alone, ...together];
}

function versionsAt(path: string | undefined, unordered: readonly Version[], isInHead: IsInHead): Versions {
  const all = inOrder(unordered);
  const inHead = path === undefined ? undefined : all.find(({ objectId }) => isInHead(objectId, path));
  return { ...(path !== undefined && { path }), all, shown: inHead ?? all.at(-1)! };
}

export function inOrder(versions: readonly Version[]): readonly Version[] {
  return [...versions].sort((a, b) => a.at - b.at || (a.objectId < b.objectId ? -1 : 1));
}

function shownPath({ path, shown }: Versions, prefix: string): string {
  return path === undefined ? nowhere + shown.objectId : path.slice(prefix.length);
}

async function* readVersions(
  { repository, prefix = "" }: HistoryRequest,
  versions: readonly Versions[],
  problems: Problem[],
): AsyncGenerator<BlobToScan> {
  const others: Versions[] = [];
  for (const one of versions) {
    const { narrowed, objectId } = one.shown;
    if (narrowed === undefined) others.push(one);
    else yield { objectId, path: shownPath(one, prefix), bytes: narrowed.bytes };
  }
  if (others.length === 0) return;
  let index = 0;
  const ids = others.map(({ shown }) => shown.objectId);
  for await (const read of repository.readBlobs(ids, { maxSize: largestFile })) {
    const one = others[index++]!;
    const path = shownPath(one, prefix);
    if ("bytes" in read) yield { objectId: read.objectId, path, bytes: read.bytes };
    // Pictures, archives and the like are not looked at in any size.
    else if (one.path !== undefined && pathFacts(one.path) === undefined) continue;
    // A damaged object that no commit names may have been anything.
    else if (one.path !== undefined || read.problem === "too-large") {
      const problem = read.problem === "too-large" ? tooLarge(read.size) : unreadable;
      problems.push({ ...problem, path });
    }
  }
}

const unreadable = {
  scanner: "git",
  code: "missing",
  message: "Git cannot read a version of this file; the others were examined.",
} as const;

function tooLarge(size = largestFile): Problem {
  const message = `A version of this file has ${size} bytes; up to ${largestFile} are scanned. Nothing in it was examined.`;
  return { scanner: "scan", code: "too-large", message };
}

/** One secret stays silenced through many versions. */
function distinct(silenced: readonly SilencedFinding[]): readonly SilencedFinding[] {
  const seen = new Map(
    silenced.map((one) => ["path" in one.finding.at ? `${one.finding.fingerprint} ${one.finding.at.path}` : "", one]),
  );
  return [...seen.values()];
}
