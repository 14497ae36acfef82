/** An expression of a workflow as a tree. Offsets count from the beginning of the text it was read from. */

export type Expression = Literal | Context | Index | Call | Not | Binary;

interface Written {
  readonly start: number;
  readonly end: number;
}

export interface Literal extends Written {
  readonly is: "literal";
  readonly value: string | number | boolean | null;
}

/** The name that a path begins with: `github`. */
export interface Context extends Written {
  readonly is: "context";
  readonly name: string;
}

/** `of.key`, `of['key']`, `of[expression]`, `of.*`. */
export interface Index extends Written {
  readonly is: "index";
  readonly of: Expression;
  readonly key: Expression | "*";
}

export interface Call extends Written {
  readonly is: "call";
  /** In lower case: names of functions know no case. */
  readonly name: string;
  readonly args: readonly Expression[];
}

export interface Not extends Written {
  readonly is: "not";
  readonly of: Expression;
}

export type Operator = "||" | "&&" | "==" | "!=" | "<" | "<=" | ">" | ">=";

export interface Binary extends Written {
  readonly is: "binary";
  readonly operator: Operator;
  readonly left: Expression;
  readonly right: Expression;
}

/**
 * The names of a path in lower case, as contexts know no case: `github.event.pull_request.title`; `*` stands for every
 * member, and for one whose number or name is computed. Undefined for what is no path into a context.
 */
export function pathOf(expression: Expression): readonly string[] | undefined {
  const names: string[] = [];
  let at = expression;
  while (at.is === "index") {
    const { key } = at;
    if (key === "*" || key.is !== "literal" || typeof key.value === "number") names.push("*");
    else names.push(String(key.value).toLowerCase());
    at = at.of;
  }
  if (at.is !== "context") return undefined;
  names.push(at.name.toLowerCase());
  return names.reverse();
}

/** The expression and every one in it, in the order of the text. */
export function* everyPart(expression: Expression): Generator<Expression> {
  const open = [expression];
  for (let at = open.pop(); at; at = open.pop()) {
    yield at;
    open.push(...partsOf(at).toReversed());
  }
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.is) {
    case "literal":
    case "context":
      return [];
    case "index":
      return expression.key === "*" ? [expression.of] : [expression.of, expression.key];
    case "call":
      return expression.args;
    case "not":
      return [expression.of];
    case "binary":
      return [expression.left, expression.right];
  }
}
