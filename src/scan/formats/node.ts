/**
 * The one tree that every configuration format is read into: values with the text that wrote them. What cannot be known
 * without running anything is a value too, `Unknown`, and says why.
 */
import type { Place } from "./text-file.ts";

export type Node = Scalar | List | Block | Unknown;

interface Written {
  /** The text that stands for this value where it is used: the expression, the quoted string, the whole block. */
  readonly at: Place;
  /** The text that decided it, if it stands elsewhere: the default of a variable, a local, a parameter file. */
  readonly from?: Place | undefined;
}

export interface Scalar extends Written {
  readonly is: "scalar";
  readonly value: string | number | boolean | null;
  /** What a text was made of, where it was made of something: the argument of `jsonencode(...)`. */
  readonly content?: Node | undefined;
  readonly pieces?: readonly Piece[] | undefined;
}

/** A part of a text that a template was filled with, and that comes from elsewhere. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly from: Place;
}

export interface List extends Written {
  readonly is: "list";
  readonly items: readonly Node[];
  /** Why there may be other items than these. */
  readonly open?: string | undefined;
}

export interface Block extends Written {
  readonly is: "block";
  /** The keys known to be there, in the order of the text. */
  readonly keys: () => readonly string[];
  /** Reads a member; resolved when first asked for, and the same answer ever after. */
  readonly get: (key: string) => Member | undefined;
  /** Why there may be other members than these. */
  readonly open?: string | undefined;
  /** Set where the block itself may not be there: made by a loop whose list is unknown. */
  readonly maybe?: boolean | undefined;
}

export interface Member {
  readonly key: Place;
  /** Key and value, as one would delete them. */
  readonly whole: Place;
  readonly value: Node;
}

export interface Unknown extends Written {
  readonly is: "unknown";
  /** In words: "variable x has no default", "data source", "function not supported". */
  readonly reason: string;
  /** Addresses of resources that the value depends on: `azurerm_key_vault.main`, `module.a.aws_kms_key.k`, a logical id. */
  readonly refs: readonly string[];
  /** The text with its unknown parts left as `${...}`, where at least the rest is known. */
  readonly text?: string | undefined;
  /** Of the known text. */
  readonly pieces?: readonly Piece[] | undefined;
  /** What a text would be made of: `jsonencode({ Resource = aws_x.y.arn })` is an unknown text with known structure. */
  readonly content?: Node | undefined;
}

/** Members that were all read already. Keys are compared exactly unless `fold` says otherwise. */
export function blockOf(
  at: Place,
  members: ReadonlyMap<string, Member>,
  more: Pick<Block, "from" | "open" | "maybe"> & { readonly fold?: boolean } = {},
): Block {
  const { fold, ...rest } = more;
  if (!fold) return { is: "block", at, keys: () => [...members.keys()], get: (key) => members.get(key), ...rest };
  const folded = new Map([...members].map(([key, member]) => [key.toLowerCase(), member]));
  return {
    is: "block",
    at,
    keys: () => [...members.keys()],
    get: (key) => folded.get(key.toLowerCase()),
    ...rest,
  };
}

/** The value of a key, if the node is a block that has it. */
export function child(node: Node | undefined, key: string): Node | undefined {
  return node?.is === "block" ? node.get(key)?.value : undefined;
}

/** The items of a list, or the node itself as the only one: many formats let a single item stand for a list. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.is === "list" ? node.items : [node];
}

/** The text of a string; undefined for everything else. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.is === "scalar" && typeof node.value === "string" ? node.value : undefined;
}
