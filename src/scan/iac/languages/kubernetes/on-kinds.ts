/**
 * One condition for a kind of object in every dialect that makes it: Kubernetes documents, and the kubernetes provider of
 * Terraform, whose resources are shown as Kubernetes objects.
 */
import { type Block, child, itemsOf, textOf } from "../../../formats/node.ts";
import type { Condition } from "../../condition.ts";
import type { Policy, ResourceKey } from "../../policy.ts";
import type { Resource } from "../../resource.ts";
import { notApplicable, type Suggestion, type Verdict } from "../../verdict.ts";
import { kubernetesView, originalOf, terraformName } from "./from-terraform.ts";
import { isWorkload } from "./pod.ts";

/** Terraform's names without `kubernetes_`; most have a twin with `_v1`. */
const terraformKinds: Readonly<Record<string, readonly string[]>> = {
  Pod: ["pod", "pod_v1"],
  Deployment: ["deployment", "deployment_v1"],
  StatefulSet: ["stateful_set", "stateful_set_v1"],
  DaemonSet: ["daemonset", "daemon_set_v1"],
  ReplicationController: ["replication_controller", "replication_controller_v1"],
  Job: ["job", "job_v1"],
  CronJob: ["cron_job", "cron_job_v1"],
  Service: ["service", "service_v1"],
  Ingress: ["ingress", "ingress_v1"],
  ConfigMap: ["config_map", "config_map_v1"],
  Secret: ["secret", "secret_v1"],
  ServiceAccount: ["service_account", "service_account_v1"],
  Role: ["role", "role_v1"],
  ClusterRole: ["cluster_role", "cluster_role_v1"],
  RoleBinding: ["role_binding", "role_binding_v1"],
  ClusterRoleBinding: ["cluster_role_binding", "cluster_role_binding_v1"],
  NetworkPolicy: ["network_policy", "network_policy_v1"],
  PodSecurityPolicy: ["pod_security_policy", "pod_security_policy_v1beta1"],
};

const terraformWorkloads = [
  "Pod",
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "ReplicationController",
  "Job",
  "CronJob",
] as const;

/** Kinds as policies call them: `workload` is everything that makes pods. */
export function onKinds(kinds: readonly string[], condition: Condition): Policy["on"] {
  const pairs: (readonly [ResourceKey, Condition])[] = kinds.map((kind) => [`k8s:${kind}`, condition]);
  for (const kind of kinds.flatMap((one) => (one === "workload" ? terraformWorkloads : [one]))) {
    const types = kinds.includes("workload") && isTerraformWorkload(kind) ? [kind, "workload"] : [kind];
    for (const name of terraformKinds[kind] ?? []) {
      pairs.push([`tf:kubernetes_${name}`, asKubernetes(condition, types)]);
    }
  }
  pairs.push(["tf:kubernetes_manifest", onManifest(condition, kinds)]);
  return Object.fromEntries(pairs);
}

function isTerraformWorkload(kind: string): boolean {
  return (terraformWorkloads as readonly string[]).includes(kind);
}

function asKubernetes(condition: Condition, types: readonly string[]): Condition {
  return (node, resource) => {
    if (node.is !== "block") return condition(node, resource);
    const body = kubernetesView(node);
    return inTerraform(condition(body, { ...resource, types, body }));
  };
}

/** `kubernetes_manifest` holds the object as it is. */
function onManifest(condition: Condition, kinds: readonly string[]): Condition {
  return (node, resource) => {
    const [body] = itemsOf(child(node, "manifest")).filter((item): item is Block => item.is === "block");
    const kind = textOf(child(body, "kind"));
    if (!body || kind === undefined) return notApplicable;
    const shown: Resource = { ...resource, types: [kind], body };
    const types = isWorkload(shown) ? [kind, "workload"] : [kind];
    if (!types.some((type) => kinds.includes(type))) return notApplicable;
    const verdict = condition(body, { ...shown, types });
    return verdict.edits?.some((edit) => edit.is === "add" && edit.path.length > 1)
      ? { ...verdict, edits: undefined }
      : verdict;
  };
}

/** Edits in the names of Terraform; what would need new blocks within blocks is not proposed. */
function inTerraform(verdict: Verdict): Verdict {
  if (!verdict.edits) return verdict;
  const edits = verdict.edits.map((edit): Suggestion | undefined => {
    if (edit.is !== "add") return edit;
    const to = originalOf(edit.to);
    return to && edit.path.length === 1 ? { ...edit, to, path: edit.path.map(terraformName) } : undefined;
  });
  return { ...verdict, edits: edits.includes(undefined) ? undefined : edits.filter((edit) => edit !== undefined) };
}
