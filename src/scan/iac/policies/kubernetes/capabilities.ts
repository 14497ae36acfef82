/** Linux capabilities of containers: the parts of root's power that a process may have without being root. */
import { itemsOf } from "../../../formats/node.ts";
import { type Condition, nodeAt, value } from "../../condition.ts";
import { podManifest, terraformPod } from "../../languages/kubernetes/example-manifests.ts";
import { onKinds } from "../../languages/kubernetes/on-kinds.ts";
import { eachContainer } from "../../languages/kubernetes/pod.ts";
import type { Policy } from "../../policy.ts";
import { failAt, passAt, unknownAt } from "../../verdict.ts";

const links = ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"];
const drop = "securityContext.capabilities.drop";
const add = "securityContext.capabilities.add";

/** Names are written in any case, with or without CAP_. */
function nameOf(value: unknown): string {
  return String(value).toUpperCase().replace(/^CAP_/, "");
}

function dropsOneOf(...names: readonly string[]): Condition {
  return eachContainer((container) => {
    const list = nodeAt(container, drop);
    for (const item of itemsOf(list)) {
      if (item.is === "scalar" && names.includes(nameOf(item.value))) return passAt(item.at);
    }
    const unclear = itemsOf(list).find((item) => item.is === "unknown");
    if (unclear?.is === "unknown") return unknownAt(unclear.at, unclear.reason);
    if (list?.is === "list" && list.open !== undefined) return unknownAt(list.at, list.open);
    return failAt(list ?? container, `the container does not drop ${names.join(" or ")}`);
  });
}

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-capabilities-added",
    aliases: ["CKV_K8S_25", "AVD-KSV-0022"],
    title: "Container is given additional capabilities",
    severity: "medium",
    controls: "privileged-workload",
    why: "Each added capability is a part of root's power over the kernel, ready for whoever takes over the process.",
    fix: "Remove capabilities.add. If one is truly needed, drop ALL, add only that one, and skip this policy with the reason.",
    links,
    on: onKinds(["workload"], eachContainer(value(add).absent())),
    examples: {
      bad: [
        podManifest(["securityContext:", "  capabilities:", "    add: [NET_ADMIN]"]),
        terraformPod(["security_context {", "  capabilities {", '    add = ["NET_ADMIN"]', "  }", "}"]),
      ],
      good: [podManifest(["securityContext:", "  capabilities:", "    drop: [ALL]"]), terraformPod()],
    },
  },
  {
    id: "iac/kubernetes-net-raw-not-dropped",
    aliases: ["CKV_K8S_28"],
    title: "Container keeps the capability NET_RAW",
    severity: "medium",
    controls: "privileged-workload",
    why: "With NET_RAW a process can forge packets and impersonate other pods in the network of the cluster. Containers have it unless it is dropped.",
    fix: "Add NET_RAW, or better ALL, to securityContext.capabilities.drop of every container.",
    links,
    on: onKinds(["workload"], dropsOneOf("ALL", "NET_RAW")),
    examples: {
      bad: [podManifest(), podManifest(["securityContext:", "  capabilities:", "    drop: [KILL]"]), terraformPod()],
      good: [
        podManifest(["securityContext:", "  capabilities:", "    drop: [NET_RAW]"]),
        terraformPod(["security_context {", "  capabilities {", '    drop = ["ALL"]', "  }", "}"]),
      ],
    },
  },
  {
    id: "iac/kubernetes-capabilities-not-dropped",
    aliases: ["CKV_K8S_37", "AVD-KSV-0003"],
    title: "Container keeps the default capabilities",
    severity: "low",
    controls: "privileged-workload",
    why: "A container starts with over a dozen capabilities. What the process does not need only serves an attacker.",
    fix: "Set securityContext.capabilities.drop to [ALL] and add back only what the process needs.",
    links,
    on: onKinds(["workload"], dropsOneOf("ALL")),
    examples: {
      bad: [podManifest(), podManifest(["securityContext:", "  capabilities:", "    drop: [NET_RAW]"]), terraformPod()],
      good: [
        podManifest(["securityContext:", "  capabilities:", "    drop: [ALL]"]),
        terraformPod(["security_context {", "  capabilities {", '    drop = ["ALL"]', "  }", "}"]),
      ],
    },
  },
  {
    id: "iac/kubernetes-sys-admin-capability",
    aliases: ["CKV_K8S_39", "AVD-KSV-0005"],
    title: "Container has the capability SYS_ADMIN",
    severity: "high",
    controls: "privileged-workload",
    why: "SYS_ADMIN lets a process mount file systems and change namespaces: as good as root on the node.",
    fix: "Remove SYS_ADMIN (and ALL) from securityContext.capabilities.add.",
    links,
    on: onKinds(
      ["workload"],
      eachContainer(
        value(add, { missing: "pass" }).satisfies(
          (name) => !["SYS_ADMIN", "ALL"].includes(nameOf(name)),
          "no SYS_ADMIN",
        ),
      ),
    ),
    examples: {
      bad: [podManifest(["securityContext:", "  capabilities:", "    add: [SYS_ADMIN]"])],
      good: [podManifest(), podManifest(["securityContext:", "  capabilities:", "    add: [NET_BIND_SERVICE]"])],
    },
  },
];
