/**
 * All blobs of a repository as they lie on disk: in packs, each with the order of its deltas, and loose. What lies there
 * in an unknown form is asked of git.
 */
import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { RemoteError } from "#model/remote-error.ts";
import type { RepositoryOnDisk } from "../mirror.ts";
import { records, startGit } from "../run-git.ts";
import { openByteRanges, readHeld } from "./byte-ranges.ts";
import { type DeltaForest, deltaForest } from "./delta-forest.ts";
import type { DiskFacts } from "./disk-facts.ts";
import { objectFolders } from "./object-folders.ts";
import { isWholeObject } from "./object-types.ts";
import { PackDamage } from "./pack-damage.ts";
import { checkPackHead, type PackEntries, readEntries } from "./read-entries.ts";
import { findInIndex, type PackIndex, readIndex } from "./read-index.ts";
import { irregularPlace, noteUnread, type UnreadPlace } from "./unread-place.ts";

export interface ObjectStores {
  readonly idLength: number;
  readonly packs: readonly OpenedPack[];
  /** Loose objects that no pack holds, whatever they are. */
  readonly loose: readonly LooseObject[];
  /** Ids of blobs that lie where they cannot be read here. */
  readonly left: readonly string[];
  /** Where objects may lie that nobody could read. Git was asked, and leaves such places out without a word. */
  readonly unread: readonly UnreadPlace[];
  /** Why git could not tell all of those; undefined if it did. */
  readonly failure?: RemoteError;
}

export interface OpenedPack {
  readonly file: string;
  /** All bytes of the file, unless they are too many. */
  readonly held: Uint8Array<SharedArrayBuffer> | undefined;
  readonly index: PackIndex;
  readonly entries: PackEntries;
  readonly forest: DeltaForest;
  /** 1 for the entries to look at: blobs that no pack before had, and that are not known. */
  readonly wanted: Uint8Array<SharedArrayBuffer>;
}

export interface LooseObject {
  readonly id: string;
  readonly file: string;
}

/** Of an id that is read at an offset. */
export type IsKnown = (id: Uint8Array, at: number, idLength: number) => boolean;

export async function openObjectStores(
  repository: RepositoryOnDisk,
  { objects, idLength }: DiskFacts,
  isKnown: IsKnown,
): Promise<ObjectStores> {
  const packs: OpenedPack[] = [];
  const looseFiles = new Map<string, string>();
  const unread: UnreadPlace[] = [];
  let isComplete = true;
  for (const folder of await objectFolders(objects, unread)) {
    for (const file of await packFiles(folder, unread)) {
      const pack = await openPack(file, idLength, packs, isKnown, unread);
      if (pack === undefined) isComplete = false;
      else packs.push(pack);
    }
    for (const { id, file } of await looseObjects(folder, idLength, unread)) {
      if (!looseFiles.has(id)) looseFiles.set(id, file);
    }
  }
  if (unread.length > 0) isComplete = false;
  // Asked for all objects it would never come to an end.
  if (unread.some(({ isIrregular }) => isIrregular)) isComplete = true;
  const isPacked = (id: Uint8Array) => packs.some(({ index }) => findInIndex(index, id) >= 0);
  const loose: LooseObject[] = [];
  for (const [id, file] of looseFiles) {
    const bytes = Buffer.from(id, "hex");
    if (!isKnown(bytes, 0, idLength) && !isPacked(bytes)) loose.push({ id, file });
  }
  const left: string[] = [];
  let failure: RemoteError | undefined;
  try {
    for await (const id of isComplete ? [] : allBlobs(repository)) {
      const bytes = Buffer.from(id, "hex");
      if (!looseFiles.has(id) && !isKnown(bytes, 0, idLength) && !isPacked(bytes)) left.push(id);
    }
  } catch (error) {
    // A pack that git cannot open either: the others are read, and what is lost is said.
    if (!(error instanceof RemoteError)) throw error;
    failure = error;
  }
  return { idLength, packs, loose, left, unread, ...(failure !== undefined && { failure }) };
}

