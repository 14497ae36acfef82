/** Blobs of a git repository: its whole history, or what lies between two commits. */
import type { BlobToScan } from "#flows/scan-files/scan-pool.ts";
import type { LocalRepository } from "#git/open-local-repository.ts";
import type { Problem } from "#model/scan-result.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import { scannersFor } from "#scan/scan.ts";
import { largestBlob, type ScanSource, tooLarge } from "./scan-source.ts";
import { UsageError } from "./usage-error.ts";

interface Wanted {
  readonly objectId: string;
  readonly path: string;
}

/** Every distinct blob that any ref reaches, once. */
export async function openHistorySource(
  repository: LocalRepository,
  scanners: readonly ScannerName[] | undefined,
): Promise<ScanSource> {
  const problems: Problem[] = [];
  const wanted: Wanted[] = [];
  for await (const { objectId, path, size } of repository.distinctBlobs()) {
    const inside = pathInside(repository, path);
    if (inside === undefined || scannersFor(inside, scanners).length === 0) continue;
    if (size > largestBlob) problems.push(tooLarge(inside, size));
    else wanted.push({ objectId, path: inside });
  }
  return {
    total: wanted.length,
    problems,
    blobs: () => readWanted(repository, wanted, problems),
    close: () => repository.release(),
  };
}

/** New versions of the files that changed between the common ancestor of `base` and `head`, and `head`. */
export async function openDiffSource(
  repository: LocalRepository,
  range: string,
  scanners: readonly ScannerName[] | undefined,
): Promise<ScanSource> {
  const [, baseName = "", headName = ""] = /^(.+?)\.{2,3}(?!\.)(.*)$/.exec(range) ?? [];
  if (baseName === "" || headName.includes("..")) throw new UsageError(`--diff needs BASE..HEAD, not "${range}"`);
  const base = await commitOf(repository, baseName);
  const head = await commitOf(repository, headName || "HEAD");
  const from = (await repository.mergeBase(base, head)) ?? base;
  const changes = await repository.diffTrees(from, head);
  const problems: Problem[] = [];
  const after: Wanted[] = [];
  const before: Wanted[] = [];
  for (const { path, oldPath, objectId, oldObjectId } of changes) {
    const inside = pathInside(repository, path);
    if (inside === undefined || scannersFor(inside, scanners).length === 0) continue;
    if (objectId !== undefined) after.push({ objectId, path: inside });
    if (oldObjectId !== undefined)
      before.push({ objectId: oldObjectId, path: pathInside(repository, oldPath ?? path) ?? inside });
  }
  return {
    total: after.length,
    problems,
    blobs: () => readWanted(repository, after, problems),
    before: () => readWanted(repository, before, []),
    close: () => repository.release(),
  };
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

async function* readWanted(
  repository: LocalRepository,
  wanted: readonly Wanted[],
  problems: Problem[],
): AsyncGenerator<BlobToScan> {
  let index = 0;
  const ids = wanted.map(({ objectId }) => objectId);
  for await (const read of repository.readBlobs(ids, { maxSize: largestBlob })) {
    const path = wanted[index++]?.path ?? "";
    if ("bytes" in read) yield { objectId: read.objectId, path, bytes: read.bytes };
    else if (read.problem === "too-large") problems.push(tooLarge(path, read.size ?? largestBlob));
    else problems.push({ scanner: "git", code: "missing", message: "The repository lacks this blob.", path });
  }
}
