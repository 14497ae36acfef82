/** The states of a search, made when they are first reached; when there are too many, all are forgotten and made anew. */
import { type CharClasses, endOfText, isWordCode } from "./char-classes.ts";
import type { RegexProgram } from "./compile-regex.ts";
import { holdsBetween } from "./follow-steps.ts";
import type { SearchBudget } from "./search-pattern.ts";

export interface PatternState {
  /** Steps that wait for a letter, for what comes next (an assertion), or that end the match; sorted. */
  readonly waiting: readonly number[];
  /** The letter before, as far as assertions tell letters apart; -1 at the start of the text. */
  readonly before: number;
  /** Nothing has begun to match: what is found later begins here or later. */
  readonly isQuiet: boolean;
  /** By class of the next letter. */
  next: (PatternState | undefined)[];
}

export interface PatternStates {
  /** Where a match has ended. */
  readonly matched: PatternState;
  startAt(text: string, at: number): PatternState;
  after(state: PatternState, column: number, budget: SearchBudget): PatternState;
}

const mostStates = 3000;
const mostWaiting = 200_000;

export function patternStates(program: RegexProgram, classes: CharClasses): PatternStates {
  const matched: PatternState = { waiting: [], before: -1, isQuiet: false, next: [] };
  const start = reachedFrom(program, [0]);
  const startKey = start.join();
  const known = new Map<string, PatternState>();
  let waitingInAll = 0;

  const stateOf = (waiting: readonly number[], before: number): PatternState => {
    const steps = waiting.join();
    const key = `${before} ${steps}`;
    const found = known.get(key);
    if (found) return found;
    if (known.size >= mostStates || waitingInAll > mostWaiting) {
      for (const state of known.values()) state.next = [];
      known.clear();
      waitingInAll = 0;
    }
    const state: PatternState = { waiting, before, isQuiet: steps === startKey, next: [] };
    known.set(key, state);
    waitingInAll += waiting.length + 4;
    return state;
  };

  return {
    matched,
    startAt: (text, at) => stateOf(start, at === 0 ? -1 : kindOf(text.charCodeAt(at - 1))),
    after(state, column, budget) {
      const code = column === endOfText ? -1 : classes.sampleOf(column);
      const moved = movesOf(program, state, code);
      const next = moved.isMatch ? matched : stateOf(reachedFrom(program, [0, ...moved.steps]), kindOf(code));
      budget.left -= 100 + 15 * (moved.visits + next.waiting.length);
      state.next[column] = next;
      return next;
    },
  };
}

/** A letter that stands for all that assertions cannot tell from it. */
function kindOf(code: number): number {
  return code === -1 || code === 10 ? code : isWordCode(code) ? 97 : 32;
}

/** The steps behind those that take this letter; or that the match ends before it. */
function movesOf(program: RegexProgram, { waiting, before }: PatternState, code: number) {
  const steps: number[] = [];
  const stack = [...waiting];
  const seen = new Set(stack);
  let visits = 0;
  for (let position = stack.pop(); position !== undefined; position = stack.pop()) {
    visits++;
    const step = program.steps[position];
    if (step?.is === "match") return { isMatch: true, steps, visits };
    if (step?.is === "char" && code >= 0 && step.test(code)) steps.push(position + 1);
    if (step?.is !== "assert" || !holdsBetween(step.kind, before, code)) continue;
    for (const next of reachedFrom(program, [position + 1])) {
      if (seen.has(next)) continue;
      seen.add(next);
      stack.push(next);
    }
  }
  return { isMatch: false, steps, visits };
}

/** What is reached without a letter and without looking at one. */
function reachedFrom({ steps }: RegexProgram, from: readonly number[]): readonly number[] {
  const seen = new Set<number>();
  const waiting: number[] = [];
  const stack = [...from];
  for (let position = stack.pop(); position !== undefined; position = stack.pop()) {
    if (seen.has(position)) continue;
    seen.add(position);
    const step = steps[position];
    if (step?.is === "jump") stack.push(step.to);
    else if (step?.is === "split") stack.push(step.second, step.first);
    else if (step?.is === "save") stack.push(position + 1);
    else if (step !== undefined) waiting.push(position);
  }
  return waiting.sort((a, b) => a - b);
}
