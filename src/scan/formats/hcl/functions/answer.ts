/** Builds the nodes that functions answer with. A value that came from an argument keeps the text that decided it. */
import { blockOf, type Member, type Node, type Scalar, type Unknown } from "../../node.ts";
import type { Place } from "../../text-file.ts";

/** What stands for an unknown part of a text that is known otherwise. */
export const gap = "$" + "{...}";

/** The longest text and list that a function makes: longer ones come from values that multiply themselves. */
export const limits = { text: 1_000_000, items: 20_000, depth: 256, nodes: 100_000 };

/** Why a call has no value: what was expected. */
export interface Refusal {
  readonly refused: string;
}

/** What a function over plain values gives back. */
export type Answer = string | number | boolean | null | Refusal | readonly Answer[] | ReadonlyMap<string, Answer>;

export function refuse(refused: string): Refusal {
  return { refused };
}

export function scalar(value: Scalar["value"], at: Place, from?: Place): Scalar {
  return from === undefined ? { is: "scalar", at, value } : { is: "scalar", at, from, value };
}

export function list(items: readonly Node[], at: Place, open?: string): Node {
  if (items.length > limits.items) return unknown(`the list would have more than ${limits.items} items`, items, at);
  return { is: "list", at, items, ...(open === undefined ? {} : { open }) };
}

/** A block whose members have no text of their own but the call's. */
export function block(entries: Iterable<readonly [string, Node]>, at: Place, open?: string): Node {
  const members = new Map<string, Member>();
  for (const [key, value] of entries) members.set(key, { key: value.at, whole: value.at, value });
  return blockOf(at, members, open === undefined ? {} : { open });
}

export function unknown(reason: string, about: readonly Node[], at: Place, text?: string): Unknown {
  return { is: "unknown", at, reason, refs: refsIn(about), ...(text === undefined ? {} : { text }) };
}

/** The same value, used here: `at` is the call, `from` the text that decided it. Items of a list stay unread. */
export function usedAt(node: Node, at: Place): Node {
  const from = node.from ?? node.at;
  if (node.is !== "list") return { ...node, at, from };
  const more = node.open === undefined ? {} : { open: node.open };
  return {
    is: "list",
    at,
    from,
    get items() {
      return node.items;
    },
    ...more,
  };
}

/** The addresses that values depend on, without resolving a block for it. */
export function refsIn(nodes: readonly Node[]): readonly string[] {
  const refs = new Set<string>();
  let left = 2000;
  const walk = (node: Node, depth: number): void => {
    if (--left < 0) return;
    if (node.is === "unknown") for (const ref of node.refs) refs.add(ref);
    if (node.is === "list" && depth < 6) for (const item of node.items) walk(item, depth + 1);
  };
  for (const node of nodes) walk(node, 0);
  return [...refs];
}

/** All that a call makes of its arguments comes from them, also what is inside of it. */
export function nodeOf(answer: Answer, at: Place, about: readonly Node[] = []): Node {
  return nodeFrom(answer, at, about.find(({ from }) => from !== undefined)?.from, about);
}

function nodeFrom(answer: Answer, at: Place, from: Place | undefined, about: readonly Node[] = []): Node {
  if (answer === null || typeof answer !== "object") {
    if (typeof answer === "string" && answer.length > limits.text) {
      return unknown(`the text would be longer than ${limits.text} characters`, about, at);
    }
    if (typeof answer === "number" && !Number.isFinite(answer)) return unknown("the number is infinite", about, at);
    return scalar(answer, at, from);
  }
  if ("refused" in answer) return unknown(answer.refused, about, at);
  if (answer instanceof Map) {
    const entries = [...(answer as ReadonlyMap<string, Answer>)];
    return block(
      entries.map(([key, value]) => [key, nodeFrom(value, at, from)] as const),
      at,
    );
  }
  return list(
    (answer as readonly Answer[]).map((item) => nodeFrom(item, at, from)),
    at,
  );
}

/** A value in words, for reasons. */
export function kindOf(node: Node): string {
  if (node.is === "list") return "a list";
  if (node.is === "block") return "an object";
  if (node.is === "unknown") return "something unknown";
  if (node.value === null) return "null";
  return { string: "a string", number: "a number", boolean: "a bool" }[typeof node.value as "string"];
}
