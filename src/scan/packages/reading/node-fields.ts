/** Looks into the trees of YAML and TOML: members with their places, texts and numbers as words. */
import { type Block, itemsOf, type Member, type Node } from "../../formats/node.ts";
import type { Place } from "../../formats/text-file.ts";

export interface NamedMember extends Member {
  readonly name: string;
}

/** The members of a block, in the order of the text; none for other nodes. */
export function membersOf(node: Node | undefined): readonly NamedMember[] {
  if (node?.is !== "block") return [];
  return node.keys().flatMap((name) => {
    const member = (node satisfies Block).get(name);
    return member ? [{ ...member, name }] : [];
  });
}

export function memberOf(node: Node | undefined, key: string): Member | undefined {
  return node?.is === "block" ? node.get(key) : undefined;
}

/** A text or number as it is meant; `undefined` for everything else, and for what is empty. */
export function wordIn(node: Node | undefined): string | undefined {
  if (node?.is !== "scalar" || node.value === null || typeof node.value === "boolean") return undefined;
  const word = typeof node.value === "number" ? textAt(node.at) : node.value.trim();
  return word === "" ? undefined : word;
}

export function wordsIn(node: Node | undefined): readonly string[] {
  return itemsOf(node).flatMap((item) => wordIn(item) ?? []);
}

export function textAt({ file, start, end }: Place): string {
  return file.text.slice(start, end);
}

/** The place without the quotes around it. */
export function unquoted(place: Place): Place {
  const { file, start, end } = place;
  const mark = file.text[start];
  const isQuoted = (mark === '"' || mark === "'") && end - start >= 2 && file.text[end - 1] === mark;
  return isQuoted ? { file, start: start + 1, end: end - 1 } : place;
}
