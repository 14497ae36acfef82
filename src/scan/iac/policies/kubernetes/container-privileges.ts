/** Containers that have more power over their node than their work needs: root, privileged mode, ways to get more. */
import { child, type Node } from "../../../formats/node.ts";
import { all, type Condition, value } from "../../condition.ts";
import { podManifest, terraformPod } from "../../languages/kubernetes/example-manifests.ts";
import { onKinds } from "../../languages/kubernetes/on-kinds.ts";
import { eachContainer, podSpecIs } from "../../languages/kubernetes/pod.ts";
import type { Policy } from "../../policy.ts";
import { failAt, passAt, unknownAt, type Verdict } from "../../verdict.ts";

const hostProcess = "securityContext.windowsOptions.hostProcess";
const links = ["https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"];

/** A setting of the container, or else of its pod. */
function effective(container: Node, pod: Node | undefined, key: string): Node | undefined {
  return [child(container, "securityContext"), pod]
    .map((context) => child(context, key))
    .find((node) => node !== undefined && !(node.is === "scalar" && node.value === null));
}

/** Asks of every container, with what the pod says for all of them. */
function eachIdentity(judge: (container: Node, podContext: Node | undefined) => Verdict): Condition {
  return podSpecIs((spec, resource) =>
    eachContainer((container) => judge(container, child(spec, "securityContext")))(spec, resource),
  );
}

function isNumber(node: Node | undefined, test: (value: number) => boolean): boolean {
  return node?.is === "scalar" && node.value !== null && node.value !== "" && test(Number(node.value));
}

function isTrue(node: Node | undefined): boolean {
  return node?.is === "scalar" && String(node.value) === "true";
}

const runsAsNonRoot = eachIdentity((container, pod) => {
  const nonRoot = effective(container, pod, "runAsNonRoot");
  const user = effective(container, pod, "runAsUser");
  if (isTrue(nonRoot)) return passAt(nonRoot?.at ?? container.at);
  if (isNumber(user, (id) => id > 0)) return passAt(user?.at ?? container.at);
  for (const node of [nonRoot, user]) if (node?.is === "unknown") return unknownAt(node.at, node.reason);
  const at = (isNumber(user, (id) => id === 0) ? user?.at : nonRoot?.at) ?? container.at;
  return failAt(at, "neither runAsNonRoot: true nor a runAsUser above 0 holds for this container");
});

