/** Divides a surveyed tree into units, and tells which of them a change touches. Reads no file. */
import type { Problem } from "#model/scan-result.ts";
import { type TreeFile, unitKey } from "./tree-keys.ts";
import type { Survey, TreeScanner, TreeUnit } from "./tree-scanner.ts";

export interface SurveyedTreeFile extends TreeFile {
  readonly survey: Survey;
}

/** A unit with the content that it is made of. */
export interface PlannedUnit {
  readonly scanner: TreeScanner;
  readonly unit: TreeUnit;
  readonly files: readonly TreeFile[];
  /** `unitKey` in hex. */
  readonly key: string;
}

export interface UnitsOfTree {
  readonly units: readonly PlannedUnit[];
  readonly problems: readonly Problem[];
}

/** Files that say nothing to the scanner may be left out. */
export function planUnits(scanner: TreeScanner, files: readonly SurveyedTreeFile[]): UnitsOfTree {
  if (files.length === 0) return { units: [], problems: [] };
  const byPath = new Map(files.map((file) => [file.path, file]));
  try {
    const units = scanner.units(files).flatMap((unit): readonly PlannedUnit[] => {
      const own = [...new Set(unit.paths)].flatMap((path) => byPath.get(path) ?? []);
      if (own.length === 0) return [];
      return [{ scanner, unit, files: own, key: Buffer.from(unitKey(scanner, unit, own)).toString("hex") }];
    });
    return { units, problems: [] };
  } catch (error) {
    const name = error instanceof Error ? error.name : "unknown error";
    const message = `The scanner could not tell which files belong together (${name}); nothing of its kind was examined.`;
    return { units: [], problems: [{ scanner: scanner.name, code: "failed", message }] };
  }
}

export interface UnitChanges {
  /** Units whose content is not what it was, as they are now. */
  readonly touched: readonly PlannedUnit[];
  /** The same as they were, those that are no more among them. */
  readonly former: readonly PlannedUnit[];
  /** Untouched units that share files with them: a file's findings are those of all its units. */
  readonly beside: readonly PlannedUnit[];
  /** Every path of all that is touched, now or before. */
  readonly paths: ReadonlySet<string>;
}

/**
 * `changed` are paths that are looked at anew whether or not a unit holds them; units that hold one of `again` count as
 * touched though they are what they were.
 */
export function compareUnits(
  before: readonly PlannedUnit[],
  after: readonly PlannedUnit[],
  changed: Iterable<string> = [],
  again: ReadonlySet<string> = new Set(),
): UnitChanges {
  const known = new Set(before.map(({ key }) => key));
  const present = new Set(after.map(({ key }) => key));
  const isAgain = ({ files }: PlannedUnit) => again.size > 0 && files.some(({ path }) => again.has(path));
  const touched = after.filter((unit) => !known.has(unit.key) || isAgain(unit));
  const former = before.filter(({ key }) => !present.has(key));
  const paths = new Set(changed);
  for (const { files } of [...touched, ...former]) for (const { path } of files) paths.add(path);
  const beside = after.filter(
    (unit) => known.has(unit.key) && !isAgain(unit) && unit.files.some(({ path }) => paths.has(path)),
  );
  return { touched, former, beside, paths };
}
