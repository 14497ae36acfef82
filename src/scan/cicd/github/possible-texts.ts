/** The texts that a value with expressions may come to, as far as the file says so. */
import type { Scalar } from "../../formats/node.ts";
import { type Expression, pathOf } from "./expression.ts";
import { findExpressions, scalarsIn } from "./find-expressions.ts";
import { matrixOf, matrixValues } from "./matrix.ts";
import type { Job } from "./workflow.ts";

interface Possible {
  readonly texts: readonly string[];
  /** True if there may be others, which the file does not tell. */
  readonly isOpen: boolean;
}

const mostTexts = 1_000;

export function possibleTexts(node: Scalar, job: Job | undefined): Possible {
  const value = String(node.value).trim();
  const found = findExpressions({ ...node, value });
  const [only] = found;
  if (!only) return { texts: [value], isOpen: false };
  if (only.start > 0 || only.end < value.length) return { texts: [value], isOpen: false };
  return only.expression ? textsOf(only.expression, job) : { texts: [], isOpen: true };
}

function textsOf(expression: Expression, job: Job | undefined): Possible {
  if (expression.is === "literal") return { texts: [String(expression.value ?? "")], isOpen: false };
  if (expression.is === "binary" && expression.operator === "&&") return textsOf(expression.right, job);
  if (expression.is === "binary" && expression.operator === "||") {
    const [left, right] = [textsOf(expression.left, job), textsOf(expression.right, job)];
    return { texts: [...left.texts, ...right.texts], isOpen: left.isOpen || right.isOpen };
  }
  const [root, name] = pathOf(expression) ?? [];
  const matrix = matrixOf(job);
  if (root !== "matrix" || name === undefined || matrix?.is !== "block") return { texts: [], isOpen: true };
  const scalars = matrixValues(matrix, name).flatMap((value) => [...scalarsIn(value)]);
  const texts = scalars.slice(0, mostTexts).map(({ value }) => String(value ?? ""));
  return {
    texts: texts.filter((text) => !text.startsWith("${{")),
    isOpen: texts.some((text) => text.startsWith("${{")),
  };
}
