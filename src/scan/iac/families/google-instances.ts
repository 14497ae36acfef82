/**
 * Virtual machines of Google Cloud, written as instances, as templates, or as instances made from a template. What the last
 * kind does not say is said by its template, which is judged itself.
 */
import { type Condition, value, when } from "../condition.ts";
import type { Path } from "../locate.ts";
import type { Example, Policy } from "../policy.ts";
import { tfResource } from "./examples.ts";

/** Metadata is a map: an edit can add to it, but not write a new one, which would become a block. */
export function inMetadata(condition: Condition): Condition {
  return (node, resource) => {
    const verdict = condition(node, resource);
    const needsMap = verdict.edits?.some((edit) => edit.is === "add" && edit.path[0] === "metadata");
    return needsMap ? { ...verdict, edits: undefined } : verdict;
  };
}

/** `on` of a policy about machines; `asked` is what an instance made from a template must say to be judged. */
export function onInstances(asked: Path, condition: Condition): Policy["on"] {
  return {
    "tf:google_compute_instance": condition,
    "tf:google_compute_instance_template": condition,
    "tf:google_compute_instance_from_template": when(value(asked).exists(), condition, "none"),
  };
}

/** Nodes of Kubernetes clusters are set up by the cluster. */
export const notOfCluster: Condition = value("name").notMatches(/^gke-/);

/** An instance with these lines, for examples. */
export function instance(...lines: readonly string[]): Example {
  return tfResource(
    "google_compute_instance",
    `name         = "shop"`,
    `machine_type = "e2-medium"`,
    `zone         = "europe-west1-b"`,
    ...lines,
  );
}
