/** kubelet: how it keeps its node in shape. Where a configuration file is given, that file decides. */
import { flagAbsent, flagIs, flagSatisfies } from "../../languages/kubernetes/command-line.ts";
import { componentPolicy } from "../../languages/kubernetes/component-policy.ts";
import type { Policy } from "../../policy.ts";

const program = "kubelet";

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-kubelet-never-closes-streams",
    aliases: ["CKV_K8S_143"],
    title: "Kubelet keeps idle connections open for ever",
    severity: "low",
    controls: "denial-of-service",
    why: "Forgotten sessions into pods stay open, and many of them use up the node's connections.",
    fix: "Remove --streaming-connection-idle-timeout=0; the default is four hours.",
    ...componentPolicy(
      program,
      flagSatisfies(program, "streaming-connection-idle-timeout", (value) => !/^0[hms]?$/.test(value), {
        missing: "pass",
        expected: "a time above 0",
      }),
      ["streaming-connection-idle-timeout=0"],
      ["streaming-connection-idle-timeout=5m"],
    ),
  },
  {
    id: "iac/kubernetes-kubelet-changes-kernel-settings",
    aliases: ["CKV_K8S_144"],
    title: "Kubelet may change kernel settings of its node",
    severity: "low",
    controls: "workload-hardening",
    why: "Settings that were hardened on the node are overwritten without a word.",
    fix: "Start the kubelet with --protect-kernel-defaults=true.",
    ...componentPolicy(
      program,
      flagIs(program, "protect-kernel-defaults", "true", "fail"),
      ["protect-kernel-defaults=false"],
      ["protect-kernel-defaults=true"],
    ),
  },
  {
    id: "iac/kubernetes-kubelet-leaves-iptables-alone",
    aliases: ["CKV_K8S_145"],
    title: "Kubelet does not keep up the iptables rules of its node",
    severity: "low",
    controls: "network-segmentation",
    why: "Rules made by hand drift from what pods and services need, and let through or drop the wrong traffic.",
    fix: "Remove --make-iptables-util-chains=false.",
    ...componentPolicy(
      program,
      flagIs(program, "make-iptables-util-chains", "true", "pass"),
      ["make-iptables-util-chains=false"],
      ["make-iptables-util-chains=true"],
    ),
  },
  {
    id: "iac/kubernetes-kubelet-overrides-host-name",
    aliases: ["CKV_K8S_146"],
    title: "Kubelet calls its node by another name",
    severity: "low",
    controls: "governance",
    why: "A name that differs from the host's breaks the match between certificates and nodes, and confuses logs.",
    fix: "Remove --hostname-override.",
    ...componentPolicy(program, flagAbsent(program, "hostname-override"), ["hostname-override=node.example"], []),
  },
  {
    id: "iac/kubernetes-kubelet-too-many-events",
    aliases: ["CKV_K8S_147"],
    title: "Kubelet may flood the API server with events",
    severity: "low",
    controls: "denial-of-service",
    why: "A pod that fails again and again makes events as fast as the limit allows, and the API server has to store them.",
    fix: "Set --event-qps to 5 or less.",
    ...componentPolicy(
      program,
      flagSatisfies(program, "event-qps", (value) => Number(value) <= 5, { missing: "pass", expected: "5 or less" }),
      ["event-qps=100"],
      ["event-qps=5"],
    ),
  },
];
