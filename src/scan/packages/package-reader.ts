/** Reads one format of manifests or lock files. Adding one touches its own file in `readers/` and nothing else. */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";

export interface PackageReader {
  /** The file's name in its ecosystem, unique among readers: `package-lock.json`, `*.csproj`. */
  readonly format: string;
  readonly ecosystem: Ecosystem;
  /** By the path alone; cheap. Where two readers match, the first by format reads. */
  matches(path: string): boolean;
  /**
   * Whether such a file is read for itself: always (a lock file, a project), only if no other unit claims it (a
   * `package.json` beside its lock, an included requirements file), or never (settings that complete others).
   */
  readonly alone: "always" | "unless-claimed" | "never";
  /** The files that complete it, by their names: `paths` asks what the repository holds. Those that are not there are left out. */
  claims?(path: string, paths: RepositoryPaths): readonly string[];
  /** The files that its text names (`-r base.txt`, `<Import Project>`), from the repository's root, whether they are there or not. */
  pullsIn?(file: SourceFile): readonly string[];
  /** Never throws on what a file may hold; what cannot be read is a problem beside the rest. */
  read(file: SourceFile, files: UnitFiles): PackagesRead;
}

export interface PackagesRead {
  readonly manifests: readonly Manifest[];
  readonly problems: readonly Problem[];
}

export const nothingRead: PackagesRead = { manifests: [], problems: [] };

/** Paths that some reader matches; only these can be asked about. */
export interface RepositoryPaths {
  has(path: string): boolean;
  /** Paths directly in the folder (`""` is the root), in order. */
  in(folder: string): readonly string[];
  /** The nearest file of that name in the folder or above it. Case does not count. */
  nearest(folder: string, name: string): string | undefined;
  /** The files of exactly that name in the folder and below it, in order. */
  under(folder: string, name: string): readonly string[];
}

/** The files of the unit, read. */
export interface UnitFiles {
  get(path: string): SourceFile | undefined;
  readonly paths: readonly string[];
}
