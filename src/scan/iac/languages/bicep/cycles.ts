/**
 * Declarations that depend on themselves, which the language forbids. Values are computed when asked for, so nobody would
 * notice: an object in itself would have no end.
 */
import { innerExpressions } from "../../../formats/bicep/inner-expressions.ts";
import type { Expression, ResourceStatement, Statement } from "../../../formats/bicep/syntax.ts";
import type { Source } from "./template.ts";

type Declaration = object;

const found = new WeakMap<Source, ReadonlySet<Declaration>>();

/** True if the value of the statement is made of itself, directly or by way of others in the file. */
export function isCircular(statement: Declaration, source: Source): boolean {
  let circular = found.get(source);
  if (!circular) {
    circular = circularIn(graphOf(source));
    found.set(source, circular);
  }
  return circular.has(statement);
}

/** What remains when all that needs nothing, and all that nothing needs, is taken away again and again. */
function circularIn(graph: ReadonlyMap<Declaration, ReadonlySet<Declaration>>): ReadonlySet<Declaration> {
  const backwards = new Map<Declaration, Set<Declaration>>([...graph.keys()].map((node) => [node, new Set()]));
  for (const [node, needs] of graph) for (const need of needs) backwards.get(need)?.add(node);
  return peeled(peeled(new Set(graph.keys()), graph, backwards), backwards, graph);
}

type Edges = ReadonlyMap<Declaration, ReadonlySet<Declaration>>;

function peeled(nodes: ReadonlySet<Declaration>, edges: Edges, backwards: Edges): ReadonlySet<Declaration> {
  const left = new Set(nodes);
  const degrees = new Map(
    [...left].map((node) => [node, [...(edges.get(node) ?? [])].filter((to) => left.has(to)).length]),
  );
  const free = [...left].filter((node) => degrees.get(node) === 0);
  for (let node = free.pop(); node; node = free.pop()) {
    left.delete(node);
    for (const from of backwards.get(node) ?? []) {
      const degree = (degrees.get(from) ?? 0) - 1;
      degrees.set(from, degree);
      if (degree === 0) free.push(from);
    }
  }
  return left;
}

function graphOf({ statements, names }: Source): Map<Declaration, Set<Declaration>> {
  const graph = new Map<Declaration, Set<Declaration>>();
  const nested = new Map<string, { readonly resource: ResourceStatement; readonly outermost: Statement }[]>();
  const within = new Map<Declaration, Statement>();
  const add = (statement: Statement, outermost: Statement) => {
    graph.set(statement, new Set());
    within.set(statement, outermost);
    if (statement !== outermost && statement.is === "resource") {
      const alike = nested.get(statement.name.name) ?? [];
      nested.set(statement.name.name, [...alike, { resource: statement, outermost }]);
    }
    for (const inner of nestedIn(statement)) add(inner, outermost);
  };
  for (const statement of statements) add(statement, statement);
  for (const [statement, needs] of graph) {
    for (const name of namesOf(statement as Statement)) {
      const step = name.startsWith("::");
      // A variable may have the name of a function that it calls.
      const called = name.endsWith("()") ? names.get(name.slice(0, -2)) : undefined;
      const named = called?.is === "func" ? called : names.get(name);
      if (named && graph.has(named)) needs.add(named);
      // Without `a::` those of the same resource are meant.
      for (const { resource, outermost } of nested.get(step ? name.slice(2) : name) ?? [])
        if (step || within.get(statement) === outermost) needs.add(resource);
    }
  }
  return graph;
}

function namesOf(statement: Statement): ReadonlySet<string> {
  if (statement.is === "func") return namesIn(statement.body, statement.parameters);
  if (statement.is === "type" || statement.is === "output" || !("value" in statement) || !statement.value) {
    return new Set();
  }
  return namesIn(statement.value, []);
}

function nestedIn(statement: Statement): readonly ResourceStatement[] {
  return statement.is === "resource" ? bodyOf(statement.value) : [];
}

function bodyOf(value: Expression): readonly ResourceStatement[] {
  if (value.is === "loop" || value.is === "if") return bodyOf(value.body);
  return value.is === "object" ? value.resources : [];
}

/** Names of the file, those of functions with `()`, those after `a::` with `::`. Those of loops, lambdas and arguments hide others. */
function namesIn(whole: Expression, own: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  const left = [{ expression: whole, hidden: own }];
  // Without recursion: a sum of thousands of terms is as deep as it is long.
  for (let next = left.pop(); next; next = left.pop()) {
    const { expression, hidden } = next;
    if (expression.is === "name" && !hidden.includes(expression.name)) names.add(expression.name);
    if (expression.is === "call" && !expression.on) names.add(`${expression.name}()`);
    if (expression.is === "access" && expression.by === "::") names.add(`::${expression.name}`);
    const inside = [...hidden, ...localNames(expression)];
    for (const inner of innerExpressions(expression)) {
      const list = expression.is === "loop" && inner === expression.list;
      left.push({ expression: inner, hidden: list || inside.length === hidden.length ? hidden : inside });
    }
  }
  return names;
}

function localNames(expression: Expression): readonly string[] {
  if (expression.is === "lambda") return expression.parameters;
  return expression.is === "loop" ? [expression.item, expression.position ?? ""] : [];
}
