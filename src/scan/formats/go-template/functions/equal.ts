/** Are two values the same all the way down? The text that wrote them does not count. */
import type { Value } from "../value.ts";

const deepest = 100;

export function areEqual(a: Value, b: Value, depth = 0): boolean {
  if (a === b) return true;
  if (depth > deepest) return false;
  switch (a.is) {
    case "nil":
      return b.is === "nil";
    case "bool":
    case "number":
      return b.is === a.is && a.value === b.value;
    case "text":
      return b.is === "text" && a.text === b.text;
    case "list":
      return (
        b.is === "list" &&
        a.items.length === b.items.length &&
        a.items.every((item, position) => {
          const other = b.items[position];
          return other !== undefined && areEqual(item, other, depth + 1);
        })
      );
    case "dict":
      return (
        b.is === "dict" &&
        a.entries.size === b.entries.size &&
        [...a.entries].every(([key, { value }]) => {
          const other = b.entries.get(key)?.value;
          return other !== undefined && areEqual(value, other, depth + 1);
        })
      );
    case "native":
      return false;
  }
}
