/** Items that name packages: included, updated and removed by name. Lists that only a build knows add nothing. */

import type { Place } from "../../../formats/text-file.ts";
import { attributeOf, type XmlElement } from "../../../formats/xml/xml-element.ts";
import { type ConditionScope, holds } from "./msbuild-condition.ts";
import { expand, placedValue, type Value } from "./msbuild-expand.ts";

export interface Metadata extends Value {
  /** As it stands in the file. */
  readonly written: string;
  readonly at: Place;
}

export interface Item {
  readonly name: string;
  /** The whole element. */
  readonly at: Place;
  /** The name as written, between its quotes. */
  readonly nameAt: Place;
  /** False if the name holds something that only a build knows. */
  readonly isNamed: boolean;
  /** By lower-case name. */
  readonly metadata: ReadonlyMap<string, Metadata>;
}

/** Items of a type by their lower-case name; several if they differ. */
export type ItemLists = Map<string, Map<string, readonly Item[]>>;

/** Kinds of items that name something to get, or another project. */
const naming = new Set(
  "packagereference packageversion globalpackagereference packagedownload dotnetclitoolreference frameworkreference projectreference".split(
    " ",
  ),
);

export interface Adding {
  readonly lists: ItemLists;
  /** `Update` of what is not there adds it. */
  readonly updateAdds: boolean;
  /** False when enough was done. */
  readonly spend: (cost: number) => boolean;
}

export function addItems({ lists, updateAdds, spend }: Adding, element: XmlElement, scope: ConditionScope): void {
  const type = element.name.toLowerCase();
  if (!naming.has(type)) return;
  const list = lists.get(type) ?? new Map<string, readonly Item[]>();
  lists.set(type, list);
  for (const verb of ["Include", "Update", "Remove"]) {
    const attribute = attributeOf(element, verb);
    if (!attribute) continue;
    const names = namesIn(attribute.value, scope);
    if (verb === "Remove") {
      for (const { text } of names) if (spend(text.includes("*") ? list.size : 1)) remove(list, text);
      continue;
    }
    const metadata = metadataOf(element, scope);
    const except = new Set(
      namesIn(attributeOf(element, "Exclude")?.value ?? "", scope).map(({ text }) => text.toLowerCase()),
    );
    for (const { text, isKnown } of names) {
      if (!spend(1 + (list.get(text.toLowerCase())?.length ?? 0) * (1 + metadata.size))) return;
      const item: Item = { name: text, at: element.at, nameAt: attribute.at, isNamed: isKnown, metadata };
      if (verb === "Update") update(list, item, updateAdds);
      else if (!except.has(text.toLowerCase())) include(list, item);
    }
  }
}

function namesIn(written: string, scope: ConditionScope): readonly Value[] {
  if (written.includes("@(") || written.includes("%(")) return [];
  const { text, isKnown, unset } = expand(written, scope);
  const names = text.split(";").map((name) => name.trim());
  // A name of a property that nobody sets would be empty in a build, if it is not given there.
  if (unset !== undefined && names.every((name) => name === "")) return [{ text: written.trim(), isKnown: false }];
  return names.filter((name) => name !== "").map((name) => ({ text: name, isKnown }));
}

function metadataOf(element: XmlElement, scope: ConditionScope): ReadonlyMap<string, Metadata> {
  const metadata = new Map<string, Metadata>();
  for (const { name, value, at } of element.attributes) {
    if (!/^(?:Include|Update|Remove|Exclude|Condition|Label)$/.test(name))
      metadata.set(name.toLowerCase(), metadataIn(value, scope, at));
  }
  for (const child of element.children) {
    if (holds(attributeOf(child, "Condition")?.value, scope) === false) continue;
    metadata.set(child.name.toLowerCase(), metadataIn(child.text, scope, child.textAt ?? child.at));
  }
  return metadata;
}

function metadataIn(text: string, scope: ConditionScope, at: Place): Metadata {
  const written = text.trim();
  const value = written.includes("%(") ? { text: written, isKnown: false } : placedValue(written, scope, at);
  return { ...value, text: value.text.trim(), written, at };
}

function include(list: Map<string, readonly Item[]>, item: Item): void {
  const key = item.name.toLowerCase();
  const others = list.get(key) ?? [];
  // The same item again, in a branch for another configuration: one of them stands for both.
  const isThere = others.some((other) => versionIn(other) === versionIn(item));
  if (!isThere && others.length < 50) list.set(key, [...others, item]);
}

function versionIn({ metadata }: Item): string {
  return metadata.get("version")?.text ?? "";
}

function update(list: Map<string, readonly Item[]>, item: Item, addsIfMissing: boolean): void {
  const key = item.name.toLowerCase();
  const others = list.get(key);
  if (others) {
    list.set(
      key,
      others.map((other) => ({ ...other, metadata: new Map([...other.metadata, ...item.metadata]) })),
    );
  } else if (addsIfMissing) list.set(key, [item]);
}

function remove(list: Map<string, readonly Item[]>, name: string): void {
  if (!name.includes("*")) {
    list.delete(name.toLowerCase());
    return;
  }
  const [start = "", ...rest] = name.toLowerCase().split("*");
  const end = rest.at(-1) ?? "";
  for (const key of list.keys()) {
    const isLong = key.length >= start.length + end.length;
    if (isLong && key.startsWith(start) && key.endsWith(end) && rest.length === 1) list.delete(key);
  }
}
