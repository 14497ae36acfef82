/** Conversions between types, and marks of values that a policy does not care about. */
import type { Node, Scalar } from "../../node.ts";
import { kindOf, list, unknown, usedAt } from "./answer.ts";
import { toBool, toNumber, toText } from "./convert-scalar.ts";
import { zipmap } from "./object.ts";
import { setOf } from "./set.ts";
import { type FunctionTable, structural, type TerraformFunction } from "./terraform-function.ts";

/** Null stays null whatever it is converted to. */
function converting(what: string, convert: (value: Scalar["value"]) => Scalar["value"] | undefined): TerraformFunction {
  return structural(1, 1, ([node], at) => {
    if (!node || node.is === "unknown") return node ? usedAt(node, at) : unknown("no value was given", [], at);
    if (node.is !== "scalar") return unknown(`the argument must be ${what}; ${kindOf(node)} was given`, [node], at);
    if (node.value === null) return usedAt(node, at);
    const value = convert(node.value);
    if (value === undefined) return unknown(`the argument is no text of ${what}`, [node], at);
    return { ...usedAt(node, at), value };
  });
}

const same: TerraformFunction = structural(1, 1, ([node], at) =>
  node ? usedAt(node, at) : unknown("no value was given", [], at),
);

function isNothing(node: Node): boolean {
  return node.is === "unknown" || (node.is === "scalar" && node.value === null);
}

export const typeConversionFunctions: FunctionTable = {
  ephemeralasnull: same,
  flip_sensitive: same,
  issensitive: structural(1, 1, (args, at) =>
    unknown("whether a value is marked as sensitive is not followed", args, at),
  ),
  nonsensitive: same,
  sensitive: same,
  tobool: converting("a bool", toBool),
  tolist: structural(1, 1, ([node], at) => {
    if (node && (isNothing(node) || node.is === "list")) return usedAt(node, at);
    return unknown(`the argument must be a list; ${node ? kindOf(node) : "nothing"} was given`, node ? [node] : [], at);
  }),
  tomap: structural(1, 1, ([node], at) => {
    if (node && (isNothing(node) || node.is === "block")) return usedAt(node, at);
    return unknown(
      `the argument must be an object; ${node ? kindOf(node) : "nothing"} was given`,
      node ? [node] : [],
      at,
    );
  }),
  tonumber: converting("a number", toNumber),
  toset: structural(1, 1, ([node], at) => {
    if (node?.is === "list") return { ...setOf(node.items, at, node.open), from: node.from ?? node.at };
    if (node && isNothing(node)) return usedAt(node, at);
    return unknown(`the argument must be a list; ${node ? kindOf(node) : "nothing"} was given`, node ? [node] : [], at);
  }),
  tostring: converting("a string", toText),
  // Removed from the language long ago; old modules still have them.
  list: structural(0, Number.POSITIVE_INFINITY, (args, at) => list(args, at)),
  map: structural(0, Number.POSITIVE_INFINITY, (args, at) => pairs(args, at)),
};

function pairs(args: readonly Node[], at: Node["at"]): Node {
  const keys = args.filter((_, position) => position % 2 === 0);
  const values = args.filter((_, position) => position % 2 === 1);
  return zipmap([list(keys, at), list(values, at)], at);
}
