/** Blobs of a git repository: its whole history, or what lies between two commits. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { BlobToScan, ScanPool } from "#flows/scan-files/scan-pool.ts";
import type { HistoryScan } from "#flows/scan-history/history-scan.ts";
import { countBinary, isBinaryName } from "#flows/scan-tree/count-binary.ts";
import { findIrregularObject, heldUpBy } from "#git/irregular-file.ts";
import type { TreeChange } from "#git/mirror.ts";
import type { NewBlobs } from "#git/new-blobs.ts";
import type { LocalRepository } from "#git/open-local-repository.ts";
import type { Finding } from "#model/finding.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { Problem } from "#model/scan-result.ts";
import type { ScanPart } from "#model/scanner-name.ts";
import { isSpan } from "#model/span.ts";
import { scannersFor } from "#scan/scan.ts";
import { pathGlob } from "#scan/settings/path-glob.ts";
import type { TreeFile } from "#scan/tree-keys.ts";
import type { TreeScanner } from "#scan/tree-scanner.ts";
import { makeFolder } from "../../serve/make-folder.ts";
import { UsageError } from "../../usage-error.ts";
import { userFolder } from "../../user-folder.ts";
import { withoutSecrets } from "../without-secrets.ts";
import { type LeftAside, largestBlob, leaveTooLarge, type ScanSource, type SourceTrees } from "./scan-source.ts";

export interface GitRequest {
  readonly repository: LocalRepository;
  readonly scanners: readonly ScanPart[] | undefined;
  readonly treeScanners: ScanPool["treeScanners"];
  /** Only this file of the folder. */
  readonly only?: string | undefined;
  /** Globs of paths to leave out. */
  readonly skip: readonly string[];
}

/** Secrets are sought in all that there ever was; what other scanners ask is asked of the newest commit only. */
export async function openHistorySource(request: GitRequest): Promise<ScanSource> {
  const { repository, scanners, treeScanners } = request;
  const irregular = await findIrregularObject(repository.gitDir);
  if (irregular !== undefined) throw heldUpBy(irregular);
  const { isAsked } = askedPaths(request);
  const problems: Problem[] = [];
  const head = await repository.resolve("HEAD");
  const files = head === undefined ? [] : await filesOf(request, head).catch(headUnread(problems));
  const paths = files.map(({ path }) => path);
  const trees = await treeScanners({ scanners, paths });
  const after = selectedBy(trees, files);
  if (after.length > 0) problems.push(headOnly);
  const others = withoutSecrets(scanners);
  const wanted = files.filter(({ path }) => scannersFor(path, others).length > 0);
  // Kinds are told of the files of HEAD; what is too large, of every version.
  const leftAside = { binary: countBinary(paths, trees), tooLarge: new Set<string>() };
  const given = { problems, leftAside };
  return {
    ...given,
    total: wanted.length,
    blobs: () => readFiles(repository, wanted, given),
    trees: { after },
    read: (asked) => readFiles(repository, asked, given),
    history: async (pool, options) => {
      const { scanHistory } = await import("#flows/scan-history/scan-history.ts");
      const keptIn = await keptFileOf(repository.gitDir);
      const scanned = await scanHistory({ ...options, pool, repository, prefix: repository.prefix, keptIn });
      const asked = onlyOf(scanned, isAsked);
      for (const path of asked.tooLarge) leftAside.tooLarge.add(path);
      return asked;
    },
    close: () => repository.release(),
  };
}

/** Undefined where the home folder takes nothing: then each scan reads the whole history. */
async function keptFileOf(gitDir: string): Promise<string | undefined> {
  const folder = join(userFolder(), "history");
  try {
    await makeFolder({ folder, setting: "the folder of histories", mode: 0o700 });
  } catch {
    return undefined;
  }
  return join(folder, createHash("sha256").update(gitDir).digest("hex").slice(0, 32));
}

