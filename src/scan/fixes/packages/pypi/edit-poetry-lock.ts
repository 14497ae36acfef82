/**
 * Raises a package in a poetry.lock (lock versions 1.1, 2.0 and 2.1), and in the project where its range does not take it. The
 * text is what Poetry writes: what it wrote of the old version is reproduced first, and where that fails nothing is written.
 */
import { packageKey } from "#model/package-key.ts";
import type { TextChange } from "../../text-edits.ts";
import type { EditAsked, Edited } from "../package-editor.ts";
import {
  changeIn,
  type LockBlock,
  type LockPart,
  type LockTable,
  type LockText,
  lockText,
  partIn,
  quoted,
  valueChange,
} from "./lock-blocks.ts";
import { asking, type LockGraph } from "./lock-graph.ts";
import { goneIn } from "./lock-placement.ts";
import { poetryHashes } from "./poetry-content-hash.ts";
import { dependencyLines, extraLines, type Line } from "./poetry-entry.ts";
import { poetryGraph } from "./poetry-graph.ts";
import { hashedProject, raiseInProjects } from "./project-raise.ts";
import type { Surroundings } from "./python-marker.ts";
import { isFromThere, notMet, notWritten, type TwoReleases, takes, twoReleases } from "./raise-locked.ts";

export function editPoetryLock(asked: EditAsked): Edited {
  const { plan, manifest, textOf } = asked;
  const releases = twoReleases(asked);
  const lock = lockText(plan, textOf(manifest.path) ?? "");
  if (typeof releases === "string") return notWritten(asked, releases);
  const written = lock ? poetryChanges(asked, lock, releases) : "it is laid out in a way that Poetry does not write";
  return typeof written === "string" ? notWritten(asked, written) : written;
}

interface Poetry {
  readonly lock: LockText;
  readonly block: LockBlock;
  readonly releases: TwoReleases;
  readonly graph: LockGraph;
  readonly where: Surroundings;
  readonly format: string;
}

function poetryChanges(asked: EditAsked, lock: LockText, releases: TwoReleases): Edited | string {
  const { key, name, old, now } = releases;
  const metadata = lock.others.find((table) => table.name === "metadata");
  const format = plain(metadata, "lock-version");
  const pythons = plain(metadata, "python-versions");
  if (format === undefined || !["1.1", "2.0", "2.1"].includes(format)) return "its lock version is not known here";
  const blocks = lock.blocks.filter((one) => one.key === key);
  const [block] = blocks;
  if (!block || blocks.length > 1 || block.version !== old.version)
    return `it does not have one ${name} as it was scanned`;
  const files = filesPart(lock, block, format);
  if (!files || !isFromThere(files.value.match(/sha256:[0-9a-f]{64}/g) ?? [], old))
    return `the files of ${name} ${old.version} in it are not those that the index has`;
  const raise = raiseInProjects(asked);
  if (typeof raise === "string") return raise;
  const graph = poetryGraph(asked, lock);
  const askedExtras = asking(graph, key).flatMap(({ extras }) => extras);
  const where = { extras: new Set([...raise.extras, ...askedExtras]), pythons };
  const poetry: Poetry = { lock, block, releases, graph, where, format };
  const refusing = asking(graph, key).find(({ range }) => range === undefined || !takes(now.version, range));
  if (refusing) return `${refusing.from} asks for ${name} ${refusing.range ?? "in a way that is not understood"}`;
  const trouble = notMet({ releases, locked: lock.blocks, where });
  if (trouble !== undefined) return trouble;
  const gone = goneIn(poetry);
  if (typeof gone === "string") return gone;
  const entry = entryChanges(poetry, files, gone);
  if (typeof entry === "string") return entry;
  const hashed = hashedProject(asked, raise, {
    lock,
    part: metadata?.parts.find((part) => part.key === "content-hash"),
    hashesOf: poetryHashes,
  });
  if (typeof hashed === "string") return hashed;
  const changes = new Map<string, readonly TextChange[]>(raise.changes);
  changes.set(asked.manifest.path, [...entry, ...hashed]);
  return { is: "edited", changes, stale: [], said: [], beside: [...gone] };
}

