/** The graph of one section of a packages.lock.json: what is needed, what versions it asks for, and whether it still holds. */
import { compareVersions, satisfies } from "../../../packages/versions.ts";
import type { LockEntries } from "./nuget-lock.ts";
import { nugetRange } from "./nuget-range.ts";

export function isAbove(one: string, other: string): boolean {
  return compareVersions("NuGet", one, other) > 0;
}

/** What projects ask for themselves, and all that follows from it. */
export function reachedIn(entries: LockEntries): ReadonlySet<string> {
  const open = [...entries].flatMap(([key, { type }]) => (type === "Direct" || type === "Project" ? [key] : []));
  const reached = new Set(open);
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    for (const name of Object.keys(entries.get(key)?.dependencies ?? {})) {
      const next = name.toLowerCase();
      if (reached.has(next) || !entries.has(next)) continue;
      reached.add(next);
      open.push(next);
    }
  }
  return reached;
}

interface Asker {
  readonly name: string;
  readonly range: string;
}

/** Who asks for what, by lower-case name of what is asked for. */
export type Askers = ReadonlyMap<string, readonly Asker[]>;

export function askersIn(entries: LockEntries): Askers {
  const all = new Map<string, Asker[]>();
  for (const { name, dependencies } of entries.values()) {
    for (const [needed, range] of Object.entries(dependencies)) {
      const key = needed.toLowerCase();
      const known = all.get(key);
      if (known) known.push({ name, range });
      else all.set(key, [{ name, range }]);
    }
  }
  return all;
}

/** The highest version that one of those who ask needs at least; empty for none, undefined if that is not known. */
export function highestLow(askers: Askers, key: string): string | undefined {
  let highest = "";
  for (const { range } of askers.get(key) ?? []) {
    const read = nugetRange(range);
    if (!read) return undefined;
    if (read.low !== undefined && (highest === "" || isAbove(read.low, highest))) highest = read.low;
  }
  return highest;
}

interface Changed {
  readonly before: LockEntries;
  readonly after: LockEntries;
  /** What went up. */
  readonly name: string;
  readonly isCentral: boolean;
}

/** A clause, or nothing if NuGet would choose the same versions. */
export function troubleIn({ before, after, name, isCentral }: Changed): string | undefined {
  const key = name.toLowerCase();
  const entry = after.get(key);
  if (!entry) return `nothing in it would need ${name} any more`;
  const askers = askersIn(after);
  for (const { name: asker, range } of askers.get(key) ?? []) {
    if (satisfies("NuGet", entry.resolved ?? "", range) !== true) return `${asker} asks for ${name} ${range}`;
  }
  for (const [needed, range] of Object.entries(entry.dependencies)) {
    const has = after.get(needed.toLowerCase());
    const asks = `${name} ${entry.resolved ?? ""} asks for ${needed} ${range}`;
    if (!has) return `${asks}, which it does not have`;
    if (has.type !== "Project" && satisfies("NuGet", has.resolved ?? "", range) !== true)
      return `${asks}, and it has ${has.resolved ?? "none"}`;
  }
  return chosenAnew({ before, after, name, isCentral }, askers);
}

/** What is not asked for by the project itself is as low as all that ask for it allow. */
function chosenAnew({ before, after, name, isCentral }: Changed, askers: Askers): string | undefined {
  const askersBefore = askersIn(before);
  const touched = [...before].filter(([key, entry]) => after.get(key) !== entry).flatMap(([, entry]) => entry);
  const now = after.get(name.toLowerCase());
  const names = new Set([...touched, ...(now ? [now] : [])].flatMap(({ dependencies }) => Object.keys(dependencies)));
  for (const other of names) {
    const key = other.toLowerCase();
    const entry = after.get(key);
    const isChosen = entry?.type === "Transitive" || (entry?.type === "CentralTransitive" && !isCentral);
    if (!entry || !isChosen || key === name.toLowerCase()) continue;
    const [was, is] = [highestLow(askersBefore, key), highestLow(askers, key)];
    if (was === undefined || is === undefined || was.toLowerCase() !== is.toLowerCase())
      return `NuGet would choose another version of ${entry.name}`;
  }
  return undefined;
}
