/** The items of a project, by type; central versions one by one, as they are asked for. */
import { attributeOf, type XmlElement } from "../../../formats/xml/xml-element.ts";
import { centralNamed, centralType, type GroupItems, itemsOf } from "./central-items.ts";
import { type ConditionScope, holds } from "./msbuild-condition.ts";
import { type Adding, addItems, type Item, type ItemLists } from "./msbuild-items.ts";

export interface EvaluatedItems {
  /** By lower-case type, in order. */
  items(type: string): readonly Item[];
  /** The `PackageVersion` of a package, by its lower-case name. Of several the last one counts. */
  central(name: string): Item | undefined;
}

/** An `ItemGroup`, seen from its file. */
export interface PlacedGroup {
  readonly element: XmlElement;
  readonly scope: ConditionScope;
}

/** What is looked through again for each package that is asked for; with more of it, all is evaluated once. */
const most = { groups: 100, open: 20 };

export function evaluatedItems(all: readonly PlacedGroup[], adding: Omit<Adding, "lists">): EvaluatedItems {
  const groups = all
    .filter(({ element, scope }) => isLetIn(element, scope))
    .map(({ element, scope }) => ({ items: itemsOf(element), scope }));
  const others = listsOf(groups, ({ items }) => items.others);
  const withCentral = groups.filter(({ items }) => items.central.length > 0);
  const open = withCentral.reduce((sum, { items }) => sum + items.open.length, 0);
  const isNamed = withCentral.length <= most.groups && open <= most.open;
  let known: ItemLists | undefined;
  const allCentral = () => (known ??= listsOf(withCentral, ({ items }) => items.central));
  const centralOf = (name: string) =>
    isNamed ? listsOf(withCentral, ({ items }) => centralNamed(items, name)) : allCentral();
  return {
    items: (type) => [...((type === centralType ? allCentral() : others).get(type)?.values() ?? [])].flat(),
    central: (name) => (withCentral.length === 0 ? undefined : centralOf(name).get(centralType)?.get(name)?.at(-1)),
  };

  function listsOf(from: readonly Group[], pick: (group: Group) => readonly XmlElement[]): ItemLists {
    const lists: ItemLists = new Map();
    for (const group of from) {
      for (const element of pick(group)) {
        if (!adding.spend(1)) break;
        if (isLetIn(element, group.scope)) addItems({ ...adding, lists }, element, group.scope);
      }
    }
    return lists;
  }
}

interface Group {
  readonly items: GroupItems;
  readonly scope: ConditionScope;
}

function isLetIn(element: XmlElement, scope: ConditionScope): boolean {
  return holds(attributeOf(element, "Condition")?.value, scope) !== false;
}
