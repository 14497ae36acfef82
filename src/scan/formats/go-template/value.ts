/**
 * Values as templates see them: those of Go, with the places that decided them. What cannot be known is a text too, one
 * letter of Unicode's private area, so that it goes through printing, quoting and cutting unharmed and is found again.
 */
import type { Node } from "../node.ts";
import type { Place } from "../text-file.ts";
import { plainText, type Text } from "./traced-text.ts";

export type Value = Nil | Bool | Num | Text | ListValue | Dict | Native;

export interface Nil {
  readonly is: "nil";
  /** Set where a value was looked for in something that is not there: to be printed, it would be needed. */
  readonly why?: string | undefined;
}

export interface Bool {
  readonly is: "bool";
  readonly value: boolean;
  readonly from?: Place | undefined;
}

export interface Num {
  readonly is: "number";
  readonly value: number;
  /** Numbers of values files are floating-point ones, however they are written. */
  readonly float: boolean;
  readonly from?: Place | undefined;
}

export interface ListValue {
  readonly is: "list";
  readonly items: readonly Value[];
  readonly from?: Place | undefined;
}

/** The only value that changes: templates set and unset its entries. */
export interface Dict {
  readonly is: "dict";
  readonly entries: Map<string, Entry>;
  readonly from?: Place | undefined;
}

export interface Entry {
  readonly value: Value;
  /** Where the key is written. */
  readonly key?: Place | undefined;
}

/** Something of the program that renders: fields and methods, and a text to print. */
export interface Native {
  readonly is: "native";
  readonly text: string;
  readonly field: (name: string) => Value | undefined;
  /** Undefined if there is no such method. */
  readonly call: (name: string, args: readonly Value[]) => Value | undefined;
  /** What a loop goes over. */
  readonly entries?: (() => Dict) | undefined;
}

export const nil: Nil = { is: "nil" };

export function bool(value: boolean): Bool {
  return { is: "bool", value };
}

export function int(value: number): Num {
  return { is: "number", value: Number.isFinite(value) ? Math.trunc(value) : 0, float: false };
}

export function float(value: number): Num {
  return { is: "number", value, float: true };
}

export function list(items: readonly Value[], from?: Place): ListValue {
  return { is: "list", items, from };
}

export function dict(entries: Iterable<readonly [string, Value]>, from?: Place): Dict {
  return { is: "dict", entries: new Map([...entries].map(([key, value]) => [key, { value }])), from };
}

export function at(container: Dict, key: string): Value | undefined {
  return container.entries.get(key)?.value;
}

/** Go walks through maps in the order of their keys. */
export function sortedKeys({ entries }: Dict): readonly string[] {
  return [...entries.keys()].sort(byText);
}

export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** False for what Go calls empty: zero, false, nothing, and what has no content. */
export function isTrue(value: Value): boolean {
  switch (value.is) {
    case "nil":
      return false;
    case "bool":
      return value.value;
    case "number":
      return value.value !== 0;
    case "text":
      return value.text !== "";
    case "list":
      return value.items.length > 0;
    case "dict":
      return value.entries.size > 0;
    case "native":
      return value.entries === undefined || value.entries().entries.size > 0;
  }
}

/** The text that decided a value. */
export function originOf(value: Value): Place | undefined {
  if (value.is === "text") return value.marks[0]?.from;
  return "from" in value ? value.from : undefined;
}

/** A text whose unknown letters are its point; marked so that the compiler keeps it apart from other texts. */
export type UnknownText = Text & { readonly unknown?: never };

const firstUnknown = 0xe900;
const lastUnknown = 0xf8ff;
const unknownLetters = /[\ue900-\uf8ff]/;
const allUnknownLetters = /[\ue900-\uf8ff]/g;

/** Why values are not known: each reason has one letter. */
export interface Unknowns {
  readonly make: (reason: string) => Text;
  /** The reason behind the first such letter in a text. */
  readonly reasonIn: (text: string) => string | undefined;
}

export function unknownsOf(): Unknowns {
  const letters = new Map<string, string>();
  const reasons = new Map<string, string>();
  return {
    make: (reason) => {
      const letter = letters.get(reason) ?? String.fromCharCode(Math.min(firstUnknown + letters.size, lastUnknown));
      letters.set(reason, letter);
      if (!reasons.has(letter)) reasons.set(letter, reason);
      return plainText(letter);
    },
    reasonIn: (text) => {
      const found = unknownLetters.exec(text);
      return found ? reasons.get(found[0]) : undefined;
    },
  };
}

/** True of a text with an unknown part, too. */
export function isUnknown(value: Value | undefined): value is UnknownText {
  return value?.is === "text" && unknownLetters.test(value.text);
}

/** The text with its unknown parts as people know them. */
export function withGaps(text: string): string {
  return text.replace(allUnknownLetters, "$${...}");
}

const deepest = 200;

/** Values of a file; numbers are what JSON makes of them. */
export function valueOfNode(node: Node | undefined, unknowns: Unknowns, depth = 0): Value {
  if (node === undefined) return nil;
  const from = node.from ?? node.at;
  if (depth > deepest) return unknowns.make("it is nested too deep");
  if (node.is === "unknown") return unknowns.make(node.reason);
  if (node.is === "list") {
    return list(
      node.items.map((item) => valueOfNode(item, unknowns, depth + 1)),
      from,
    );
  }
  if (node.is === "block") {
    const entries = new Map<string, Entry>();
    for (const key of node.keys()) {
      const member = node.get(key);
      if (member) entries.set(key, { value: valueOfNode(member.value, unknowns, depth + 1), key: member.key });
    }
    return { is: "dict", entries, from };
  }
  const { value } = node;
  if (value === null) return nil;
  if (typeof value === "boolean") return { is: "bool", value, from };
  if (typeof value === "number") return { is: "number", value, float: true, from };
  return { is: "text", text: value, marks: [{ start: 0, end: value.length, from, exact: false }] };
}
