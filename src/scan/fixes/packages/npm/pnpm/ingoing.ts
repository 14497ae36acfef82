/**
 * Whether what asks for the old version takes the new one. The lock file does not say what packages ask for, so registries are
 * asked; all of them at once, so that one more look is enough.
 */
import { npmSpecOf } from "../../../../packages/readers/npm/npm-spec.ts";
import { objectOf } from "../../../../packages/reading/json-fields.ts";
import { satisfies } from "../../../../packages/versions.ts";
import type { EditAsked } from "../../package-editor.ts";
import type { LockEntry, LockGraph } from "./lock-graph.ts";
import { packageIdOf } from "./lock-keys.ts";
import { membersIn } from "./members-in.ts";

/** One fix asks registries about no more. */
const mostAskers = 40;

/** `targets` says the new version of each entry that goes up. A clause is what is not known. */
export function ingoing(
  graph: LockGraph,
  { known }: EditAsked,
  targets: ReadonlyMap<string, string>,
): { readonly refusedBy?: string } | string {
  let unknown: string | undefined;
  let refusedBy: string | undefined;
  const asked = new Map<string, string | undefined>();
  for (const entry of graph.entries.values()) {
    if (targets.has(entry.id)) continue;
    for (const { name, id } of entry.edges) {
      const to = targets.get(id);
      const key = `${packageIdOf(entry.id, graph.format)}\n${name}`;
      if (to === undefined || asked.has(`${key}\n${to}`)) continue;
      const range = asked.size < mostAskers ? rangeOf(graph, entry, name, known) : undefined;
      asked.set(`${key}\n${to}`, range);
      if (range === undefined) unknown ??= `what ${nameOf(entry)} asks for is not known here`;
      else if (!takes(range, to)) refusedBy ??= nameOf(entry);
    }
  }
  return unknown ?? (refusedBy === undefined ? {} : { refusedBy });
}

function nameOf({ id, key }: LockEntry): string {
  return key ? `${key.name} ${key.version}` : id;
}

/** Peers stand in the lock file. */
function rangeOf(graph: LockGraph, entry: LockEntry, name: string, known: EditAsked["known"]): string | undefined {
  const own = graph.packages.get(packageIdOf(entry.id, graph.format)) ?? entry.attributes;
  const peer = membersIn(own, "peerDependencies").get(name);
  if (peer !== undefined || !entry.key) return peer;
  const published = known.publishedOf("npm", entry.key.name, entry.key.version);
  const optional = objectOf(published?.entry?.optionalDependencies)?.[name];
  const range = optional ?? published?.dependencies?.[name];
  return typeof range === "string" ? range : undefined;
}

export function takes(range: string, version: string): boolean {
  const spec = npmSpecOf(range);
  return spec.is === "registry" && satisfies("npm", version, spec.range) === true;
}
