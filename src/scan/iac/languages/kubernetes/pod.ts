/**
 * Pods in one form, wherever they are written: a Pod, the template of a Deployment, the job of a CronJob, the template of a
 * custom resource. Everything here works on the tree; nothing is defaulted, so that what is missing stays missing.
 */
import { type Block, child, itemsOf, type Node } from "../../../formats/node.ts";
import { type Condition, each } from "../../condition.ts";
import type { Resource } from "../../resource.ts";
import { failAt, unknownAt, type Verdict, worstOf } from "../../verdict.ts";

type Shaped = Pick<Resource, "body" | "types">;

const containerLists = ["containers", "initContainers", "ephemeralContainers"] as const;

/** The block with `metadata` and `spec` of the pods that a resource makes. */
export function podTemplate({ body, types }: Shaped): Node | undefined {
  const spec = child(body, "spec");
  return (
    child(child(child(spec, "jobTemplate"), "spec"), "template") ??
    child(spec, "template") ??
    child(body, "template") ??
    (types.includes("Pod") ? body : undefined)
  );
}

export function podSpec(resource: Shaped): Node | undefined {
  return child(podTemplate(resource), "spec");
}

/** Labels of the pods themselves, by which selectors find them. */
export function podLabels(resource: Shaped): Node | undefined {
  return child(child(podTemplate(resource), "metadata"), "labels");
}

/** The containers of all kinds that can be read; unknown ones are left out. */
export function containers(resource: Shaped): readonly Block[] {
  const spec = podSpec(resource);
  return containerLists
    .flatMap((list) => itemsOf(child(spec, list)))
    .filter((container): container is Block => container.is === "block");
}

/** Does it make pods? A document whose pod names no containers is a patch for another document, and is left to that one. */
export function isWorkload(resource: Shaped): boolean {
  const spec = podSpec(resource);
  if (spec === undefined || (spec.is === "scalar" && spec.value === null)) return false;
  if (spec.is !== "block") return true;
  const list = child(spec, "containers");
  if (list?.is === "list") return list.items.length > 0 || list.open !== undefined;
  return list !== undefined && !(list.is === "scalar" && list.value === null);
}

/** Every container satisfies the condition, which sees the container; init and ephemeral ones too. */
export function eachContainer(condition: Condition): Condition {
  return podSpecIs((spec, resource) =>
    worstOf(
      containerLists.map((list) =>
        each(list, condition, { missing: list === "containers" ? "fail" : "none" })(spec, resource),
      ),
    ),
  );
}

/** The containers that serve, without those that only prepare or debug. */
export function eachServingContainer(condition: Condition): Condition {
  return podSpecIs(each("containers", condition, { missing: "fail" }));
}

/** The specification of the pod satisfies the condition. Where there is none, nothing good can be said. */
export function podSpecIs(condition: Condition): Condition {
  return (node, resource): Verdict => {
    const spec = podSpec(resource);
    if (spec === undefined) {
      return resource.body.open === undefined
        ? failAt(node, "it has no specification of a pod")
        : unknownAt(node.at, resource.body.open);
    }
    return spec.is === "unknown" ? unknownAt(spec.at, spec.reason) : condition(spec, resource);
  };
}
