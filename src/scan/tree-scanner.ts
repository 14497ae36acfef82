/**
 * Scanners of what several files say together: modules, charts, templates with their parameters. Each file is surveyed
 * (what it is and what it pulls in), the surveys divide the tree into units, and each unit is scanned alone. A survey is
 * stored under its blob and path, the result of a unit under the hash of its files: a push costs the units it touches.
 */
import type { Manifest } from "#model/package-manifest.ts";
import type { Evaluation } from "#model/scan-result.ts";
import type { ScannerName, ScanPart } from "#model/scanner-name.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { FileResult, ScanContext } from "./file-scanner.ts";

/** What a file is to a scanner, in plain data that can be stored: by language, the paths that it pulls in. Empty: nothing. */
export type Survey = Readonly<Record<string, readonly string[]>>;

export interface SurveyedFile {
  readonly path: string;
  readonly survey: Survey;
}

export interface TreeUnit {
  readonly language: string;
  /** A folder or a file, from the repository's root; unique within the language. */
  readonly root: string;
  readonly paths: readonly string[];
}

export interface TreeResult extends FileResult {
  /** Every policy on every resource; only if the context asks for them. */
  readonly evaluations: readonly Evaluation[];
  /** What the unit depends on; judged by what the world knows, which is no matter of the files. */
  readonly manifests?: readonly Manifest[];
}

export interface TreeScanner {
  readonly name: ScanPart;
  /** Changes whenever surveys or results may change. */
  readonly version: string;
  /** True if the scanner wants to survey such a path; cheap. */
  selects(path: string): boolean;
  survey(file: SourceFile): Survey;
  units(files: readonly SurveyedFile[]): readonly TreeUnit[];
  /** Bytes of the largest file that is read for the unit; `largestTreeFile` where the scanner does not say. */
  largestFile?(unit: TreeUnit): number;
  /** `files` are those of the unit that could be read. */
  scan(unit: TreeUnit, files: readonly SourceFile[], context: ScanContext): TreeResult;
}

/** Stands for a scanner until it is needed: what it costs to load, only those pay who have files for it. */
export interface TreeScannerDoor {
  readonly name: ScanPart;
  /** The scanners that need it, if not the one of its own name. */
  readonly serves?: readonly ScannerName[];
  /** False only if the scanner never selects such a path. */
  readonly mayTake: (path: string) => boolean;
  readonly load: () => Promise<TreeScanner>;
}

/** Larger files are data, or an attack: they are a Problem and not read. A lock file of 20,000 packages has 7 MB. */
export const largestTreeFile = 16 * 1024 * 1024;
