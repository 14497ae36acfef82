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
      const kind = byKind.get(item.name.replace(endings, ""));
      // What refers to a resource means that one, and no other of the same name.
      if (!kind || referencesIn(item.value, resource.module, resource.scope).size > 0) continue;
      kind.byName ??= byName(kind.resources);
      for (const other of kind.byName.get(nameAt(resource, item) ?? "") ?? []) {
        if (other.types[0] !== resource.types[0]) pairs.push([resource, other]);
      }
    }
  }
  return pairs;
}

interface Kind {
  readonly resources: LocatedResource[];
  /** Worked out when something is named that is not referred to: names are long expressions. */
  byName?: ReadonlyMap<string, ReadonlySet<LocatedResource>>;
}

/** By every ending of the type: `storage_account`, `account`. */
function kindsOf(located: readonly LocatedResource[]): ReadonlyMap<string, Kind> {
  const kinds = new Map<string, Kind>();
  for (const resource of located) {
    if (resource.block.type !== "resource") continue;
    for (const suffix of suffixesOf(resource)) {
      const kind = kinds.get(suffix);
      if (kind) kind.resources.push(resource);
      else kinds.set(suffix, { resources: [resource] });
    }
  }
  return kinds;
}

function suffixesOf({ types: [type = ""] }: LocatedResource): readonly string[] {
  const words = type.split("_").slice(1);
  return words.map((_, position) => words.slice(position).join("_"));
}

function byName(resources: readonly LocatedResource[]): ReadonlyMap<string, ReadonlySet<LocatedResource>> {
  const names = new Map<string, Set<LocatedResource>>();
  for (const resource of resources) {
    for (const name of ownNames(resource)) {
      const before = names.get(name);
      if (before) before.add(resource);
      else names.set(name, new Set([resource]));
    }
  }
  return names;
}

function ownNames(resource: LocatedResource): ReadonlySet<string> {
  const suffixes = suffixesOf(resource);
  const keys = new Set(["name", "identifier", ...suffixes.flatMap((one) => [one, `${one}_name`, `${one}_identifier`])]);
  const own = resource.block.body.items.filter((item) => item.is === "attribute" && keys.has(item.name));
  return new Set(own.flatMap((item) => (item.is === "attribute" ? (nameAt(resource, item) ?? []) : [])));
}

/** What an attribute gives as a name. Two that give the same unknown variable have the same name, whatever it is. */
function nameAt({ body }: LocatedResource, { name, value }: Attribute): string | undefined {
  const node = child(body, name);
  if (node?.is === "scalar") return typeof node.value === "string" && node.value !== "" ? node.value : undefined;
  if (node?.is !== "unknown" || value.is !== "get" || node.refs.length > 0 || !node.from) return undefined;
  return `\0${node.from.file.path} ${node.from.start}`;
}
