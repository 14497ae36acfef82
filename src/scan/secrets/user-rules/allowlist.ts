/** What a rule file says is no secret: by path, by the value, the match or the line it stands in, or by a word in it. */

import type { Span } from "#model/span.ts";
import { foundIn, type SearchBudget } from "../../formats/patterns/search-pattern.ts";
import type { LazyPattern } from "./user-rule.ts";

export interface Allowlist {
  /** Why, in the words of its writer; may be empty. */
  readonly reason: string;
  /** Where it is written. */
  readonly at: Span;
  readonly paths: readonly ((path: string) => boolean)[];
  readonly patterns: readonly LazyPattern[];
  /** What the patterns look at. */
  readonly target: "secret" | "match" | "line";
  /** In lower case: a secret that holds one of them is none. */
  readonly words: readonly string[];
  /** True: each kind of condition that is given must hold; otherwise one is enough. */
  readonly every: boolean;
}

/** A place that may be a secret. */
export interface Sighting {
  readonly path: string;
  readonly secret: string;
  readonly match: string;
  readonly line: string;
}

export function isAllowed(list: Allowlist, sighting: Sighting, budget: SearchBudget): boolean {
  const { paths, patterns, words, target, every } = list;
  const secret = sighting.secret.toLowerCase();
  const answers = [
    ...(paths.length > 0 ? [() => paths.some((fits) => fits(sighting.path))] : []),
    ...(words.length > 0 ? [() => words.some((word) => secret.includes(word))] : []),
    ...(patterns.length > 0 ? [() => patterns.some((one) => foundIn(one.ready(), sighting[target], budget))] : []),
  ];
  if (answers.length === 0) return false;
  return every ? answers.every((holds) => holds()) : answers.some((holds) => holds());
}
