/**
 * What the sections of a packages.lock.json say when a package goes up: its entry, the projects that ask for it, and what
 * nobody needs any more. Anything that NuGet would have to choose anew is refused with a clause.
 */
import type { NugetFacts } from "./nuget-facts.ts";
import { dependenciesOf } from "./nuget-facts.ts";
import type { LockEntries, LockEntry, LockSection, NugetLock } from "./nuget-lock.ts";
import { normalRange, nugetRange } from "./nuget-range.ts";
import { askersIn, highestLow, isAbove, reachedIn, troubleIn } from "./section-graph.ts";

export interface LockStep {
  readonly name: string;
  readonly to: string;
  /** What projects ask for now, by what they asked for; both as NuGet normalises them. */
  readonly ranges: ReadonlyMap<string, string>;
  /** Projects that ask for it anew, in lower case, where other lock files name them. */
  readonly projects: ReadonlySet<string>;
  readonly pin?: LockPin;
}

/** A reference that is new, beside another one. */
export interface LockPin {
  /** The other one, in lower case; where it is direct, the new one is. */
  readonly beside: string;
  /** Whose reference it is, in lower case. */
  readonly projects: ReadonlySet<string>;
  /** Central versions hold for all who have the package. */
  readonly isCentral: boolean;
}

export interface LockAbout {
  readonly step: LockStep;
  readonly facts: NugetFacts;
  /** The projects of this lock file ask anew for themselves. */
  readonly isAsked: boolean;
  /** The projects of this lock file got the new reference. */
  readonly isPinned: boolean;
  /** Central versions hold for what others bring in as well. */
  readonly isCentral: boolean;
}

export interface RaisedLock {
  readonly sections: ReadonlyMap<LockSection, LockEntries>;
  /** Names that went. */
  readonly gone: readonly string[];
}

/** Sections that stay as they are, are not named. */
export function raisedLock({ sections }: NugetLock, about: LockAbout): RaisedLock | string {
  const all = new Map<LockSection, LockEntries>();
  const gone = new Set<string>();
  for (const section of sections.toSorted(
    (a, b) => Number(a.runtime !== undefined) - Number(b.runtime !== undefined),
  )) {
    const base = sections.find(({ framework, runtime }) => framework === section.framework && runtime === undefined);
    const isBase = section.runtime === undefined || !base;
    const now = isBase ? changed(section, about) : changedBeside(section, base, all.get(base), about);
    if (typeof now === "string") return now;
    const beneath: LockEntries = isBase || !base ? new Map() : base.entries;
    const after = now && finished(section, now, { beneath, beneathNow: (base && all.get(base)) ?? beneath, about });
    if (typeof after === "string") return after;
    if (!after) continue;
    all.set(section, after);
    for (const [key, { name }] of section.entries) if (!after.has(key)) gone.add(name);
  }
  return { sections: all, gone: [...gone] };
}

/** Undefined if nothing changes. */
function changed(section: LockSection, about: LockAbout): LockEntries | string | undefined {
  const { step, facts } = about;
  const key = step.name.toLowerCase();
  const now = withProjects(section.entries, step);
  const old = now.get(key);
  const entry = entryNow(now, old, about);
  if (typeof entry === "string") return entry;
  if (!entry || entry === old) return now === section.entries ? undefined : now;
  if (entry.resolved === old?.resolved) return new Map(now).set(key, entry);
  const dependencies = dependenciesOf(section, old, { ...facts, ...step });
  if (typeof dependencies === "string") return dependencies;
  return new Map(now).set(key, { ...entry, contentHash: facts.integrity, dependencies });
}

/** A runtime repeats what differs there: the same entry, or another in a way that is not known here. */
function changedBeside(
  { entries, framework, runtime }: LockSection,
  base: LockSection,
  baseNow: LockEntries | undefined,
  { step }: LockAbout,
): LockEntries | string | undefined {
  if (!baseNow) return undefined;
  const key = step.name.toLowerCase();
  const now = withProjects(entries, step);
  const [old, beneath, entry] = [entries.get(key), base.entries.get(key), baseNow.get(key)];
  if (!old || !entry || entry === beneath) return now;
  const isSame = beneath && old.resolved === beneath.resolved && textOf(old) === textOf(beneath);
  if (!isSame) return `for ${runtime ?? ""} it says other things of ${step.name} than for ${framework}`;
  return new Map(now).set(key, { ...entry, name: old.name });
}

