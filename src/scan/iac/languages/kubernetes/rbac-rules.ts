/** What the rules of a Role or ClusterRole permit; unknown parts permit nothing that could be proven. */
import { type Block, child, itemsOf, type Node } from "../../../formats/node.ts";
import { nodesAt } from "../../condition.ts";

/** Something one may do in a cluster. One of each list is enough. */
export interface Operation {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

export function rulesOf(role: Node): readonly Block[] {
  return itemsOf(child(role, "rules")).filter((rule): rule is Block => rule.is === "block");
}

export function namesIn(rule: Node, key: string): readonly string[] {
  return nodesAt(rule, key).flatMap((node) =>
    node.is === "scalar" && node.value !== null ? [String(node.value)] : [],
  );
}

/** By name or by wildcard, in an API group that has the resource. */
export function permits(rule: Node, { groups, resources, verbs }: Operation): boolean {
  return (
    hasOne(namesIn(rule, "apiGroups"), groups) &&
    hasOne(namesIn(rule, "resources"), resources) &&
    hasOne(namesIn(rule, "verbs"), verbs)
  );
}

export function hasOne(granted: readonly string[], wanted: readonly string[]): boolean {
  return granted.includes("*") || wanted.some((one) => granted.includes(one));
}

/** Why what is permitted is not wholly known. */
export function unclearIn(role: Node): Node | undefined {
  const rules = child(role, "rules");
  if (rules?.is === "unknown" || (rules?.is === "list" && rules.open !== undefined)) return rules;
  return rulesOf(role)
    .flatMap((rule) =>
      ["apiGroups", "resources", "verbs"].flatMap((key) => [child(rule, key), ...itemsOf(child(rule, key))]),
    )
    .find((node) => node?.is === "unknown");
}
