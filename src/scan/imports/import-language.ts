/** A programming language whose source files say which packages they use. */
import type { Ecosystem } from "#model/ecosystem.ts";

export interface ImportLanguage {
  /** Stands before each name: `js:lodash`. */
  readonly name: "js" | "cs" | "py" | "java" | "go" | "ruby" | "php" | "rust";
  readonly ecosystems: readonly Ecosystem[];
  readonly endings: RegExp;
  /** A text without any of these imports nothing: it is not looked at further. */
  readonly words: readonly string[];
  /** What joins the parts of a name. A package is used if a name is its own or begins with it and this. */
  readonly separator: string;
  /** Names as written, in any order, some perhaps twice; relative ones are left out. Linear in the text. */
  importsIn(text: string): Iterable<string>;
}
