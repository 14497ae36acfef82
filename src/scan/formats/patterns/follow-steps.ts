/** Follows a pattern's steps letter by letter, all ways at once in the order that RE2 prefers, and remembers the groups. */
import { isWordCode } from "./char-classes.ts";
import type { RegexProgram } from "./compile-regex.ts";
import type { Assertion } from "./parse-regex.ts";
import type { PatternMatch, SearchBudget } from "./search-pattern.ts";

interface Way {
  readonly step: number;
  readonly slots: Int32Array;
}

interface Ways {
  readonly list: Way[];
  /** By step: the round in which it was reached. */
  readonly reached: Int32Array;
  round: number;
}

/** What is made anew costs, too: where a pattern may be empty, each letter of a file has a match. */
const perSearch = 40;
const perCell = 8;

/** The first match that begins at `from` or later; undefined if the budget did not last, or if there is none. */
export function followSteps(
  program: RegexProgram,
  text: string,
  from: number,
  budget: SearchBudget,
): PatternMatch | undefined {
  const { steps, groups } = program;
  budget.left -= perSearch + steps.length / perCell;
  let now: Ways = { list: [], reached: new Int32Array(steps.length), round: 0 };
  let later: Ways = { list: [], reached: new Int32Array(steps.length), round: 0 };
  let match: PatternMatch | undefined;
  now.round++;
  for (let at = from; at <= text.length; ) {
    if (match === undefined) {
      const slots = new Int32Array(groups * 2 + 2).fill(-1);
      budget.left -= slots.length / perCell;
      slots[0] = at;
      addWays(program, now, { step: 0, slots }, text, at, budget);
    }
    if (budget.left < 0 || now.list.length === 0) break;
    const code = text.codePointAt(at) ?? -1;
    const after = at + (code > 0xffff ? 2 : 1);
    later.list.length = 0;
    later.round++;
    for (const { step: position, slots } of now.list) {
      const step = steps[position];
      if (step?.is === "match") {
        match = Int32Array.from(slots);
        match[1] = at;
        // What was less preferred ends here.
        break;
      }
      if (step?.is === "char" && code >= 0 && step.test(code)) {
        addWays(program, later, { step: position + 1, slots }, text, after, budget);
      }
    }
    [now, later] = [later, now];
    at = after;
  }
  return budget.left < 0 ? undefined : match;
}

/** Adds all steps that are reached without a letter. */
// oxlint-disable-next-line max-params -- called for every letter: an object would be made each time
function addWays(program: RegexProgram, ways: Ways, first: Way, text: string, at: number, budget: SearchBudget): void {
  const stack: Way[] = [first];
  for (let way = stack.pop(); way !== undefined; way = stack.pop()) {
    const { step: position, slots } = way;
    if (ways.reached[position] === ways.round) continue;
    ways.reached[position] = ways.round;
    budget.left -= 8;
    const step = program.steps[position];
    if (step === undefined) continue;
    switch (step.is) {
      case "jump":
        stack.push({ step: step.to, slots });
        break;
      case "split":
        stack.push({ step: step.second, slots }, { step: step.first, slots });
        break;
      case "save": {
        budget.left -= slots.length / perCell;
        const changed = slots.slice();
        changed[step.slot] = at;
        stack.push({ step: position + 1, slots: changed });
        break;
      }
      case "assert":
        if (holdsAt(step.kind, text, at)) stack.push({ step: position + 1, slots });
        break;
      case "char":
      case "match":
        ways.list.push(way);
    }
  }
}

function holdsAt(kind: Assertion, text: string, at: number): boolean {
  const before = at > 0 ? text.charCodeAt(at - 1) : -1;
  const next = at < text.length ? text.charCodeAt(at) : -1;
  return holdsBetween(kind, before, next);
}

/** Whether an assertion holds between two letters; -1 stands for the start and the end of the text. */
export function holdsBetween(kind: Assertion, before: number, next: number): boolean {
  switch (kind) {
    case "textStart":
      return before === -1;
    case "textEnd":
      return next === -1;
    case "lineStart":
      return before === -1 || before === 10;
    case "lineEnd":
      return next === -1 || next === 10;
    case "word":
      return isWordCode(before) !== isWordCode(next);
    case "notWord":
      return isWordCode(before) === isWordCode(next);
  }
}
