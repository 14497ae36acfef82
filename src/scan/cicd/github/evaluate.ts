/** What an expression comes to as far as that is sure at some moment: a value, or undefined where it is not known. */
import { type Expression, pathOf } from "./expression.ts";

type Value = string | number | boolean | null;

/** What is known at a moment: values by path, and how a text begins whose rest is open. */
export interface Moment {
  readonly values: Readonly<Record<string, Value>>;
  readonly beginnings: Readonly<Record<string, string>>;
}

/** A tag is pushed, or a release made of one: the two moments at which what people install is built. */
export const tagPushed: Moment = {
  values: { "github.event_name": "push", "github.ref_type": "tag" },
  beginnings: { "github.ref": "refs/tags/" },
};
export const released: Moment = {
  values: { "github.event_name": "release", "github.ref_type": "tag" },
  beginnings: { "github.ref": "refs/tags/" },
};

export function evaluate(expression: Expression, moment: Moment): Value | undefined {
  switch (expression.is) {
    case "literal":
      return expression.value;
    case "context":
    case "index": {
      const path = pathOf(expression)?.join(".");
      return path === undefined || !Object.hasOwn(moment.values, path) ? undefined : moment.values[path];
    }
    case "not": {
      const value = evaluate(expression.of, moment);
      return value === undefined ? undefined : !isTrue(value);
    }
    case "call":
      return evaluateCall(expression.name, expression.args, moment);
    case "binary":
      return evaluateBinary(expression, moment);
  }
}

/** As GitHub takes a value where it asks for true or false. */
export function isTrue(value: Value): boolean {
  return value !== false && value !== 0 && value !== "" && value !== null && !Number.isNaN(value);
}

function evaluateBinary(
  { operator, left, right }: Extract<Expression, { readonly is: "binary" }>,
  moment: Moment,
): Value | undefined {
  const first = evaluate(left, moment);
  if (operator === "&&" || operator === "||") {
    const second = evaluate(right, moment);
    const deciding = operator === "||";
    if (first !== undefined) return isTrue(first) === deciding ? first : second;
    // Whatever the first is, the second decides.
    return second !== undefined && isTrue(second) === deciding ? deciding : undefined;
  }
  const second = evaluate(right, moment);
  if (first === undefined || second === undefined) return undefined;
  if (operator === "==") return isSame(first, second);
  if (operator === "!=") return !isSame(first, second);
  const [a, b] = [Number(first), Number(second)];
  return operator === "<" ? a < b : operator === "<=" ? a <= b : operator === ">" ? a > b : a >= b;
}

function isSame(a: Value, b: Value): boolean {
  if (typeof a === "string" && typeof b === "string") return a.toLowerCase() === b.toLowerCase();
  return typeof a === typeof b ? a === b : Number(a) === Number(b);
}

function evaluateCall(name: string, args: readonly Expression[], moment: Moment): Value | undefined {
  const [text, part] = args;
  if (name === "startswith" && text && part) {
    const begin = evaluate(part, moment);
    const path = pathOf(text)?.join(".") ?? "";
    const known = Object.hasOwn(moment.beginnings, path) ? moment.beginnings[path] : undefined;
    if (typeof begin !== "string") return undefined;
    if (known !== undefined) return startsWith(known, begin);
    const whole = evaluate(text, moment);
    return whole === undefined ? undefined : String(whole).toLowerCase().startsWith(begin.toLowerCase());
  }
  return undefined;
}

/** Of a text of which only the beginning is known. */
function startsWith(known: string, begin: string): boolean | undefined {
  const [long, short] = [begin.toLowerCase(), known.toLowerCase()];
  if (short.startsWith(long)) return true;
  return long.startsWith(short) ? undefined : false;
}
