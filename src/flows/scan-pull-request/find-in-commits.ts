/**
 * Secrets that a commit of a pull request brings and a later one takes away: its files do not show them, and whoever
 * fetches the branch has them all the same.
 */
import { isDamage } from "#git/git-failure.ts";
import type { Mirror } from "#git/mirror.ts";
import type { BlobAt, NewBlob } from "#git/new-blobs.ts";
import type { Finding, Origin } from "#model/finding.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { Problem } from "#model/scan-result.ts";
import type { ScanPart } from "#model/scanner-name.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import { isSpan } from "#model/span.ts";
import { type Scanning, scanBlobs } from "../scan-tree/scan-blobs.ts";
import type { TreeScan } from "../scan-tree/tree-scan.ts";
import type { CommitPair } from "./find-range.ts";

export interface FoundInCommits {
  /** One for each secret, in the oldest version that holds it. */
  readonly findings: readonly Finding[];
  /** What a mark in that version silences: the pull request does not decide that unseen. */
  readonly silenced: readonly SilencedFinding[];
  readonly problems: readonly Problem[];
  /** Files of which not every version was searched: what was found in them before may still be there. */
  readonly missed: Missed;
}

/** Their paths; `all` where not even these are known. */
export type Missed = "all" | ReadonlySet<string>;

/** Of versions, the newest of all; of bytes, those that are read now: what was searched before costs nothing. */
interface Limits {
  readonly versions: number;
  readonly bytes: number;
}

/**
 * A pull request that brings more brings in a whole history: that is what the history's own scan is for. On 2 cores 174,820
 * versions (4.3 GB of text) took 3 minutes, and with the next push 4 s for all that was searched before.
 */
const usualLimits: Limits = { versions: 200_000, bytes: 8 * 1024 ** 3 };

/** What other scanners make of a version that is gone is nobody's concern. */
const scanners: readonly ScanPart[] = ["secrets"];

export async function findInCommits(
  app: Scanning,
  scan: Omit<TreeScan, "mirror"> & { readonly mirror: Mirror },
  about: {
    readonly range: CommitPair;
    readonly known: ReadonlySet<string>;
    readonly told: readonly Problem[];
    readonly limits?: Limits;
  },
): Promise<FoundInCommits> {
  const { range, known, told, limits = usualLimits } = about;
  const { mirror, signal } = scan;
  const blobs = await newBlobs(mirror, range, signal);
  if (blobs instanceof RemoteError) {
    return { findings: [], silenced: [], problems: [commitsUnread(blobs)], missed: "all" };
  }
  const { after, before } = blobs;
  const { found, versions, left } = await searchNewest(app, scan, { after, limits });
  const problems = [...left, ...problemsWithin(found.problems, told)];
  const missed = left.length > 0 ? "all" : pathsOf(found.problems);
  const skips = new Map(found.silenced.map((one) => [one.finding, one]));
  // Whoever shows it in one version has not silenced it.
  const all = [...found.findings, ...skips.keys()];
  const unknown = all.filter(({ fingerprint }) => !known.has(fingerprint));
  if (unknown.length === 0) return { findings: [], silenced: [], problems, missed };
  const paths = new Set(versions.map(({ path }) => path));
  const replaced = left.length > 0 ? before.filter(({ path }) => paths.has(path)) : before;
  const former = await searchFormer(app, scan, { replaced, unknown, mostBytes: limits.bytes });
  problems.push(...former.left);
  const were = new Set(former.found.findings.map(({ fingerprint }) => fingerprint));
  const wereSilenced = new Set(former.found.silenced.map(({ finding }) => finding.fingerprint));
  const first = new Map<string, Finding>();
  for (const finding of unknown) {
    const { fingerprint } = finding;
    const isOld = were.has(fingerprint) || (skips.has(finding) && wereSilenced.has(fingerprint));
    if (!isOld && !first.has(fingerprint)) first.set(fingerprint, finding);
  }
  const { objectOf } = found;
  const { origins, failure } = await originsOf({ mirror, signal }, [...first.values()], { versions, objectOf });
  if (failure !== undefined) problems.push(commitsUndescribed(failure));
  const placed = [...origins].map(([finding, origin]) => ({
    skip: skips.get(finding),
    finding: { ...finding, origin },
  }));
  return {
    findings: placed.flatMap(({ finding, skip }) => (skip === undefined ? finding : [])),
    silenced: placed.flatMap(({ finding, skip }) => (skip === undefined ? [] : { ...skip, finding })),
    problems,
    missed,
  };
}

async function searchNewest(
  app: Scanning,
  scan: Omit<TreeScan, "mirror"> & { readonly mirror: Mirror },
  { after, limits }: { readonly after: readonly NewBlob[]; readonly limits: Limits },
) {
  const versions = after.slice(-limits.versions);
  const options = { scanners, files: versions, mostBytes: limits.bytes, onProgress: undefined };
  const found = await scanBlobs(app, { ...scan, ...options });
  const searched = versions.filter(({ objectId }) => !found.left.has(objectId));
  const left = searched.length < after.length ? [versionsLeft(after, searched, found.left.size > 0)] : [];
  return { found, versions, left };
}

