/** Roles that are dangerous in the hands of a workload: judged where they are bound to a service account or a node. */
import { child } from "../../../formats/node.ts";
import { type Condition, check, value, when } from "../../condition.ts";
import { onKinds } from "../../languages/kubernetes/on-kinds.ts";
import { hasOne, namesIn, rulesOf, unclearIn } from "../../languages/kubernetes/rbac-rules.ts";
import { k8s, on, type Policy } from "../../policy.ts";
import { failAt, passAt, unknownAt } from "../../verdict.ts";

const links = ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/"];

interface Grant {
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** True if a rule for objects named one by one is no danger. */
  readonly unnamed?: boolean;
}

/** Who writes all of the RBAC group can give himself the rest. */
const groupsWithEverything = ["", "rbac.authorization.k8s.io"];

function grants(role: Parameters<typeof rulesOf>[0], { resources, verbs, unnamed }: Grant): boolean {
  return rulesOf(role).some((rule) => {
    const named = namesIn(rule, "resources");
    const isNamed = resources.some((one) => named.includes(one));
    const groups = namesIn(rule, "apiGroups");
    const isAll = named.includes("*") && (groups.length === 0 || hasOne(groups, groupsWithEverything));
    if (!isNamed && !isAll) return false;
    return hasOne(namesIn(rule, "verbs"), verbs) && !(unnamed && namesIn(rule, "resourceNames").length > 0);
  });
}

/** Bindings to people and groups, and to roles that stand elsewhere, are not judged here. */
function bindsNoWorkloadTo(grant: Grant): Condition {
  return check((resource, node) => {
    const kinds = namesIn(node, "subjects.kind");
    if (!kinds.some((kind) => kind === "ServiceAccount" || kind === "Node")) return passAt(node.at);
    const { resources: bound, open } = resource.connected(["Role", "ClusterRole"]);
    const [granting] = bound.filter(({ body }) => grants(body, grant));
    if (granting) {
      const at = child(node, "roleRef")?.at ?? node.at;
      return failAt(at, `${granting.address} permits ${grant.verbs[0]} on ${grant.resources[0]}`);
    }
    if (open !== undefined) return unknownAt(node.at, open);
    const unclear = bound.map(({ body }) => unclearIn(body)).find((one) => one !== undefined);
    return unclear ? unknownAt(node.at, "the rules of the role are not wholly known") : passAt(node.at);
  });
}

const keys = ["k8s:RoleBinding", "k8s:ClusterRoleBinding"] as const;

function bound(resource: string, verb: string, subject = "ServiceAccount"): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: web
subjects:
  - kind: ${subject}
    name: web
    namespace: shop
roleRef:
  kind: ClusterRole
  name: web
  apiGroup: rbac.authorization.k8s.io
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: web
rules:
  - apiGroups: ["", "rbac.authorization.k8s.io"]
    resources: ["${resource}"]
    verbs: ["${verb}"]
