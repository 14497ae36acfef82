/** kube-apiserver: the admission plugins that check and change what is created. */

import { all, type Condition } from "../../condition.ts";
import { flagLists, flagOmits, flagSatisfies } from "../../languages/kubernetes/command-line.ts";
import { componentPolicy } from "../../languages/kubernetes/component-policy.ts";
import type { Policy } from "../../policy.ts";

const program = "kube-apiserver";
const plugins = "enable-admission-plugins";
const links = ["https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/"];

/** Plugins that are on by default are only missed where a list is given without them, or where they are switched off. */
function enables(plugin: string, missing: "pass" | "fail"): Condition {
  return all(
    flagLists(program, plugins, plugin, missing),
    flagOmits(program, "disable-admission-plugins", plugin, "pass"),
  );
}

function plugged(condition: Condition, bad: string, good: string): Pick<Policy, "links" | "on" | "examples"> {
  return { ...componentPolicy(program, condition, [bad], [good]), links };
}

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-admission-always-admits",
    aliases: ["CKV_K8S_79", "AVD-KCV-0011"],
    title: "API server admits every object unchecked",
    severity: "high",
    controls: "workload-hardening",
    why: "The plugin AlwaysAdmit lets everything pass; it is meant for tests.",
    fix: "Remove AlwaysAdmit from --enable-admission-plugins.",
    ...plugged(
      flagOmits(program, plugins, "AlwaysAdmit", "pass"),
      `${plugins}=AlwaysAdmit`,
      `${plugins}=NodeRestriction`,
    ),
  },
  {
    id: "iac/kubernetes-admission-without-always-pull",
    aliases: ["CKV_K8S_80", "AVD-KCV-0012"],
    title: "Pods may use images of others without permission",
    severity: "low",
    controls: "supply-chain",
    why: "Without AlwaysPullImages a pod may use any image that a node has already, also a private one of somebody else.",
    fix: "Add AlwaysPullImages to --enable-admission-plugins.",
    ...plugged(enables("AlwaysPullImages", "fail"), `${plugins}=NodeRestriction`, `${plugins}=AlwaysPullImages`),
  },
  {
    id: "iac/kubernetes-admission-without-security-context-deny",
    aliases: ["CKV_K8S_81", "AVD-KCV-0013"],
    title: "API server names neither SecurityContextDeny nor PodSecurityPolicy",
    severity: "low",
    controls: "workload-hardening",
    why: "On the old clusters that still start with such a list, pods may ask for any security context.",
    fix: "Use Pod Security Admission on clusters since 1.25; on older ones add PodSecurityPolicy to --enable-admission-plugins.",
    ...plugged(
      flagSatisfies(
        program,
        plugins,
        (list) => /\b(?:SecurityContextDeny|PodSecurityPolicy|PodSecurity)\b/.test(list),
        { missing: "pass", expected: "SecurityContextDeny, PodSecurityPolicy or PodSecurity" },
      ),
      `${plugins}=NodeRestriction`,
      `${plugins}=PodSecurity`,
    ),
  },
  {
    id: "iac/kubernetes-admission-without-service-account",
    aliases: ["CKV_K8S_82", "AVD-KCV-0014"],
    title: "Admission plugins leave out ServiceAccount",
    severity: "medium",
    controls: "least-privilege",
    why: "Without ServiceAccount pods get no account of their own, and accounts that do not exist are not refused.",
    fix: "Name ServiceAccount in --enable-admission-plugins and not in --disable-admission-plugins.",
    ...plugged(
      enables("ServiceAccount", "pass"),
      "disable-admission-plugins=ServiceAccount",
      `${plugins}=ServiceAccount`,
    ),
  },
  {
    id: "iac/kubernetes-admission-without-namespace-lifecycle",
    aliases: ["CKV_K8S_83", "AVD-KCV-0015"],
    title: "Admission plugins leave out NamespaceLifecycle",
    severity: "medium",
    controls: "workload-hardening",
    why: "Without NamespaceLifecycle objects can be created in namespaces that are being deleted, and system namespaces can be deleted.",
    fix: "Name NamespaceLifecycle in --enable-admission-plugins and not in --disable-admission-plugins.",
    ...plugged(
      enables("NamespaceLifecycle", "pass"),
      "disable-admission-plugins=NamespaceLifecycle",
      `${plugins}=NamespaceLifecycle`,
    ),
  },
  {
    id: "iac/kubernetes-admission-without-pod-security",
    aliases: ["CKV_K8S_84"],
    title: "Admission plugins leave out pod security",
    severity: "low",
    controls: "workload-hardening",
    why: "Where such a list is given without PodSecurityPolicy or its successor PodSecurity, privileged pods may be let in.",
    fix: "Name PodSecurity in --enable-admission-plugins (PodSecurityPolicy before 1.25).",
    ...plugged(
      flagSatisfies(program, plugins, (list) => /\bPodSecurity(?:Policy)?\b/.test(list), {
        missing: "pass",
        expected: "PodSecurity or PodSecurityPolicy",
      }),
      `${plugins}=NodeRestriction`,
      `${plugins}=PodSecurity`,
    ),
  },
  {
    id: "iac/kubernetes-admission-without-node-restriction",
    aliases: ["CKV_K8S_85", "AVD-KCV-0016"],
    title: "Nodes may change objects of other nodes",
    severity: "medium",
    controls: "least-privilege",
    why: "Without NodeRestriction a kubelet that was taken over changes labels and pods of other nodes and draws sensitive pods to itself.",
    fix: "Add NodeRestriction to --enable-admission-plugins.",
    ...plugged(enables("NodeRestriction", "fail"), `${plugins}=PodSecurity`, `${plugins}=NodeRestriction`),
  },
];
