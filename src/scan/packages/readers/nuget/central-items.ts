/**
 * `PackageVersion` items, found by the name that is asked for: one file holds thousands, and each project of a repository wants
 * a few of them. What they say is read only then, with the project's own properties.
 */
import { attributeOf, type XmlElement } from "../../../formats/xml/xml-element.ts";

/** The elements of one `ItemGroup`. */
export interface GroupItems {
  /** All but the central versions. */
  readonly others: readonly XmlElement[];
  readonly central: readonly XmlElement[];
  /** Positions in `central` by lower-case name. */
  readonly named: ReadonlyMap<string, readonly number[]>;
  /** Positions of those whose names only an evaluation tells. */
  readonly open: readonly number[];
}

export const centralType = "packageversion";

/** A shared file is parsed once, and looked through once. */
const known = new WeakMap<XmlElement, GroupItems>();

export function itemsOf(group: XmlElement): GroupItems {
  const before = known.get(group);
  if (before) return before;
  const central = group.children.filter(isCentral);
  const others = central.length === 0 ? group.children : group.children.filter((element) => !isCentral(element));
  const named = new Map<string, number[]>();
  const open: number[] = [];
  for (const [position, element] of central.entries()) {
    const names = namesOf(element);
    if (/[$@%*]/.test(names)) open.push(position);
    else for (const name of new Set(names.split(";"))) addTo(named, name.trim(), position);
  }
  const items = { others, central, named, open };
  known.set(group, items);
  return items;
}

/** Those that may mean the name, in the order of the file. */
export function centralNamed({ central, named, open }: GroupItems, name: string): readonly XmlElement[] {
  const own = named.get(name) ?? [];
  const positions = open.length === 0 ? own : [...own, ...open].sort((a, b) => a - b);
  return positions.flatMap((position) => central[position] ?? []);
}

function isCentral({ name }: XmlElement): boolean {
  return name.length === centralType.length && name.toLowerCase() === centralType;
}

function namesOf(element: XmlElement): string {
  const written = ["Include", "Update", "Remove"].flatMap((verb) => attributeOf(element, verb)?.value ?? []);
  return written.join(";").toLowerCase();
}

function addTo(named: Map<string, number[]>, name: string, position: number): void {
  const before = named.get(name);
  if (before) before.push(position);
  else named.set(name, [position]);
}
