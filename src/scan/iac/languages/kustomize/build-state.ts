/** What the steps of a build share: the files, and what is to be told. */

import type { Problem } from "#model/scan-result.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { problemAt } from "../../problem-at.ts";

export interface Build {
  readonly files: ReadonlyMap<string, TextFile>;
  readonly problems: Problem[];
  /** Folders that are being built, so that none builds itself. */
  readonly within: string[];
  /** Objects made so far: a base that is used twice doubles, and so may its users. */
  made: number;
}

export function noteProblem(build: Build, at: Place, code: string, message: string, isNotice = false): void {
  build.problems.push({ ...problemAt(at, code, message), ...(isNotice && { isNotice }) });
}