async function openPack(
  file: string,
  idLength: number,
  before: readonly OpenedPack[],
  isKnown: IsKnown,
  unread: UnreadPlace[],
): Promise<OpenedPack | undefined> {
  try {
    const [index, held] = await Promise.all([readIndex(file.replace(/\.pack$/, ".idx"), idLength), readHeld(file)]);
    const ranges = openByteRanges(file, held);
    try {
      checkPackHead(ranges, index.count);
      const entries = readEntries(ranges, index);
      const wanted = new Uint8Array(new SharedArrayBuffer(index.count));
      const isOurs = (at: number) =>
        !isKnown(index.ids, at, idLength) && !before.some((pack) => findInIndex(pack.index, index.ids, at) >= 0);
      const forest = deltaForest(entries, (entry) => {
        wanted[entry] = Number(isOurs(entries.ids[entry]! * idLength));
        return wanted[entry] === 1;
      });
      // What is in no tree may be a blob all the same: git is asked.
      for (let entry = 0; entry < index.count; entry++) {
        if (forest.blobs[entry] === 0 && isUnclear(entries, entry) && isOurs(entries.ids[entry]! * idLength)) {
          wanted[entry] = 1;
        }
      }
      return { file, held, index, entries, forest, wanted };
    } finally {
      ranges.close();
    }
  } catch (error) {
    if (error instanceof PackDamage) return undefined;
    // One that is gone was packed anew: git knows where.
    return noteUnread(unread, file)(error);
  }
}

/** Damaged, or a delta that leads to nothing: its type is not known. */
function isUnclear({ types, parents }: PackEntries, entry: number): boolean {
  let at = entry;
  for (let steps = 0; steps < 10_000; steps++) {
    if (isWholeObject(types[at]!)) return false;
    if (parents[at]! < 0) return true;
    at = parents[at]!;
  }
  return true;
}

async function packFiles(folder: string, unread: UnreadPlace[]): Promise<readonly string[]> {
  const packs = join(folder, "pack");
  const names = await namesIn(packs, unread);
  return names.filter((name) => name.endsWith(".pack")).map((name) => join(packs, name));
}

async function looseObjects(folder: string, idLength: number, unread: UnreadPlace[]): Promise<readonly LooseObject[]> {
  const found: LooseObject[] = [];
  const rest = new RegExp(`^[0-9a-f]{${idLength * 2 - 2}}$`);
  for (const head of await namesIn(folder, unread)) {
    if (!/^[0-9a-f]{2}$/.test(head)) continue;
    for (const entry of await entriesIn(join(folder, head), unread)) {
      if (!rest.test(entry.name)) continue;
      const file = join(folder, head, entry.name);
      if (entry.isFile() || entry.isSymbolicLink()) found.push({ id: head + entry.name, file });
      else unread.push(irregularPlace(file));
    }
  }
  return found;
}

async function namesIn(folder: string, unread: UnreadPlace[]): Promise<readonly string[]> {
  return (await readdir(folder).catch(noteUnread(unread, folder))) ?? [];
}

async function entriesIn(folder: string, unread: UnreadPlace[]): Promise<readonly Dirent[]> {
  return (await readdir(folder, { withFileTypes: true }).catch(noteUnread(unread, folder))) ?? [];
}

async function* allBlobs({ environment, log, limits }: RepositoryOnDisk): AsyncGenerator<string> {
  const args = [
    "cat-file",
    "--batch-all-objects",
    "--unordered",
    "--buffer",
    "--batch-check=%(objecttype) %(objectname)",
  ];
  const git = startGit({ args, environment, log, timeLimit: limits.fetchMilliseconds });
  git.stdin.end();
  for await (const line of records(git, 10, Number.POSITIVE_INFINITY)) {
    const [type, id = ""] = line.toString("latin1").split(" ");
    if (type === "blob") yield id;
  }
}
