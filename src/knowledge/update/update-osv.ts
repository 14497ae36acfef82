/**
 * Brings the records of one ecosystem up to date: the whole archive when much has changed, single records when little has. What
 * the archive lacks of the list of changes, as happens, is fetched record by record too.
 */
import { readFileSync, statSync } from "node:fs";
import type { Ecosystem } from "#model/ecosystem.ts";
import { compareTimes } from "../advisories/collect-records.ts";
import { readZip } from "../archives/read-zip.ts";
import { writeWhole } from "../knowledge-folder.ts";
import { looseText, parseLoose } from "../loose-json.ts";
import { changedSince, readModifiedList } from "./modified-list.ts";
import { type Fetch, fetchText } from "./send-get.ts";
import { describePart, type SourceParts } from "./source-parts.ts";

export const archiveName = "all.zip";
/** What a folder of records is turned into. */
export const recordsName = "records.jsonl";
export const changesName = "changes.jsonl";
export const listName = "modified_id.csv";
/** The list that the records have been brought up to. */
export const reachedName = "reached.csv";

const limits = { archive: 4 * 1024 ** 3, list: 512 * 1024 ** 2, record: 16 * 1024 ** 2, changes: 256 * 1024 ** 2 };
/** More single records than this are not asked for: the archive is one call. */
const mostSingle = 1000;

export interface OsvUpdate {
  readonly ecosystem: Ecosystem;
  readonly parts: SourceParts;
  readonly fetch?: Fetch;
  readonly signal?: AbortSignal;
  readonly onRecords?: (done: number, total: number) => void;
}

/** Returns what could not be had, if anything; throws when there is nothing to go on. */
export async function updateOsv(update: OsvUpdate): Promise<string | undefined> {
  const { ecosystem, parts } = update;
  const [archive, list] = [`${ecosystem}/${archiveName}`, `${ecosystem}/${listName}`];
  const listed = await parts.fetch(list, { limit: limits.list });
  if (listed === "missing") {
    // A mirror that has the archives only, or no such ecosystem.
    const got = await parts.fetch(archive, { limit: limits.archive });
    // An ecosystem that was never there is none of this source's; one that was has not become empty.
    if (got === "missing" && parts.known(archive)) throw new Error(`${parts.source.name} has ${ecosystem} no more`);
    if (got === "fetched") dropOlder(parts, ecosystem);
    return undefined;
  }
  const csv = readFileSync(parts.pathOf(list), "utf8");
  const current = readModifiedList(csv);
  let known = knownTimes(update);
  // A page that asks to sign in, as networks put it before what is asked for.
  if (current.size === 0 && (csv.trim() !== "" || (known?.size ?? 0) > 0))
    throw new Error(`${parts.source.name} answered something else than the list of changes of ${ecosystem}`);
  let wanted = known && changedSince(current, known);
  if (!wanted || wanted.length > singleLimit(current.size)) {
    const got = await parts.fetch(archive, { limit: limits.archive });
    if (got === "missing" && current.size > 0) throw new Error(`${parts.source.name} has no archive of ${ecosystem}`);
    if (got === "fetched") dropOlder(parts, ecosystem);
    known = archiveTimes(update, current);
    wanted = changedSince(current, known);
  }
  const missing = await fetchSingle(update, current, wanted.slice(0, mostSingle));
  const left = missing + Math.max(0, wanted.length - mostSingle);
  if (left > 0) return `${left} of ${current.size} records of ${ecosystem} could not be fetched`;
  if (wanted.length > 0 || !parts.known(`${ecosystem}/${reachedName}`)) await reach(update);
  return undefined;
}

function singleLimit(size: number): number {
  return Math.min(mostSingle, Math.max(20, Math.floor(size / 20)));
}

/** A new archive holds what was fetched beside the old one, and what a folder held that the source was before. */
function dropOlder(parts: SourceParts, ecosystem: Ecosystem): void {
  for (const name of [changesName, reachedName, recordsName]) {
    if (parts.known(`${ecosystem}/${name}`)) parts.drop(`${ecosystem}/${name}`);
  }
}

async function reach({ parts, ecosystem }: OsvUpdate): Promise<void> {
  const name = `${ecosystem}/${reachedName}`;
  writeWhole(parts.pathOf(name), readFileSync(parts.pathOf(`${ecosystem}/${listName}`)));
  parts.keep(name, await describePart(parts.pathOf(name), new Date()));
}

