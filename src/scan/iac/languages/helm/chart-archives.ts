/**
 * Packed charts: in charts/, as `helm dependency update` leaves them there, or elsewhere, as `helm package` does. Their files
 * are taken as if they were unpacked beside the archive, so that a chart is known by the same names either way.
 */
import { constants, gunzipSync } from "node:zlib";
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import { readTar } from "../../../formats/tar/read-tar.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { sourceFileOf } from "../../../source-file-of.ts";
import { folderOf, resolvePath } from "../folder-path.ts";
import { isChartArchive } from "./archive-paths.ts";

export interface UnpackedCharts {
  readonly files: readonly TextFile[];
  readonly problems: readonly Problem[];
  /** Names of archives that could not be unpacked, without their ending. */
  readonly unread: readonly string[];
}

/** Bytes of one archive with those in it, and of all in a unit; Helm itself takes no chart with more than 100 MiB. */
const largestChart = 32 * 1024 ** 2;
const largestUnit = 100 * 1024 ** 2;
const mostEntries = 10_000;
/** Archives within archives. */
const deepest = 4;
/** What was unpacked is kept with its archive unless it is many times as large. */
const keptGrowth = 20;

/** Bytes of an archive that are looked at first, packed and unpacked. Helm puts Chart.yaml at the beginning. */
const peek = { packed: 64 * 1024, unpacked: 1024 ** 2 };

/**
 * Where its chart would stand if the archive were unpacked beside itself; undefined if its beginning shows none. Cheap, for
 * repositories may hold thousands of packages that are no charts.
 */
export function chartFolderOf(archive: SourceFile): string | undefined {
  const tar = beginningOf(archive.bytes());
  const read = tar && readTar(tar, mostEntries);
  const entries = read === undefined ? [] : "message" in read ? read.before : read.files;
  for (const { path: written } of entries) {
    const path = written.startsWith("/") ? undefined : resolvePath("", written);
    if (path !== undefined && /^[^/]+\/Chart\.ya?ml$/.test(path))
      return resolvePath(folderOf(archive.path), folderOf(path));
  }
  return undefined;
}

function beginningOf(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return undefined;
  // DEFLATE makes at most 1,032 bytes of one: the second length always has room.
  for (const length of [peek.packed, Math.floor(peek.unpacked / 1032)]) {
    try {
      const given = bytes.subarray(0, length);
      return gunzipSync(given, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: peek.unpacked });
    } catch (error) {
      if (!(error instanceof RangeError)) return undefined;
    }
  }
  return undefined;
}

/** `isPart` tells which paths are read; `taken` are folders that hold a chart already. */
export function unpackCharts(
  archives: readonly SourceFile[],
  taken: ReadonlySet<string>,
  isPart: (path: string) => boolean,
): UnpackedCharts {
  const files: TextFile[] = [];
  const problems: Problem[] = [];
  const unread: string[] = [];
  const folders = new Set(taken);
  let size = 0;
  for (const archive of archives) {
    const unpacked = size > largestUnit ? tooMuch : unpackedOf(archive, isPart);
    size += unpacked.size;
    problems.push(...unpacked.faults.map((fault) => problemOf(archive, fault)));
    if (unpacked.files.length === 0) unread.push(stemOf(archive.path));
    const parent = folderOf(archive.path);
    const roots = new Map<string, string>();
    for (const { path, text } of unpacked.files) {
      const [root = ""] = path.split("/", 1);
      const known = roots.get(root);
      const plain = pathIn(parent, root);
      const folder = known ?? (folders.has(plain) ? pathIn(parent, stemOf(archive.path)) : plain);
      roots.set(root, folder);
      files.push({ path: `${folder}${path.slice(root.length)}`, text, archive: { path: archive.path, inner: path } });
    }
    for (const folder of roots.values()) folders.add(folder);
  }
  return { files, problems, unread };
}

interface Unpacked {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly faults: readonly string[];
  readonly size: number;
}

const tooMuch: Unpacked = {
  files: [],
  faults: [`the archives of this chart have more than ${largestUnit} bytes together`],
  size: 0,
};

const known = new WeakMap<SourceFile, Unpacked>();

function unpackedOf(archive: SourceFile, isPart: (path: string) => boolean): Unpacked {
  const before = known.get(archive);
  if (before) return before;
  const unpacked = unpack(archive.bytes(), isPart, { left: largestChart, depth: 0 });
  if (unpacked.size <= keptGrowth * archive.size) known.set(archive, unpacked);
  return unpacked;
}

interface Budget {
  readonly left: number;
  readonly depth: number;
}

/** Paths begin with the folder that charts are packed in. */
function unpack(bytes: Uint8Array, isPart: (path: string) => boolean, { left, depth }: Budget): Unpacked {
  const tar = inflated(bytes, left);
  const read = "message" in tar ? tar : readTar(tar.bytes, mostEntries);
  if ("message" in read) return { files: [], faults: [read.message], size: "bytes" in tar ? tar.bytes.length : 0 };
  let size = "bytes" in tar ? tar.bytes.length : 0;
  const files: { readonly path: string; readonly text: string }[] = [];
  const faults: string[] = [];
  let outside = 0;
  for (const entry of read.files) {
    const path = entry.path.startsWith("/") ? undefined : resolvePath("", entry.path);
    if (path === undefined) outside += 1;
    else if (isChartArchive(path)) {
      const inner: Unpacked =
        depth < deepest
          ? unpack(entry.bytes, isPart, { left: left - size, depth: depth + 1 })
          : { files: [], faults: ["archives are nested too deep"], size: 0 };
      size += inner.size;
      faults.push(...inner.faults.map((fault) => `${path}: ${fault}`));
      for (const one of inner.files) files.push({ ...one, path: `${folderOf(path)}/${one.path}` });
    } else if (path.includes("/") && isPart(path)) {
      const text = sourceFileOf(path, "", entry.bytes).text();
      if (text !== undefined) files.push({ path, text });
    }
  }
  if (outside > 0) faults.push(`it has ${outside} paths that lead out of it, which were passed over`);
  if (files.length === 0 && faults.length === 0) faults.push("it holds no chart");
  return { files, faults, size };
}

function inflated(bytes: Uint8Array, most: number): { readonly bytes: Uint8Array } | { readonly message: string } {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { message: "it is not compressed with gzip" };
  try {
    return { bytes: gunzipSync(bytes, { maxOutputLength: Math.max(1, most) }) };
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    return { message: isTooLarge ? `unpacked it has more than ${most} bytes` : "its compressed data are damaged" };
  }
}

function pathIn(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1, -".tgz".length);
}

function problemOf({ path }: SourceFile, fault: string): Problem {
  const message = `Of this packed chart, not everything was examined: ${fault}.`;
  return { scanner: "iac", code: "chart-archive", message, path };
}
