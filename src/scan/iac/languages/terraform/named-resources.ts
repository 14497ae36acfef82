/**
 * Resources that belong together by name: `storage_account_name = "logs"` names the storage account whose `name` is
 * `logs`. The attribute must say what it names; equal names alone mean nothing.
 */
import { child } from "../../../formats/node.ts";
import type { LocatedResource } from "./located-resource.ts";
import { referencesIn } from "./references.ts";

type Pair = readonly [LocatedResource, LocatedResource];

const endings = /_(?:name|id|arn|identifier|names|ids|arns)$/;

export function namesOf(located: readonly LocatedResource[]): readonly Pair[] {
  const byKind = kindsOf(located);
  const pairs: Pair[] = [];
  for (const resource of located) {
    for (const item of resource.block.body.items) {
      if (item.is !== "attribute" || item.value.is === "list" || item.value.is === "object") continue;
      const named = byKind.get(item.name.replace(endings, ""));
      // What refers to a resource means that one, and no other of the same name.
      if (!named || referencesIn(item.value, resource.module, resource.scope).size > 0) continue;
      const text = textAt(resource, item.name);
      for (const other of (text !== undefined && named.get(text)) || []) {
        if (other.types[0] !== resource.types[0]) pairs.push([resource, other]);
      }
    }
  }
  return pairs;
}

type ByName = Map<string, Set<LocatedResource>>;

/** By kind (`storage_account`, `bucket`: every ending of the type), then by name. */
function kindsOf(located: readonly LocatedResource[]): ReadonlyMap<string, ByName> {
  const kinds = new Map<string, ByName>();
  for (const resource of located) {
    if (resource.block.type !== "resource") continue;
    const words = (resource.types[0] ?? "").split("_").slice(1);
    const suffixes = words.map((_, position) => words.slice(position).join("_"));
    for (const name of ownNames(resource, suffixes)) {
      for (const suffix of suffixes) {
        const byName: ByName = kinds.get(suffix) ?? new Map();
        byName.set(name, (byName.get(name) ?? new Set()).add(resource));
        kinds.set(suffix, byName);
      }
    }
  }
  return kinds;
}

function ownNames(resource: LocatedResource, suffixes: readonly string[]): ReadonlySet<string> {
  const keys = [
    "name",
    "identifier",
    ...suffixes.flatMap((suffix) => [suffix, `${suffix}_name`, `${suffix}_identifier`]),
  ];
  const written = new Set(resource.block.body.items.map((item) => (item.is === "attribute" ? item.name : "")));
  return new Set(keys.filter((key) => written.has(key)).flatMap((key) => textAt(resource, key) ?? []));
}

function textAt({ body }: LocatedResource, key: string): string | undefined {
  const node = child(body, key);
  return node?.is === "scalar" && typeof node.value === "string" && node.value !== "" ? node.value : undefined;
}
