/**
 * Which resources of a unit belong together: by parent, by id, by `reference()` and `dependsOn`, in both directions. Bodies
 * are looked through when the first policy asks, once for all resources.
 */
import { addressesIn, addressOf, mostOfOneAddress, pointedAt } from "../../../formats/azure-template/resource-id.ts";
import { entriesOf, isNamed, once } from "../../../formats/azure-template/values.ts";
import type { Node } from "../../../formats/node.ts";
import type { Connections, Resource } from "../../resource.ts";
import type { FullName } from "./resource-name.ts";

/** A resource as far as its neighbours need to know it. */
export interface Neighbour {
  readonly resource: () => Resource;
  readonly full: FullName;
  /** The resource in whose text it stands. */
  readonly inside?: Neighbour | undefined;
  /** Its key in a template that names its resources, together with the template. */
  readonly symbol?: string | undefined;
  readonly template: object;
}

/** Values looked at in one resource; larger ones are data, not references. */
const mostValues = 50_000;
const deepest = 100;

export function connectionsOf(
  neighbours: readonly Neighbour[],
  open: () => string | undefined,
): (of: Neighbour, types: readonly string[]) => Connections {
  const graph = once(() => graphOf(neighbours));
  return (of, types) => {
    const wanted = new Set(types.map((type) => type.toLowerCase()));
    const found = [...(graph().get(of) ?? [])].filter((other) =>
      other.full.types.some((type) => wanted.has(type.toLowerCase())),
    );
    const resources = found.map((other) => other.resource());
    const why = open();
    return why === undefined ? { resources } : { resources, open: why };
  };
}

function graphOf(neighbours: readonly Neighbour[]): ReadonlyMap<Neighbour, ReadonlySet<Neighbour>> {
  const graph = new Map<Neighbour, Set<Neighbour>>(neighbours.map((one) => [one, new Set<Neighbour>()]));
  const lookUp = directoryOf(neighbours);
  const join = (one: Neighbour, other: Neighbour) => {
    if (one === other) return;
    graph.get(one)?.add(other);
    graph.get(other)?.add(one);
  };
  for (const one of neighbours) {
    for (let outer = one.inside; outer; outer = outer.inside) join(one, outer);
    const parents = one.full.parent === undefined ? [] : addressesIn(idOf(one.full.parent));
    for (const pointer of [...parents, ...pointersIn(one.resource().body)]) {
      for (const other of lookUp(pointer, one).slice(0, mostOfOneAddress)) join(one, other);
    }
  }
  return graph;
}

function directoryOf(neighbours: readonly Neighbour[]): (pointer: string, from: Neighbour) => readonly Neighbour[] {
  const byAddress = Map.groupBy(
    neighbours.filter(({ full }) => isNamed(full.name)),
    ({ full }) => addressOf(full.types[0], full.name).toLowerCase(),
  );
  const byName = Map.groupBy(neighbours, ({ full }) => full.name.toLowerCase());
  const bySymbol = Map.groupBy(neighbours, ({ symbol }) => symbol?.toLowerCase());
  return (pointer, from) => {
    const key = pointer.toLowerCase();
    const named = byAddress.get(key);
    if (named) return named;
    const symbols = bySymbol.get(key)?.filter(({ template }) => template === from.template) ?? [];
    return symbols.length > 0 ? symbols : (byName.get(key) ?? []);
  };
}

/** `Microsoft.Sql/servers.a` as an id: `Microsoft.Sql/servers/a`. */
function idOf(address: string): string {
  const [, provider = "", kinds = "", names = ""] = /^([^/]+)\/([^.]+)\.(.*)$/s.exec(address) ?? [];
  const parts = names.match(/(?:\$\{[^{}]*\}|[^/])+/g) ?? [];
  return [provider, ...kinds.split("/").flatMap((kind, position) => [kind, parts[position] ?? ""])].join("/");
}

/** Whatever in a body points to resources. Resources and templates inside it speak for themselves. */
function pointersIn(body: Node): ReadonlySet<string> {
  const pointers = new Set<string>();
  let left = mostValues;
  const visit = (node: Node, depth: number, named: boolean): void => {
    if (left-- <= 0 || depth > deepest) return;
    if (node.is === "scalar" || node.is === "unknown") {
      for (const pointer of pointedAt(node)) pointers.add(pointer);
      if (named && node.is === "scalar") pointers.add(String(node.value));
      if (named && node.is === "unknown" && node.text !== undefined && isNamed(node.text)) pointers.add(node.text);
      return;
    }
    if (node.is === "list") for (const item of node.items) visit(item, depth + 1, named);
    else {
      for (const [key, value] of entriesOf(node)) {
        const word = key.toLowerCase();
        if ((depth === 0 && word === "resources") || (depth === 1 && word === "template")) continue;
        if (depth > 0 || (word !== "name" && word !== "type"))
          visit(value, depth + 1, depth === 0 && word === "dependson");
      }
    }
  };
  visit(body, 0, false);
  return pointers;
}
