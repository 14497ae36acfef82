/** Making and reading the values that template functions work on: `Node`s, with what cannot be known as a value. */
import { type Block, blockOf, type Member, type Node, type Scalar, type Unknown } from "../node.ts";
import type { Place } from "../text-file.ts";

/** Longer than any text, list or object that Azure itself would take in a template. */
export const longestText = 200_000;
export const longestList = 20_000;

export function scalarOf(at: Place, value: Scalar["value"]): Scalar {
  return { is: "scalar", at, value };
}

export function listOf(at: Place, items: readonly Node[], open?: string): Node {
  if (items.length > longestList) return unknownOf(at, `a list of more than ${longestList} items`);
  return open === undefined ? { is: "list", at, items } : { is: "list", at, items, open };
}

/** An object made by a function: its members stand where their values do. Keys are compared without case. */
export function objectOf(at: Place, entries: Iterable<readonly [string, Node]>, open?: string): Block {
  const members = new Map<string, Member>();
  for (const [key, value] of entries) members.set(key, { key: value.at, whole: value.at, value });
  return membersOf(at, members, open);
}

/** An object whose members are made when they are asked for. Keys are compared without case. */
export function lazyBlock(
  at: Place,
  plan: () => { readonly members: ReadonlyMap<string, () => Member>; readonly open?: string | undefined },
  more: Pick<Block, "maybe"> = {},
): Block {
  const planned = once(() => {
    const { members, open } = plan();
    return {
      open,
      names: [...members.keys()],
      folded: new Map([...members].map(([key, make]) => [key.toLowerCase(), once(make)])),
    };
  });
  return {
    is: "block",
    at,
    keys: () => planned().names,
    get: (key) => planned().folded.get(key.toLowerCase())?.(),
    get open() {
      return planned().open;
    },
    ...more,
  };
}

export function membersOf(at: Place, members: ReadonlyMap<string, Member>, open?: string): Block {
  return blockOf(at, members, { fold: true, ...(open !== undefined && { open }) });
}

/** Computes a value when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export function unknownOf(
  at: Place,
  reason: string,
  more: { refs?: readonly string[]; text?: string | undefined } = {},
): Unknown {
  const { refs = [], text } = more;
  return text === undefined ? { is: "unknown", at, reason, refs } : { is: "unknown", at, reason, refs, text };
}

/** A value that is written in one place and used in another: `at` is where it is used, `from` what decided it. */
export function usedAt(node: Node, at: Place): Node {
  if (node.at === at) return node;
  const decided = node.from ?? node.at;
  const inside = decided.file === at.file && decided.start >= at.start && decided.end <= at.end;
  const from = inside ? undefined : decided;
  if (node.is !== "list") return { ...node, at, from };
  return {
    is: "list",
    at,
    from,
    open: node.open,
    get items() {
      return node.items;
    },
  };
}

/** What a text with an unknown part looks like: the part that has no words for itself is `${...}`. */
export const namelessHole = "${...}";

/** True if the text names each of its unknown parts, so that two equal texts are equal values. */
export function isNamed(text: string): boolean {
  return !text.includes(namelessHole);
}

/** As part of a text: `concat('a', x)`. Undefined for what is no text at all (a list, an object). */
export function writtenOut(node: Node): string | undefined {
  if (node.is === "scalar") return wordOf(node.value);
  if (node.is === "unknown") return node.text ?? namelessHole;
  return jsonOf(node);
}

/** As an argument within a hole: `toLower(parameters('x'))`. Undefined where there are no words for it. */
export function spelled(node: Node): string | undefined {
  if (node.is === "scalar") return typeof node.value === "string" ? `'${node.value}'` : wordOf(node.value);
  if (node.is !== "unknown" || node.text === undefined || !isNamed(node.text)) return undefined;
  const hole = /^\$\{([^{}]*)\}$/.exec(node.text);
  return hole ? hole[1] : `'${node.text}'`;
}

/** The answer of a function one of whose arguments is unknown: depends on all that they depend on. */
export function unknownCall(name: string, args: readonly Node[], at: Place, reason?: string): Unknown {
  const unknowns = args.filter((arg) => arg.is === "unknown");
  const words = args.map(spelled);
  const text = words.includes(undefined) ? undefined : `\${${name}(${words.join(", ")})}`;
  return unknownOf(at, reason ?? unknowns[0]?.reason ?? `the result of ${name} is known only when it is deployed`, {
    refs: refsOf(unknowns),
    text: text !== undefined && text.length <= 500 ? text : undefined,
  });
}

export function refsOf(nodes: readonly Node[]): readonly string[] {
  return [...new Set(nodes.flatMap((node) => (node.is === "unknown" ? node.refs : [])))];
}

/** Text as Azure writes values into texts. */
function wordOf(value: Scalar["value"]): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return value === null ? "" : String(value);
}

