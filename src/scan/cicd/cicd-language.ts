/** One kind of pipeline files: how they are known, which belong together, and what is said about them. */
import type { Rule } from "#model/rule.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { ScanContext } from "../file-scanner.ts";
import type { TreeResult } from "../tree-scanner.ts";

export interface LinkedFile {
  readonly path: string;
  readonly links: readonly string[];
}

export interface CicdLanguage {
  readonly name: string;
  readonly rules: readonly Rule[];
  /** By the path alone; cheap. */
  readonly selects: (path: string) => boolean;
  readonly recognizes: (file: SourceFile) => boolean;
  /** What the file pulls in, and marks for `units`; plain texts. */
  readonly links: (file: SourceFile) => readonly string[];
  readonly units: (
    files: readonly LinkedFile[],
  ) => readonly { readonly root: string; readonly paths: readonly string[] }[];
  readonly scan: (root: string, files: readonly SourceFile[], context: ScanContext) => TreeResult;
}
