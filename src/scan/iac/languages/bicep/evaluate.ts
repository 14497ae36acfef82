/** Computes expressions of Bicep to values. Never throws; depth and amount are bounded for the whole unit. */
import type { Argument } from "../../../formats/azure-template/call.ts";
import { concatenated } from "../../../formats/azure-template/concatenated.ts";
import { callTemplateFunction, within } from "../../../formats/azure-template/template-functions.ts";
import { isNull, isText, memberOf, scalarOf, unknownOf, usedAt } from "../../../formats/azure-template/values.ts";
import type { Access, Binary, Call, Element, Expression, Lambda } from "../../../formats/bicep/syntax.ts";
import type { Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { listValue, loopValue, objectValue } from "./literals.ts";
import { loadFile } from "./load-file.ts";
import { instanceAt, withoutMarks } from "./symbols.ts";
import { localNamed, placeOf, type Scope, type UserFunction, withLocal } from "./template.ts";

export function evaluate(expression: Expression, scope: Scope): Node {
  const at = placeOf(expression, scope);
  if (expression.is === "literal") return scalarOf(at, expression.value);
  return within(scope.template.scope, at, () => compute(expression, at, scope));
}

function compute(expression: Exclude<Expression, { is: "literal" }>, at: Place, scope: Scope): Node {
  switch (expression.is) {
    case "interpolation":
      return concatenated(
        expression.parts.map((part) => (typeof part === "string" ? scalarOf(at, part) : evaluate(part, scope))),
        at,
      );
    case "array":
      return listValue(expression, scope, evaluate);
    case "object":
      return objectValue(expression, scope, evaluate);
    case "name":
      return usedAt(localNamed(expression.name, scope) ?? scope.template.lookup(expression.name, at), at);
    case "call":
      return usedAt(callValue(expression, at, scope), at);
    case "access":
      return usedAt(accessValue(expression, at, scope), at);
    case "element":
      return usedAt(elementValue(expression, at, scope), at);
    case "unary":
      return unaryValue(expression.operator, expression.of, at, scope);
    case "binary":
      return binaryValue(expression, at, scope);
    case "ternary":
      return usedAt(called("if", [expression.condition, expression.yes, expression.no], at, scope), at);
    case "loop":
      return loopValue(expression, scope, evaluate);
    case "if":
      return evaluate(expression.body, scope);
    case "modified":
      return evaluate(expression.of, scope);
    case "lambda":
    case "union":
    case "broken":
      return unknownOf(at, "this is no value");
  }
}

function called(name: string, args: readonly Expression[], at: Place, scope: Scope): Node {
  const given = args.map((arg): Argument => (arg.is === "lambda" ? lambdaOf(arg, scope) : () => evaluate(arg, scope)));
  return callTemplateFunction(name, given, at, scope.template.scope);
}

function lambdaOf(lambda: Lambda, scope: Scope): Argument {
  return {
    is: "lambda",
    parameters: lambda.parameters.length,
    call: (values: readonly Node[]) => evaluate(lambda.body, withLocals(scope, lambda.parameters, values)),
  };
}

function withLocals(scope: Scope, names: readonly string[], values: readonly Node[]): Scope {
  let inner = scope;
  for (const [position, name] of names.entries()) {
    const value = values[position];
    if (value) inner = withLocal(inner, name, value);
  }
  return inner;
}

const operators: Readonly<Record<string, string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "%": "mod",
  "==": "equals",
  "!=": "equals",
  "=~": "equals",
  "!~": "equals",
  "<": "less",
  "<=": "lessOrEquals",
  ">": "greater",
  ">=": "greaterOrEquals",
  "&&": "and",
  "||": "or",
  "??": "coalesce",
};

function binaryValue({ operator, left, right }: Binary, at: Place, scope: Scope): Node {
  const name = operators[operator] ?? operator;
  const folds = operator.endsWith("~");
  const side = (part: Expression) => () => (folds ? called("toLower", [part], at, scope) : evaluate(part, scope));
  const result = callTemplateFunction(name, [side(left), side(right)], at, scope.template.scope);
  return usedAt(operator.startsWith("!") ? not(result, at, scope) : result, at);
}

function not(value: Node, at: Place, scope: Scope): Node {
  return callTemplateFunction("not", [() => value], at, scope.template.scope);
}

function unaryValue(operator: string, of: Expression, at: Place, scope: Scope): Node {
  if (operator === "+") return evaluate(of, scope);
  if (operator === "!") return not(evaluate(of, scope), at, scope);
  return callTemplateFunction("mul", [() => evaluate(of, scope), () => scalarOf(at, -1)], at, scope.template.scope);
}