/** All of a history is read, because an object's paths are known at last. */
function onlyOf(scanned: HistoryScan, isAsked: (path: string) => boolean): HistoryScan {
  const isFindingAsked = ({ at }: Finding) => !isSpan(at) || isAsked(at.path);
  return {
    ...scanned,
    findings: scanned.findings.filter(({ finding }) => isFindingAsked(finding)),
    silenced: scanned.silenced.filter(({ finding }) => isFindingAsked(finding)),
    problems: scanned.problems.filter(({ path }) => path === undefined || isAsked(path)),
    tooLarge: scanned.tooLarge.filter(isAsked),
  };
}

/** A tree of HEAD may be missing or damaged: the history is read all the same. */
function headUnread(problems: Problem[]): (error: unknown) => readonly TreeFile[] {
  return (error) => {
    if (!(error instanceof RemoteError)) throw error;
    const message = `The files of HEAD cannot be listed: ${error.message} Only secrets were looked for, in what is left of the history. "git fsck" says more.`;
    problems.push({ scanner: "git", code: "head-unread", message });
    return [];
  };
}

const headOnly: Problem = {
  scanner: "scan",
  code: "head-only",
  message: "Infrastructure as code was examined as it is at HEAD; --history looks for secrets in what came before.",
  isNotice: true,
};

/** New versions of the files that changed between the common ancestor of `base` and `head`, and `head`. */
export async function openDiffSource(request: GitRequest, range: string): Promise<ScanSource> {
  const { repository, scanners } = request;
  const [, baseName = "", headName = ""] = /^(.+?)\.{2,3}(?!\.)(.*)$/.exec(range) ?? [];
  if (baseName === "" || headName.includes("..")) throw new UsageError(`--diff needs BASE..HEAD, not "${range}"`);
  const base = await commitOf(repository, baseName);
  const head = await commitOf(repository, headName || "HEAD");
  const from = (await repository.mergeBase(base, head)) ?? base;
  const changes = await repository.diffTrees(from, head);
  const problems: Problem[] = from === head ? [emptyRange(range, base === head)] : [];
  const after: TreeFile[] = [];
  const before: TreeFile[] = [];
  const { trees, touched } = await bothTrees(request, { from, head, changes });
  const { pathOf } = askedPaths(request);
  let binary = 0;
  for (const { path, oldPath, objectId, oldObjectId } of changes) {
    const inside = pathOf(path);
    if (inside !== undefined && objectId !== undefined && isBinaryName(inside, touched)) binary += 1;
    if (inside === undefined || scannersFor(inside, scanners).length === 0) continue;
    if (objectId !== undefined) after.push({ objectId, path: inside });
    if (oldObjectId !== undefined) before.push({ objectId: oldObjectId, path: pathOf(oldPath ?? path) ?? inside });
  }
  const given = { problems, leftAside: { binary, tooLarge: new Set<string>() } };
  return {
    ...given,
    total: after.length,
    blobs: () => readFiles(repository, after, given),
    ...formerOf(repository, before),
    trees,
    read: (files) => readFiles(repository, files, given),
    close: () => repository.release(),
  };
}

function emptyRange(range: string, isSame: boolean): Problem {
  const why = isSame ? "both ends are the same commit" : "its end is older than its beginning, which has all of it";
  const message = `The range ${range} holds no commit: ${why}. Nothing was examined.`;
  return { scanner: "scan", code: "empty-range", message, isNotice: true };
}

/** New versions of files as a push would publish them or a commit would keep them; only files looked at alone. */
export async function openNewBlobsSource(
  request: Omit<GitRequest, "treeScanners">,
  { after, before }: NewBlobs,
): Promise<ScanSource> {
  const problems: Problem[] = [];
  const { repository, scanners } = request;
  const asked = (blobs: NewBlobs["after"], { pathOf }: AskedPaths) =>
    blobs.flatMap(({ path, objectId }): readonly TreeFile[] => {
      const inside = pathOf(path);
      return inside === undefined || scannersFor(inside, scanners).length === 0 ? [] : [{ path: inside, objectId }];
    });
  const paths = askedPaths(request);
  const wanted = asked(after, paths);
  const inside = after.flatMap(({ path }) => paths.pathOf(path) ?? []);
  // What was moved here from a place that nobody looks at is not new.
  const former = askedPaths({ repository, skip: [] });
  const given = { problems, leftAside: { binary: countBinary(inside, []), tooLarge: new Set<string>() } };
  return {
    ...given,
    total: wanted.length,
    blobs: () => readFiles(repository, wanted, given),
    ...formerOf(repository, asked(before, former)),
    trees: { after: [] },
    read: (files) => readFiles(repository, files, given),
    close: () => repository.release(),
  };
}

