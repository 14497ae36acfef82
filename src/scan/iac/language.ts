/**
 * What a language of infrastructure tells the scanner: which files are its own, what belongs together, and what resources
 * stand in it. A unit is the smallest set of files that can be understood alone: a root module with all it calls, a chart,
 * a template with its parameters. Its result is stored under the hash of its files.
 */
import type { SourceFile } from "#model/source-file.ts";
import type { ReadUnit } from "./resource.ts";

export interface Language {
  readonly name: string;
  /** True if the path may be one of this language; cheap, as every path of a repository is asked. */
  readonly selects: (path: string) => boolean;
  /**
   * For paths that several languages share (.yaml, .json): does the content belong here? A cheap look at the text; absent
   * where the path is proof enough.
   */
  readonly recognizes?: (file: SourceFile) => boolean;
  /** Paths of files and folders (from the repository's root) that this file pulls in. Read from this file alone. */
  readonly links: (file: SourceFile) => readonly string[];
  /** Which files form units. Every selected file is in at least one unit, but for texts that nothing pulls in. */
  readonly units: (files: readonly LinkedFile[]) => readonly UnitPlan[];
  readonly read: (unit: Unit) => ReadUnit;
  /** Bytes of the largest file that is read, where it is another size than for all tree scanners. */
  readonly largestFile?: number;
  /** Its files are made by a tool: to edit them would change nothing, so no fix is proposed. */
  readonly isOutput?: boolean;
}

export interface LinkedFile {
  readonly path: string;
  readonly links: readonly string[];
}

export interface UnitPlan {
  /** What the unit is known by: a folder or a file, from the repository's root ("" is the root). */
  readonly root: string;
  readonly paths: readonly string[];
}

export interface Unit {
  readonly root: string;
  readonly files: readonly SourceFile[];
  /** Addresses of the resources that are asked for, where not all are: a language may spare the work for the others. */
  readonly only?: readonly string[];
}

/** For languages where each file stands alone. */
export function unitPerFile(files: readonly LinkedFile[]): readonly UnitPlan[] {
  return files.map(({ path }) => ({ root: path, paths: [path] }));
}
