/** The expressions that an expression is made of. Resources declared in the body of another are statements of their own. */
import type { Expression } from "./syntax.ts";

export function innerExpressions(expression: Expression): readonly Expression[] {
  switch (expression.is) {
    case "interpolation":
      return expression.parts.filter((part) => typeof part !== "string");
    case "array":
      return expression.items.map((item) => (item.is === "spread" ? item.of : item));
    case "object":
      return expression.members.flatMap((member) =>
        member.is === "spread" ? [member.of] : [member.key, member.value],
      );
    case "call":
      return expression.on ? [expression.on, ...expression.args] : expression.args;
    case "access":
    case "unary":
    case "modified":
      return [expression.of];
    case "element":
      return expression.key ? [expression.of, expression.key] : [expression.of];
    case "binary":
      return [expression.left, expression.right];
    case "ternary":
      return [expression.condition, expression.yes, expression.no];
    case "lambda":
      return [expression.body];
    case "loop":
      return [expression.list, expression.body];
    case "if":
      return [expression.condition, expression.body];
    case "union":
      return expression.options;
    case "literal":
    case "name":
    case "broken":
      return [];
  }
}
