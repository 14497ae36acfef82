/**
 * Which text of the source made a value of the plan. Items of blocks and lists are found by what they say literally, as a
 * plan puts the items of sets into an order of its own. Where no text is found, the one around it stands for it.
 */
import type { BlockSyntax, Expression, Item } from "../../../formats/hcl/syntax.ts";
import { child, type Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";

/** What a value was written as: an expression, or blocks of one name. */
export type Source =
  | { readonly is: "expression"; readonly expression: Expression }
  | { readonly is: "blocks"; readonly blocks: readonly BlockSyntax[]; readonly around: Place }
  /** Nothing of its own: it was made by a loop, a function, or the provider. */
  | { readonly is: "around"; readonly around: Place };

export interface SourceMember {
  readonly key: Place;
  readonly whole: Place;
  readonly source: Source;
}

export function placeOf(source: Source): Place {
  if (source.is === "expression") return source.expression;
  return (source.is === "blocks" ? source.blocks[0] : undefined) ?? source.around;
}

/** True where the text itself is the value; in a file newer than the plan it may say something else. */
export function says(source: Source, value: Node | undefined): boolean {
  if (source.is !== "expression" || source.expression.is !== "literal" || value?.is !== "scalar") return false;
  return String(source.expression.value) === String(value.value);
}

export function blockSource(block: BlockSyntax): Source {
  return { is: "blocks", blocks: [block], around: block };
}

export function memberSource(source: Source, key: string): SourceMember {
  const around = placeOf(source);
  const none: SourceMember = { key: around, whole: around, source: { is: "around", around } };
  if (source.is === "around") return none;
  if (source.is === "expression") return entrySource(source.expression, key) ?? none;
  const [block] = source.blocks;
  const items = block ? block.body.items.filter((item) => nameOf(item) === key) : [];
  const [first] = items;
  if (!first) return none;
  if (first.is === "attribute") {
    return { key: first.key, whole: first, source: { is: "expression", expression: first.value } };
  }
  const blocks = items.filter((item) => item.is === "block");
  return { key: first, whole: first, source: { is: "blocks", blocks, around: first } };
}

function nameOf(item: Item): string | undefined {
  if (item.is === "attribute") return item.name;
  return item.type === "dynamic" ? item.labels[0]?.text : item.type;
}

function entrySource(expression: Expression, key: string): SourceMember | undefined {
  if (expression.is !== "object") return undefined;
  const entry = expression.entries.find((each) => each.key.is === "literal" && String(each.key.value) === key);
  return entry && { key: entry.key, whole: entry, source: { is: "expression", expression: entry.value } };
}

/** One source for each item, in the order of the items. */
export function itemSources(source: Source, items: readonly Node[]): readonly Source[] {
  const around = placeOf(source);
  const nothing: Source = { is: "around", around };
  if (source.is === "blocks") {
    const [only] = source.blocks;
    if (only?.type === "dynamic") return items.map(() => nothing);
    if (source.blocks.length === 1 && items.length === 1 && only) return [blockSource(only)];
    const free = new Set(source.blocks);
    return items.map((item) => {
      const block = take(free, (each) => each.type !== "dynamic" && agrees(each, item));
      return block ? blockSource(block) : nothing;
    });
  }
  if (source.is !== "expression" || source.expression.is !== "list") return items.map(() => nothing);
  const free = new Set(source.expression.items);
  const [one] = source.expression.items;
  if (one && free.size === 1 && items.length === 1) return [{ is: "expression", expression: one }];
  return items.map((item) => {
    const expression = take(free, (each) => each.is === "literal" && item.is === "scalar" && each.value === item.value);
    return expression ? { is: "expression", expression } : nothing;
  });
}

function take<T>(free: Set<T>, fits: (each: T) => boolean): T | undefined {
  for (const each of free) {
    if (!fits(each)) continue;
    free.delete(each);
    return each;
  }
  return undefined;
}

/** A block may have made an item if nothing that it says literally is otherwise there. */
function agrees(block: BlockSyntax, item: Node): boolean {
  return block.body.items.every((each) => {
    if (each.is !== "attribute" || each.value.is !== "literal") return true;
    const value = child(item, each.name);
    return value?.is === "scalar" && String(value.value) === String(each.value.value);
  });
}
