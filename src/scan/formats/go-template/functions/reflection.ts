/** What Go calls the types of values. */
import { argument, type FunctionTable } from "../template-function.ts";
import { plainText } from "../traced-text.ts";
import { bool, type Value } from "../value.ts";
import { type Args, stringArgument } from "./arguments.ts";
import { areEqual } from "./equal.ts";

export function nameOfType(value: Value): string {
  switch (value.is) {
    case "nil":
      return "<nil>";
    case "list":
      return "[]interface {}";
    case "dict":
      return "map[string]interface {}";
    case "text":
      return "string";
    case "bool":
      return "bool";
    case "number":
      return value.float ? "float64" : "int";
    case "native":
      return "*engine.value";
  }
}

function kindOf(value: Value): string {
  switch (value.is) {
    case "nil":
      return "invalid";
    case "list":
      return "slice";
    case "dict":
      return "map";
    case "native":
      return value.entries ? "map" : "ptr";
    case "text":
    case "bool":
    case "number":
      return nameOfType(value);
  }
}

/** Whole numbers have several types in Go, which templates cannot tell apart here. */
function isNamed(name: string, target: string): boolean {
  return name === target || (name === "int" && target === "int64");
}

function isType(args: Args): boolean {
  return isNamed(nameOfType(argument(args, 1)), stringArgument(args, 0));
}

export const reflectionFunctions: FunctionTable = {
  typeOf: (args) => plainText(nameOfType(argument(args, 0))),
  kindOf: (args) => plainText(kindOf(argument(args, 0))),
  typeIs: (args) => bool(isType(args)),
  typeIsLike: (args) => bool(isType(args)),
  kindIs: (args) => bool(isNamed(kindOf(argument(args, 1)), stringArgument(args, 0))),
  deepEqual: (args) => bool(areEqual(argument(args, 0), argument(args, 1))),
};