/** What was there before. Of the files in which something was found first: there it is most likely. */
async function searchFormer(
  app: Scanning,
  scan: Omit<TreeScan, "mirror"> & { readonly mirror: Mirror },
  about: { readonly replaced: readonly BlobAt[]; readonly unknown: readonly Finding[]; readonly mostBytes: number },
) {
  const { replaced, unknown, mostBytes } = about;
  const paths = new Set(unknown.flatMap(({ at }) => (isSpan(at) ? [at.path] : [])));
  // The last are read first.
  const files = replaced.toSorted((a, b) => Number(paths.has(a.path)) - Number(paths.has(b.path)));
  const found = await scanBlobs(app, { ...scan, scanners, files, mostBytes, onProgress: undefined });
  const count = files.filter(({ objectId }) => found.left.has(objectId)).length;
  return { found, left: count === 0 ? [] : [formerLeft(count)] };
}

function pathsOf(problems: readonly Problem[]): ReadonlySet<string> {
  const all = problems.filter(({ isNotice }) => isNotice !== true);
  return new Set(all.flatMap(({ path }) => (path === undefined ? [] : [path])));
}

function newBlobs(mirror: Mirror, range: CommitPair, signal: AbortSignal) {
  return mirror.newBlobs({ ...range, signal }).catch(toldOf(signal));
}

/** For `catch`: what git says in place of an answer. */
function toldOf(signal: AbortSignal): (error: unknown) => RemoteError {
  return (error) => {
    // A damaged mirror is made anew before the job is tried again.
    if (!(error instanceof RemoteError) || signal.aborted || isDamage(error)) throw error;
    return error;
  };
}

/**
 * A mark in a version that is gone concerns nobody. What is told of the file itself, or of another version, is not told again.
 * Whoever could not read it: only the search for secrets misses it.
 */
function problemsWithin(problems: readonly Problem[], told: readonly Problem[]): readonly Problem[] {
  const others = new Set(told.map(nameOf));
  const concerned = problems.filter(({ isNotice }) => isNotice !== true);
  const distinct = new Map(concerned.map((problem) => [nameOf(problem), problem]));
  return [...distinct]
    .filter(([name]) => !others.has(name))
    .map(([, problem]) => ({
      ...problem,
      scanner: "secrets",
      message: `In a version within the commits: ${problem.message}`,
    }));
}

function nameOf({ scanner, code, path }: Problem): string {
  return [scanner, code, path].join("\0");
}

async function originsOf(
  { mirror, signal }: Pick<TreeScan, "signal"> & { readonly mirror: Mirror },
  findings: readonly Finding[],
  { versions, objectOf }: { readonly versions: readonly NewBlob[]; readonly objectOf: ReadonlyMap<Finding, string> },
): Promise<{ readonly origins: ReadonlyMap<Finding, Origin>; readonly failure?: RemoteError }> {
  const commits = new Map(versions.map(({ objectId, path, commit }) => [`${objectId} ${path}`, commit]));
  const commitOf = (finding: Finding) =>
    isSpan(finding.at) ? commits.get(`${objectOf.get(finding)} ${finding.at.path}`) : undefined;
  const asked = new Set(findings.flatMap((one) => commitOf(one) ?? []));
  const facts = await mirror.history.describeCommits([...asked]).catch(toldOf(signal));
  const isTold = !(facts instanceof RemoteError);
  const origins = findings.map((finding) => {
    const commit = commitOf(finding) ?? "";
    const { author = "", at = "" } = isTold ? (facts.get(commit) ?? {}) : {};
    return [finding, { commit, author, at, inHead: false, branches: [] }] as const;
  });
  return { origins: new Map(origins), ...(!isTold && { failure: facts }) };
}

function commitsUnread({ message: why }: RemoteError): Problem {
  const message = `The commits of the pull request could not be listed: ${why} Secrets that one brings and a later one takes away were not looked for; the files were examined.`;
  return { scanner: "secrets", code: "commits-unread", message };
}

function commitsUndescribed({ message: why }: RemoteError): Problem {
  const message = `Author and time of the commits that bring secrets could not be read: ${why} The secrets were found all the same.`;
  return { scanner: "git", code: "commits-undescribed", message, isNotice: true };
}

function formerLeft(count: number): Problem {
  const message = `Of the versions of files that were there before ${count} were not read, because there are too many: some secret that is told of a commit may not be new.`;
  return { scanner: "secrets", code: "former-versions-left", message, isNotice: true };
}

function versionsLeft(all: readonly NewBlob[], searched: readonly NewBlob[], goesOn: boolean): Problem {
  const done = new Set(searched);
  const newest = all.slice(all.findLastIndex((version) => !done.has(version)) + 1);
  const words = `The newest ${newest.length}, from commit ${newest[0]?.commit?.slice(0, 10)} on, were searched for secrets that a later commit takes away, ${all.length - searched.length} before them were not; the files themselves were all examined.`;
  const next = goesOn ? " The scan of the next push reads more of them." : "";
  const message = `The commits of the pull request bring ${all.length} versions of files. ${words}${next} To have all of it searched here, squash the branch or divide the pull request; the scan of the repository's history reads every version that was pushed to one of its branches.`;
  return { scanner: "secrets", code: "versions-left", message };
}