function textOf({ dependencies }: LockEntry): string {
  return JSON.stringify(Object.entries(dependencies).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withProjects(entries: LockEntries, step: LockStep): LockEntries {
  const { name, ranges, projects, pin, to } = step;
  const now = new Map(entries);
  let isChanged = false;
  for (const [key, entry] of entries) {
    if (entry.type !== "Project" || !projects.has(key)) continue;
    const asks = Object.entries(entry.dependencies).find(([one]) => one.toLowerCase() === name.toLowerCase());
    const range = asks && nugetRange(asks[1]);
    const raised = range ? ranges.get(normalRange(range)) : undefined;
    const added: Readonly<Record<string, string>> =
      asks && raised !== undefined
        ? { [asks[0]]: raised }
        : pin?.projects.has(key) === true && !asks
          ? { [name]: `[${to}, )` }
          : {};
    if (Object.keys(added).length === 0) continue;
    isChanged = true;
    const all = Object.entries({ ...entry.dependencies, ...added });
    now.set(key, { ...entry, dependencies: Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1))) });
  }
  return isChanged ? now : entries;
}

/** The same entry where it stays; what comes with the new version is filled in later. */
function entryNow(
  entries: LockEntries,
  old: LockEntry | undefined,
  { step, isAsked, isPinned, isCentral }: LockAbout,
): LockEntry | string | undefined {
  const { name, to, pin } = step;
  const requested = `[${to}, )`;
  if (isPinned && pin && entries.get(pin.beside)?.type === "Direct" && old?.type !== "Direct") {
    if (old?.type === "Project") return `a project has the name of ${name}`;
    return { name: old?.name ?? name, type: "Direct", requested, resolved: to, dependencies: old?.dependencies ?? {} };
  }
  if (!old || old.type === "Project") return undefined;
  const range = old.requested === undefined ? undefined : nugetRange(old.requested);
  const raised = range && isAsked ? step.ranges.get(normalRange(range)) : undefined;
  if (raised !== undefined && (old.type === "Direct" || isCentral)) {
    const asked = nugetRange(raised);
    if (asked?.low !== to || !asked.takesLow) return `the project asks for ${name} ${raised}, and not for ${to}`;
    return { ...old, requested: raised, resolved: to };
  }
  if (old.type === "Direct") return old;
  if (pin?.isCentral && old.type === "Transitive")
    return `${name} has a central version now, which it does not know yet`;
  const low = highestLow(askersIn(entries), name.toLowerCase());
  if (low === undefined) return `what asks for ${name} cannot be read here`;
  const isRaised = old.resolved !== undefined && low !== "" && isAbove(low, old.resolved);
  if (isRaised && isAbove(low, to)) return `${name} ${low} is asked for, and not ${to}`;
  if (!isRaised && raised === undefined) return old;
  return { ...old, ...(raised !== undefined && { requested: raised }), ...(isRaised && { resolved: to }) };
}

interface Beneath {
  readonly beneath: LockEntries;
  readonly beneathNow: LockEntries;
  readonly about: LockAbout;
}

/** Without what nobody needs any more. */
function finished(
  section: LockSection,
  now: LockEntries,
  { beneath, beneathNow, about }: Beneath,
): LockEntries | string {
  const before = new Map([...beneath, ...section.entries]);
  const whole = new Map([...beneathNow, ...now]);
  const needed = reachedIn(whole);
  const lost = [...reachedIn(before)].filter((key) => !needed.has(key));
  const after = new Map(whole);
  for (const key of lost) after.delete(key);
  const trouble = troubleIn({ before, after, name: about.step.name, isCentral: about.isCentral });
  if (trouble !== undefined) return trouble;
  return new Map([...now].filter(([key]) => after.has(key)));
}
