/** How much one rendering may do. Templates can multiply work with a few letters; here it is counted and ends. */
import type { Place } from "../text-file.ts";
import { type Unknowns, unknownsOf } from "./value.ts";

export interface TemplateProblem {
  /** `failure`: something could not be worked out. `needed`: the author asks for a value. `overrun`: too much to do. */
  readonly is: "failure" | "needed" | "overrun";
  readonly message: string;
  readonly at: Place;
}

export interface Room {
  readonly unknowns: Unknowns;
  /** Problems so far, each once. */
  readonly problems: readonly TemplateProblem[];
  readonly report: (problem: TemplateProblem) => void;
  /** Counts work; throws when there was too much. */
  readonly spend: (steps: number) => void;
  /** Refuses a text that is too long before it is made. */
  readonly reserve: (length: number) => void;
  /** Gives the next template a share of its own, as long as all together are not too much. */
  readonly renew: () => void;
  /** Runs something one level deeper; throws when that is too deep. */
  readonly within: <Result>(run: () => Result) => Result;
}

export class TemplateOverrun extends Error {}

const mostSteps = 1_500_000;
const mostLetters = 100_000_000;
/** Shares that all templates together may use up. */
const mostShares = 4;
const longestText = 8_000_000;
const deepest = 400;
const mostProblems = 200;

export function roomOf(): Room {
  const problems = new Map<string, TemplateProblem>();
  let steps = 0;
  let letters = 0;
  let depth = 0;
  let shares = 0;
  return {
    unknowns: unknownsOf(),
    get problems() {
      return [...problems.values()];
    },
    report: (problem) => {
      const key = `${problem.at.file.path} ${problem.at.start} ${problem.message}`;
      if (problems.size < mostProblems && !problems.has(key)) problems.set(key, problem);
    },
    spend: (more) => {
      steps += more;
      if (!(steps <= mostSteps)) throw new TemplateOverrun("it takes too many steps");
    },
    reserve: (length) => {
      letters += length;
      if (length > longestText || letters > mostLetters) throw new TemplateOverrun("the text becomes too long");
    },
    renew: () => {
      shares += Math.max(steps / mostSteps, letters / mostLetters);
      steps = shares > mostShares ? mostSteps : 0;
      letters = shares > mostShares ? mostLetters : 0;
    },
    within: (run) => {
      if (++depth > deepest) {
        depth--;
        throw new TemplateOverrun("templates use each other too deeply, perhaps without end");
      }
      try {
        return run();
      } finally {
        depth--;
      }
    },
  };
}
