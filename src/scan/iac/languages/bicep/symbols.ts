/** Which resource or module call an expression names: `storage`, `storage[0]`, `server::database`. */
import { isNumber } from "../../../formats/azure-template/values.ts";
import type { Expression } from "../../../formats/bicep/syntax.ts";
import { type Evaluate, type Expansion, type Instance, localNamed, type Scope } from "./template.ts";

/** Nobody declares resources within each other as often: a longer `a::b::c` names nothing. */
const mostSteps = 50;

/** Undefined if it names none, or a whole loop of them. */
export function instanceAt(asked: Expression, scope: Scope, evaluate: Evaluate, step = 0): Instance | undefined {
  const expression = withoutMarks(asked);
  if (expression.is === "element") {
    const loop = expansionAt(expression.of, scope, evaluate, step);
    if (!loop?.loop || !expression.key || expression.fromEnd) return undefined;
    const key = evaluate(expression.key, scope);
    const known = isNumber(key) && loop.open === undefined ? loop.instances[key.value] : undefined;
    return known ?? loop.any();
  }
  const expansion = expansionAt(expression, scope, evaluate, step);
  return expansion && !expansion.loop ? expansion.any() : undefined;
}

/** `a` of `a!`. */
export function withoutMarks(expression: Expression): Expression {
  let inner = expression;
  while (inner.is === "modified") inner = inner.of;
  return inner;
}

export function expansionAt(asked: Expression, scope: Scope, evaluate: Evaluate, step = 0): Expansion | undefined {
  const expression = withoutMarks(asked);
  if (expression.is === "name") {
    if (localNamed(expression.name, scope)) return undefined;
    const named = scope.template.source.names.get(expression.name);
    if (named?.is === "resource" || named?.is === "module") return scope.template.expansionOf(named);
    return nestedNamed(expression.name, scope);
  }
  if (expression.is !== "access" || expression.by !== "::" || step >= mostSteps) return undefined;
  const parent = instanceAt(expression.of, scope, evaluate, step + 1);
  return parent && childNamed(parent, expression.name);
}

/** In the body of a resource the resources declared beside it and around it are known by their names. */
function nestedNamed(name: string, scope: Scope): Expansion | undefined {
  for (let around = scope.around; around; around = around.parent) {
    const found = childNamed(around, name);
    if (found) return found;
  }
  return undefined;
}

function childNamed(parent: Instance, name: string): Expansion | undefined {
  const child = parent.object?.resources.find((resource) => resource.name.name === name);
  return child && parent.scope.template.expansionOf(child, parent);
}
