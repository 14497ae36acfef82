/**
 * Resources that belong together by name: `storage_account_name = "logs"` names the storage account whose `name` is
 * `logs`. The attribute must say what it names; equal names alone mean nothing.
 */
import type { Attribute } from "../../../formats/hcl/syntax.ts";
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
      for (const other of named.get(nameAt(resource, item) ?? "") ?? []) {
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
  const own = resource.block.body.items.filter((item) => item.is === "attribute" && keys.includes(item.name));
  return new Set(own.flatMap((item) => (item.is === "attribute" ? (nameAt(resource, item) ?? []) : [])));
}

/** What an attribute gives as a name. Two that give the same unknown variable have the same name, whatever it is. */
function nameAt({ body }: LocatedResource, { name, value }: Attribute): string | undefined {
  const node = child(body, name);
  if (node?.is === "scalar") return typeof node.value === "string" && node.value !== "" ? node.value : undefined;
  if (node?.is !== "unknown" || value.is !== "get" || node.refs.length > 0 || !node.from) return undefined;
  return `\0${node.from.file.path} ${node.from.start}`;
}