/** The user or group id is high enough not to be one of the node's own. */
function idAtLeast(key: "runAsUser" | "runAsGroup", minimum: number): Condition {
  return eachIdentity((container, pod) => {
    const id = effective(container, pod, key);
    if (id?.is === "unknown") return unknownAt(id.at, id.reason);
    if (id && isNumber(id, (number) => number >= minimum)) return passAt(id.at);
    return failAt(id ?? container, `${key} is ${id ? "too low" : "not set"}, expected at least ${minimum}`);
  });
}

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-privileged-container",
    aliases: ["CKV_K8S_16", "AVD-KSV-0017"],
    title: "Container runs in privileged mode",
    severity: "critical",
    controls: "privileged-workload",
    why: "A privileged container sees every device of its node. Whoever takes over the container has the node, and with it all other workloads there.",
    fix: "Remove privileged: true; add the single capability that is really needed instead.",
    links,
    on: onKinds(["workload"], eachContainer(value("securityContext.privileged").not(true))),
    examples: {
      bad: [
        podManifest(["securityContext:", "  privileged: true"]),
        terraformPod(["security_context {", "  privileged = true", "}"]),
      ],
      good: [
        podManifest(["securityContext:", "  privileged: false"]),
        podManifest(),
        terraformPod(["security_context {", "  privileged = false", "}"]),
      ],
    },
  },
  {
    id: "iac/kubernetes-privilege-escalation-allowed",
    aliases: ["CKV_K8S_20", "AVD-KSV-0001"],
    title: "Container may gain more privileges than its parent process",
    severity: "medium",
    controls: "privileged-workload",
    why: "A setuid program in the image lets a process that was taken over become root inside the container.",
    fix: "Set securityContext.allowPrivilegeEscalation to false for every container; the default is true.",
    links,
    on: onKinds(["workload"], eachContainer(value("securityContext.allowPrivilegeEscalation").is(false))),
    examples: {
      bad: [
        podManifest(),
        podManifest(["securityContext:", "  allowPrivilegeEscalation: true"]),
        terraformPod(["security_context {", "  allow_privilege_escalation = true", "}"]),
      ],
      good: [
        podManifest(["securityContext:", "  allowPrivilegeEscalation: false"]),
        terraformPod(["security_context {", "  allow_privilege_escalation = false", "}"]),
      ],
    },
  },
  {
    id: "iac/kubernetes-container-may-run-as-root",
    aliases: ["CKV_K8S_23", "AVD-KSV-0012"],
    title: "Container may run as root",
    severity: "medium",
    controls: "privileged-workload",
    why: "A process that breaks out of its container keeps its user. As root it owns the node, as another user it owns little.",
    fix: "Set runAsNonRoot: true for the pod (or each container), and give the image a user other than root.",
    links,
    on: onKinds(["workload"], runsAsNonRoot),
    examples: {
      bad: [
        podManifest(),
        podManifest(["securityContext:", "  runAsUser: 0"], ["securityContext:", "  runAsUser: 1000"]),
        terraformPod(),
      ],
      good: [
        podManifest([], ["securityContext:", "  runAsNonRoot: true"]),
        podManifest(["securityContext:", "  runAsUser: 1000"]),
        terraformPod(["security_context {", "  run_as_non_root = true", "}"]),
      ],
    },
  },
  {
    id: "iac/kubernetes-low-user-id",
    aliases: ["CKV_K8S_40", "AVD-KSV-0020"],
    title: "Container runs under a user id that the node may use too",
    severity: "low",
    controls: "workload-isolation",
    why: "Low user ids belong to accounts of the node. A process that escapes its container has the rights of the account with the same id.",
    fix: "Set runAsUser to a number of 10000 or more, for the pod or for each container.",
    links,
    on: onKinds(["workload"], idAtLeast("runAsUser", 10_000)),
    examples: {
      bad: [
        podManifest(),
        podManifest(["securityContext:", "  runAsUser: 1000"]),
        terraformPod(["security_context {", "  run_as_user = 100", "}"]),
      ],
      good: [
        podManifest([], ["securityContext:", "  runAsUser: 10001"]),
        terraformPod(["security_context {", "  run_as_user = 10001", "}"]),
      ],
    },
  },
  {
    id: "iac/kubernetes-low-group-id",
    aliases: ["AVD-KSV-0021"],
    title: "Container runs under a group id that the node may use too",
    severity: "low",
    controls: "workload-isolation",
    why: "Files of the node that a low group may read or write are open to a process that escapes its container.",
    fix: "Set runAsGroup to a number of 10000 or more, for the pod or for each container.",
    links,
    on: onKinds(["workload"], idAtLeast("runAsGroup", 10_000)),
    examples: {
      bad: [podManifest(), podManifest(["securityContext:", "  runAsGroup: 0"])],
      good: [podManifest(["securityContext:", "  runAsGroup: 10001"])],
    },
  },
  {
    id: "iac/kubernetes-root-group",
    aliases: ["AVD-KSV-0029", "AVD-KSV-0116"],
    title: "Container belongs to the group root",
    severity: "low",
    controls: "privileged-workload",
    why: "Many files of images and volumes may be written by the group root, so its members can change what they should only read.",
    fix: "Set runAsGroup, fsGroup and supplementalGroups to groups other than 0.",
    links,
    on: onKinds(
      ["workload"],
      all(
        podSpecIs(
          all(
            value("securityContext.runAsGroup").not(0),
            value("securityContext.fsGroup").not(0),
            value("securityContext.supplementalGroups").not(0),
          ),
        ),
        eachContainer(value("securityContext.runAsGroup").not(0)),
      ),
    ),
    examples: {
      bad: [podManifest([], ["securityContext:", "  supplementalGroups: [0]"])],
      good: [podManifest(), podManifest(["securityContext:", "  runAsGroup: 10001"])],
    },
  },
  {
    id: "iac/kubernetes-windows-host-process",
    aliases: ["AVD-KSV-0103"],
    title: "Windows container runs as a process of its host",
    severity: "critical",
    controls: "privileged-workload",
    why: "A HostProcess container has the Windows node itself: its files, its registry and its network.",
    fix: "Remove windowsOptions.hostProcess: true; keep it to the few agents that set up nodes.",
    links: ["https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/"],
    on: onKinds(
      ["workload"],
      all(podSpecIs(value(hostProcess).not(true)), eachContainer(value(hostProcess).not(true))),
    ),
    examples: {
      bad: [
        podManifest([], ["securityContext:", "  windowsOptions:", "    hostProcess: true"]),
        podManifest(["securityContext:", "  windowsOptions:", "    hostProcess: true"]),
      ],
      good: [podManifest()],
    },
  },
];