function formerOf(
  repository: LocalRepository,
  files: readonly TreeFile[],
): Pick<ScanSource, "before" | "beforeUnread"> {
  const problems: Problem[] = [];
  const leftAside = { binary: 0, tooLarge: new Set<string>() };
  return { before: () => readFiles(repository, files, { problems, leftAside }), beforeUnread: problems };
}

async function bothTrees(
  request: GitRequest,
  { from, head, changes }: { readonly from: string; readonly head: string; readonly changes: readonly TreeChange[] },
): Promise<{ readonly trees: SourceTrees; readonly touched: readonly TreeScanner[] }> {
  const { scanners, treeScanners } = request;
  const { pathOf } = askedPaths(request);
  const changed = changes.flatMap(({ path, oldPath = path }) => [path, oldPath].flatMap((one) => pathOf(one) ?? []));
  const asked = await treeScanners({ scanners, paths: changed });
  const touched = asked.filter((scanner) => changed.some((path) => scanner.selects(path)));
  if (touched.length === 0) return { trees: { after: [], before: [] }, touched };
  const [after, before] = await Promise.all([filesOf(request, head), filesOf(request, from)]);
  return { trees: { after: selectedBy(touched, after), before: selectedBy(touched, before) }, touched };
}

async function filesOf(request: GitRequest, commit: string): Promise<readonly TreeFile[]> {
  const { pathOf } = askedPaths(request);
  const entries = await request.repository.listTree(commit);
  return entries.flatMap(({ path, objectId, mode }) => {
    const inside = mode === symbolicLink ? undefined : pathOf(path);
    return inside === undefined ? [] : [{ path: inside, objectId }];
  });
}

const symbolicLink = "120000";

function selectedBy(scanners: readonly TreeScanner[], files: readonly TreeFile[]): readonly TreeFile[] {
  return files.filter(({ path }) => scanners.some((scanner) => scanner.selects(path)));
}

async function commitOf(repository: LocalRepository, name: string): Promise<string> {
  const commit = name.startsWith("-") ? undefined : await repository.resolve(name);
  if (commit === undefined) throw new UsageError(`"${name}" names no commit of the repository`);
  return commit;
}

interface AskedPaths {
  /** The path below the asked-for folder; undefined if it is not to be looked at. */
  readonly pathOf: (path: string) => string | undefined;
  /** Of paths below that folder. */
  readonly isAsked: (inside: string) => boolean;
}

function askedPaths({
  repository: { prefix },
  only,
  skip,
}: Pick<GitRequest, "repository" | "only" | "skip">): AskedPaths {
  const globs = skip.map((glob) => pathGlob(glob));
  const isAsked = (inside: string) => (only === undefined || inside === only) && !globs.some((fits) => fits(inside));
  return {
    isAsked,
    pathOf: (path) => {
      const inside = path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
      return inside !== undefined && isAsked(inside) ? inside : undefined;
    },
  };
}

async function* readFiles(
  repository: LocalRepository,
  wanted: readonly TreeFile[],
  given: { readonly problems: Problem[]; readonly leftAside: LeftAside },
): AsyncGenerator<BlobToScan> {
  let index = 0;
  const ids = wanted.map(({ objectId }) => objectId);
  for await (const read of repository.readBlobs(ids, { maxSize: largestBlob })) {
    const path = wanted[index++]?.path ?? "";
    if ("bytes" in read) yield { objectId: read.objectId, path, bytes: read.bytes };
    else if (read.problem === "too-large") leaveTooLarge(given, { path, size: read.size ?? largestBlob });
    else given.problems.push(missing(path, read.objectId));
  }
}

function missing(path: string, objectId: string): Problem {
  const message = `The repository lacks this blob. In a partial clone, "git cat-file -e ${objectId}" fetches it.`;
  return { scanner: "git", code: "missing", message, path };
}