/** Undefined if there is no archive yet, or nobody knows what is in it. */
function knownTimes({ parts, ecosystem }: OsvUpdate): ReadonlyMap<string, string> | undefined {
  const [archive, reached] = [`${ecosystem}/${archiveName}`, `${ecosystem}/${reachedName}`];
  const isThere = (name: string) =>
    statSync(parts.pathOf(name), { throwIfNoEntry: false })?.size === parts.known(name)?.bytes;
  if (!parts.known(archive) || !parts.known(reached) || !isThere(archive) || !isThere(reached)) return undefined;
  const times = new Map(readModifiedList(readFileSync(parts.pathOf(reached), "utf8")));
  for (const [id, { modified }] of readChanges(parts, ecosystem)) times.set(id, modified);
  return times;
}

/**
 * What a fresh archive holds: names, without inflating anything. A record that has changed since the archive was packed counts
 * as old; how long packing takes nobody says, so that the last six hours are looked at again.
 */
function archiveTimes(
  { parts, ecosystem }: OsvUpdate,
  current: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const name = `${ecosystem}/${archiveName}`;
  const part = parts.known(name);
  const packed = Date.parse(part?.lastModified ?? part?.fetched ?? "") - 6 * 60 * 60 * 1000;
  const before = Number.isNaN(packed) ? "" : new Date(packed).toISOString();
  const changes = readChanges(parts, ecosystem);
  const times = new Map<string, string>();
  for (const entry of part ? readZip(parts.pathOf(name)) : []) {
    const id = entry.name.slice(entry.name.lastIndexOf("/") + 1).replace(/\.json$/, "");
    const time = current.get(id);
    if (time !== undefined && compareTimes(time, before) <= 0) times.set(id, time);
  }
  for (const [id, { modified }] of changes) times.set(id, modified);
  return times;
}

interface Change {
  readonly modified: string;
  readonly json: string;
}

function readChanges(parts: SourceParts, ecosystem: Ecosystem): Map<string, Change> {
  const changes = new Map<string, Change>();
  const name = `${ecosystem}/${changesName}`;
  if (!parts.known(name)) return changes;
  for (const json of readFileSync(parts.pathOf(name), "utf8").split("\n")) {
    const record = parseLoose(json);
    if (typeof record?.id === "string") changes.set(record.id, { modified: String(record.modified), json });
  }
  return changes;
}

/** Eight at a time; what has come is kept after every hundred, so that nothing is asked for twice. Returns how many are missing. */
async function fetchSingle(
  update: OsvUpdate,
  current: ReadonlyMap<string, string>,
  ids: readonly string[],
): Promise<number> {
  const { parts, ecosystem, onRecords } = update;
  if (ids.length === 0) return 0;
  const changes = readChanges(parts, ecosystem);
  let missing = 0;
  for (let at = 0; at < ids.length; at += 8) {
    const texts = await Promise.all(ids.slice(at, at + 8).map((id) => readSingle(update, id)));
    for (const [position, text] of texts.entries()) {
      const id = ids[at + position] as string;
      const record = text === undefined ? undefined : parseLoose(text);
      // The list's time, not the record's: what is asked next time is whether the list knows a later one.
      if (record?.id === id)
        changes.set(id, { modified: current.get(id) ?? "", json: oneLine(record, current.get(id)) });
      else missing += 1;
    }
    onRecords?.(Math.min(at + 8, ids.length), ids.length);
    if (at % 104 === 96 || at + 8 >= ids.length) await keepChanges(parts, ecosystem, changes);
  }
  return missing;
}

function oneLine(record: Readonly<Record<string, unknown>>, time: string | undefined): string {
  const own = looseText(record.modified) ?? "";
  const modified = compareTimes(own, time ?? "") < 0 ? time : own;
  return JSON.stringify({ ...record, modified });
}

async function keepChanges(
  parts: SourceParts,
  ecosystem: Ecosystem,
  changes: ReadonlyMap<string, Change>,
): Promise<void> {
  const name = `${ecosystem}/${changesName}`;
  const text = [...changes.values()].map(({ json }) => `${json}\n`).join("");
  if (text.length > limits.changes)
    throw new Error(`the single records of ${ecosystem} are larger than ${limits.changes} bytes`);
  writeWhole(parts.pathOf(name), text);
  parts.keep(name, await describePart(parts.pathOf(name), new Date()));
}

async function readSingle({ parts, ecosystem, fetch, signal }: OsvUpdate, id: string): Promise<string | undefined> {
  const { from } = parts.source;
  if (from.is === "folder") return undefined;
  const address = `${from.address}/${encodeURIComponent(ecosystem)}/${encodeURIComponent(id)}.json`;
  return fetchText({ address, limit: limits.record, ...(fetch && { fetch }), ...(signal && { signal }) });
}
