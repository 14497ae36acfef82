/** The JSON and YAML that Terraform writes for a value: keys in order, unknown parts as gaps. */
import type { Node } from "../../node.ts";
import { gap, limits } from "./answer.ts";
import { textOrder } from "./compare-nodes.ts";
import { toText } from "./convert-scalar.ts";

export interface EncodedText {
  readonly text: string;
  /** Why not all of it is known. */
  readonly unknown?: string;
  readonly refs: readonly string[];
}

/** What has no value is walked once, for the text and for what it depends on. */
interface Walk {
  left: number;
  unknown: string | undefined;
  readonly refs: Set<string>;
}

function encoded(node: Node, write: (node: Node, walk: Walk) => string): EncodedText {
  const walk: Walk = { left: limits.nodes, unknown: undefined, refs: new Set() };
  const text = write(node, walk);
  const long = text.length > limits.text ? `the text would be longer than ${limits.text} characters` : undefined;
  const reason = walk.unknown ?? long;
  const refs = [...walk.refs];
  return { text: long ? gap : text, refs, ...(reason === undefined ? {} : { unknown: reason }) };
}

/** The text of what is not known, or undefined if the node can be written. */
function gapFor(node: Node, depth: number, walk: Walk): string | undefined {
  if (--walk.left < 0 || depth > limits.depth) {
    walk.unknown ??= "the value is too large";
    return gap;
  }
  if ((node.is === "list" || node.is === "block") && node.open !== undefined) walk.unknown ??= node.open;
  if (node.is !== "unknown") return undefined;
  walk.unknown ??= node.reason;
  for (const ref of node.refs) walk.refs.add(ref);
  return node.text ?? gap;
}

export function jsonText(node: Node): EncodedText {
  return encoded(node, (root, walk) => writeJson(root, 0, walk));
}

function writeJson(node: Node, depth: number, walk: Walk): string {
  const missing = gapFor(node, depth, walk);
  if (missing !== undefined) return quoteJson(missing);
  if (node.is === "list") return `[${node.items.map((item) => writeJson(item, depth + 1, walk)).join(",")}]`;
  if (node.is === "block") {
    const members = sortedMembers(node).map(([key, value]) => `${quoteJson(key)}:${writeJson(value, depth + 1, walk)}`);
    return `{${members.join(",")}}`;
  }
  return node.is === "scalar" && typeof node.value === "string" ? quoteJson(node.value) : bare(node);
}

function bare(node: Node): string {
  return (node.is === "scalar" ? toText(node.value) : undefined) ?? "null";
}

/** As Go does it: also what HTML would take for its own. */
function quoteJson(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function sortedMembers(node: Node): readonly (readonly [string, Node])[] {
  if (node.is !== "block") return [];
  return node
    .keys()
    .toSorted(textOrder)
    .flatMap((key) => {
      const value = node.get(key)?.value;
      return value ? [[key, value] as const] : [];
    });
}

export function yamlText(node: Node): EncodedText {
  return encoded(node, (root, walk) => {
    const text = writeYaml(root, 0, 0, walk);
    const bareRoot = root.is === "scalar" && typeof root.value !== "string";
    return `${text.replace(/^\n/, "").replace(/\n$/, "")}\n${bareRoot ? "...\n" : ""}`;
  });
}

/** A list or object begins with a line break and ends with none. */
function writeYaml(node: Node, indent: number, depth: number, walk: Walk): string {
  const missing = gapFor(node, depth, walk);
  if (missing !== undefined) return JSON.stringify(missing);
  const margin = " ".repeat(indent);
  if (node.is === "list") {
    if (node.items.length === 0) return "[]";
    return node.items
      .map((item) => {
        const nested = item.is === "block" || item.is === "list" ? indent + 2 : indent;
        return `\n${margin}- ${writeYaml(item, nested, depth + 1, walk).trimStart()}`;
      })
      .join("");
  }
  if (node.is === "block") {
    const members = sortedMembers(node);
    if (members.length === 0) return "{}";
    return members
      .map(([key, value]) => `\n${margin}${JSON.stringify(key)}:${memberYaml(value, indent, depth, walk)}`)
      .join("");
  }
  if (node.is !== "scalar" || typeof node.value !== "string") return bare(node);
  // Blanks and breaks at the ends would need marks of their own; in quotes they say the same.
  const isPlain = node.value.includes("\n") && !/^[ \n]|\r|\n\n$|[^\P{C}\n\t]/u.test(node.value);
  return isPlain ? literalYaml(node.value, indent) : JSON.stringify(node.value);
}

/** Lists stand at the margin of their key, objects two further. */
function memberYaml(value: Node, indent: number, depth: number, walk: Walk): string {
  const text = writeYaml(value, value.is === "block" ? indent + 2 : indent, depth + 1, walk);
  return text.startsWith("\n") ? text : ` ${text}`;
}

function literalYaml(text: string, indent: number): string {
  const margin = " ".repeat(indent + 2);
  const lines = text.replace(/\n$/, "").split("\n");
  return `|${text.endsWith("\n") ? "" : "-"}\n${lines.map((line) => (line === "" ? "" : margin + line)).join("\n")}`;
}
