/** `format` and `formatlist`: the verbs of Terraform. An unknown value leaves a gap in the text. */
import type { Node } from "../../node.ts";
import type { Place } from "../../text-file.ts";
import { gap, kindOf, limits, list, nodeOf, unknown } from "./answer.ts";
import { toBool, toNumber, toText } from "./convert-scalar.ts";
import { graphemes } from "./graphemes.ts";
import { jsonText } from "./json-text.ts";
import { type FunctionTable, read, structural } from "./terraform-function.ts";

const any = Number.POSITIVE_INFINITY;

export const formatFunctions: FunctionTable = {
  format: structural(1, any, format),
  formatlist: structural(1, any, formatList),
};

interface Written {
  readonly text?: string;
  readonly unknown?: string;
  readonly wrong?: string;
}

const verbs = /%(?:\[(\d{1,3})\])?([-+ #0]*)(\d{1,4})?(?:\.(\d{0,3}))?(?:\[(\d{1,3})\])?([a-zA-Z%])|%/g;

function format(args: readonly Node[], at: Place): Node {
  const [pattern, ...values] = args;
  const reading = pattern && read("string", pattern);
  let missing = reading?.is === "unknown" ? reading.reason : undefined;
  const kept = pattern?.is === "unknown" ? pattern.text : undefined;
  const text = reading?.is === "value" ? reading.value : kept;
  if (reading?.is === "wrong") return unknown(`argument 1: ${reading.reason}`, args, at);
  if (text === undefined) return unknown(missing ?? "no format was given", args, at);
  let next = 0;
  let used = 0;
  let wrong: string | undefined;
  let length = 0;
  const written = text.replace(verbs, (whole, before, flags, width, precision, after, verb) => {
    if (verb === "%") return "%";
    if (verb === undefined) wrong ??= "a % has no verb";
    const position = before ?? after;
    const taken = position === undefined ? next : Number(position) - 1;
    next = taken + 1;
    used = Math.max(used, next);
    const value = values[taken];
    if (!value) {
      wrong ??= `there is no argument for ${whole}`;
      return whole;
    }
    const part = writeVerb(verb, value, flags ?? "", precision);
    missing ??= part.unknown;
    wrong ??= part.wrong && `${whole}: ${part.wrong}`;
    const padded =
      part.unknown === undefined ? pad(part.text ?? "", flags ?? "", Number(width ?? 0)) : (part.text ?? gap);
    length += padded.length;
    if (length > limits.text) wrong ??= "the text would be too long";
    return length > limits.text ? "" : padded;
  });
  if (used < values.length) wrong ??= `${values.length} values are given and ${used} used`;
  if (wrong !== undefined) return unknown(`the format does not fit: ${wrong}`, args, at);
  return missing === undefined ? nodeOf(written, at, args) : unknown(missing, args, at, written);
}

function pad(text: string, flags: string, width: number): string {
  const missing = Math.max(0, width - graphemes(text).length);
  if (flags.includes("-")) return text + " ".repeat(missing);
  if (!flags.includes("0")) return " ".repeat(missing) + text;
  const [, sign = "", digits = ""] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  return sign + digits.padStart(width - sign.length, "0");
}

function writeVerb(verb: string, node: Node, flags: string, precision: string | undefined): Written {
  if (node.is === "unknown") return { unknown: node.reason, text: node.text ?? gap };
  const cut = (text: string) => (precision === undefined ? text : graphemes(text).slice(0, Number(precision)).join(""));
  if (verb === "v") {
    if (node.is === "scalar" && !flags.includes("#")) return { text: toText(node.value) ?? "null" };
    const { text, unknown: reason } = jsonText(node);
    return reason === undefined ? { text } : { text, unknown: reason };
  }
  if (node.is !== "scalar") return { wrong: `${kindOf(node)} was given` };
  if (verb === "t") {
    const value = toBool(node.value);
    return value === undefined ? { wrong: `a bool was expected, ${kindOf(node)} was given` } : { text: String(value) };
  }
  if (verb === "s" || verb === "q") {
    const value = toText(node.value);
    if (value === undefined) return { wrong: "null was given" };
    return { text: verb === "s" ? cut(value) : JSON.stringify(cut(value)) };
  }
  const value = toNumber(node.value);
  if (value === undefined) return { wrong: `a number was expected, ${kindOf(node)} was given` };
  const digits = writeNumber(verb, value, precision === undefined ? undefined : Number(precision));
  if (digits === undefined) return { wrong: "the verb is not known" };
  return {
    text: value < 0 ? digits : flags.includes("+") ? `+${digits}` : flags.includes(" ") ? ` ${digits}` : digits,
  };
}

function writeNumber(verb: string, value: number, precision: number | undefined): string | undefined {
  const places = Math.min(precision ?? 6, 100);
  const power = (text: string) => text.replace(/e([+-])(\d)$/, "e$10$2");
  if (verb === "d") return toText(Math.trunc(value));
  if (verb === "b") return Math.trunc(value).toString(2);
  if (verb === "o") return Math.trunc(value).toString(8);
  if (verb === "x") return Math.trunc(value).toString(16);
  if (verb === "X") return Math.trunc(value).toString(16).toUpperCase();
  if (verb === "f" || verb === "F") return value.toFixed(places);
  if (verb === "e") return power(value.toExponential(places));
  if (verb === "E") return power(value.toExponential(places)).toUpperCase();
  if (verb !== "g" && verb !== "G") return undefined;
  const rounded = precision ? Number(value.toPrecision(precision)) : value;
  const isSmall = rounded !== 0 && Math.abs(rounded) < 1e-4;
  const shortest = isSmall ? power(rounded.toExponential()) : (toText(rounded) ?? "");
  return verb === "g" ? shortest : shortest.toUpperCase();
}

/** Lists are walked side by side; everything else stands in every text. */
function formatList(args: readonly Node[], at: Place): Node {
  const lists = args.filter((arg) => arg.is === "list");
  const open = args.find((arg, position) => position > 0 && arg.is === "unknown");
  const length = lists[0]?.items.length ?? 1;
  if (lists.some(({ items }) => items.length !== length)) return unknown("the lists differ in length", args, at);
  if (open?.is === "unknown" && lists.length === 0) return unknown(open.reason, args, at);
  const more = lists.find((each) => each.open !== undefined)?.open;
  if (more !== undefined && length === 0) return unknown(more, args, at);
  const items = Array.from({ length }, (_, position) =>
    format(
      args.map((arg) => (arg.is === "list" ? (arg.items[position] ?? arg) : arg)),
      at,
    ),
  );
  const wrong = items.find((each) => each.is === "unknown" && each.reason.startsWith("the format does not fit"));
  return wrong ?? list(items, at, more);
}
