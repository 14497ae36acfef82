/** The files of a fix while it is planned: they are read again after each step, and only the units that it touched. */
import type { Manifest } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import { packagesScanner } from "../packages/packages-scanner.ts";
import { sourceFileOf } from "../source-file-of.ts";
import type { SurveyedFile, TreeUnit } from "../tree-scanner.ts";
import { areSame, lastFew } from "./last-few.ts";

export interface UnitRead {
  readonly manifests: readonly Manifest[];
  readonly problems: readonly Problem[];
}

export type Texts = ReadonlyMap<string, string>;

export interface ManifestReading {
  /** What the files say with these texts in place of theirs; `without` are read as if they were not there. */
  readonly read: (paths: Iterable<string>, texts: Texts, without?: ReadonlySet<string>) => UnitRead;
  /** All files that say something about packages. */
  readonly paths: () => readonly string[];
}

/** Made again for the same files it is the same one: a plan is made anew after each look-up, and the files stay as they are. */
const readings = new WeakMap<readonly SourceFile[], ManifestReading>();

export function manifestReading(files: readonly SourceFile[]): ManifestReading {
  const reading = readings.get(files) ?? newReading(files);
  readings.set(files, reading);
  return reading;
}

/** Before and after a step. What came before that is not asked for again, and what is read of a large lock file is large, too. */
const mostKept = 2;

type ReadOnce = (files: readonly SourceFile[], make: () => UnitRead) => UnitRead;

function newReading(files: readonly SourceFile[]): ManifestReading {
  const known = new Map(files.filter(({ path }) => packagesScanner.selects(path)).map((file) => [file.path, file]));
  const withText = editedFiles();
  const unitsOf = unitsOnce();
  const results = new Map<string, ReadOnce>();
  let units: readonly TreeUnit[] | undefined;
  return {
    paths: () => [...known.keys()],
    read: (paths, texts, without) => {
      const fileAt = (path: string): SourceFile | undefined => {
        const file = without?.has(path) ? undefined : known.get(path);
        const text = file && texts.get(path);
        return file && text !== undefined ? withText(file, text) : file;
      };
      if (!without) units ??= unitsOf([...known.values()]);
      const wanted = new Set(paths);
      const all = without ? unitsOf([...known.keys()].flatMap((path) => fileAt(path) ?? [])) : (units ?? []);
      const read = all
        .filter((unit) => unit.paths.some((path) => wanted.has(path)))
        .map((unit) => {
          const own = unit.paths.flatMap((path) => fileAt(path) ?? []);
          const once = results.get(unit.root) ?? lastFew<readonly SourceFile[], UnitRead>(mostKept, areSame);
          results.set(unit.root, once);
          return once(own, () => readUnit(unit, own));
        });
      return {
        manifests: read.flatMap(({ manifests }) => manifests),
        problems: read.flatMap(({ problems }) => problems),
      };
    },
  };
}

function readUnit(unit: TreeUnit, files: readonly SourceFile[]): UnitRead {
  const { manifests = [], problems } = packagesScanner.scan(unit, files, { fingerprintKey: new Uint8Array(32) });
  return { manifests, problems };
}

/** The same text makes the same file, so that what was read of it is found again. */
function editedFiles(): (file: SourceFile, text: string) => SourceFile {
  const made = new Map<string, (text: string, make: () => SourceFile) => SourceFile>();
  return (file, text) => {
    const { path, objectId } = file;
    const once = made.get(path) ?? lastFew<string, SourceFile>(mostKept, (one, other) => one === other);
    made.set(path, once);
    return once(text, () => sourceFileOf(path, objectId, Buffer.from(text)));
  };
}

function unitsOnce(): (files: readonly SourceFile[]) => readonly TreeUnit[] {
  const surveys = new WeakMap<SourceFile, SurveyedFile>();
  const once = lastFew<readonly SurveyedFile[], readonly TreeUnit[]>(mostKept, areSame);
  const surveyed = (file: SourceFile): SurveyedFile => {
    const survey = surveys.get(file) ?? { path: file.path, survey: packagesScanner.survey(file) };
    surveys.set(file, survey);
    return survey;
  };
  return (files) => {
    const all = files.map(surveyed);
    return once(all, () => packagesScanner.units(all));
  };
}
