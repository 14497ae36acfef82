/** The files of a folder, as they lie there. Symbolic links are never followed, so nothing outside is read. */
import { createHash } from "node:crypto";
import { closeSync, constants, openSync, readdirSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import type { BlobToScan, ScanPool } from "#flows/scan-files/scan-pool.ts";
import { countBinary } from "#flows/scan-tree/count-binary.ts";
import { pathText } from "#git/path-text.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { Problem } from "#model/scan-result.ts";
import type { ScanPart } from "#model/scanner-name.ts";
import { isAsked } from "#scan/is-asked.ts";
import { scannersFor } from "#scan/scan.ts";
import { secretsImage, secretsScanner } from "#scan/secrets/secrets-scanner.ts";
import { pathGlob } from "#scan/settings/path-glob.ts";
import { treeOf } from "../scan-place.ts";
import { type AheadFile, openReadAhead } from "./read-ahead.ts";
import { readRegularFile } from "./read-regular-file.ts";
import { largestBlobAt, leaveTooLarge, type ScanSource } from "./scan-source.ts";

export interface TreeRequest {
  /** The folder that paths are relative to. */
  readonly folder: string;
  /** Only this file of it. */
  readonly only?: string;
  readonly scanners: readonly ScanPart[] | undefined;
  readonly treeScanners: ScanPool["treeScanners"];
  /** Globs of paths to leave out. */
  readonly skip: readonly string[];
  readonly inGit: boolean;
  /** Bytes that a second thread reads ahead, at most, if it is worth it; 0 if absent. */
  readonly ahead?: number;
}

/** A name in the folder: bytes for the system, text for people. */
interface Entry {
  readonly path: string;
  readonly bytes: Buffer;
}

export async function openTreeSource(request: TreeRequest): Promise<ScanSource> {
  const { folder, only, scanners, skip, treeScanners, ahead = 0 } = request;
  const problems: Problem[] = [];
  const listed = only === undefined ? await listFiles(request, problems) : [entryOf(only)];
  const skips = skip.map((glob) => ({ glob, fits: pathGlob(glob) }));
  const left = listed.filter(({ path }) => !skips.some(({ fits }) => fits(path)));
  const unusedSkips = skips.filter(({ fits }) => !listed.some(({ path }) => fits(path))).map(({ glob }) => glob);
  const isAllListed = only === undefined && problems.length === 0;
  const trees = await treeScanners({ scanners, paths: left.map(({ path }) => path) });
  const wanted = left.filter(
    ({ path }) => scannersFor(path, scanners).length > 0 || trees.some((scanner) => scanner.selects(path)),
  );
  const binary = countBinary(
    left.map(({ path }) => path),
    trees,
  );
  const leftAside = { binary, tooLarge: new Set<string>() };
  const entries = new Map(wanted.map((entry) => [entry.path, entry]));
  // What is scanned alone is told apart by its path: only files that are scanned together are asked for their ids.
  const idOf = (path: string, bytes: Uint8Array) =>
    trees.some((scanner) => scanner.selects(path)) ? blobId(bytes) : "";
  const roomFor = openRoom();
  function* read(asked: readonly Entry[]): Generator<BlobToScan> {
    for (const entry of asked) {
      const found = readEntry(folder, entry, roomFor);
      if (found === undefined) continue;
      if (found instanceof Uint8Array) yield blobOf(entry, found);
      else if ("size" in found) leaveTooLarge({ leftAside, problems }, found);
      else problems.push(found);
    }
  }
  const blobOf = ({ path }: Entry, bytes: Uint8Array) => ({ path, objectId: idOf(path, bytes), bytes });
  async function* readAhead(): AsyncGenerator<BlobToScan> {
    for await (const { entry, file } of withAhead(folder, wanted, ahead)) {
      if (file === undefined) yield* read([entry]);
      else yield { ...blobOf(entry, file.bytes), ...file };
    }
  }
  const isWorthIt = ahead > 0 && wanted.length >= leastFiles && isAsked(secretsScanner, scanners);
  return {
    total: wanted.length,
    problems,
    leftAside,
    ...(isAllListed && { unusedSkips }),
    blobs: () => (isWorthIt ? readAhead() : read(wanted)),
    read: (files) => read(files.flatMap(({ path }) => entries.get(path) ?? [])),
    close: () => {},
  };
}

/**
 * A thread takes 30 ms of processor time to start, and V8's own threads want the other core, too: on two cores 1,200 files (10 MB)
 * take a tenth longer with it, 2,400 as long, 4,000 a twentieth less.
 */
const leastFiles = 3000;
const filesBefore = 200;

interface AheadEntry {
  readonly entry: Entry;
  /** Absent where it has to be read. */
  readonly file?: AheadFile | undefined;
}

/** All entries in order; the first are left to be read here, while the thread starts. */
async function* withAhead(folder: string, entries: readonly Entry[], most: number): AsyncGenerator<AheadEntry> {
  const thread = openReadAhead();
  const later = entries.slice(filesBefore);
  const paths = Buffer.concat(later.flatMap((entry) => [systemPath(folder, entry), nul]));
  thread.begin({ paths, most, image: secretsImage() });
  let next = filesBefore;
  try {
    for (const entry of entries.slice(0, filesBefore)) yield { entry };
    for await (const file of thread.files()) yield { entry: entries[next++]!, file };
  } finally {
    await thread.close();
  }
  for (const entry of entries.slice(next)) yield { entry };
}

function entryOf(path: string): Entry {
  return { path, bytes: Buffer.from(path) };
}

/** What git does not ignore, or everything if git knows nothing of the folder (or ignores it as a whole), or cannot help. */
async function listFiles({ folder, inGit }: TreeRequest, problems: Problem[]): Promise<readonly Entry[]> {
  const tracked = inGit ? await gitFiles(folder, problems).catch(gitUnable(problems)) : [];
  return tracked.length > 0
    ? tracked.flatMap((entry) => (isFolder(folder, entry) ? walk(folder, entry, problems) : [entry]))
    : walk(folder, undefined, problems);
}

/** No git is installed, or what it keeps of the folder is damaged, unreadable or elsewhere. */
function gitUnable(problems: Problem[]): (error: unknown) => readonly Entry[] {
  return (error) => {
    if (!(error instanceof RemoteError)) throw error;
    const why = error.message.replace(/\.$/, "");
    // What would hold up git holds up that, too.
    const more = error.code === "refused" ? "" : ' "git status" says more.';
    const message = `Which files git ignores is not known (${why}), so all were examined.${more}`;
    problems.push({ scanner: "scan", code: "git-unable", message, isNotice: true });
    return [];
  };
}

/** A million files take some seconds. */
const listingMilliseconds = 120_000;

/** Git only warns of folders that it cannot open. */
const unopened = /^warning: could not open directory '(.*)': (.+)$/gm;

async function gitFiles(folder: string, problems: Problem[]): Promise<readonly Entry[]> {
  const [
    { runGit },
    { findIrregularIgnoreFile, refuseIrregularFiles },
    { gitEnvironment },
    { createLog },
    { environmentWith },
  ] = await Promise.all([
    import("#git/run-git.ts"),
    import("#git/irregular-file.ts"),
    import("#git/git-environment.ts"),
    import("../../serve/create-log.ts"),
    import("../../config.ts"),
  ]);
  await refuseIrregularFiles(join(treeOf(folder), ".git"));
  const { output, warnings } = await runGit({
    args: ["ls-files", "-co", "--exclude-standard", "-z"],
    environment: gitEnvironment({ surrounding: environmentWith({}), home: devNull }),
    log: createLog({ logLevel: "silent" }),
    cwd: folder,
    findHoldUp: () => findIrregularIgnoreFile(treeOf(folder)),
    timeLimit: listingMilliseconds,
    outputLimit: 1024 * 1024 * 1024,
  });
  const entries = new Map<string, Entry>();
  for (let from = 0, at = output.indexOf(0); at >= 0; from = at + 1, at = output.indexOf(0, from)) {
    const bytes = output.subarray(from, at);
    const path = pathText(bytes);
    entries.set(path, { path, bytes });
  }
  // Where git lists nothing, the folder is walked through, and that tells them.
  if (entries.size > 0) {
    for (const [, path = "", why] of warnings.matchAll(unopened))
      problems.push({ scanner: "scan", code: "unreadable", message: `It cannot be read (${why}).`, path });
  }
  return [...entries.values()];
}

/** A submodule, or another repository inside this one. */
function isFolder(folder: string, entry: Entry): boolean {
  try {
    const handle = openSync(
      systemPath(folder, entry),
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_DIRECTORY,
    );
    closeSync(handle);
    return true;
  } catch {
    return false;
  }
}

const nul = Buffer.of(0);
const slash = Buffer.from("/");
const gitFolder = Buffer.from(".git");

function withoutSlash(bytes: Buffer): Buffer {
  return bytes.at(-1) === 0x2f ? bytes.subarray(0, -1) : bytes;
}

/** Names are read as bytes: not every one is UTF-8, and a name that was turned into text opens nothing then. */
function walk(folder: string, start: Entry | undefined, problems: Problem[]): readonly Entry[] {
  const files: Entry[] = [];
  const waiting: (Entry | undefined)[] = [start];
  while (waiting.length > 0) {
    const current = waiting.pop();
    const prefix = current === undefined ? Buffer.alloc(0) : Buffer.concat([withoutSlash(current.bytes), slash]);
    try {
      const here = current === undefined ? folder : systemPath(folder, current);
      for (const item of readdirSync(here, { withFileTypes: true, encoding: "buffer" })) {
        const isFolder = item.isDirectory() && !item.name.equals(gitFolder);
        if (!isFolder && !item.isFile()) continue;
        const bytes = Buffer.concat([prefix, item.name]);
        (isFolder ? waiting : files).push({ path: pathText(bytes), bytes });
      }
    } catch (error) {
      // A folder deleted meanwhile is no problem; the scanned one itself is.
      const gone = (error as NodeJS.ErrnoException).code === "ENOENT" && current !== undefined;
      if (!gone) problems.push(unreadable(pathText(prefix), error));
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The id that git gives a blob with these bytes. */
function blobId(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex");
}

function systemPath(folder: string, { bytes }: Entry): Buffer {
  return Buffer.concat([Buffer.from(`${folder}/`), bytes]);
}

interface TooLarge {
  readonly path: string;
  readonly size: number;
  readonly largest: number;
}

/** Its bytes; undefined for what is no regular file (any more). */
function readEntry(
  folder: string,
  entry: Entry,
  roomFor: (size: number) => Uint8Array,
): Uint8Array | TooLarge | Problem | undefined {
  const { path } = entry;
  const largest = largestBlobAt(path);
  try {
    const file = readRegularFile(systemPath(folder, entry), (size) => (size > largest ? undefined : roomFor(size)));
    return file && (file.bytes ?? { path, size: file.size, largest });
  } catch (error) {
    return unreadable(path, error);
  }
}

const roomBytes = 256 * 1024;

/** Small files share a buffer: one for each of 4,000 takes 15 ms more. */
function openRoom(): (size: number) => Uint8Array {
  let room = new Uint8Array(0);
  let used = 0;
  return (size) => {
    if (size > roomBytes / 8) return new Uint8Array(size);
    if (used + size > room.length) {
      room = new Uint8Array(roomBytes);
      used = 0;
    }
    used += size;
    return room.subarray(used - size, used);
  };
}

function unreadable(path: string, error: unknown): Problem {
  const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
  return { scanner: "scan", code: "unreadable", message: `It cannot be read (${code}).`, path };
}
