/** PodSecurityPolicies, which clusters before 1.25 still obey: what they let pods have. */
import { itemsOf } from "../../../formats/node.ts";
import { type Condition, check, nodeAt, nodesAt, value } from "../../condition.ts";
import { onKinds } from "../../languages/kubernetes/on-kinds.ts";
import { k8s, type Policy, tf } from "../../policy.ts";
import { failAt, passAt, unknownAt } from "../../verdict.ts";

const links = ["https://kubernetes.io/docs/concepts/security/pod-security-admission/"];
const replace = "Better still, replace the policy by Pod Security Admission.";

function psp(condition: Condition): Policy["on"] {
  return onKinds(["PodSecurityPolicy"], condition);
}

function manifest(spec: readonly string[], annotations: readonly string[] = []): string {
  return [
    "apiVersion: policy/v1beta1",
    "kind: PodSecurityPolicy",
    "metadata:",
    "  name: restricted",
    ...(annotations.length > 0 ? ["  annotations:", ...annotations.map((line) => `    ${line}`)] : []),
    "spec:",
    "  privileged: false",
    ...spec.map((line) => `  ${line}`),
    "",
  ].join("\n");
}

function switchExamples(key: string, terraformKey: string): Policy["examples"] {
  const terraform = (on: boolean): string =>
    `resource "kubernetes_pod_security_policy_v1beta1" "restricted" {\n  metadata {\n    name = "restricted"\n  }\n  spec {\n    ${terraformKey} = ${on}\n  }\n}\n`;
  return {
    bad: [k8s(manifest([`${key}: true`]).replace("  privileged: false\n", "")), tf(terraform(true))],
    good: [k8s(manifest([])), tf(terraform(false))],
  };
}

/** A user other than root is demanded. */
const keepsRootOut: Condition = check((_, node) => {
  const rule = nodeAt(node, "spec.runAsUser.rule");
  if (rule?.is === "unknown") return unknownAt(rule.at, rule.reason);
  const text = rule?.is === "scalar" ? String(rule.value) : "";
  if (rule && text === "MustRunAsNonRoot") return passAt(rule.at);
  if (!rule || text !== "MustRunAs") return failAt(rule ?? node, `the rule for users is ${text || "not set"}`);
  const lowest = nodesAt(node, "spec.runAsUser.ranges.min");
  const root = lowest.find((min) => min.is === "scalar" && Number(min.value) === 0);
  if (root || lowest.length === 0) return failAt(root ?? rule, "the range of users begins with root");
  const unclear = lowest.find((min) => min.is === "unknown");
  return unclear ? unknownAt(unclear.at, "the range is not known") : passAt(rule.at);
});

const dropsNetRaw: Condition = check((_, node) => {
  const list = nodeAt(node, "spec.requiredDropCapabilities");
  if (list?.is === "unknown") return unknownAt(list.at, list.reason);
  const dropped = itemsOf(list).find(
    (item) => item.is === "scalar" && ["ALL", "NET_RAW", "*"].includes(String(item.value).toUpperCase()),
  );
  return dropped ? passAt(dropped.at) : failAt(list ?? node, "NET_RAW is not dropped");
});

