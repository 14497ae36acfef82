/** What an expression sees while it is evaluated: names, files of the unit, and how much work is left. */
import type { Node } from "../node.ts";
import type { TextFile } from "../text-file.ts";

export interface Scope {
  /** The value of a root name: `var`, `local`, `aws_s3_bucket`, the variable of a loop. */
  readonly find: (name: string) => Node | undefined;
  /** The item of the splat that is being read. */
  readonly item?: Node | undefined;
  readonly run: EvaluationRun;
}

/** Shared by all evaluations of a unit. */
export interface EvaluationRun {
  /** Expressions that may still be evaluated; hostile loops multiply. */
  steps: number;
  depth: number;
  /** A file of the unit by the path that Terraform would open; undefined if the unit does not hold it. */
  readonly open: (path: string) => TextFile | undefined;
}

export const maxSteps = 3_000_000;
export const maxDepth = 250;

export function newRun(open: EvaluationRun["open"] = () => undefined): EvaluationRun {
  return { steps: maxSteps, depth: 0, open };
}

export function withNames(scope: Scope, names: ReadonlyMap<string, Node>): Scope {
  return { ...scope, find: (name) => names.get(name) ?? scope.find(name) };
}
