/**
 * Ids of Azure resources and what they point to. An address is `Microsoft.Sql/servers/databases.server/database`: full
 * type, then all names. Unknown names stand in it as `${...}`, so that two ids made of the same words point to one resource.
 */
import type { Node } from "../node.ts";
import type { Place } from "../text-file.ts";
import type { TemplateScope } from "./call.ts";
import { concatenated } from "./concatenated.ts";
import { isNamed, isText, scalarOf } from "./values.ts";

/** What no template can know stands in ids as words in angle brackets. */
const subscription = "/subscriptions/<subscription>";

export const scopeIds: Readonly<Record<TemplateScope["target"], string>> = {
  resourceGroup: `${subscription}/resourceGroups/<resource-group>`,
  subscription,
  managementGroup: "/providers/Microsoft.Management/managementGroups/<management-group>",
  tenant: "",
};

/** The id of a resource of this type and these names (one for each segment of the type), below a scope. */
export function resourceIdOf(scope: Node, type: string, names: readonly Node[], at: Place): Node {
  const [provider = "", ...kinds] = type.split("/");
  const parts: Node[] = [scope, scalarOf(at, `/providers/${provider}`)];
  for (const [position, name] of names.entries()) {
    const kind = kinds[position];
    parts.push(scalarOf(at, kind === undefined ? "/" : `/${kind}/`), name);
  }
  const id = concatenated(parts, at);
  if (id.is !== "unknown" || id.text === undefined) return id;
  return { ...id, refs: [...new Set([...id.refs, ...addressesIn(id.text)])] };
}

/**
 * Of resources that share an address so many are neighbours of what names it. Two may be alternatives; thousands are a mistake
 * or an attack, and each would be the neighbour of every other.
 */
export const mostOfOneAddress = 100;

export function addressOf(type: string, name: string): string {
  return `${type}.${name}`;
}

/** What a value points to: an id (also one with unknown parts), or what its unknown parts depend on. */
export function pointedAt(node: Node): readonly string[] {
  if (isText(node)) return addressesIn(node.value);
  if (node.is !== "unknown") return [];
  return [...new Set([...node.refs, ...(node.text === undefined ? [] : addressesIn(node.text))])];
}

/**
 * The resources that an id names, the last one first, then the parents of each. Ids may begin with the type
 * (`Microsoft.Sql/servers/name`), as in `scope` and `dependsOn`. Anything but an id names none.
 */
export function addressesIn(id: string): readonly string[] {
  const relative = /^\w+\.[\w.]+\//.test(id);
  if (id.length > 4000 || !(relative || /(?:^|\/)providers\//i.test(id))) return [];
  const segments = relative ? ["providers", ...segmentsOf(id)] : segmentsOf(id);
  const addresses: string[] = [];
  for (const [start, word] of segments.entries()) {
    const provider = segments[start + 1];
    if (word.toLowerCase() !== "providers" || !provider?.includes(".")) continue;
    let type = provider;
    let name = "";
    for (let at = start + 2; at + 1 < segments.length && segments[at]?.toLowerCase() !== "providers"; at += 2) {
      type += `/${segments[at]}`;
      name += (name && "/") + segments[at + 1];
      if (isNamed(name)) addresses.unshift(addressOf(type, name));
    }
  }
  return addresses;
}

/** Parts between slashes; a slash within `${...}` does not count. */
function segmentsOf(id: string): readonly string[] {
  return [...id.matchAll(/(?:\$\{[^{}]*\}|[^/])+/g)].map(([segment]) => segment);
}
