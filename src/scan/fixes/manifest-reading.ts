/** The files of a fix while it is planned: they are read again after each step, and only the units that it touched. */
import type { Manifest } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import { packagesScanner } from "../packages/packages-scanner.ts";
import { sourceFileOf } from "../source-file-of.ts";
import type { TreeUnit } from "../tree-scanner.ts";

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

export function manifestReading(files: readonly SourceFile[]): ManifestReading {
  const known = new Map(files.filter(({ path }) => packagesScanner.selects(path)).map((file) => [file.path, file]));
  const unitsOf = (all: ReadonlyMap<string, SourceFile>) =>
    packagesScanner.units([...all.values()].map((file) => ({ path: file.path, survey: packagesScanner.survey(file) })));
  let units: readonly TreeUnit[] | undefined;
  return {
    paths: () => [...known.keys()],
    read: (paths, texts, without) => {
      const now = withTexts(known, texts, without);
      if (!without) units ??= unitsOf(known);
      const wanted = new Set(paths);
      const touched = (without ? unitsOf(now) : (units ?? [])).filter((unit) =>
        unit.paths.some((path) => wanted.has(path)),
      );
      const results = touched.map((unit) =>
        packagesScanner.scan(
          unit,
          unit.paths.flatMap((path) => now.get(path) ?? []),
          { fingerprintKey: new Uint8Array(32) },
        ),
      );
      return {
        manifests: results.flatMap(({ manifests = [] }) => manifests),
        problems: results.flatMap(({ problems }) => problems),
      };
    },
  };
}

function withTexts(
  known: ReadonlyMap<string, SourceFile>,
  texts: Texts,
  without: ReadonlySet<string> | undefined,
): ReadonlyMap<string, SourceFile> {
  const now = new Map(known);
  for (const path of without ?? []) now.delete(path);
  for (const [path, text] of texts) {
    const file = now.get(path);
    if (file) now.set(path, sourceFileOf(path, file.objectId, Buffer.from(text)));
  }
  return now;
}
