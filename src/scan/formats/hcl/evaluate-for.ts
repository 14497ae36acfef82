/** Evaluates `[for ...]` and `{for ...}`: tests and keys at once, values when they are looked at. */
import type { Node } from "../node.ts";
import { failure, following } from "./failure.ts";
import { limits, scalar, unknown } from "./functions/answer.ts";
import { toText } from "./functions/convert-scalar.ts";
import { type LazyMember, lazyBlock, lazyList } from "./lazy-node.ts";
import { boolOf } from "./operators.ts";
import { type Scope, withNames } from "./scope.ts";
import type { Expression, ForExpression } from "./syntax.ts";

type Evaluate = (expression: Expression, scope: Scope) => Node;

/** A loop reads what it goes through; a longer one is given up. */
const maxRounds = limits.items;

/** What one round sees; made when the round is looked at. */
export type Round = () => Scope;

/** The names of a loop, round by round; undefined if there are too many. */
export function rounds(
  collection: Node,
  { keyName, valueName }: Pick<ForExpression, "keyName" | "valueName">,
  scope: Scope,
): readonly Round[] | undefined {
  const pairs = pairsOf(collection);
  if (!pairs || pairs.length > Math.min(maxRounds, scope.run.steps)) return undefined;
  scope.run.steps -= pairs.length;
  return pairs.map(([key, value]) => () => {
    const names = new Map<string, Node>([[valueName, value()]]);
    if (keyName !== undefined) names.set(keyName, key());
    return withNames(scope, names);
  });
}

function pairsOf(collection: Node): readonly (readonly [key: () => Node, value: () => Node])[] | undefined {
  const { at } = collection;
  if (collection.is === "list") {
    return collection.items.map((item, position) => [() => scalar(position, at), () => item]);
  }
  if (collection.is !== "block") return undefined;
  return collection.keys().map((key) => {
    const member = collection.get(key);
    return [() => scalar(key, member?.key ?? at), () => member?.value ?? unknown(`\`${key}\` is missing`, [], at)];
  });
}

export function evaluateFor(expression: ForExpression, scope: Scope, evaluate: Evaluate): Node {
  const collection = evaluate(expression.collection, scope);
  if (collection.is === "unknown") return following(collection, expression);
  const all = rounds(collection, expression, scope);
  if (!all && collection.is === "scalar") return failure("only lists and objects can be looped over", expression);
  if (!all) return unknown(`the loop has more than ${maxRounds} rounds`, [], expression);
  let open = collection.is === "scalar" ? undefined : collection.open;
  const kept: Round[] = [];
  for (const round of all) {
    const test = expression.test ? evaluate(expression.test, round()) : undefined;
    const passes = test ? boolOf(test) : true;
    if (passes) kept.push(round);
    else if (passes === undefined) open ??= test?.is === "unknown" ? test.reason : "a test is neither true nor false";
  }
  if (expression.key) return objectOf(expression, expression.key, kept, open, evaluate);
  const makers = kept.map((round) => () => evaluate(expression.value, round()));
  return lazyList(expression, makers, open);
}

function objectOf(
  expression: ForExpression,
  key: Expression,
  kept: readonly Round[],
  isOpen: string | undefined,
  evaluate: Evaluate,
): Node {
  let open = isOpen;
  const groups = new Map<string, Round[]>();
  for (const round of kept) {
    const name = evaluate(key, round());
    const text = name.is === "scalar" ? toText(name.value) : undefined;
    if (text === undefined) open ??= name.is === "unknown" ? name.reason : "a key is no text";
    else if (expression.grouped && groups.has(text)) groups.get(text)?.push(round);
    else groups.set(text, [round]);
  }
  const members = new Map<string, LazyMember>();
  for (const [text, rounds] of groups) {
    const makers = rounds.map((round) => () => evaluate(expression.value, round()));
    const value = expression.grouped ? () => lazyList(expression.value, makers) : makers[0];
    if (value) members.set(text, { key, whole: expression, value });
  }
  return lazyBlock(expression, members, open === undefined ? {} : { open });
}
