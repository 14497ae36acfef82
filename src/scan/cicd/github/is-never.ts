/** Whether a condition is false at every one of some moments, as far as that is sure. */
import type { Node } from "../../formats/node.ts";
import { evaluate, isTrue, type Moment } from "./evaluate.ts";
import { conditionOf } from "./find-expressions.ts";

export function isNever(condition: Node | undefined, moments: readonly Moment[]): boolean {
  const [found] = conditionOf(condition);
  if (!found?.expression || condition?.is !== "scalar" || moments.length === 0) return false;
  // With text beside the braces it is a text, and always true.
  if (found.start > 0 || found.end < String(condition.value).length) return false;
  const { expression } = found;
  return moments.every((moment) => {
    const value = evaluate(expression, moment);
    return value !== undefined && !isTrue(value);
  });
}
