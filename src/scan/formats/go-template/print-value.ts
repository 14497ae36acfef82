/** Values as Go prints them. */
import { printFloat } from "./go-literals.ts";
import { plainText, type Text, textFrom } from "./traced-text.ts";
import { at, nil, sortedKeys, type Value } from "./value.ts";

const deepest = 60;

/** The text of a value, with its origin. */
export function printed(value: Value): Text {
  if (value.is === "text") return value;
  return "from" in value ? textFrom(printValue(value), value.from) : plainText(printValue(value));
}

export function printValue(value: Value, depth = 0): string {
  if (depth > deepest) return "...";
  switch (value.is) {
    case "nil":
      return "<nil>";
    case "bool":
      return String(value.value);
    case "number":
      return value.float ? printFloat(value.value) : integerText(value.value);
    case "text":
    case "native":
      return value.text;
    case "list":
      return `[${value.items.map((item) => printValue(item, depth + 1)).join(" ")}]`;
    case "dict":
      return `map[${sortedKeys(value)
        .map((key) => `${key}:${printValue(at(value, key) ?? nil, depth + 1)}`)
        .join(" ")}]`;
  }
}

export function integerText(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : String(BigInt(Math.trunc(value)));
}
