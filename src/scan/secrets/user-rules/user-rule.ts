import type { RegexProgram } from "../../formats/patterns/compile-regex.ts";
import type { SearchablePattern } from "../../formats/patterns/search-pattern.ts";
import type { SecretRule } from "../rule/secret-rule.ts";
import type { Allowlist } from "./allowlist.ts";

/** A file that holds rules, as it was read. */
export interface RuleFile {
  readonly path: string;
  readonly text: string;
}

/** A rule that somebody wrote for their own secrets: woken by words, found by a pattern. */
export interface UserRule {
  /** What people read, and how a candidate is judged. */
  readonly rule: SecretRule;
  /** The file that it stands in. */
  readonly file: string;
  /** In lower case; one of them must stand in the file. Empty: the pattern is tried on every file. */
  readonly keywords: readonly string[];
  readonly pattern: LazyPattern;
  /** The group that is the secret; undefined: the first that took part, or all if there are none. */
  readonly group: number | undefined;
  /** Bits per character that the secret must exceed. */
  readonly entropy: number;
  readonly looksAt: (path: string) => boolean;
  readonly allow: readonly Allowlist[];
}

/** A pattern that is made ready when it is first needed: most rules of a large set never wake. */
export interface LazyPattern {
  readonly program: RegexProgram;
  readonly ready: () => SearchablePattern;
}

/** Everything that rule files say. */
export interface UserRules {
  readonly rules: readonly UserRule[];
  /** Lists that speak about the findings of every rule, the built-in ones too. */
  readonly allow: readonly Allowlist[];
}
