/**
 * A body of Terraform as a block: attributes are what their expressions give, blocks of one name are a list, `dynamic`
 * blocks are written out. A block with labels stands under its labels: `backend "s3" {}` is `backend[0].s3[0]`.
 */

import { evaluate } from "../../../formats/hcl/evaluate.ts";
import { memoBlock } from "../../../formats/hcl/lazy-node.ts";
import { type Scope, withNames } from "../../../formats/hcl/scope.ts";
import type { Attribute, BlockSyntax, Item } from "../../../formats/hcl/syntax.ts";
import type { Block, List, Member, Node } from "../../../formats/node.ts";
import { blockOf } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { expand, type Instance, loopNames } from "./expand.ts";

type Written = { readonly attribute: Attribute } | { readonly blocks: BlockSyntax[] };

export function bodyBlock(items: readonly Item[], at: Place, scope: Scope, marks: Pick<Block, "maybe"> = {}): Block {
  const read = (name: string): Member | undefined => {
    const found = writtenAs(items, name);
    if (!found) return undefined;
    if ("attribute" in found) return attributeMember(found.attribute, scope);
    return blocksMember(found.blocks, scope);
  };
  let keys: readonly string[] | undefined;
  const block: Block = memoBlock(
    at,
    () => {
      keys ??= [...new Set(items.map(nameOf))].filter(
        (name) => !mayBeEmpty(writtenAs(items, name)) || block.get(name) !== undefined,
      );
      return keys;
    },
    read,
    marks,
  );
  return block;
}

/** A longer body is put in order by name, once for all instances of it; to search a short one takes less. */
const longestSearched = 32;
const longBodies = new WeakMap<readonly Item[], ReadonlyMap<string, Written>>();

function writtenAs(items: readonly Item[], name: string): Written | undefined {
  if (items.length > longestSearched) return byName(items).get(name);
  let found: Written | undefined;
  for (const item of items) if (nameOf(item) === name) found = joined(found, item);
  return found;
}

function byName(items: readonly Item[]): ReadonlyMap<string, Written> {
  const known = longBodies.get(items);
  if (known) return known;
  const written = new Map<string, Written>();
  longBodies.set(items, written);
  for (const item of items) written.set(nameOf(item), joined(written.get(nameOf(item)), item));
  return written;
}

/** Where an attribute and blocks have the same name, which is an error, the blocks count. */
function joined(before: Written | undefined, item: Item): Written {
  if (!before || "attribute" in before) return item.is === "attribute" ? { attribute: item } : { blocks: [item] };
  if (item.is === "block") before.blocks.push(item);
  return before;
}

function isDynamic(block: BlockSyntax): boolean {
  return block.type === "dynamic" && block.labels.length === 1;
}

/** What an item is known by: the blocks that a `dynamic` makes are known by its label. */
export function nameOf(item: Item): string {
  if (item.is === "attribute") return item.name;
  return (isDynamic(item) ? item.labels[0]?.text : undefined) ?? item.type;
}

function mayBeEmpty(written: Written | undefined): boolean {
  return written !== undefined && "blocks" in written && written.blocks.every(isDynamic);
}

function attributeMember(attribute: Attribute, scope: Scope): Member {
  return { key: attribute.key, whole: attribute, value: evaluate(attribute.value, scope) };
}

/** One list of all blocks of a name; undefined if loops made none. */
function blocksMember(blocks: readonly BlockSyntax[], scope: Scope): Member | undefined {
  const items: Block[] = [];
  let open: string | undefined;
  for (const block of blocks) {
    if (isDynamic(block)) open = addDynamic(block, scope, items) ?? open;
    else items.push(labelled(block, scope));
  }
  const [first] = blocks;
  const last = blocks.at(-1);
  if (!first || !last || (items.length === 0 && open === undefined)) return undefined;
  const at: Place =
    first === last ? first : { file: first.file, start: first.start, end: Math.max(first.end, last.end) };
  const list: List = { is: "list", at, items, ...(open === undefined ? {} : { open }) };
  return { key: keywordOf(first), whole: at, value: list };
}

function keywordOf({ file, start, type }: BlockSyntax): Place {
  return { file, start, end: start + type.length };
}

function labelled(block: BlockSyntax, scope: Scope): Block {
  let result = bodyBlock(block.body.items, block, scope);
  for (const label of block.labels.toReversed()) {
    const list: List = { is: "list", at: block, items: [result] };
    result = blockOf(block, new Map([[label.text, { key: label, whole: block, value: list }]]));
  }
  return result;
}

/** Adds the blocks that a loop makes; says why there may be others. */
function addDynamic(block: BlockSyntax, scope: Scope, items: Block[]): string | undefined {
  const content = block.body.items.find((item) => item.is === "block" && item.type === "content");
  if (content?.is !== "block") return undefined;
  const iterator = block.body.items.find((item) => item.is === "attribute" && item.name === "iterator");
  const name = iteratorName(iterator) ?? nameOf(block);
  const { instances, unknown } = expand(block.body.items, scope, true);
  for (const instance of instances) {
    const names = new Map<string, Node>([[name, loopBlock(instance, block)]]);
    items.push(bodyBlock(content.body.items, block, withNames(scope, names), unknown ? { maybe: true } : {}));
  }
  return unknown;
}

function iteratorName(iterator: Item | undefined): string | undefined {
  if (iterator?.is !== "attribute") return undefined;
  const { value } = iterator;
  if (value.is === "name") return value.name;
  return value.is === "literal" && typeof value.value === "string" ? value.value : undefined;
}

function loopBlock(instance: Instance, at: Place): Node {
  return loopNames(instance, at).get("each") ?? blockOf(at, new Map());
}
