/** Functions of numbers. */
import { limits, refuse } from "./answer.ts";
import { type FunctionTable, plain, plainRest } from "./terraform-function.ts";

export const numericFunctions: FunctionTable = {
  abs: plain(["number"], Math.abs),
  ceil: plain(["number"], (value) => Math.ceil(value) + 0),
  floor: plain(["number"], (value) => Math.floor(value) + 0),
  log: plain(["number", "number"], (value, root) => {
    const answer = Math.log(value) / Math.log(root);
    return Number.isFinite(answer) ? round(answer) : refuse("the logarithm is not a number");
  }),
  max: plainRest("number", 1, (values) => values.reduce((a, b) => Math.max(a, b))),
  min: plainRest("number", 1, (values) => values.reduce((a, b) => Math.min(a, b))),
  parseint: plain(["string", "whole"], parseWhole),
  pow: plain(["number", "number"], (value, power) => value ** power),
  signum: plain(["number"], Math.sign),
  sum: plain(["numbers"], (values) =>
    values.length === 0 ? refuse("the list must not be empty") : round(values.reduce((a, b) => a + b, 0)),
  ),
  range: plainRest("number", 1, range),
};

/** Terraform counts in decimals: 0.1 + 0.2 is 0.3. */
function round(value: number): number {
  const near = Number(value.toPrecision(15));
  return Math.abs(near - value) < Number.EPSILON * Math.abs(value) * 4 ? near : value;
}

const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

function parseWhole(text: string, root: number) {
  if (root < 2 || root > 62) return refuse("the base must be a whole number from 2 to 62");
  const [, sign = "", body = ""] = /^([+-]?)(.*)$/s.exec(root <= 36 ? text.toLowerCase() : text) ?? [];
  let value = 0;
  for (const letter of body) {
    const digit = digits.indexOf(letter);
    if (digit < 0 || digit >= root) return refuse(`the text is no whole number in base ${root}`);
    value = value * root + digit;
  }
  return body === "" ? refuse("the text is empty") : sign === "-" ? -value : value;
}

/** Terraform itself stops at 1024 items. */
function range(values: readonly number[]) {
  const [first = 0, second, third] = values;
  if (values.length > 3) return refuse("the arguments are at most start, limit and step");
  const [start, limit] = second === undefined ? [0, first] : [first, second];
  const step = third ?? (limit < start ? -1 : 1);
  if (step === 0) return refuse("the step must not be zero");
  if (step > 0 ? limit < start : limit > start) return refuse("the step leads away from the limit");
  const count = Math.ceil((limit - start) / step);
  if (count > Math.min(1024, limits.items)) return refuse("the list would have more than 1024 items");
  return Array.from({ length: count }, (_, position) => start + position * step);
}
