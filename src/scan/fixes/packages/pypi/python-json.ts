/** Parts of a project in TOML as Python writes them in JSON: what tools for Python compute their hashes from. */
import { hash } from "node:crypto";
import { child, type Node } from "../../../formats/node.ts";
import { readToml } from "../../../formats/toml/read-toml.ts";
import { textAt } from "../../../packages/reading/node-fields.ts";

const deepest = 30;

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** Undefined if it is no sound TOML. */
export function tomlIn(text: string): Node | undefined {
  const { node, problems } = readToml({ path: "pyproject.toml", text });
  return problems.length > 0 ? undefined : node;
}

export function along(node: Node | undefined, ...way: readonly string[]): Node | undefined {
  return way.reduce<Node | undefined>((at, key) => child(at, key), node);
}

/** Undefined for what JSON of Python writes in a way of its own: floats, dates, large numbers. */
export function plainValue(node: Node, depth = 0): Value | undefined {
  if (depth > deepest) return undefined;
  if (node.is === "scalar") {
    const { value } = node;
    if (typeof value === "number") return /^[+-]?\d{1,15}$/.test(textAt(node.at)) ? value : undefined;
    // Dates are texts to the reader, and stand without quotes.
    return typeof value === "string" && !/^["']/.test(textAt(node.at)) ? undefined : value;
  }
  if (node.is === "list") {
    const items = node.items.map((item) => plainValue(item, depth + 1));
    return items.includes(undefined) ? undefined : (items as readonly Value[]);
  }
  if (node.is !== "block") return undefined;
  const members = node.keys().map((key) => {
    const member = node.get(key);
    return [key, member && plainValue(member.value, depth + 1)] as const;
  });
  return members.some(([, value]) => value === undefined) ? undefined : (Object.fromEntries(members) as Value);
}

/** `json.dumps(value, sort_keys=True)`, and with short separators where those are asked for. */
export function pythonJson(value: Value, [comma, colon]: readonly [string, string] = [", ", ": "]): string {
  if (typeof value === "string") return pythonText(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = (one: Value) => pythonJson(one, [comma, colon]);
  if (Array.isArray(value)) return `[${value.map(inner).join(comma)}]`;
  const members = Object.entries(value).toSorted(([one], [other]) => byCodePoints(one, other));
  return `{${members.map(([key, one]) => `${pythonText(key)}${colon}${inner(one)}`).join(comma)}}`;
}

function pythonText(text: string): string {
  return JSON.stringify(text)
    .replace(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replaceAll("\\u007f", "\u007f");
}

function byCodePoints(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

export function sha256(text: string): string {
  return hash("sha256", text);
}
