/**
 * Finds all matches of a pattern in a text of any length, in time of the pattern's size and the text's length: a table of
 * states made as it is needed tells where a match ends, and only there the steps are followed one by one for its groups.
 * The work is counted; a search that costs more than its budget has no answer.
 */
import { type CharClasses, charClasses, endOfText } from "./char-classes.ts";
import type { RegexProgram } from "./compile-regex.ts";
import { followSteps } from "./follow-steps.ts";
import { type PatternStates, patternStates } from "./pattern-states.ts";

/** Units of work, about 10 ns each. Shared by the searches of one file, and used up by them. */
export interface SearchBudget {
  left: number;
}

/** Start and end of the match, then of each group, in pairs; -1 where a group took no part. */
export type PatternMatch = Int32Array;

export interface SearchablePattern {
  readonly program: RegexProgram;
  readonly classes: CharClasses;
  readonly states: PatternStates;
}

export function searchable(program: RegexProgram): SearchablePattern {
  const classes = charClasses(program);
  return { program, classes, states: patternStates(program, classes) };
}

/** Hands over matches one after the other, as Go's `FindAll` gives them, while `take` wants more; false if the budget did not last. */
export function searchAll(
  pattern: SearchablePattern,
  text: string,
  budget: SearchBudget,
  take: (match: PatternMatch) => boolean,
): boolean {
  let from = 0;
  while (from <= text.length) {
    const start = earliest(pattern, text, from, budget);
    if (start === "spent") return false;
    if (start === "none") return true;
    const match = followSteps(pattern.program, text, start, budget);
    if (match === undefined) return false;
    const [begin = 0, end = 0] = match;
    if (end > begin && !take(match)) return true;
    from = end > begin ? end : end + 1;
  }
  return true;
}

export function foundIn(pattern: SearchablePattern, text: string, budget: SearchBudget): boolean {
  const start = earliest(pattern, text, 0, budget);
  return typeof start === "number";
}

/** A place from which the first match is to be looked for: it begins there or later, and there is one. */
function earliest(
  { classes, states }: SearchablePattern,
  text: string,
  from: number,
  budget: SearchBudget,
): number | "none" | "spent" {
  const ascii = classes.ofAscii;
  let state = states.startAt(text, from);
  let quiet = from;
  for (let at = from; at < text.length; ) {
    const code = text.charCodeAt(at);
    const width = code >= 0xd800 && code <= 0xdbff && (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    const column = code < 128 ? ascii[code]! : classes.of(width === 2 ? (text.codePointAt(at) ?? code) : code);
    if (state.isQuiet) quiet = at;
    let next = state.next[column];
    if (next === undefined) {
      next = states.after(state, column, budget);
      if (budget.left < 0) return "spent";
    }
    if (next === states.matched) {
      budget.left -= at - from;
      return quiet;
    }
    state = next;
    at += width;
  }
  budget.left -= text.length - from;
  if (state.isQuiet) quiet = text.length;
  if (states.after(state, endOfText, budget) === states.matched) return quiet;
  return budget.left < 0 ? "spent" : "none";
}
