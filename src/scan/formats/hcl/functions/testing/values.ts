/** For tests: nodes of plain values and plain values of nodes. */
import type { Node } from "../../../node.ts";
import type { Place, TextFile } from "../../../text-file.ts";
import { block, list, scalar } from "../answer.ts";
import { callFunction } from "../call-function.ts";

const file: TextFile = { path: "main.tf", text: "x = call()" };
export const place: Place = { file, start: 4, end: 10 };

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value } | Node;

function isNode(value: object): value is Node {
  return "is" in value && "at" in value;
}

export function node(value: Value): Node {
  if (value === null || typeof value !== "object") return scalar(value, place);
  if (isNode(value)) return value;
  if (Array.isArray(value)) {
    return list(
      value.map((item: Value) => node(item)),
      place,
    );
  }
  return block(
    Object.entries(value).map(([key, item]) => [key, node(item)] as const),
    place,
  );
}

export function unknownOf(ref: string, text?: string): Node {
  return {
    is: "unknown",
    at: place,
    reason: `${ref} is not known`,
    refs: [ref],
    ...(text === undefined ? {} : { text }),
  };
}

/** Unknown is `?`, with the text if there is one; `...` at the end of a list or as a key says that it is open. */
export function plainOf(value: Node): unknown {
  if (value.is === "scalar") return value.value;
  if (value.is === "unknown") return value.text === undefined ? "?" : `?${value.text}`;
  const more = value.open !== undefined;
  if (value.is === "list") return [...value.items.map(plainOf), ...(more ? ["..."] : [])];
  const members = value.keys().map((key) => [key, plainOf(value.get(key)?.value ?? scalar(null, place))] as const);
  return Object.fromEntries(more ? [...members, ["...", true]] : members);
}

export function call(name: string, ...args: readonly Value[]): Node {
  return callFunction(name, args.map(node), place);
}
