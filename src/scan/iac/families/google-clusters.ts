/** Clusters of Google Kubernetes Engine and their node pools, which share the settings of nodes. */
import { type Condition, check, has, nodeAt, not, value, when } from "../condition.ts";
import type { Example, Policy } from "../policy.ts";
import { plainOf } from "../value-conditions.ts";
import { notApplicable } from "../verdict.ts";
import { tfResource } from "./examples.ts";

/** In Autopilot mode Google sets up and hardens the nodes. */
export const unlessAutopilot = (condition: Condition): Condition =>
  when(not(value("enable_autopilot").is(true)), condition);

/**
 * `on` of a policy about nodes. A cluster that drops its first pool, and says nothing of nodes, has them in pools of their
 * own.
 */
export function onNodes(condition: Condition): Policy["on"] {
  return {
    "tf:google_container_cluster": unlessAutopilot(
      check((cluster, body) => {
        const dropsPool = String(plainOf(nodeAt(body, "remove_default_node_pool"))) === "true";
        return dropsPool && !has(body, "node_config") ? notApplicable : condition(body, cluster);
      }),
    ),
    "tf:google_container_node_pool": condition,
  };
}

/** A cluster with these lines, for examples. */
export function cluster(...lines: readonly string[]): Example {
  return tfResource("google_container_cluster", `name     = "shop"`, `location = "europe-west1"`, ...lines);
}

/** A pool of nodes with these lines, for examples. */
export function nodePool(...lines: readonly string[]): Example {
  return tfResource(
    "google_container_node_pool",
    `name    = "shop"`,
    "cluster = google_container_cluster.main.id",
    ...lines,
  );
}
