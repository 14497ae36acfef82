/**
 * The functions that ARM templates and Bicep share. Never throws: what does not fit, is not known, or costs too much is
 * an `Unknown` that says so. What belongs to a template (parameters, variables, loops) is its evaluator's.
 */
import type { Node } from "../node.ts";
import type { Place } from "../text-file.ts";
import { type Argument, type FunctionTable, type TemplateFunction, type TemplateScope, values } from "./call.ts";
import { arrayFunctions } from "./functions/array.ts";
import { cidrFunctions } from "./functions/cidr.ts";
import { dateFunctions } from "./functions/date.ts";
import { lambdaFunctions } from "./functions/lambda.ts";
import { logicalFunctions } from "./functions/logical.ts";
import { numericFunctions } from "./functions/numeric.ts";
import { objectFunctions } from "./functions/object.ts";
import { listing, resourceFunctions } from "./functions/resource.ts";
import { scopeFunctions } from "./functions/scope.ts";
import { stringFunctions } from "./functions/string.ts";
import { uriFunctions } from "./functions/uri.ts";
import { unknownCall, unknownOf } from "./values.ts";

const tables: readonly FunctionTable[] = [
  arrayFunctions,
  cidrFunctions,
  dateFunctions,
  lambdaFunctions,
  logicalFunctions,
  numericFunctions,
  objectFunctions,
  resourceFunctions,
  scopeFunctions,
  stringFunctions,
  uriFunctions,
];

const functions = new Map<string, TemplateFunction>(tables.flatMap((table) => Object.entries(table)));

/** How much a unit may compute in all, and how deep calls may lie in each other. */
const calls = 400_000;
const deepest = 250;

export function freshBudget(): TemplateScope["budget"] {
  return { left: calls, depth: 0, line: 0 };
}

/** Computes a call. Names are compared without case, as templates do. */
export function callTemplateFunction(name: string, args: readonly Argument[], at: Place, scope: TemplateScope): Node {
  return within(scope, at, () => {
    const called = functions.get(name.toLowerCase()) ?? (/^list\w*$/i.test(name) ? listing : undefined);
    const call = { name, args, at, scope };
    return called ? called(call) : unknownCall(name, values(call), at, `the function ${name} is not known`);
  });
}

/** Computes something that may lead to more of the same, within the bounds of the unit. */
export function within(scope: Pick<TemplateScope, "budget">, at: Place, compute: () => Node): Node {
  const { budget } = scope;
  if (budget.left-- <= 0) return unknownOf(at, "the template computes too much");
  if (budget.depth >= deepest) return unknownOf(at, "nested too deeply");
  budget.depth++;
  try {
    return compute();
  } finally {
    budget.depth--;
  }
}
