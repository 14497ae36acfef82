/** What a reader of a format could not read. The reader keeps what it understood; the language above says what that means. */
import type { Place } from "./text-file.ts";

export interface FormatProblem {
  readonly code: "syntax" | "too-deep" | "too-large";
  /** What was expected or found, as the end of a sentence: "a colon is missing". */
  readonly message: string;
  readonly place: Place;
}

/** Levels of nesting that are read; no configuration written by people or generators comes near. */
export const deepestNesting = 256;