/** Compact JSON; undefined if a part of it is unknown, or if it is too large. */
export function jsonOf(node: Node, depth = 0, effort = { left: longestText }): string | undefined {
  if (depth > 100 || effort.left-- <= 0) return undefined;
  if (node.is === "scalar") return JSON.stringify(node.value);
  if (node.is === "unknown" || node.open !== undefined) return undefined;
  const parts: string[] = [];
  let length = 0;
  for (const [key, value] of node.is === "list" ? node.items.entries() : entriesOf(node)) {
    const text = jsonOf(value, depth + 1, effort);
    if (text === undefined) return undefined;
    parts.push(typeof key === "number" ? text : `${JSON.stringify(key)}:${text}`);
    length += text.length;
    if (length > longestText) return undefined;
  }
  return node.is === "list" ? `[${parts.join(",")}]` : `{${parts.join(",")}}`;
}

export function entriesOf(block: Block): (readonly [string, Node])[] {
  const entries: (readonly [string, Node])[] = [];
  for (const key of block.keys()) {
    const value = block.get(key)?.value;
    if (value) entries.push([key, value]);
  }
  return entries;
}

/** Values as JSON has them, at one place: for results of functions that read text. */
export function nodeOf(at: Place, value: unknown, depth = 0): Node {
  if (depth > 100) return unknownOf(at, "nested too deeply");
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return scalarOf(at, value);
  }
  if (Array.isArray(value)) {
    return listOf(
      at,
      value.map((item) => nodeOf(at, item, depth + 1)),
    );
  }
  if (typeof value !== "object") return unknownOf(at, "no value");
  return objectOf(
    at,
    Object.entries(value).map(([key, item]) => [key, nodeOf(at, item, depth + 1)] as const),
  );
}

export function isText(node: Node | undefined): node is Scalar & { readonly value: string } {
  return node?.is === "scalar" && typeof node.value === "string";
}

export function isNumber(node: Node | undefined): node is Scalar & { readonly value: number } {
  return node?.is === "scalar" && typeof node.value === "number";
}

export function isNull(node: Node | undefined): boolean {
  return node?.is === "scalar" && node.value === null;
}

/** True, false, or undefined where it is neither or unknown. */
export function truthOf(node: Node | undefined): boolean | undefined {
  if (node?.is !== "scalar") return undefined;
  if (typeof node.value === "boolean") return node.value;
  const word = typeof node.value === "string" ? node.value.toLowerCase() : "";
  return word === "true" ? true : word === "false" ? false : undefined;
}

/** Equality of values; undefined where something that is unknown decides, or where it would take too long to tell. */
export function sameValue(a: Node, b: Node, effort = { left: 20_000 }): boolean | undefined {
  if (a.is === "unknown" || b.is === "unknown" || effort.left-- <= 0) return undefined;
  if (a.is === "scalar") return b.is === "scalar" && a.value === b.value;
  if (a.is === "list" && b.is === "list") {
    if (a.open !== undefined || b.open !== undefined) return undefined;
    if (a.items.length !== b.items.length) return false;
    return allSame(a.items, (position) => b.items[position], effort);
  }
  if (a.is !== "block" || b.is !== "block") return false;
  if (a.open !== undefined || b.open !== undefined) return undefined;
  const keys = a.keys();
  if (keys.length !== b.keys().length) return false;
  const values = keys.map((key) => a.get(key)?.value);
  return allSame(values, (position) => b.get(keys[position] ?? "")?.value, effort);
}

function allSame(
  values: readonly (Node | undefined)[],
  other: (position: number) => Node | undefined,
  effort: { left: number },
): boolean | undefined {
  let all: boolean | undefined = true;
  for (const [position, left] of values.entries()) {
    const right = other(position);
    const same = left && right ? sameValue(left, right, effort) : false;
    if (same === false) return false;
    if (same === undefined) all = undefined;
  }
  return all;
}

/** Member of an object or item of a list, as `.name` and `[...]` read them; undefined where there is none. */
export function memberOf(target: Node, key: Node, at: Place): Node | undefined {
  if (target.is === "unknown") {
    const inner = target.text === undefined ? undefined : /^\$\{([^{}]*)\}$/.exec(target.text)?.[1];
    const word = isText(key) ? `.${key.value}` : isNumber(key) ? `[${key.value}]` : undefined;
    const text = inner === undefined || word === undefined ? undefined : `\${${inner}${word}}`;
    return unknownOf(at, target.reason, { refs: target.refs, text });
  }
  if (key.is === "unknown") {
    const inside =
      target.is === "block" ? entriesOf(target).map(([, value]) => value) : target.is === "list" ? target.items : [];
    return unknownOf(at, key.reason, { refs: refsOf([key, ...inside]) });
  }
  if (target.is === "block" && isText(key)) {
    const member = target.get(key.value);
    if (member) return member.value;
    return target.open === undefined ? undefined : unknownOf(at, target.open);
  }
  if (target.is === "list" && isNumber(key)) {
    const item = target.items[key.value];
    return target.open === undefined ? item : unknownOf(at, target.open, { refs: refsOf(target.items) });
  }
  return undefined;
}
