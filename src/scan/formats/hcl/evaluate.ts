/**
 * Turns an HCL expression into a node. Nothing is read that nobody asks for: members of objects and items of lists are
 * evaluated when they are looked at. It never throws and never runs out of stack; what it gives up on is Unknown.
 */
import type { Block, Node } from "../node.ts";
import type { Place } from "../text-file.ts";
import { callExpression } from "./evaluate-call.ts";
import { evaluateFor } from "./evaluate-for.ts";
import { evaluateTemplate } from "./evaluate-template.ts";
import { failure, following } from "./failure.ts";
import { refsIn, unknown } from "./functions/answer.ts";
import { same } from "./functions/compare-nodes.ts";
import { toNumber, toText } from "./functions/convert-scalar.ts";
import { type LazyMember, lazyBlock, lazyList, relocated } from "./lazy-node.ts";
import { applyBinary, applyUnary, boolOf } from "./operators.ts";
import { maxDepth, maxSteps, type Scope } from "./scope.ts";
import type { Expression } from "./syntax.ts";

type Of<Is extends Expression["is"]> = Extract<Expression, { is: Is }>;

export function evaluate(expression: Expression, scope: Scope): Node {
  if (expression.is === "literal") return { is: "scalar", at: expression, value: expression.value };
  return guarded(expression, scope, nodeFor);
}

/** Keeps hostile values from exhausting stack and time. */
function guarded<E extends Expression>(expression: E, scope: Scope, read: (expression: E, scope: Scope) => Node): Node {
  const { run } = scope;
  if (run.depth >= maxDepth) return unknown(`the value goes through more than ${maxDepth} steps`, [], expression);
  if (--run.steps < 0) return unknown(`given up after ${maxSteps} steps of evaluation`, [], expression);
  run.depth++;
  try {
    return read(expression, scope);
  } finally {
    run.depth--;
  }
}

function nodeFor(expression: Exclude<Expression, Of<"literal">>, scope: Scope): Node {
  switch (expression.is) {
    case "name":
    case "get":
    case "index":
      return relocated(step(expression, scope), expression);
    case "template":
      return evaluateTemplate(expression, scope, evaluate);
    case "list":
      return lazyList(
        expression,
        expression.items.map((item) => () => evaluate(item, scope)),
      );
    case "object":
      return object(expression, scope);
    case "call":
      return callExpression(expression, scope, evaluate);
    case "conditional":
      return conditional(expression, scope);
    case "binary":
      return applyBinary(
        expression.operator,
        evaluate(expression.left, scope),
        () => evaluate(expression.right, scope),
        expression,
      );
    case "unary":
      return applyUnary(expression.operator, evaluate(expression.of, scope), expression);
    case "for":
      return evaluateFor(expression, scope, evaluate);
    case "splat":
      return splat(expression, scope);
    case "item":
      return scope.item ?? failure("nothing to take an item of", expression);
  }
}

/** One step of `a.b[c].d`. The steps on the way are not told to stand here, as only the last one does. */
function step(expression: Of<"name"> | Of<"get"> | Of<"index">, scope: Scope): Node {
  if (expression.is === "name") {
    return scope.find(expression.name) ?? failure(`there is nothing named ${expression.name}`, expression);
  }
  const { of } = expression;
  const steps = of.is === "name" || of.is === "get" || of.is === "index";
  const node = steps ? guarded(of, scope, step) : evaluate(of, scope);
  if (expression.is === "get") return attributeOf(node, expression.name, expression);
  return itemOf(node, evaluate(expression.key, scope), expression);
}

/** `node.name`. */
function attributeOf(node: Node, attribute: string, at: Place): Node {
  if (node.is === "unknown") return following(node, at);
  if (node.is === "block") return memberOf(node, attribute, at);
  const [only] = node.is === "list" ? node.items : [];
  if (node.is === "list" && only && node.items.length === 1) return attributeOf(only, attribute, at);
  if (node.is === "list" && node.open !== undefined) return unknown(node.open, node.items, at);
  return failure(`a ${node.is === "list" ? "list" : "plain value"} has no attribute \`${attribute}\``, at);
}

function memberOf(block: Block, key: string, at: Place): Node {
  const member = block.get(key);
  if (member) return member.value;
  return block.open === undefined ? failure(`there is no \`${key}\` in it`, at) : unknown(block.open, [], at);
}

/** `node[key]`. */
function itemOf(node: Node, key: Node, at: Place): Node {
  if (node.is === "unknown") return following(node, at, [key]);
  if (key.is === "unknown") return following(key, at, [key, ...(node.is === "list" ? node.items : [])]);
  const value = key.is === "scalar" ? key.value : null;
  if (node.is === "block") {
    const text = toText(value);
    return text === undefined ? failure("a key must be a text", at) : memberOf(node, text, at);
  }
  if (node.is !== "list") return failure("a plain value has no items", at);
  const item = node.items[toNumber(value) ?? -1];
  if (item) return item;
  return node.open === undefined
    ? failure("there is no item at this position", at)
    : unknown(node.open, node.items, at);
}

function object(expression: Of<"object">, scope: Scope): Block {
  const members = new Map<string, LazyMember>();
  let open: string | undefined;
  for (const { file, start, end, key, value } of expression.entries) {
    const name = evaluate(key, scope);
    const text = name.is === "scalar" ? toText(name.value) : undefined;
    if (text === undefined) open ??= name.is === "unknown" ? name.reason : "a key is no text";
    else members.set(text, { key, whole: { file, start, end }, value: () => evaluate(value, scope) });
  }
  return lazyBlock(expression, members, open === undefined ? {} : { open });
}

/** An unknown test decides nothing unless both answers are the same. */
function conditional(expression: Of<"conditional">, scope: Scope): Node {
  const test = evaluate(expression.test, scope);
  const decided = boolOf(test);
  if (decided !== undefined) return relocated(evaluate(decided ? expression.yes : expression.no, scope), expression);
  if (test.is !== "unknown") return failure("a condition must be true or false", expression);
  const yes = evaluate(expression.yes, scope);
  const no = evaluate(expression.no, scope);
  if (yes.is === "scalar" && same(yes, no)) return relocated(yes, expression);
  return { ...following(test, expression), refs: refsIn([test, yes, no]) };
}

function splat(expression: Of<"splat">, scope: Scope): Node {
  const of = evaluate(expression.of, scope);
  if (of.is === "unknown") return following(of, expression);
  if (of.is === "scalar" && of.value === null) return lazyList(expression, []);
  const items = of.is === "list" ? of.items : [of];
  const makers = items.map((item) => () => evaluate(expression.each, { ...scope, item }));
  return lazyList(expression, makers, of.is === "list" ? of.open : undefined);
}
