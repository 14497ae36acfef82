/** Takes over a folder of OSV records, single `*.json` files and zip files at any depth: one file of lines for each ecosystem. */
import { createHash } from "node:crypto";
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type Ecosystem, ecosystems } from "#model/ecosystem.ts";
import { readZip } from "../archives/read-zip.ts";
import { type Loose, looseList, looseObject, parseLoose } from "../loose-json.ts";
import { createBreather } from "./breather.ts";
import { describePart, type SourceParts } from "./source-parts.ts";
import { archiveName, changesName, listName, reachedName, recordsName } from "./update-osv.ts";

/** Stands for all that was in the folder when it was read last. */
export const stampName = "folder.stamp";
const limits = { files: 2_000_000, depth: 20, file: 16 * 1024 ** 2 };

export async function updateOsvFolder(
  parts: SourceParts,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`there is no folder ${folder}`);
  const files = listFiles(folder);
  const stamp = createHash("sha256")
    .update(files.map(({ note }) => note).join("\n"))
    .digest("hex");
  if (parts.known(stampName)?.sha256 === stamp) return undefined;
  const taken = await takeRecords(parts, files, signal);
  for (const ecosystem of ecosystems) {
    const name = `${ecosystem}/${recordsName}`;
    if (taken.written.has(ecosystem)) {
      renameSync(`${parts.pathOf(name)}.part`, parts.pathOf(name));
      parts.keep(name, await describePart(parts.pathOf(name), new Date()));
    } else if (parts.known(name)) parts.drop(name);
    // Of an address that the source was before.
    for (const old of [archiveName, changesName, listName, reachedName]) {
      if (parts.known(`${ecosystem}/${old}`)) parts.drop(`${ecosystem}/${old}`);
    }
  }
  parts.keep(stampName, { bytes: 0, sha256: stamp, fetched: new Date().toISOString() });
  return taken.unreadable === 0 ? undefined : `${taken.unreadable} files of ${folder} are no OSV records`;
}

interface FoundFile {
  readonly path: string;
  readonly note: string;
}

function listFiles(folder: string): readonly FoundFile[] {
  const files: FoundFile[] = [];
  const visit = (path: string, depth: number) => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const below = join(path, entry.name);
      if (entry.isDirectory() && depth < limits.depth) visit(below, depth + 1);
      if (!entry.isFile() || !/\.(json|zip)$/i.test(entry.name)) continue;
      const { size, mtimeMs } = statSync(below);
      files.push({ path: below, note: `${below}\0${size}\0${mtimeMs}` });
      if (files.length > limits.files) throw new Error(`${folder} has more than ${limits.files} files`);
    }
  };
  visit(folder, 0);
  return files;
}

async function takeRecords(parts: SourceParts, files: readonly FoundFile[], signal: AbortSignal | undefined) {
  const breather = createBreather(signal);
  const written = new Map<Ecosystem, number>();
  let unreadable = 0;
  try {
    for (const text of textsOf(files)) {
      if (breather.isDue()) await breather.breathe(0);
      const record = text === undefined ? undefined : parseLoose(text);
      if (record?.id === undefined) {
        unreadable += 1;
        continue;
      }
      const line = `${JSON.stringify(record)}\n`;
      for (const ecosystem of ecosystemsOf(record, parts.source.ecosystems)) {
        writeSync(fileOf(parts, ecosystem, written), line);
      }
    }
  } finally {
    for (const file of written.values()) closeSync(file);
  }
  return { written, unreadable };
}

function fileOf(parts: SourceParts, ecosystem: Ecosystem, written: Map<Ecosystem, number>): number {
  const known = written.get(ecosystem);
  if (known !== undefined) return known;
  const path = `${parts.pathOf(`${ecosystem}/${recordsName}`)}.part`;
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  const file = openSync(path, "w", 0o644);
  written.set(ecosystem, file);
  return file;
}

/** Undefined for a file that is too large. */
function* textsOf(files: readonly FoundFile[]): Generator<string | undefined> {
  for (const { path } of files) {
    if (/\.zip$/i.test(path)) {
      for (const entry of readZip(path)) if (/\.json$/i.test(entry.name)) yield entry.read().toString("utf8");
    } else yield statSync(path).size > limits.file ? undefined : readFileSync(path, "utf8");
  }
}

function ecosystemsOf(record: Loose, chosen: readonly Ecosystem[] = ecosystems): readonly Ecosystem[] {
  const written = looseList(record.affected).map((one) => looseObject(looseObject(one).package).ecosystem);
  const names = new Set(written.map((one) => String(one).split(":", 1)[0]));
  return chosen.filter((ecosystem) => names.has(ecosystem));
}