const seccompAnnotation = "seccomp.security.alpha.kubernetes.io/defaultProfileName";

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-psp-allows-host-pid",
    aliases: ["CKV_K8S_1"],
    title: "Pod security policy lets pods see the processes of their node",
    severity: "high",
    controls: "workload-isolation",
    why: "Pods under this policy may read the environment of every process on the node, secrets included.",
    fix: `Remove hostPID: true from the policy. ${replace}`,
    links,
    on: psp(value("spec.hostPID").not(true)),
    examples: switchExamples("hostPID", "host_pid"),
  },
  {
    id: "iac/kubernetes-psp-allows-privileged",
    aliases: ["CKV_K8S_2"],
    title: "Pod security policy allows privileged containers",
    severity: "high",
    controls: "privileged-workload",
    why: "Whoever may create pods under this policy owns the nodes.",
    fix: `Set privileged to false in the policy. ${replace}`,
    links,
    on: psp(value("spec.privileged").not(true)),
    examples: switchExamples("privileged", "privileged"),
  },
  {
    id: "iac/kubernetes-psp-allows-host-ipc",
    aliases: ["CKV_K8S_3"],
    title: "Pod security policy lets pods share the memory of their node",
    severity: "high",
    controls: "workload-isolation",
    why: "Shared memory of other processes on the node can be read and changed from pods under this policy.",
    fix: `Remove hostIPC: true from the policy. ${replace}`,
    links,
    on: psp(value("spec.hostIPC").not(true)),
    examples: switchExamples("hostIPC", "host_ipc"),
  },
  {
    id: "iac/kubernetes-psp-allows-host-network",
    aliases: ["CKV_K8S_4"],
    title: "Pod security policy lets pods use the network of their node",
    severity: "high",
    controls: "workload-isolation",
    why: "Pods under this policy reach what listens only on the node, past all network policies.",
    fix: `Remove hostNetwork: true from the policy. ${replace}`,
    links,
    on: psp(value("spec.hostNetwork").not(true)),
    examples: switchExamples("hostNetwork", "host_network"),
  },
  {
    id: "iac/kubernetes-psp-allows-privilege-escalation",
    aliases: ["CKV_K8S_5"],
    title: "Pod security policy lets processes gain privileges",
    severity: "medium",
    controls: "privileged-workload",
    why: "A setuid program in an image lets a process become root inside its container.",
    fix: `Set allowPrivilegeEscalation to false in the policy. ${replace}`,
    links,
    on: psp(value("spec.allowPrivilegeEscalation").not(true)),
    examples: switchExamples("allowPrivilegeEscalation", "allow_privilege_escalation"),
  },
  {
    id: "iac/kubernetes-psp-allows-root",
    aliases: ["CKV_K8S_6"],
    title: "Pod security policy lets containers run as root",
    severity: "medium",
    controls: "privileged-workload",
    why: "A process that breaks out of its container keeps its user; as root it owns the node.",
    fix: `Set runAsUser.rule to MustRunAsNonRoot. ${replace}`,
    links,
    on: psp(keepsRootOut),
    examples: {
      bad: [k8s(manifest(["runAsUser:", "  rule: RunAsAny"]))],
      good: [k8s(manifest(["runAsUser:", "  rule: MustRunAsNonRoot"]))],
    },
  },
  {
    id: "iac/kubernetes-psp-keeps-net-raw",
    aliases: ["CKV_K8S_7"],
    title: "Pod security policy leaves containers NET_RAW",
    severity: "medium",
    controls: "privileged-workload",
    why: "With NET_RAW a process can forge packets and impersonate other pods in the network.",
    fix: `Add NET_RAW or ALL to requiredDropCapabilities. ${replace}`,
    links,
    on: psp(dropsNetRaw),
    examples: {
      bad: [k8s(manifest([]))],
      good: [k8s(manifest(["requiredDropCapabilities: [ALL]"]))],
    },
  },
  {
    id: "iac/kubernetes-psp-allows-capabilities",
    aliases: ["CKV_K8S_24"],
    title: "Pod security policy allows additional capabilities",
    severity: "medium",
    controls: "privileged-workload",
    why: "Pods may ask for parts of root's power over the kernel.",
    fix: `Remove allowedCapabilities from the policy. ${replace}`,
    links,
    on: psp(value("spec.allowedCapabilities").absent()),
    examples: {
      bad: [k8s(manifest(["allowedCapabilities: [NET_ADMIN]"]))],
      good: [k8s(manifest([]))],
    },
  },
  {
    id: "iac/kubernetes-psp-without-seccomp-profile",
    aliases: ["CKV_K8S_32"],
    title: "Pod security policy sets no seccomp profile",
    severity: "low",
    controls: "workload-hardening",
    why: "Pods under this policy may use every system call, those that lead out of containers too.",
    fix: `Set the annotation ${seccompAnnotation} to runtime/default. ${replace}`,
    links,
    on: psp(value(`metadata.annotations."${seccompAnnotation}"`).oneOf("runtime/default", "docker/default")),
    examples: {
      bad: [k8s(manifest([]))],
      good: [k8s(manifest([], [`${seccompAnnotation}: runtime/default`]))],
    },
  },
  {
    id: "iac/kubernetes-psp-drops-no-capabilities",
    aliases: ["CKV_K8S_36"],
    title: "Pod security policy drops no capabilities",
    severity: "low",
    controls: "privileged-workload",
    why: "Containers keep the dozen capabilities that the runtime gives; what they do not need only serves an attacker.",
    fix: `Set requiredDropCapabilities to [ALL]. ${replace}`,
    links,
    on: psp(value("spec.requiredDropCapabilities", { edit: false }).exists()),
    examples: {
      bad: [k8s(manifest([]))],
      good: [k8s(manifest(["requiredDropCapabilities: [ALL]"]))],
    },
  },
];