function plain(table: LockTable | undefined, key: string): string | undefined {
  return /^"([^"\\]*)"$/.exec(table?.parts.find((part) => part.key === key)?.value ?? "")?.[1];
}

/** In the entry, or in a list of all files. */
function filesPart({ others }: LockText, block: LockBlock, format: string): LockPart | undefined {
  if (format !== "1.1") return partIn(block, "files");
  const all = others.find(({ name }) => name === "metadata.files")?.parts;
  return all?.find((part) => packageKey("PyPI", part.key) === block.key);
}

function entryChanges(poetry: Poetry, files: LockPart, gone: ReadonlySet<string>): readonly TextChange[] | string {
  const { lock, block, releases, where, format } = poetry;
  const { old, now } = releases;
  const dependencies = dependencyLines(releases, block, where);
  if (typeof dependencies === "string") return dependencies;
  const extras = extraLines(releases, block, format === "2.1");
  if (typeof extras === "string") return extras;
  const head = headChanges(lock, block, releases);
  if (typeof head === "string") return head;
  const listed = now.files
    .map(({ name, hash }) => ({ name, hash }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, hash }) => `    {file = ${quoted(name)}, hash = ${quoted(hash)}},\n`);
  const without = lock.blocks.filter(({ key }) => gone.has(key));
  if (format === "1.1" && without.length > 0)
    return `${old.version} needs more than ${now.version}, which lock version 1.1 says in two places`;
  return [
    ...head,
    valueChange(lock, files, `[\n${listed.join("")}]`),
    ...tableChanges(lock, block, { dependencies, extras }),
    ...without.map(({ start, end }) => ({ start, end, text: "" })),
  ];
}

function headChanges(lock: LockText, block: LockBlock, { old, now }: TwoReleases): readonly TextChange[] | string {
  const summaryOf = (entry: TwoReleases["old"]["entry"]) => (typeof entry?.summary === "string" ? entry.summary : "");
  const members: readonly (readonly [key: string, before: string, after: string])[] = [
    ["version", old.version, now.version],
    ["description", summaryOf(old.entry), summaryOf(now.entry)],
    ["python-versions", old.requiresPython ?? "*", now.requiresPython ?? "*"],
  ];
  const changes: TextChange[] = [];
  for (const [key, before, after] of members) {
    const part = partIn(block, key);
    if (!part) return `it does not say the ${key} of ${old.version}`;
    if (before === after) continue;
    if (part.value !== quoted(before)) return `how Poetry writes the ${key} of ${old.version} is not known for certain`;
    changes.push(valueChange(lock, part, quoted(after)));
  }
  return changes;
}

/** Both tables anew, in their order; what stands behind them (`source`) stays. */
function tableChanges(
  lock: LockText,
  block: LockBlock,
  lines: { readonly dependencies: readonly Line[]; readonly extras: readonly Line[] },
): readonly TextChange[] {
  const changes: TextChange[] = [];
  const [head] = block.tables;
  const before = (names: readonly string[]) => block.tables.filter(({ name }) => names.includes(name)).at(-1) ?? head;
  for (const name of ["dependencies", "extras"] as const) {
    const own = lines[name];
    const table = block.tables.find((one) => one.name === name);
    const text = `[package.${name}]\n${own.map(({ key, value }) => `${keyText(key)} = ${value}\n`).join("")}`;
    const isSame =
      table &&
      table.parts.length === own.length &&
      table.parts.every((part, at) => part.key === own[at]?.key && part.value === own[at]?.value);
    if (isSame || (!table && own.length === 0)) continue;
    if (table && own.length > 0) changes.push(changeIn(lock, table.start, table.end, text));
    else if (table) changes.push({ start: startOfGap(lock, table.start), end: table.end, text: "" });
    else {
      const at = before(name === "extras" ? ["", "dependencies"] : [""])?.end ?? block.start;
      changes.push(changeIn(lock, at, at, `\n${text}`));
    }
  }
  return changes;
}

function keyText(key: string): string {
  return /^[\w-]+$/.test(key) ? key : quoted(key);
}

/** With the blank line before it. */
function startOfGap({ text }: LockText, start: number): number {
  if (text.startsWith("\r\n", start - 2)) return start - 2;
  return text[start - 1] === "\n" ? start - 1 : start;
}
