/** `printf` of Go: verbs with flags, width and precision. Plain `%s` and `%v` keep the origin of their argument. */
import { printFloat, quoteGo, withExponent } from "../go-literals.ts";
import { integerText, printed, printValue } from "../print-value.ts";
import { joinedText, plainText, slicedText, type Text } from "../traced-text.ts";
import type { Value } from "../value.ts";
import { numberOf } from "./arguments.ts";
import { nameOfType } from "./reflection.ts";

const verbPattern = /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d*))?(.)/gsu;
/** A width beyond this is an attack on the memory. */
const widest = 10_000;

interface Verb {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
}

export function formatPrint(format: Text, args: readonly Value[]): Text {
  const parts: Text[] = [];
  let at = 0;
  let next = 0;
  const takeNumber = () => Math.trunc(numberOf(args[next++] ?? { is: "nil" }));
  for (const found of format.text.matchAll(verbPattern)) {
    parts.push(slicedText(format, at, found.index));
    at = found.index + found[0].length;
    const [, flags = "", width, precision, letter = ""] = found;
    if (letter === "%") {
      parts.push(plainText("%"));
      continue;
    }
    const verb: Verb = {
      flags,
      width: Math.min(width === "*" ? takeNumber() : Number(width ?? 0), widest),
      precision:
        precision === undefined ? undefined : precision === "*" ? takeNumber() : Math.min(Number(precision), 100),
      letter,
    };
    const argument = args[next++];
    parts.push(argument ? padded(verb, written(verb, argument)) : plainText(`%!${letter}(MISSING)`));
  }
  parts.push(slicedText(format, at, format.text.length));
  const extra = args.slice(next).map((value) => `${nameOfType(value)}=${printValue(value)}`);
  if (extra.length > 0) parts.push(plainText(`%!(EXTRA ${extra.join(", ")})`));
  return joinedText(parts.filter(({ text }) => text !== ""));
}

function padded({ flags, width }: Verb, text: Text): Text {
  const missing = width - Array.from(text.text).length;
  if (missing <= 0) return text;
  if (flags.includes("-")) return joinedText([text, plainText(" ".repeat(missing))]);
  const zero = flags.includes("0") && /^[-+]?[\d.]/.test(text.text);
  if (!zero) return joinedText([plainText(" ".repeat(missing)), text]);
  return plainText(text.text.replace(/^[-+]?/, (sign) => sign + "0".repeat(missing)));
}

function written(verb: Verb, value: Value): Text {
  const { letter, precision, flags } = verb;
  switch (letter) {
    case "v":
      return printed(value);
    case "s":
      return writtenText(verb, value);
    case "q":
      return value.is === "list" ? plainText(quotedList(value.items)) : plainText(quoteGo(printValue(value)));
    case "T":
      return plainText(nameOfType(value));
    case "t":
      return value.is === "bool" ? printed(value) : plainText(`%!t(${nameOfType(value)}=${printValue(value)})`);
    case "d":
      if (value.is !== "number" || value.float) return plainText(wrongVerb(letter, value));
      return value.value >= 0 && flags.includes("+") ? plainText(`+${integerText(value.value)}`) : printed(value);
    case "x":
    case "X":
      return plainText(hexadecimal(letter, value));
    case "c":
      return plainText(String.fromCodePoint(Math.min(Math.max(0, Math.trunc(numberOf(value))), 0x10ffff)));
    case "f":
    case "F":
    case "e":
    case "g":
    case "G":
      return plainText(decimal(letter, precision, value));
    default:
      return plainText(wrongVerb(letter, value));
  }
}

function writtenText({ precision, letter }: Verb, value: Value): Text {
  if (value.is === "nil") return plainText("%!s(<nil>)");
  if (value.is === "number" || value.is === "bool") return plainText(wrongVerb(letter, value));
  const text = printed(value);
  return precision === undefined
    ? text
    : slicedText(text, 0, Array.from(text.text).slice(0, precision).join("").length);
}

function wrongVerb(letter: string, value: Value): string {
  return value.is === "nil" ? `%!${letter}(<nil>)` : `%!${letter}(${nameOfType(value)}=${printValue(value)})`;
}

function quotedList(items: readonly Value[]): string {
  return `[${items.map((item) => quoteGo(printValue(item))).join(" ")}]`;
}

function hexadecimal(letter: string, value: Value): string {
  const text =
    value.is === "number" ? Math.trunc(value.value).toString(16) : Buffer.from(printValue(value)).toString("hex");
  return letter === "X" ? text.toUpperCase() : text;
}

function decimal(letter: string, precision: number | undefined, value: Value): string {
  if (value.is !== "number" || !value.float) return wrongVerb(letter, value);
  if (letter === "e") return withExponent(value.value.toExponential(precision ?? 6));
  if (letter.toLowerCase() === "f") return value.value.toFixed(precision ?? 6);
  return precision === undefined
    ? printFloat(value.value)
    : String(Number(value.value.toPrecision(Math.max(1, precision))));
}
