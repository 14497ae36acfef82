/** Blobs of a git repository: its whole history, or what lies between two commits. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { BlobToScan, ScanPool } from "#flows/scan-files/scan-pool.ts";
import { countBinary, isBinaryName } from "#flows/scan-tree/count-binary.ts";
import type { TreeChange } from "#git/mirror.ts";
import type { NewBlobs } from "#git/new-blobs.ts";
import type { LocalRepository } from "#git/open-local-repository.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { Problem } from "#model/scan-result.ts";
import type { ScanPart } from "#model/scanner-name.ts";
import { scannersFor } from "#scan/scan.ts";
import type { TreeFile } from "#scan/tree-keys.ts";
import type { TreeScanner } from "#scan/tree-scanner.ts";
import { UsageError } from "../usage-error.ts";
import { userFolder } from "../user-folder.ts";
import { type LeftAside, largestBlob, leaveTooLarge, type ScanSource, type SourceTrees } from "./scan-source.ts";
import { withoutSecrets } from "./without-secrets.ts";

export interface GitRequest {
  readonly repository: LocalRepository;
  readonly scanners: readonly ScanPart[] | undefined;
  readonly treeScanners: ScanPool["treeScanners"];
}

/** Secrets are sought in all that there ever was; what other scanners ask is asked of the newest commit only. */
export async function openHistorySource({ repository, scanners, treeScanners }: GitRequest): Promise<ScanSource> {
  const problems: Problem[] = [];
  const head = await repository.resolve("HEAD");
  const files = head === undefined ? [] : await filesOf(repository, head).catch(headUnread(problems));
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
      const place = createHash("sha256").update(repository.gitDir).digest("hex").slice(0, 32);
      const keptIn = join(userFolder(), "history", place);
      const scanned = await scanHistory({ ...options, pool, repository, prefix: repository.prefix, keptIn });
      for (const path of scanned.tooLarge) leftAside.tooLarge.add(path);
      return scanned;
    },
    close: () => repository.release(),
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
  let binary = 0;
  for (const { path, oldPath, objectId, oldObjectId } of changes) {
    const inside = pathInside(repository, path);
    if (inside !== undefined && objectId !== undefined && isBinaryName(inside, touched)) binary += 1;
    if (inside === undefined || scannersFor(inside, scanners).length === 0) continue;
    if (objectId !== undefined) after.push({ objectId, path: inside });
    if (oldObjectId !== undefined)
      before.push({ objectId: oldObjectId, path: pathInside(repository, oldPath ?? path) ?? inside });
  }
  const given = { problems, leftAside: { binary, tooLarge: new Set<string>() } };
  return {
    ...given,
    total: after.length,
    blobs: () => readFiles(repository, after, given),
    before: () => readFiles(repository, before, untold()),
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
  { repository, scanners }: Omit<GitRequest, "treeScanners">,
  { after, before }: NewBlobs,
): Promise<ScanSource> {
  const problems: Problem[] = [];
  const asked = (blobs: NewBlobs["after"]) =>
    blobs.flatMap(({ path, objectId }): readonly TreeFile[] => {
      const inside = pathInside(repository, path);
      return inside === undefined || scannersFor(inside, scanners).length === 0 ? [] : [{ path: inside, objectId }];
    });
  const wanted = asked(after);
  const inside = after.flatMap(({ path }) => pathInside(repository, path) ?? []);
  const given = { problems, leftAside: { binary: countBinary(inside, []), tooLarge: new Set<string>() } };
  return {
    ...given,
    total: wanted.length,
    blobs: () => readFiles(repository, wanted, given),
    before: () => readFiles(repository, asked(before), untold()),
    trees: { after: [] },
    read: (files) => readFiles(repository, files, given),
    close: () => repository.release(),
  };
}

/** What cannot be read of former versions is nothing to tell. */
function untold(): { readonly problems: Problem[]; readonly leftAside: LeftAside } {
  return { problems: [], leftAside: { binary: 0, tooLarge: new Set() } };
}

async function bothTrees(
  { repository, scanners, treeScanners }: GitRequest,
  { from, head, changes }: { readonly from: string; readonly head: string; readonly changes: readonly TreeChange[] },
): Promise<{ readonly trees: SourceTrees; readonly touched: readonly TreeScanner[] }> {
  const changed = changes.flatMap(({ path, oldPath = path }) =>
    [path, oldPath].flatMap((one) => pathInside(repository, one) ?? []),
  );
  const asked = await treeScanners({ scanners, paths: changed });
  const touched = asked.filter((scanner) => changed.some((path) => scanner.selects(path)));
  if (touched.length === 0) return { trees: { after: [], before: [] }, touched };
  const [after, before] = await Promise.all([filesOf(repository, head), filesOf(repository, from)]);
  return { trees: { after: selectedBy(touched, after), before: selectedBy(touched, before) }, touched };
}

async function filesOf(repository: LocalRepository, commit: string): Promise<readonly TreeFile[]> {
  const entries = await repository.listTree(commit);
  return entries.flatMap(({ path, objectId, mode }) => {
    const inside = mode === symbolicLink ? undefined : pathInside(repository, path);
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

/** The path below the asked-for folder; undefined if it lies outside. */
function pathInside({ prefix }: LocalRepository, path: string): string | undefined {
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
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
    else given.problems.push({ scanner: "git", code: "missing", message: "The repository lacks this blob.", path });
  }
}
