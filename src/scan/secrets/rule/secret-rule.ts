import type { Rule } from "#model/rule.ts";
import type { Check } from "../checks/run-check.ts";
import type { KindOrFormat } from "../paths/path-facts.ts";
import type { ReaderName } from "../readers/readers.ts";
import type { AlphabetName } from "../text/alphabets.ts";

/** Literal bytes whose presence wakes the rule up. Without `foldCase` upper and lower case differ. */
export interface Anchor {
  readonly text: string;
  readonly foldCase?: boolean;
  /** Where the anchor stands inside the token; `back`: walk left through the first part's alphabet. Default 0. */
  readonly at?: number | "back";
  /** The text is an ordinary word, which counts only with what a key is called behind it: `front_token`, `front:`. */
  readonly joined?: boolean;
  /** One of these comes next, behind at most 42 blanks, tabs and line breaks if it is none of them itself. */
  readonly next?: string;
}

/** One piece of a token; pieces follow each other without gaps and are read greedily, never backwards. */
export type Part =
  | { readonly text: string; readonly foldCase?: boolean }
  | { readonly oneOf: readonly string[] }
  | { readonly alphabet: AlphabetName; readonly length: number | readonly [number, number] }
  /** All of them, or nothing. */
  | { readonly optional: readonly Part[] };

export type Shape =
  /**
   * The anchor is part of the token. `secret` names the parts (from, to inclusive) that are the value; default all. Without
   * anchors it is found as a run of its first part: cheaper than an anchor of one common character.
   */
  | { readonly is: "token"; readonly parts: readonly Part[]; readonly secret?: readonly [number, number] }
  /** The token stands near the anchor, at most so many bytes before its start and after its end. */
  | {
      readonly is: "near";
      readonly parts: readonly Part[];
      readonly before: number;
      readonly after: number;
      /** Demands upper case, lower case and digits, as random text of that length practically always has. */
      readonly mixed?: boolean;
      /** Digits that the value holds at least: names have few of them. */
      readonly digits?: number;
    }
  /** The anchor is a provider's word in a name, section or sentence; the token is the first value behind it (find-named.ts). */
  | {
      readonly is: "named";
      readonly parts: readonly Part[];
      /** The same lengths in other characters: services change their alphabets more often than their lengths. */
      readonly loose?: readonly Part[];
      /** Demands upper and lower case; a digit and a letter are always demanded. */
      readonly mixed?: boolean;
    }
  /** The anchor is (part of) a name, and the value is what the syntax around it assigns. */
  | { readonly is: "assigned"; readonly length: readonly [number, number] }
  /** A maximal run of exactly so many characters, found without any anchor; needs a check that cannot pass by chance. */
  | { readonly is: "run"; readonly alphabet: AlphabetName; readonly length: number }
  /** Any quoted literal that looks random (find-rare-literals.ts), where scores below the usual ones are asked for. */
  | { readonly is: "literal" }
  /** What a user's pattern matches (user-rules/find-user-candidates.ts): rules without anchors. */
  | { readonly is: "pattern" }
  /** The whole file, in binary (keystores/read-keystore.ts): rules without anchors. */
  | { readonly is: "file" }
  /** A small parser of one syntax (PEM, URL, connection string ...) takes over at the anchor. */
  | { readonly is: "reader"; readonly reader: ReaderName };

interface Context {
  /** Compared without regard to case. */
  readonly words: readonly string[];
  readonly before: number;
  readonly after: number;
  /** True: without one of the words there is no finding. Otherwise a word raises the score. */
  readonly required: boolean;
}

/** `latin1`: each character of the text is a byte of a binary file. */
export type Example = string | { readonly path: string; readonly text: string; readonly encoding?: "latin1" };

/** A secret rule: data that the engine compiles. Examples are built when asked for, so no token stands in the source. */
export interface SecretRule extends Rule {
  readonly provider: string;
  /** Rules of one family give one secret the same fingerprint; default is the id. */
  readonly family?: string;
  readonly anchors: readonly Anchor[];
  readonly shape: Shape;
  readonly context?: Context;
  readonly checks?: readonly Check[];
  /** 0 to 100 before checks, context and penalties; see score.ts. */
  readonly score: number;
  /** Shannon entropy, in bits per character, that a value without a valid checksum must reach. */
  readonly minimumEntropy?: number;
  /** Values hold no spaces and no placeholder words by default; `loose` rules judge that themselves. */
  readonly loose?: boolean;
  /** Where the rule looks: kinds of files by path (path-facts.ts); everywhere if absent. */
  readonly only?: readonly KindOrFormat[];
  /** True for rules without a provider's shape: they yield to any other rule on the same characters. */
  readonly generic?: boolean;
  readonly examples: {
    /** Each must be found exactly once, by this rule, whatever the seed. */
    readonly bad: (seed: string) => readonly Example[];
    /** None may be found, by any rule. */
    readonly good: (seed: string) => readonly Example[];
  };
}
