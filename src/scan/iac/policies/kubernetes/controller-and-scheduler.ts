/** kube-controller-manager and kube-scheduler: how they prove themselves and where they listen. */
import type { Condition } from "../../condition.ts";
import { eachStart, flagIs, flagSatisfies } from "../../languages/kubernetes/command-line.ts";
import { componentPolicy } from "../../languages/kubernetes/component-policy.ts";
import type { Policy } from "../../policy.ts";
import { failAt, passAt } from "../../verdict.ts";

const controllers = "kube-controller-manager";
const scheduler = "kube-scheduler";

function isKeyFile(text: string): boolean {
  return /\.(?:pem|key|crt|pub)$/.test(text);
}

const keyFile = { missing: "pass", expected: "a PEM file" } as const;

const limitsFinishedPods: Condition = eachStart(controllers, (line) => {
  const flag = line.flags.get("terminated-pod-gc-threshold");
  if (!flag) return failAt(line, "--terminated-pod-gc-threshold is not set");
  return flag.value === undefined || Number(flag.value) > 0
    ? passAt(flag.at)
    : failAt(flag, `--terminated-pod-gc-threshold is ${flag.value}`);
});

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-finished-pods-kept",
    aliases: ["CKV_K8S_106", "AVD-KCV-0033"],
    title: "Controller manager is told no limit for finished pods",
    severity: "low",
    controls: "resource-limits",
    why: "Finished pods pile up until the API server and its store suffer.",
    fix: "Set --terminated-pod-gc-threshold to a number above 0.",
    ...componentPolicy(
      controllers,
      limitsFinishedPods,
      ["terminated-pod-gc-threshold=0"],
      ["terminated-pod-gc-threshold=12500"],
    ),
  },
  {
    id: "iac/kubernetes-controller-manager-profiling",
    aliases: ["CKV_K8S_107", "AVD-KCV-0034"],
    title: "Controller manager offers profiling data",
    severity: "low",
    controls: "workload-hardening",
    why: "Profiles tell about the inside of the program, and making them costs it time.",
    fix: "Start the controller manager with --profiling=false.",
    ...componentPolicy(
      controllers,
      flagIs(controllers, "profiling", "false", "fail"),
      ["profiling=true"],
      ["profiling=false"],
    ),
  },
  {
    id: "iac/kubernetes-controllers-share-account",
    aliases: ["CKV_K8S_108", "AVD-KCV-0035"],
    title: "All controllers share one account",
    severity: "medium",
    controls: "least-privilege",
    why: "Each controller then has the permissions of all of them.",
    fix: "Start the controller manager with --use-service-account-credentials=true.",
    ...componentPolicy(
      controllers,
      flagIs(controllers, "use-service-account-credentials", "true", "fail"),
      ["use-service-account-credentials=false"],
      ["use-service-account-credentials=true"],
    ),
  },
  {
    id: "iac/kubernetes-controller-manager-account-key",
    aliases: ["CKV_K8S_110", "AVD-KCV-0036"],
    title: "Controller manager is given no proper key for service accounts",
    severity: "low",
    controls: "key-lifecycle",
    why: "Tokens that are signed with another key than intended cannot be checked, or outlive a change of keys.",
    fix: "Give --service-account-private-key-file a PEM file with the private key for service accounts.",
    ...componentPolicy(
      controllers,
      flagSatisfies(controllers, "service-account-private-key-file", isKeyFile, keyFile),
      ["service-account-private-key-file=key.txt"],
      ["service-account-private-key-file=/pki/sa.key"],
    ),
  },
  {
    id: "iac/kubernetes-controller-manager-root-certificate",
    aliases: ["CKV_K8S_111", "AVD-KCV-0037"],
    title: "Controller manager is given no proper root certificate",
    severity: "low",
    controls: "encryption-in-transit",
    why: "Pods get this certificate to check the API server with; without it they cannot tell the server from an impostor.",
    fix: "Give --root-ca-file a PEM file with the certificate of the cluster's authority.",
    ...componentPolicy(
      controllers,
      flagSatisfies(controllers, "root-ca-file", isKeyFile, keyFile),
      ["root-ca-file=ca.txt"],
      ["root-ca-file=/pki/ca.crt"],
    ),
  },
  {
    id: "iac/kubernetes-controller-manager-listens-for-all",
    aliases: ["CKV_K8S_113", "AVD-KCV-0039"],
    title: "Controller manager listens beyond its own node",
    severity: "low",
    controls: "network-exposure",
    why: "Its metrics and health pages tell about the cluster to whoever reaches the node.",
    fix: "Start the controller manager with --bind-address=127.0.0.1.",
    ...componentPolicy(
      controllers,
      flagIs(controllers, "bind-address", "127.0.0.1", "fail"),
      ["bind-address=0.0.0.0"],
      ["bind-address=127.0.0.1"],
    ),
  },
  {
    id: "iac/kubernetes-scheduler-profiling",
    aliases: ["CKV_K8S_114", "AVD-KCV-0040"],
    title: "Scheduler offers profiling data",
    severity: "low",
    controls: "workload-hardening",
    why: "Profiles tell about the inside of the program, and making them costs it time.",
    fix: "Start the scheduler with --profiling=false.",
    ...componentPolicy(
      scheduler,
      flagIs(scheduler, "profiling", "false", "fail"),
      ["profiling=true"],
      ["profiling=false"],
    ),
  },
  {
    id: "iac/kubernetes-scheduler-listens-for-all",
    aliases: ["CKV_K8S_115", "AVD-KCV-0041"],
    title: "Scheduler listens beyond its own node",
    severity: "low",
    controls: "network-exposure",
    why: "Its metrics and health pages tell about the cluster to whoever reaches the node.",
    fix: "Start the scheduler with --bind-address=127.0.0.1.",
    ...componentPolicy(
      scheduler,
      flagIs(scheduler, "bind-address", "127.0.0.1", "fail"),
      ["bind-address=0.0.0.0"],
      ["bind-address=127.0.0.1"],
    ),
  },
];