/** `a.b`, `a.?b`, `a::b` */
function accessValue(access: Access, at: Place, scope: Scope): Node {
  const here = instanceAt(access, scope, evaluate);
  if (here) return here.value();
  const library = access.of.is === "name" && !localNamed(access.of.name, scope);
  const namespace = library && access.of.is === "name" ? scope.template.namespace(access.of.name) : undefined;
  if (namespace) return namespace.lookup(access.name, at);
  // `module.?outputs` of one that is not deployed.
  if (access.by === ".?" && instanceAt(access.of, scope, evaluate)?.off) return scalarOf(at, null);
  return memberValue(access, targetOf(access.of, scope), scalarOf(at, access.name), access.by === ".?", at);
}

function targetOf(of: Expression, scope: Scope): Node {
  return instanceAt(of, scope, evaluate)?.value() ?? evaluate(of, scope);
}

function elementValue(element: Element, at: Place, scope: Scope): Node {
  const here = instanceAt(element, scope, evaluate);
  if (here) return here.value();
  if (!element.key) return unknownOf(at, "this is no value");
  const target = targetOf(element.of, scope);
  const key = evaluate(element.key, scope);
  if (element.fromEnd) {
    const name = element.safe ? "tryIndexFromEnd" : "indexFromEnd";
    return callTemplateFunction(name, [() => target, () => key], at, scope.template.scope);
  }
  return memberValue(element, target, key, element.safe, at);
}

function memberValue(expression: Access | Element, target: Node, key: Node, safe: boolean, at: Place): Node {
  const found = memberOf(target, key, at);
  if (found) return found;
  if (safe || (isNull(target) && isSafe(expression.of))) return scalarOf(at, null);
  return unknownOf(at, isText(key) ? `there is no ${key.value} in the value` : "there is no such item in the value");
}

/** A step with a question mark ends the whole chain where it leads nowhere. */
function isSafe(of: Expression): boolean {
  if (of.is === "access") return of.by === ".?" || isSafe(of.of);
  if (of.is === "element") return of.safe || isSafe(of.of);
  return of.is === "modified" && isSafe(of.of);
}

/** Known only to the machine that deploys. */
const fromOutside: ReadonlySet<string> = new Set([
  "readenvironmentvariable",
  "readenvvar",
  "readcliarg",
  "externalinput",
]);

function callValue(call: Call, at: Place, scope: Scope): Node {
  if (call.on && !isNamespace(call.on, scope)) return methodValue(call, call.on, at, scope);
  const own = call.on ? undefined : scope.template.functionNamed(call.name);
  if (own) return userCall(own, call.args, scope);
  const name = call.name.toLowerCase();
  const [first] = call.args;
  if (name === "any" && first) return evaluate(first, scope);
  if (name === "nameof" && first) return scalarOf(at, nameOf(first));
  if (fromOutside.has(name)) return unknownOf(at, `${call.name} is known only where it is deployed`);
  if (name.startsWith("load")) {
    const given = call.args.map((arg) => evaluate(arg, scope));
    return loadFile(name, given, at, scope.template);
  }
  return called(call.name, call.args, at, scope);
}

/** `az.` and `sys.` hold the functions of the language. */
function isNamespace(on: Expression, scope: Scope): boolean {
  return on.is === "name" && (on.name === "az" || on.name === "sys") && !localNamed(on.name, scope);
}

/** `lib.f(x)` of an import; `vault.getSecret('x')` of a resource. */
function methodValue(call: Call, on: Expression, at: Place, scope: Scope): Node {
  const library = on.is === "name" ? scope.template.namespace(on.name) : undefined;
  const own = library?.functionNamed(call.name);
  if (own) return userCall(own, call.args, scope);
  const address = instanceAt(on, scope, evaluate)?.identity()?.address;
  return unknownOf(at, `${call.name} is known only when it is deployed`, {
    refs: address === undefined ? [] : [address],
  });
}

function userCall({ statement, template }: UserFunction, args: readonly Expression[], scope: Scope): Node {
  const given = args.map((arg) => evaluate(arg, scope));
  const missing = statement.parameters.slice(given.length).map(() => scalarOf(placeOf(statement, { template }), null));
  return evaluate(statement.body, withLocals({ template }, statement.parameters, [...given, ...missing]));
}

/** `nameof(a.b)` is `b`, and so is `nameof(a['b'])`. */
function nameOf(asked: Expression): string {
  const expression = withoutMarks(asked);
  if (expression.is === "element") return expression.key?.is === "literal" ? String(expression.key.value) : "";
  return expression.is === "name" || expression.is === "access" ? expression.name : "";
}
