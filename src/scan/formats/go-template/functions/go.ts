/** The functions that text/template brings along. */
import { printed, printValue } from "../print-value.ts";
import { argument, type FunctionTable, strictly, TemplateFailure } from "../template-function.ts";
import { changedText, joinedText, plainText, type Text } from "../traced-text.ts";
import { at, bool, byText, int, isTrue, isUnknown, nil, type Value } from "../value.ts";
import { type Args, numberOf, stringArgument, textArgument } from "./arguments.ts";
import { areEqual } from "./equal.ts";
import { formatPrint } from "./format-print.ts";

/** Blanks stand between arguments where neither is a text. */
function printAll(args: Args): Text {
  const parts: Text[] = [];
  args.forEach((value, position) => {
    const before = args[position - 1];
    if (before && before.is !== "text" && value.is !== "text") parts.push(plainText(" "));
    parts.push(printed(value));
  });
  return parts.length === 0 ? plainText("") : joinedText(parts);
}

function compare(args: Args): number {
  const a = argument(args, 0);
  const b = argument(args, 1);
  if (a.is === "text" && b.is === "text") return byText(a.text, b.text);
  if (a.is === "number" && b.is === "number") return a.value - b.value;
  if (a.is === "number" || b.is === "number") {
    const other = a.is === "number" ? b : a;
    if (other.is === "nil" || other.is === "text") return numberOf(a) - numberOf(b);
  }
  throw new TemplateFailure("these values cannot be compared");
}

function indexed(args: Args): Value {
  let value = argument(args, 0);
  for (const key of args.slice(1)) {
    if (isUnknown(value)) return value;
    if (value.is === "nil") return { is: "nil", why: value.why ?? "it is looked for in a value that is not set" };
    if (value.is === "dict") value = at(value, printValue(key)) ?? nil;
    else if (value.is === "list") {
      const item: Value | undefined = value.items[numberOf(key)];
      if (!item) throw new TemplateFailure(`there is no item ${printValue(key)}`);
      value = item;
    } else if (value.is === "text") value = int(value.text.charCodeAt(numberOf(key)) || 0);
    else if (value.is === "native" && value.entries) value = at(value.entries(), printValue(key)) ?? nil;
    else throw new TemplateFailure("this value has no items");
  }
  return value;
}

function lengthOf(value: Value): number {
  if (value.is === "text") return Buffer.byteLength(value.text);
  if (value.is === "list") return value.items.length;
  if (value.is === "dict") return value.entries.size;
  if (value.is === "native" && value.entries) return value.entries().entries.size;
  if (value.is === "nil") return 0;
  throw new TemplateFailure("this value has no length");
}

const html: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;", "'": "&#39;", '"': "&#34;" };

function escapeJs(text: string): string {
  return text.replace(/[\\'"<>&=\p{Cc}]/gu, (letter) => {
    if (`\\'"`.includes(letter)) return `\\${letter}`;
    return `\\u${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  });
}

/** As in Go, a blank becomes a plus. */
function escapeQuery(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

export const goFunctions: FunctionTable = {
  not: (args) => bool(!isTrue(argument(args, 0))),
  index: indexed,
  len: (args) => {
    const value = argument(args, 0);
    return isUnknown(value) ? value : int(lengthOf(value));
  },
  print: printAll,
  println: (args) =>
    joinedText([
      ...args.flatMap((value, n) => (n > 0 ? [plainText(" "), printed(value)] : [printed(value)])),
      plainText("\n"),
    ]),
  printf: (args) => formatPrint(textArgument(args, 0), args.slice(1)),
  html: (args) => escaped(args, (text) => text.replace(/[<>&'"]/g, (letter) => html[letter] ?? letter)),
  js: (args) => escaped(args, escapeJs),
  urlquery: (args) => escaped(args, escapeQuery),
  call: () => {
    throw new TemplateFailure("there are no values that could be called");
  },
  ...strictly({
    eq: (args) => {
      const first = argument(args, 0);
      argument(args, 1);
      return bool(args.slice(1).some((other) => areEqual(first, other)));
    },
    ne: (args) => bool(!areEqual(argument(args, 0), argument(args, 1))),
    lt: (args) => bool(compare(args) < 0),
    le: (args) => bool(compare(args) <= 0),
    gt: (args) => bool(compare(args) > 0),
    ge: (args) => bool(compare(args) >= 0),
  }),
};

function escaped(args: Args, change: (text: string) => string): Text {
  const text =
    args.length === 1 ? textArgument(args, 0) : plainText(args.map((_, n) => stringArgument(args, n)).join(""));
  return changedText(text, change(text.text));
}
