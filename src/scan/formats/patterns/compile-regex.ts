/** Makes a program of a pattern: steps that are tried in the order that RE2 prefers. Refuses what would grow too large. */
import type { CharTest } from "./char-test.ts";
import { type Assertion, type Part, parseRegex, type RefusedPattern } from "./parse-regex.ts";

export type Step =
  | { readonly is: "char"; readonly test: CharTest }
  | { readonly is: "assert"; readonly kind: Assertion }
  | { readonly is: "save"; readonly slot: number }
  /** Goes on at the first; if that fails, at the second. */
  | { is: "split"; first: number; second: number }
  | { is: "jump"; to: number }
  | { readonly is: "match" };

export interface RegexProgram {
  readonly steps: readonly Step[];
  readonly groups: number;
  readonly names: ReadonlyMap<number, string>;
}

const mostSteps = 10_000;

export function compileRegex(pattern: string): RegexProgram | RefusedPattern {
  const parsed = parseRegex(pattern);
  if ("refused" in parsed) return parsed;
  const steps: Step[] = [];
  if (!emit(parsed.part, steps)) return { refused: "the pattern is too large" };
  steps.push({ is: "match" });
  return { steps, groups: parsed.groups, names: parsed.names };
}

/** False if the program has become too large. */
function emit(part: Part, steps: Step[]): boolean {
  if (steps.length > mostSteps) return false;
  if (part.is === "sequence") return part.parts.every((each) => emit(each, steps));
  if (part.is === "choice") return emitChoice(part.options, steps);
  if (part.is === "repeat") return emitRepeat(part, steps);
  if (part.is !== "group") {
    steps.push(part);
    return true;
  }
  steps.push({ is: "save", slot: part.number * 2 });
  const fits = emit(part.part, steps);
  steps.push({ is: "save", slot: part.number * 2 + 1 });
  return fits;
}

function emitChoice(options: readonly Part[], steps: Step[]): boolean {
  const jumps: { to: number }[] = [];
  for (const [position, option] of options.entries()) {
    const last = position === options.length - 1;
    const split = { is: "split" as const, first: steps.length + 1, second: 0 };
    if (!last) steps.push(split);
    if (!emit(option, steps)) return false;
    if (last) continue;
    const jump = { is: "jump" as const, to: 0 };
    jumps.push(jump);
    steps.push(jump);
    split.second = steps.length;
  }
  for (const jump of jumps) jump.to = steps.length;
  return true;
}

function emitRepeat({ part, least, most, greedy }: Part & { readonly is: "repeat" }, steps: Step[]): boolean {
  for (let count = 0; count < least; count++) if (!emit(part, steps)) return false;
  const branch = () => {
    const split = { is: "split" as const, first: 0, second: 0 };
    steps.push(split);
    return (inside: number, after: number) => {
      split.first = greedy ? inside : after;
      split.second = greedy ? after : inside;
    };
  };
  if (most === Number.POSITIVE_INFINITY) {
    const start = steps.length;
    const decide = branch();
    if (!emit(part, steps)) return false;
    steps.push({ is: "jump", to: start });
    decide(start + 1, steps.length);
    return true;
  }
  const open: ((after: number) => void)[] = [];
  for (let count = least; count < most; count++) {
    const decide = branch();
    const inside = steps.length;
    open.push((after) => decide(inside, after));
    if (!emit(part, steps)) return false;
  }
  for (const close of open) close(steps.length);
  return true;
}
