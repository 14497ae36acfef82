/** What policies on a component of the control plane have alike: they look at whatever starts it, by its flags. */
import type { Condition } from "../../condition.ts";
import { on, type Policy } from "../../policy.ts";
import { componentManifest } from "./example-manifests.ts";

/** The flags of one bad and one good way to start it; none are a way too. */
export function componentPolicy(
  program: string,
  condition: Condition,
  bad: readonly string[],
  good: readonly string[],
): Pick<Policy, "links" | "on" | "examples"> {
  return {
    links: [
      program === "etcd"
        ? "https://etcd.io/docs/v3.5/op-guide/security/"
        : `https://kubernetes.io/docs/reference/command-line-tools-reference/${program}/`,
    ],
    on: on(["k8s:workload"], condition),
    examples: { bad: [componentManifest(program, ...bad)], good: [componentManifest(program, ...good)] },
  };
}
