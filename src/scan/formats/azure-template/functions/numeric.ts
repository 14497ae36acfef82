/** Template functions on whole numbers. */
import type { Node } from "../../node.ts";
import { type FunctionTable, strict, type TemplateFunction } from "../call.ts";
import { isNumber, isText, scalarOf } from "../values.ts";

export const numericFunctions: FunctionTable = {
  add: onTwo((a, b) => a + b),
  sub: onTwo((a, b) => a - b),
  mul: onTwo((a, b) => a * b),
  div: onTwo((a, b) => (b === 0 ? undefined : Math.trunc(a / b))),
  mod: onTwo((a, b) => (b === 0 ? undefined : a % b)),
  int: strict(([value], { at }) => {
    if (isNumber(value)) return scalarOf(at, Math.trunc(value.value));
    return isText(value) && /^\s*[+-]?\d{1,19}\s*$/.test(value.value) ? scalarOf(at, Number(value.value)) : undefined;
  }),
  float: strict(([value], { at }) => {
    const number = isNumber(value)
      ? value.value
      : isText(value) && value.value.trim()
        ? Number(value.value)
        : Number.NaN;
    return Number.isFinite(number) ? scalarOf(at, number) : undefined;
  }),
  min: strict((given, { at }) => furthest(given, at, (a, b) => a < b)),
  max: strict((given, { at }) => furthest(given, at, (a, b) => a > b)),
};

function onTwo(make: (a: number, b: number) => number | undefined): TemplateFunction {
  return strict(([a, b], { at }) => {
    const made = isNumber(a) && isNumber(b) ? make(a.value, b.value) : undefined;
    return made === undefined || !Number.isFinite(made) ? undefined : scalarOf(at, made);
  });
}

function furthest(given: readonly Node[], at: Node["at"], wins: (a: number, b: number) => boolean): Node | undefined {
  const [first] = given;
  if (first?.is === "list" && first.open !== undefined) return undefined;
  const numbers = first?.is === "list" ? first.items : given;
  let best: number | undefined;
  for (const number of numbers) {
    if (!isNumber(number)) return undefined;
    if (best === undefined || wins(number.value, best)) best = number.value;
  }
  return best === undefined ? undefined : scalarOf(at, best);
}
