/** Computes expressions: calls of functions, members, lambdas. What a template itself declares is asked of the scope. */
import type { Node } from "../node.ts";
import type { Argument, Call, Lambda, TemplateScope } from "./call.ts";
import type { Expression } from "./expression.ts";
import { callTemplateFunction, within } from "./template-functions.ts";
import { isText, memberOf, once, scalarOf, unknownOf } from "./values.ts";

export interface ExpressionScope extends TemplateScope {
  /** What belongs to the template: parameters, variables, loops, its own functions. Undefined for all other names. */
  readonly own: (call: Call, scope: ExpressionScope) => Node | undefined;
  /** Variables of the lambdas around the expression, by name. */
  readonly lambdas: ReadonlyMap<string, Node>;
  /** Positions of the loops around the expression, by the loop's name in lower case; the innermost is last. */
  readonly loops: ReadonlyMap<string, Node>;
  /** Declarations whose values the expression is part of, the innermost first: none of them can be asked for in it. */
  readonly path?: Path | undefined;
}

export interface Path {
  readonly name: string;
  readonly outer: Path | undefined;
  readonly length: number;
}

export function evaluateExpression(expression: Expression, scope: ExpressionScope): Node {
  return within(scope, expression.at, () => evaluate(expression, scope));
}

function evaluate(expression: Expression, scope: ExpressionScope): Node {
  const { at } = expression;
  switch (expression.is) {
    case "literal":
      return scalarOf(at, expression.value);
    case "word":
      return unknownOf(at, `"${expression.word}" stands without quotes or brackets`, { text: expression.word });
    case "broken":
      return unknownOf(at, `the expression cannot be read: ${expression.reason}`);
    case "member": {
      const target = evaluateExpression(expression.target, scope);
      const found = memberOf(target, evaluateExpression(expression.key, scope), at);
      return found ?? (expression.lenient ? scalarOf(at, null) : unknownOf(at, "there is no such member"));
    }
    case "call":
      return called(expression, scope);
  }
}

function called(expression: Extract<Expression, { is: "call" }>, scope: ExpressionScope): Node {
  const { name, at } = expression;
  const args = expression.args.map((argument): Argument => {
    if (argument.is === "call" && argument.name.toLowerCase() === "lambda") return lambdaOf(argument, scope);
    return once(() => evaluateExpression(argument, scope));
  });
  if (name.toLowerCase() === "lambdavariables") {
    const [variable] = args;
    const word = typeof variable === "function" ? variable() : undefined;
    const bound = isText(word) ? scope.lambdas.get(word.value.toLowerCase()) : undefined;
    return bound ?? unknownOf(at, "there is no such lambda variable");
  }
  return scope.own({ name, args, at, scope }, scope) ?? callTemplateFunction(name, args, at, scope);
}

function lambdaOf({ args, at }: Extract<Expression, { is: "call" }>, scope: ExpressionScope): Lambda {
  const body = args.at(-1);
  const names = args.slice(0, -1).map((name) => (name.is === "literal" ? String(name.value).toLowerCase() : ""));
  return {
    is: "lambda",
    parameters: names.length,
    call: (values) => {
      if (!body) return unknownOf(at, "a lambda without a value");
      const lambdas = new Map(scope.lambdas);
      for (const [position, name] of names.entries()) {
        const value = values[position];
        if (value) lambdas.set(name, value);
      }
      return evaluateExpression(body, { ...scope, lambdas });
    },
  };
}
