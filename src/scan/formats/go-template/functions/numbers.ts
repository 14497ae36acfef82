/** Sprig's arithmetic, in whole numbers and with fractions. */
import { argument, type FunctionTable, strictly, TemplateFailure } from "../template-function.ts";
import { plainText } from "../traced-text.ts";
import { float, int, type Value } from "../value.ts";
import { type Args, intArgument, numberOf, stringArgument } from "./arguments.ts";
import { numberRange } from "./ranges.ts";

function whole(args: Args): readonly number[] {
  argument(args, 0);
  return args.map((value) => Math.trunc(numberOf(value)));
}

function fold(args: Args, step: (a: number, b: number) => number): Value {
  return int(whole(args).reduce(step));
}

function foldFloat(args: Args, step: (a: number, b: number) => number): Value {
  argument(args, 0);
  const result = args.map(numberOf).reduce(step);
  // Decimal arithmetic, without the dust of binary fractions.
  return float(Number(result.toPrecision(16)));
}

function divisor(value: number): number {
  if (value === 0) throw new TemplateFailure("a division by zero");
  return value;
}

function rounded(args: Args): Value {
  const value = numberOf(argument(args, 0));
  const scale = 10 ** Math.min(Math.max(intArgument(args, 1), 0), 15);
  const limit = args[2] ? numberOf(args[2]) : 0.5;
  const scaled = Math.abs(value) * scale;
  const below = Math.floor(scaled);
  return float((Math.sign(value) * (scaled - below >= limit ? below + 1 : below)) / scale);
}

export const numberFunctions: FunctionTable = strictly({
  add: (args) => fold(args, (a, b) => a + b),
  add1: (args) => int(intArgument(args, 0) + 1),
  sub: (args) => fold(args, (a, b) => a - b),
  mul: (args) => fold(args, (a, b) => a * b),
  div: (args) => int(intArgument(args, 0) / divisor(intArgument(args, 1))),
  mod: (args) => int(intArgument(args, 0) % divisor(intArgument(args, 1))),
  max: (args) => fold(args, (a, b) => Math.max(a, b)),
  biggest: (args) => fold(args, (a, b) => Math.max(a, b)),
  min: (args) => fold(args, (a, b) => Math.min(a, b)),
  addf: (args) => foldFloat(args, (a, b) => a + b),
  add1f: (args) => float(numberOf(argument(args, 0)) + 1),
  subf: (args) => foldFloat(args, (a, b) => a - b),
  mulf: (args) => foldFloat(args, (a, b) => a * b),
  divf: (args) => foldFloat(args, (a, b) => a / divisor(b)),
  maxf: (args) => foldFloat(args, (a, b) => Math.max(a, b)),
  minf: (args) => foldFloat(args, (a, b) => Math.min(a, b)),
  ceil: (args) => float(Math.ceil(numberOf(argument(args, 0)))),
  floor: (args) => float(Math.floor(numberOf(argument(args, 0)))),
  round: rounded,
  int: (args) => ({ ...int(intArgument(args, 0)), from: fromOf(args) }),
  int64: (args) => ({ ...int(intArgument(args, 0)), from: fromOf(args) }),
  float64: (args) => ({ ...float(numberOf(argument(args, 0))), from: fromOf(args) }),
  atoi: (args) => int(/^[-+]?\d+$/.test(stringArgument(args, 0)) ? Number(stringArgument(args, 0)) : 0),
  toDecimal: (args) => int(Number.parseInt(stringArgument(args, 0), 8) || 0),
  until: (args, { room }) => numberRange(0, intArgument(args, 0), Math.sign(intArgument(args, 0)) || 1, room),
  untilStep: (args, { room }) => numberRange(intArgument(args, 0), intArgument(args, 1), intArgument(args, 2), room),
  seq: (args, { room }) => {
    const [first = 1, second, third] = whole(args);
    if (second === undefined) return sequence(1, first, first < 1 ? -1 : 1);
    if (third === undefined) return sequence(first, second, second < first ? -1 : 1);
    return sequence(first, third, second);
    function sequence(from: number, to: number, step: number) {
      const numbers = numberRange(from, to + Math.sign(step), step, room);
      return plainText(numbers.items.map((one) => (one.is === "number" ? one.value : "")).join(" "));
    }
  },
});

function fromOf([value]: Args) {
  if (!value) return undefined;
  return value.is === "text" ? value.marks[0]?.from : "from" in value ? value.from : undefined;
}
