/** Decides conditions in three values. What depends on a parameter or on the place of deployment is not decided. */
import { child, type Node } from "../../../formats/node.ts";
import { deeper, plainText, resolve, type Scope } from "./scope.ts";
import { argumentsOf } from "./template.ts";

/** Does the named condition hold? Undefined if nobody can know. */
export function decide(name: string, scope: Scope): boolean | undefined {
  const settled = scope.settled.get(name);
  if (settled !== undefined) return settled;
  if (scope.conditions.has(name)) return scope.conditions.get(name);
  const node = child(scope.template.section("Conditions"), name);
  if (!node) return undefined;
  scope.conditions.set(name, undefined);
  const result = deeper(scope, () => evaluate(node, { ...scope, withoutDefaults: true }), undefined);
  scope.conditions.set(name, result);
  return result;
}

function evaluate(node: Node, scope: Scope): boolean | undefined {
  const test = testIn(node);
  if (!test) return node.is === "scalar" && typeof node.value === "boolean" ? node.value : undefined;
  const { name, argument } = test;
  if (name === "Condition") return decide(plainText(argument) ?? "", scope);
  const operands = argumentsOf(argument);
  if (name === "Fn::Equals") return equal(operands, scope);
  const results = operands.map((operand) => deeper(scope, () => evaluate(operand, scope), undefined));
  if (name === "Fn::Not") return results[0] === undefined ? undefined : !results[0];
  const decisive = name === "Fn::Or";
  if (results.includes(decisive)) return decisive;
  return results.includes(undefined) ? undefined : !decisive;
}

function equal([left, right]: readonly Node[], scope: Scope): boolean | undefined {
  const a = plainText(left && resolve(left, scope));
  const b = plainText(right && resolve(right, scope));
  return a === undefined || b === undefined ? undefined : a === b;
}

interface Test {
  readonly name: "Condition" | "Fn::Equals" | "Fn::Not" | "Fn::And" | "Fn::Or";
  readonly argument: Node;
}

const names: readonly Test["name"][] = ["Condition", "Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or"];

function testIn(node: Node): Test | undefined {
  if (node.is !== "block") return undefined;
  const [key] = node.keys();
  const name = names.find((one) => one === key);
  const argument = name && node.get(name)?.value;
  return name && argument && { name, argument };
}

/** The scope of what stands under a condition, with all that follows from it: of `A and B` both hold. */
export function settle(name: string, holds: boolean, scope: Scope): Scope {
  const settled = new Map(scope.settled);
  note(name, holds, scope, settled);
  return { ...scope, settled, conditions: new Map() };
}

function note(name: string, holds: boolean, scope: Scope, settled: Map<string, boolean>): void {
  if (settled.has(name)) return;
  settled.set(name, holds);
  const node = child(scope.template.section("Conditions"), name);
  if (node) deeper(scope, () => noteAll(node, holds, scope, settled), undefined);
}

function noteAll(node: Node, holds: boolean, scope: Scope, settled: Map<string, boolean>): void {
  const test = testIn(node);
  if (!test || test.name === "Fn::Equals") return;
  if (test.name === "Condition") {
    note(plainText(test.argument) ?? "", holds, scope, settled);
    return;
  }
  if (test.name === "Fn::And" && !holds) return;
  if (test.name === "Fn::Or" && holds) return;
  const inner = test.name === "Fn::Not" ? !holds : holds;
  for (const operand of argumentsOf(test.argument)) {
    deeper(scope, () => noteAll(operand, inner, scope, settled), undefined);
  }
}
