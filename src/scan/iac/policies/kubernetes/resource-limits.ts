/** What a container may take from its node, and how the cluster notices that it no longer works. */
import { type Condition, nodeAt, value } from "../../condition.ts";
import { podManifest, terraformPod } from "../../languages/kubernetes/example-manifests.ts";
import { onKinds } from "../../languages/kubernetes/on-kinds.ts";
import { eachContainer, eachServingContainer, podSpec } from "../../languages/kubernetes/pod.ts";
import type { Policy } from "../../policy.ts";
import { notApplicable } from "../../verdict.ts";

const resources = ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"];
const probes = [
  "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
];

/** Work that comes to an end is not probed. */
function whereItServes(condition: Condition): Condition {
  return (node, resource) => {
    const spec = podSpec(resource);
    const restart = spec && nodeAt(spec, "restartPolicy");
    const ends =
      resource.types.includes("Job") ||
      resource.types.includes("CronJob") ||
      (restart?.is === "scalar" && restart.value !== "Always");
    return ends ? notApplicable : condition(node, resource);
  };
}

function bounded(kind: "requests" | "limits", what: "cpu" | "memory"): Pick<Policy, "on" | "examples" | "links"> {
  const amount = what === "cpu" ? "250m" : "128Mi";
  return {
    links: resources,
    // A limit without a request is the request too.
    on: onKinds(
      ["workload"],
      eachContainer(
        value(
          kind === "limits" ? `resources.limits.${what}` : [`resources.requests.${what}`, `resources.limits.${what}`],
        ).exists(),
      ),
    ),
    examples: {
      bad: [podManifest(), terraformPod()],
      good: [
        podManifest(["resources:", `  ${kind}:`, `    ${what}: ${amount}`]),
        terraformPod(["resources {", `  ${kind} = {`, `    ${what} = "${amount}"`, "  }", "}"]),
      ],
    },
  };
}

function probed(probe: string): Pick<Policy, "on" | "examples" | "links"> {
  return {
    links: probes,
    on: onKinds(["workload"], whereItServes(eachServingContainer(value(probe).exists()))),
    examples: {
      bad: [podManifest()],
      good: [podManifest([`${probe}:`, "  httpGet:", "    path: /health", "    port: 8080"])],
    },
  };
}

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-no-cpu-request",
    aliases: ["CKV_K8S_10", "AVD-KSV-0015"],
    title: "Container does not say how much CPU it needs",
    severity: "low",
    controls: "resource-limits",
    why: "The scheduler places the pod anywhere, also on full nodes, where it and its neighbours starve.",
    fix: "Set resources.requests.cpu.",
    ...bounded("requests", "cpu"),
  },
  {
    id: "iac/kubernetes-no-cpu-limit",
    aliases: ["CKV_K8S_11", "AVD-KSV-0011"],
    title: "Container may take all CPU of its node",
    severity: "low",
    controls: "resource-limits",
    why: "A runaway or abused container, one that mines coins for instance, takes the computing time of all its neighbours.",
    fix: "Set resources.limits.cpu.",
    ...bounded("limits", "cpu"),
  },
  {
    id: "iac/kubernetes-no-memory-request",
    aliases: ["CKV_K8S_12", "AVD-KSV-0016"],
    title: "Container does not say how much memory it needs",
    severity: "low",
    controls: "resource-limits",
    why: "The scheduler places the pod on nodes without room for it, and the kernel then ends it or a neighbour.",
    fix: "Set resources.requests.memory.",
    ...bounded("requests", "memory"),
  },
  {
    id: "iac/kubernetes-no-memory-limit",
    aliases: ["CKV_K8S_13", "AVD-KSV-0018"],
    title: "Container may take all memory of its node",
    severity: "low",
    controls: "resource-limits",
    why: "A leak, or a request made to need much memory, brings down the node with everything on it.",
    fix: "Set resources.limits.memory.",
    ...bounded("limits", "memory"),
  },
  {
    id: "iac/kubernetes-no-liveness-probe",
    aliases: ["CKV_K8S_8"],
    title: "Nobody notices when a container hangs",
    severity: "low",
    controls: "availability",
    why: "Without a liveness probe a container that hangs stays as it is until a person restarts it.",
    fix: "Add a livenessProbe that asks the program for a sign of life.",
    ...probed("livenessProbe"),
  },
  {
    id: "iac/kubernetes-no-readiness-probe",
    aliases: ["CKV_K8S_9"],
    title: "Container gets requests before it can answer",
    severity: "low",
    controls: "availability",
    why: "Without a readiness probe a Service sends requests to containers that still start or are overloaded.",
    fix: "Add a readinessProbe that passes when the program can answer.",
    ...probed("readinessProbe"),
  },
];
