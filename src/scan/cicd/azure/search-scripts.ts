/** Looks through the commands of all scripts; rules that are a pattern need no more. */
import type { Severity } from "#model/severity.ts";
import type { Hit } from "../cicd-rule.ts";
import { type Rewriting, withLine } from "../edits/line-edits.ts";
import { commandLines } from "./commands.ts";
import { hitIn } from "./hits.ts";
import type { Pipeline, Script, Step } from "./pipeline.ts";

export interface Found {
  readonly start: number;
  readonly end: number;
  readonly why: string;
  readonly severity?: Severity | undefined;
  /** How the line could be written instead. */
  readonly rewriting?: Rewriting | undefined;
}

/** What is wrong in a line of commands; offsets count from its beginning. */
export type LineTest = (line: string, script: Script, step: Step) => Found | undefined;

export function searchScripts(pipeline: Pipeline, test: LineTest): readonly Hit[] {
  return pipeline.steps.flatMap((step) => searchStep(step, test));
}

export function searchStep(step: Step, test: LineTest): readonly Hit[] {
  return step.scripts.flatMap((script) =>
    commandLines(script).flatMap(({ text, start }): readonly Hit[] => {
      const found = test(text, script, step);
      if (!found) return [];
      const { why, severity, rewriting } = found;
      const hit = hitIn(script.node, start + found.start, start + found.end, { address: step.address, why, severity });
      return [rewriting ? { ...hit, edit: () => withLine(script, text, start, rewriting) } : hit];
    }),
  );
}

/** The first of some patterns that a line holds; each says why it is wrong. */
export function anyOf(patterns: readonly (readonly [RegExp, string])[], rewriting?: Rewriting): LineTest {
  return (line) => {
    for (const [pattern, why] of patterns) {
      const match = pattern.exec(line);
      if (match) return { start: match.index, end: match.index + match[0].length, why, rewriting };
    }
    return undefined;
  };
}

export function hasLine(step: Step, pattern: RegExp): boolean {
  return step.scripts.some((script) => commandLines(script).some(({ text }) => pattern.test(text)));
}
