/**
 * Which resources of a module tree belong together: by reference in either direction, or by an attribute of one that
 * holds the name of the other. Worked out for the whole tree when first asked.
 */

import { attributeOf } from "./attribute-of.ts";
import type { LocatedResource } from "./located-resource.ts";
import { namesOf } from "./named-resources.ts";
import { referencesIn, referencesOf } from "./references.ts";

type Graph = ReadonlyMap<LocatedResource, ReadonlySet<LocatedResource>>;

export function connectionsOf<R>(
  located: readonly LocatedResource[],
  resourceOf: (located: LocatedResource) => R | undefined,
): (
  resource: LocatedResource,
  types: readonly string[],
) => { readonly resources: readonly R[]; readonly open?: string } {
  let graph: Graph | undefined;
  return (resource, types) => {
    graph ??= graphOf(located);
    const near = [...(graph.get(resource) ?? [])];
    const resources = near
      .filter((each) => each.types.some((type) => types.includes(type)))
      .flatMap((each) => resourceOf(each) ?? []);
    const unread = near.find(isUnreadCall);
    if (!unread) return { resources };
    return { resources, open: `${unread.address} has to do with it, and that module is not in this repository` };
  };
}

function isUnreadCall({ types, module, block }: LocatedResource): boolean {
  return types.includes("module") && module.callsOf(block).unread !== undefined;
}

/** Blocks that only say how; nothing is connected through them but through the resources that use them. */
const settings = new Set(["locals", "terraform", "variable", "output"]);

function graphOf(all: readonly LocatedResource[]): Graph {
  const located = all.filter(({ block }) => !settings.has(block.type));
  const graph = new Map<LocatedResource, Set<LocatedResource>>(located.map((each) => [each, new Set()]));
  const connect = (a: LocatedResource, b: LocatedResource) => {
    if (a === b) return;
    graph.get(a)?.add(b);
    graph.get(b)?.add(a);
  };
  const byAddress = addressBook(located);
  for (const resource of located) {
    for (const address of referencesFrom(resource, byAddress)) {
      for (const other of byAddress.get(address) ?? byAddress.get(withoutKey(address)) ?? []) connect(resource, other);
    }
  }
  for (const [resource, other] of namesOf(located)) connect(resource, other);
  return graph;
}

/** By address, and by address without the key of the instance. */
function addressBook(located: readonly LocatedResource[]): ReadonlyMap<string, readonly LocatedResource[]> {
  const book = new Map<string, LocatedResource[]>();
  const add = (address: string, resource: LocatedResource) => {
    const before = book.get(address);
    if (before) before.push(resource);
    else book.set(address, [resource]);
  };
  for (const resource of located) {
    add(resource.address, resource);
    const bare = withoutKey(resource.address);
    if (bare !== resource.address) add(bare, resource);
  }
  return book;
}

/** Keys are JSON texts or numbers. */
function withoutKey(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/, "");
}

/**
 * What a loop goes over counts too, but less: a resource that is looped over another belongs to the instance of its own
 * key, and where its attributes name instances, to those alone.
 */
function referencesFrom(
  { block, module, scope, key }: LocatedResource,
  book: ReadonlyMap<string, unknown>,
): ReadonlySet<string> {
  const found = referencesOf(block.body.items, module, scope);
  const loop = attributeOf(block.body.items, "for_each") ?? attributeOf(block.body.items, "count");
  if (!loop) return found;
  const named = new Set([...found].map(withoutKey));
  for (const address of referencesIn(loop.value, module, module.scope)) {
    if (named.has(withoutKey(address))) continue;
    const own = key === undefined ? address : `${address}[${JSON.stringify(key)}]`;
    found.add(book.has(own) ? own : address);
  }
  return found;
}
