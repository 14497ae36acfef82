/**
 * Which resources of a unit belong together. What names another by its symbol means exactly that one; ids and names in
 * texts mean whatever has them. Bodies are looked through when the first policy asks, once for all resources.
 */
import { addressOf, mostOfOneAddress, pointedAt } from "../../../formats/azure-template/resource-id.ts";
import { entriesOf, isNamed } from "../../../formats/azure-template/values.ts";
import type { Block, Node } from "../../../formats/node.ts";
import { parentOf } from "./instances.ts";
import { referencesOf } from "./references.ts";
import type { Identity, Instance } from "./template.ts";

/** A resource that is deployed. */
export interface Found {
  readonly instance: Instance;
  readonly identity: Identity;
  readonly body: Block;
}

export type Graph = ReadonlyMap<Found, ReadonlySet<Found>>;

export function graphOf(found: readonly Found[]): Graph {
  const graph = new Map<Found, Set<Found>>(found.map((one) => [one, new Set<Found>()]));
  const byInstance = new Map(found.map((one) => [one.instance, one]));
  const byAddress = Map.groupBy(
    found.filter(({ identity }) => isNamed(identity.full.name)),
    ({ identity }) => identity.address.toLowerCase(),
  );
  for (const one of found) {
    const exact = new Set<Found>([one]);
    const texts = new Set(pointersIn(one.body));
    const parent = parentOf(one.instance);
    if (!parent && one.identity.full.parent !== undefined) for (const above of lineOf(one.identity)) texts.add(above);
    for (const other of [...ancestorsOf(one.instance), ...referencesOf(one.instance)]) {
      const known = byInstance.get(other);
      if (known) exact.add(known);
      // It may be deployed by another file of the unit.
      else texts.add(other.identity()?.address ?? "");
    }
    for (const other of exact) join(graph, one, other);
    for (const text of texts) {
      const named = byAddress.get(text.toLowerCase())?.slice(0, mostOfOneAddress) ?? [];
      if (!named.some((other) => exact.has(other))) for (const other of named) join(graph, one, other);
    }
  }
  return graph;
}

function join(graph: ReadonlyMap<Found, Set<Found>>, one: Found, other: Found): void {
  if (one === other) return;
  graph.get(one)?.add(other);
  graph.get(other)?.add(one);
}

function ancestorsOf(instance: Instance): readonly Instance[] {
  const ancestors: Instance[] = [];
  let above = parentOf(instance);
  for (; above && ancestors.length < 10; above = parentOf(above)) ancestors.push(above);
  return ancestors;
}

/** Addresses of what a name such as `server/database/default` stands below. */
function lineOf({ type, full }: Identity): readonly string[] {
  const names = full.name.match(/(?:\$\{[^{}]*\}|[^/])+/g) ?? [];
  const kinds = type.split("/");
  return names
    .slice(0, -1)
    .map((_, end) => addressOf(kinds.slice(0, end + 2).join("/"), names.slice(0, end + 1).join("/")));
}

/** Values looked at in one resource; larger ones are data, not references. */
const mostValues = 50_000;
const deepest = 100;

/** What the values of a body point to. */
function pointersIn(body: Node): readonly string[] {
  const pointers = new Set<string>();
  let left = mostValues;
  const visit = (node: Node, depth: number): void => {
    if (left-- <= 0 || depth > deepest) return;
    if (node.is === "list") for (const item of node.items) visit(item, depth + 1);
    else if (node.is === "block") {
      for (const [key, value] of entriesOf(node))
        if (depth > 0 || !/^(?:name|type)$/i.test(key)) visit(value, depth + 1);
    } else for (const pointer of pointedAt(node)) pointers.add(pointer);
  };
  visit(body, 0);
  return [...pointers];
}
