/** Defaults of Azure resources that came with a version of their interface. */
import { type Condition, check, nodeAt, not } from "../condition.ts";
import { plainOf } from "../value-conditions.ts";
import { failAt, passAt, unknownAt } from "../verdict.ts";

/** ARM and Bicep: the resource is written for this version (a date) or a later one. */
export function apiVersionAtLeast(first: string): Condition {
  return check((_, node) => {
    const version = nodeAt(node, "apiVersion");
    if (version?.is === "unknown") return unknownAt(version.at, version.reason);
    const at = version?.at ?? node.at;
    return String(plainOf(version) ?? "") >= first ? passAt(at) : failAt(at, `its API version is older than ${first}`);
  });
}

/** ARM and Bicep: the resource is written for a version before this one (a date, or its beginning). */
export function apiVersionBefore(first: string): Condition {
  return not(apiVersionAtLeast(first));
}
