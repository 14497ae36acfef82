/** The operators of HCL over nodes, three-valued: an unknown side is passed over where the other decides alone. */
import type { Node, Unknown } from "../node.ts";
import type { Place } from "../text-file.ts";
import { failure, following } from "./failure.ts";
import { scalar } from "./functions/answer.ts";
import { same } from "./functions/compare-nodes.ts";
import { toBool, toNumber } from "./functions/convert-scalar.ts";
import type { BinaryOperator } from "./syntax.ts";

export function boolOf(node: Node): boolean | undefined {
  return node.is === "scalar" ? toBool(node.value) : undefined;
}

function numberOf(node: Node): number | undefined {
  return node.is === "scalar" ? toNumber(node.value) : undefined;
}

/** `right` is asked for only where `left` does not decide. */
export function applyBinary(operator: BinaryOperator, left: Node, right: () => Node, at: Place): Node {
  if (operator === "&&" || operator === "||") return logical(operator, left, right, at);
  const other = right();
  if (operator === "==" || operator === "!=") {
    const equal = same(left, other);
    if (equal === undefined) return unknownOf([left, other], at);
    return scalar(equal === (operator === "=="), at);
  }
  const a = numberOf(left);
  const b = numberOf(other);
  if (a === undefined || b === undefined) return unknownOf([left, other], at);
  const result = arithmetic(operator, a, b);
  if (typeof result === "number" && !Number.isFinite(result)) return failure("division by zero", at);
  return scalar(result, at);
}

function arithmetic(operator: Exclude<BinaryOperator, "&&" | "||" | "==" | "!=">, a: number, b: number) {
  switch (operator) {
    case "<":
      return a < b;
    case ">":
      return a > b;
    case "<=":
      return a <= b;
    case ">=":
      return a >= b;
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "%":
      return a % b;
  }
}

function logical(operator: "&&" | "||", left: Node, right: () => Node, at: Place): Node {
  const deciding = operator === "||";
  const a = boolOf(left);
  if (a === deciding) return scalar(deciding, at);
  const other = right();
  const b = boolOf(other);
  if (b === deciding) return scalar(deciding, at);
  if (a === undefined || b === undefined) return unknownOf([left, other], at);
  return scalar(!deciding, at);
}

export function applyUnary(operator: "-" | "!", of: Node, at: Place): Node {
  if (operator === "!") {
    const value = boolOf(of);
    return value === undefined ? unknownOf([of], at) : scalar(!value, at);
  }
  const value = numberOf(of);
  return value === undefined ? unknownOf([of], at) : scalar(-value, at);
}

function unknownOf(operands: readonly Node[], at: Place): Unknown {
  const cause = operands.find((operand) => operand.is === "unknown") as Unknown | undefined;
  if (cause) return following(cause, at, operands);
  const open = operands.find((operand) => (operand.is === "list" || operand.is === "block") && operand.open);
  if (open && "open" in open && open.open) return { is: "unknown", at, reason: open.open, refs: [] };
  return failure("an operator was given a value it cannot work on", at, operands);
}