`;
}

function boundExamples(resource: string, verb: string): Policy["examples"] {
  return { bad: [k8s(bound(resource, verb))], good: [k8s(bound("pods", "get")), k8s(bound(resource, verb, "User"))] };
}

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-workload-may-bind-roles",
    aliases: ["CKV2_K8S_1"],
    title: "Service account may bind roles to itself",
    severity: "high",
    controls: "least-privilege",
    why: "Whoever takes over a pod with this account can give it any role of the cluster.",
    fix: "Take the verb bind on role bindings out of the role, or do not bind the role to a workload.",
    links,
    on: on(keys, bindsNoWorkloadTo({ resources: ["clusterrolebindings", "rolebindings"], verbs: ["bind"] })),
    examples: boundExamples("clusterrolebindings", "bind"),
  },
  {
    id: "iac/kubernetes-workload-may-execute-in-pods",
    aliases: ["CKV2_K8S_2"],
    title: "Service account may run commands in pods or on nodes",
    severity: "high",
    controls: "least-privilege",
    why: "With create on pods/exec or nodes/proxy the account takes over every pod it reaches, with all their secrets.",
    fix: "Take create on pods/exec and nodes/proxy out of the role, or do not bind the role to a workload.",
    links,
    on: on(keys, bindsNoWorkloadTo({ resources: ["pods/exec", "nodes/proxy"], verbs: ["create"] })),
    examples: boundExamples("pods/exec", "create"),
  },
  {
    id: "iac/kubernetes-workload-may-impersonate",
    aliases: ["CKV2_K8S_3"],
    title: "Service account may act under other names",
    severity: "high",
    controls: "least-privilege",
    why: "With impersonate the account acts as any user, group or account, the administrators among them.",
    fix: "Take the verb impersonate out of the role, or limit it with resourceNames.",
    links,
    on: on(keys, bindsNoWorkloadTo({ resources: ["groups", "users", "serviceaccounts"], verbs: ["impersonate"] })),
    examples: boundExamples("users", "impersonate"),
  },
  {
    id: "iac/kubernetes-workload-may-change-service-status",
    aliases: ["CKV2_K8S_4"],
    title: "Service account may change the status of services",
    severity: "medium",
    controls: "least-privilege",
    why: "With a load balancer address written into the status, traffic of the cluster to that address can be caught (CVE-2020-8554).",
    fix: "Take update and patch on services/status out of the role; only the cloud's controller needs them.",
    links: [...links, "https://nvd.nist.gov/vuln/detail/CVE-2020-8554"],
    on: on(keys, bindsNoWorkloadTo({ resources: ["services/status"], verbs: ["update", "patch"] })),
    examples: boundExamples("services/status", "patch"),
  },
  {
    id: "iac/kubernetes-workload-may-read-all-secrets",
    aliases: ["CKV2_K8S_5"],
    title: "Service account may read every secret",
    severity: "high",
    controls: "least-privilege",
    why: "Secrets of all other workloads, tokens of service accounts included, are open to whoever takes over a pod with this account.",
    fix: "Name the secrets with resourceNames, or mount them instead of reading them through the API.",
    links,
    on: on(keys, bindsNoWorkloadTo({ resources: ["secrets"], verbs: ["get", "watch", "list"], unnamed: true })),
    examples: boundExamples("secrets", "list"),
  },
  {
    id: "iac/kubernetes-role-for-everybody",
    aliases: [],
    title: "Role is bound to everybody",
    severity: "high",
    controls: "least-privilege",
    why: "Whoever reaches the API, some without any credentials, has the permissions of this role.",
    fix: "Bind the role to the users, groups or accounts that need it.",
    links,
    on: onKinds(
      ["RoleBinding", "ClusterRoleBinding"],
      value("subjects.name").not("system:anonymous", "system:unauthenticated", "system:authenticated"),
    ),
    examples: {
      bad: [
        k8s(
          bound("pods", "get", "Group").replace(
            "name: web\n    namespace",
            "name: system:unauthenticated\n    namespace",
          ),
        ),
      ],
      good: [k8s(bound("pods", "get"))],
    },
  },
  {
    id: "iac/kubernetes-workload-is-cluster-admin",
    aliases: ["AVD-KSV-0111"],
    title: "Role cluster-admin is bound",
    severity: "high",
    controls: "least-privilege",
    why: "Its holder owns the cluster. Bound in a manifest, it stays long after its reason is forgotten.",
    fix: "Bind a role with the permissions that are needed.",
    links,
    on: onKinds(
      ["RoleBinding", "ClusterRoleBinding"],
      when(value("roleRef.kind", { missing: "pass" }).is("ClusterRole"), value("roleRef.name").not("cluster-admin")),
    ),
    examples: {
      bad: [
        k8s(
          bound("pods", "get").replace(
            "roleRef:\n  kind: ClusterRole\n  name: web",
            "roleRef:\n  kind: ClusterRole\n  name: cluster-admin",
          ),
        ),
      ],
      good: [k8s(bound("pods", "get"))],
    },
  },
];
