/**
 * Which parts of an expression may become text, and who decides them. Conditions, comparisons and what GitHub's functions
 * answer with true or false reach no text; `env`, `matrix` and `inputs` are followed to where they are written.
 */
import { child, type Node } from "../../formats/node.ts";
import { type Expression, everyPart, pathOf } from "./expression.ts";
import { findExpressions, scalarsIn } from "./find-expressions.ts";
import { matrixOf, matrixValues } from "./matrix.ts";
import { type Origin, originOf, worstOf } from "./origins.ts";
import type { GithubFile, Job, Step } from "./workflow.ts";

export interface Flow {
  readonly part: Expression;
  readonly origin: Origin;
  /** As people write it: `github.event.issue.title`. */
  readonly name: string;
}

/** Where an expression stands, as far as it decides what names mean. */
export interface FlowScope {
  readonly file: GithubFile;
  readonly job: Job | undefined;
  readonly step: Step | undefined;
}

/** Variables made of variables that are followed, and parts that are looked at for one text. */
const deepest = 5;
const mostParts = 5_000;

interface Walk {
  readonly scope: FlowScope;
  depth: number;
  parts: number;
}

const answersOnly = new Set("contains startswith endswith always success failure cancelled hashfiles".split(" "));

export function flowsOf(expression: Expression, scope: FlowScope): readonly Flow[] {
  return [...walkFlows(expression, { scope, depth: 0, parts: 0 })].filter(({ origin }) => origin !== "nobody");
}

function walkFlows(expression: Expression, walk: Walk): readonly Flow[] {
  if (walk.parts++ > mostParts) return [];
  switch (expression.is) {
    case "literal":
    case "not":
      return [];
    case "binary":
      if (expression.operator === "||")
        return [expression.left, expression.right].flatMap((one) => walkFlows(one, walk));
      return expression.operator === "&&" ? walkFlows(expression.right, walk) : [];
    case "call":
      return answersOnly.has(expression.name) ? [] : expression.args.flatMap((one) => walkFlows(one, walk));
    case "context":
    case "index":
      return [memberFlow(expression, walk)];
  }
}

function memberFlow(part: Expression, walk: Walk): Flow {
  const path = pathOf(part);
  if (path) return { part, origin: originOfPath(path, walk), name: path.join(".") };
  // A member of what a call answered: as trusted as what the call was given.
  const calls = [...everyPart(part)].filter((one) => one.is === "call");
  const inner = calls.flatMap((one) => walkFlows(one, walk));
  return { part, origin: worstOf(inner.map(({ origin }) => origin)), name: inner[0]?.name ?? "this value" };
}

function originOfPath(path: readonly string[], walk: Walk): Origin {
  const [root, ...rest] = path;
  if (root === "env") return originOfVariable(rest, walk);
  if (root === "matrix") return originOfMatrix(rest, walk);
  if (root === "inputs") return originOfInput(rest[0], walk.scope.file);
  if (path.length === 4 && path.slice(0, 3).join(".") === "github.event.inputs")
    return originOfInput(path[3], walk.scope.file);
  return originOf(path);
}

function originOfInput(name: string | undefined, file: GithubFile): Origin {
  const input = file.inputs.get(name ?? "");
  // An action's input that is not declared is empty, whatever a caller gives.
  if (!input) return file.is === "action" && name !== undefined ? "nobody" : "contributor";
  return input.type === "string" ? "contributor" : "nobody";
}

/** The nearest definition counts; one that is nowhere in the file may be set by an earlier step. */
function originOfVariable([name]: readonly string[], walk: Walk): Origin {
  if (name === undefined) return "unsure";
  const { step, job, file } = walk.scope;
  for (const body of [step?.body, job?.body, file.body]) {
    const env = child(body, "env");
    if (env?.is === "block") {
      const key = env.keys().find((one) => one.toLowerCase() === name);
      if (key !== undefined) return originOfNode(env.get(key)?.value, walk);
    } else if (env) return "unsure";
  }
  return "unsure";
}

function originOfMatrix([name, ...rest]: readonly string[], walk: Walk): Origin {
  const matrix = matrixOf(walk.scope.job);
  if (matrix?.is !== "block") return matrix ? worstOf(["unsure", originOfNode(matrix, walk)]) : "unsure";
  const values = name === undefined ? [matrix] : matrixValues(matrix, name).map((node) => memberAt(node, rest));
  return worstOf(values.map((node) => originOfNode(node, walk)));
}

function memberAt(node: Node, names: readonly string[]): Node {
  let at = node;
  for (const name of names) {
    if (at.is !== "block") return at;
    const key: string | undefined = at.keys().find((one) => one.toLowerCase() === name);
    const next: Node | undefined = key === undefined ? undefined : at.get(key)?.value;
    if (!next) return at;
    at = next;
  }
  return at;
}

function originOfNode(node: Node | undefined, walk: Walk): Origin {
  if (walk.depth >= deepest) return "unsure";
  walk.depth++;
  const origins: Origin[] = [];
  for (const scalar of scalarsIn(node)) {
    if (walk.parts++ > mostParts) break;
    for (const { expression } of findExpressions(scalar)) {
      if (!expression) origins.push("unsure");
      else origins.push(...walkFlows(expression, walk).map(({ origin }) => origin));
    }
  }
  walk.depth--;
  return worstOf(origins);
}
