/** What is worth having beside clouds, and how bad it is to lose it: worse where its name says production or others rely on it. */
import type { PathNode } from "#model/posture/attack-path.ts";
import type { PoolFact, VariableGroupFact } from "#model/posture/resource-facts.ts";
import { isProduction } from "../facts/production.ts";
import type { PostureSettings } from "../posture-settings.ts";
import type { Target } from "./guarded-graph.ts";

type Words = Pick<PostureSettings, "productionWords">;

export function groupTarget(node: PathNode, { name, vault }: VariableGroupFact, { productionWords }: Words): Target {
  const isLive = [name, vault?.name].some((word) => word !== undefined && isProduction(word, productionWords));
  return { node, severity: isLive ? "high" : "medium" };
}

export function fileTarget(node: PathNode, { productionWords }: Words): Target {
  return { node, severity: isProduction(node.name, productionWords) ? "high" : "medium" };
}

/** Undefined: it is no production. */
export function environmentTarget(node: PathNode, { productionWords }: Words): Target | undefined {
  return isProduction(node.name, productionWords) ? { node, severity: "high" } : undefined;
}

/** Where software goes to, or a tool that is signed in to. */
export function toolTarget(node: PathNode, reaches: "target" | "tool"): Target {
  return { node, severity: reaches === "target" ? "high" : "medium" };
}

/** Machines that forget each job are lost for that job alone. */
export function poolTarget(node: PathNode, pool: PoolFact | undefined, others: number): Target {
  if (pool && forgets(pool)) return { node, severity: "low" };
  return { node, severity: others > 0 ? "high" : "medium" };
}

export function forgets({ elastic }: Pick<PoolFact, "elastic">): boolean {
  return elastic?.recycleAfterEachUse === true;
}
