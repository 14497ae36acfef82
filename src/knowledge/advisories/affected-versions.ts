/** Reads what one `affected` entry of an OSV record says about versions and parts of its package. */
import type { AffectedRange, AffectedVersions, RangeEvent } from "#model/advisory.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import { type Loose, looseList, looseObject, looseText, looseTexts } from "../loose-json.ts";
import { isPlainlyIn } from "./plainly-in-range.ts";

const most = { ranges: 1000, events: 5000, versions: 20_000, parts: 500, symbols: 1000, length: 300 };

/** Undefined if it names neither versions nor a range of them, only commits: nothing that a package list could be held against. */
export function readAffected(entry: Loose, ecosystem: Ecosystem): AffectedVersions | undefined {
  const own = looseObject(entry.ecosystem_specific);
  const written = looseList(entry.ranges).slice(0, most.ranges).map(looseObject);
  // The Go database has no order for versions of modules that are no semver: what it knows of them stands beside.
  const custom = looseList(own.custom_ranges).slice(0, most.ranges).map(looseObject);
  const usable = (custom.length > 0 ? custom : written).filter(({ type }) => type === "SEMVER" || type === "ECOSYSTEM");
  const ranges = usable.map((range) => rangeOf(range, entry)).filter((range) => range.events.length > 0);
  const listed = looseTexts(entry.versions, most.versions).filter((version) => version.length <= most.length);
  if (ranges.length === 0 && listed.length === 0) {
    return written.length === 0 && custom.length === 0 ? { ranges: [everything], versions: [] } : undefined;
  }
  const parts = partsOf(own, ecosystem);
  return { ranges, versions: besides(listed, ranges, usable, entry), ...(parts.length > 0 && { parts }) };
}

export const everything: AffectedRange = { events: [{ introduced: "0" }] };

export function isEverything({ events }: AffectedRange): boolean {
  const [first] = events;
  return events.length === 1 && first !== undefined && "introduced" in first && first.introduced === "0";
}

/**
 * Ranges and listed versions count together. Nearly all that OSV lists beside a range of the ecosystem's own order is the
 * same said again, and is not kept twice; beside an end that only GitHub knows it lists what comes behind that, too.
 */
function besides(
  listed: readonly string[],
  ranges: readonly AffectedRange[],
  written: readonly Loose[],
  entry: Loose,
): readonly string[] {
  if (ranges.some(isEverything)) return [];
  if (!written.some(({ type }) => type === "ECOSYSTEM")) return listed;
  if (endOf(entry) && written.some(isOpen)) return [];
  return listed.filter((version) => !ranges.some((range) => isPlainlyIn(version, range)));
}

function isOpen(range: Loose): boolean {
  const last = looseList(range.events).map(looseObject).at(-1);
  return last !== undefined && versionOf(last.introduced) !== undefined;
}

function rangeOf(range: Loose, entry: Loose): AffectedRange {
  const events: RangeEvent[] = [];
  for (const event of looseList(range.events).slice(0, most.events).map(looseObject)) {
    const introduced = versionOf(event.introduced);
    const fixed = versionOf(event.fixed);
    const lastAffected = versionOf(event.last_affected);
    if (introduced !== undefined) events.push({ introduced });
    if (fixed !== undefined) events.push({ fixed });
    if (lastAffected !== undefined) events.push({ lastAffected });
  }
  const end = events.length > 0 && "introduced" in (events.at(-1) as RangeEvent) ? endOf(entry) : undefined;
  return { events: end ? [...events, end] : events };
}

/** GitHub writes the end of a range that has no fix beside it, and its own alerts go by it. */
function endOf(entry: Loose): RangeEvent | undefined {
  const text = looseText(looseObject(entry.database_specific).last_known_affected_version_range);
  const [, sign, version] = /^(<=?)\s*([^\s,<>=]{1,300})$/.exec(text ?? "") ?? [];
  if (version === undefined) return undefined;
  return sign === "<" ? { fixed: version } : { lastAffected: version };
}

function versionOf(value: unknown): string | undefined {
  const text = looseText(value);
  return text !== undefined && text.length <= most.length ? text : undefined;
}

function partsOf(own: Loose, ecosystem: Ecosystem): NonNullable<AffectedVersions["parts"]> {
  if (ecosystem === "Go") {
    return looseList(own.imports)
      .slice(0, most.parts)
      .map(looseObject)
      .flatMap((one) => {
        const path = looseText(one.path);
        return path === undefined ? [] : [{ path, symbols: looseTexts(one.symbols, most.symbols) }];
      });
  }
  if (ecosystem !== "crates.io") return [];
  // `crate::module::Type::function`: what comes before the last two colons is where it stands.
  const functions = looseTexts(looseObject(own.affects).functions, most.symbols);
  const byPath = Map.groupBy(functions, (name) => name.slice(0, Math.max(0, name.lastIndexOf("::"))));
  return [...byPath].map(([path, symbols]) => ({
    path,
    symbols: symbols.map((name) => name.slice(path === "" ? 0 : path.length + 2)),
  }));
}
