/** What one expansion shares, and what holds at one place of it. */
import type { FormatProblem } from "../format-problem.ts";
import type { Place } from "../text-file.ts";
import type { Answer } from "./answer.ts";
import type { Includer, PipelineNode, SourceText } from "./source-node.ts";

/** A repository that the pipeline names, as far as files say it. */
export interface RepositoryResource {
  readonly alias: string;
  readonly type: string;
  readonly name: string;
  readonly ref: string | undefined;
  readonly endpoint: string | undefined;
  readonly at: Place;
}

/** The file, or why there is none. `repository` is undefined for that of the pipeline. */
export type OpenTemplate = (
  path: string,
  repository: RepositoryResource | undefined,
) => SourceText | { readonly missing: string };

export interface Unresolved {
  readonly at: Place;
  readonly template: string;
  readonly reason: string;
}

export interface Expansion {
  /**
   * `exact`: as Azure does it, with the defaults of parameters and nothing for what it does not know. `possible`: branches
   * that somebody may choose are kept, too, and say under which condition.
   */
  readonly mode: "exact" | "possible";
  readonly open: OpenTemplate;
  readonly problems: FormatProblem[];
  readonly unresolved: Unresolved[];
  /** Every name of a template that was called. */
  readonly called: PipelineNode[];
  readonly repositories: Map<string, RepositoryResource>;
  readonly files: Map<string, LoadedFile>;
  /** Text that expressions may still make, values that may still be made, templates that may still be pulled in. */
  readonly budget: { left: number; nodes: number; includes: number };
}

export interface LoadedFile {
  readonly file: SourceText;
  readonly root: PipelineNode | undefined;
}

/** Variables that are known when templates are put together, by their name in small letters. */
export type VariableScope = ReadonlyMap<string, Answer>;

export interface Context {
  readonly file: SourceText;
  readonly repository: RepositoryResource | undefined;
  readonly parameters: Answer;
  readonly variables: VariableScope;
  readonly locals: ReadonlyMap<string, Answer>;
  readonly includer: Includer | undefined;
}

export const limits = { text: 10_000_000, nodes: 200_000, includes: 2000, files: 100, nesting: 100 } as const;

/** Told once for a place and message, however often a loop comes by. */
export function tell(
  { problems }: Expansion,
  place: Place,
  message: string,
  code: FormatProblem["code"] = "syntax",
): void {
  if (problems.length >= 200) return;
  const isTold = problems.some(
    (one) => one.message === message && one.place.start === place.start && one.place.file === place.file,
  );
  if (!isTold) problems.push({ code, message, place });
}

/** False once the expansion has made all that it may make. */
export function affords(expansion: Expansion, place: Place): boolean {
  if (--expansion.budget.nodes > 0) return true;
  if (expansion.budget.nodes === 0)
    tell(expansion, place, `it expands to more than ${limits.nodes} values`, "too-large");
  return false;
}

export function withCondition<Node extends PipelineNode>(node: Node, when: string | undefined): Node {
  if (when === undefined) return node;
  return { ...node, when: node.when === undefined || node.when === when ? when : `${when} and ${node.when}` };
}
