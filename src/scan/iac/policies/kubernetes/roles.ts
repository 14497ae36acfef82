/** Roles that permit more than a workload needs, or that let their holder give himself more. */
import { type Condition, check } from "../../condition.ts";
import { onKinds } from "../../languages/kubernetes/on-kinds.ts";
import { namesIn, type Operation, permits, rulesOf, unclearIn } from "../../languages/kubernetes/rbac-rules.ts";
import { k8s, type Policy, tf } from "../../policy.ts";
import { failAt, passAt, unknownAt } from "../../verdict.ts";

const links = ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/"];
const roles = ["Role", "ClusterRole"];
const rbac = "rbac.authorization.k8s.io";

/** Fails where the rules together permit all of the operations. */
function permitsNot(...operations: readonly Operation[]): Condition {
  return check((_, role) => {
    const rules = rulesOf(role);
    const granting = operations.map((operation) => rules.find((rule) => permits(rule, operation)));
    const [first] = granting;
    if (first && !granting.includes(undefined)) {
      return failAt(
        first.at,
        `the role permits ${operations.map(({ verbs, resources }) => `${verbs[0]} on ${resources[0]}`).join(" and ")}`,
      );
    }
    const unclear = unclearIn(role);
    return unclear ? unknownAt(unclear.at, "the rules are not wholly known") : passAt(role.at);
  });
}

const hasNoWildcard: Condition = check((_, role) => {
  for (const rule of rulesOf(role)) {
    const key = ["apiGroups", "resources", "verbs"].find((one) => namesIn(rule, one).includes("*"));
    if (key !== undefined) return failAt(rule.get(key)?.value.at ?? rule.at, `${key} has the wildcard *`);
  }
  const unclear = unclearIn(role);
  return unclear ? unknownAt(unclear.at, "the rules are not wholly known") : passAt(role.at);
});

function role(kind: string, group: string, resource: string, ...verbs: readonly string[]): string {
  return [
    "apiVersion: rbac.authorization.k8s.io/v1",
    `kind: ${kind}`,
    "metadata:",
    "  name: web",
    "rules:",
    `  - apiGroups: ["${group}"]`,
    `    resources: ["${resource}"]`,
    `    verbs: ${JSON.stringify(verbs)}`,
    "",
  ].join("\n");
}

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-role-with-wildcard",
    aliases: ["CKV_K8S_49"],
    title: "Role permits everything of a kind with a wildcard",
    severity: "medium",
    controls: "least-privilege",
    why: "A wildcard also permits what is added to the cluster later. Whoever gets hold of such a token can do more than anybody planned.",
    fix: "Name the API groups, resources and verbs that are needed.",
    links,
    on: onKinds(roles, hasNoWildcard),
    examples: {
      bad: [
        k8s(role("Role", "", "pods", "*")),
        k8s(role("ClusterRole", "apps", "*", "get")),
        tf(
          'resource "kubernetes_role_v1" "web" {\n  metadata {\n    name = "web"\n  }\n  rule {\n    api_groups = [""]\n    resources  = ["pods"]\n    verbs      = ["*"]\n  }\n}\n',
        ),
      ],
      good: [k8s(role("Role", "", "pods", "get", "list"))],
    },
  },
  {
    id: "iac/kubernetes-role-controls-webhooks",
    aliases: ["CKV_K8S_155"],
    title: "Role may change admission webhooks",
    severity: "high",
    controls: "least-privilege",
    why: "A webhook sees, and may change, every object that is created in the cluster: secrets can be read and images replaced.",
    fix: "Leave webhook configurations to cluster administrators; take create, update and patch on them out of the role.",
    links,
    on: onKinds(
      ["ClusterRole"],
      permitsNot({
        groups: ["admissionregistration.k8s.io"],
        resources: ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"],
        verbs: ["create", "update", "patch"],
      }),
    ),
    examples: {
      bad: [k8s(role("ClusterRole", "admissionregistration.k8s.io", "mutatingwebhookconfigurations", "create"))],
      good: [k8s(role("ClusterRole", "admissionregistration.k8s.io", "mutatingwebhookconfigurations", "get", "list"))],
    },
  },
  {
    id: "iac/kubernetes-role-approves-certificates",
    aliases: ["CKV_K8S_156"],
    title: "Role may approve certificate signing requests",
    severity: "high",
    controls: "least-privilege",
    why: "The holder can ask for a certificate of any user or node, approve it himself and act under that name.",
    fix: "Take update on certificatesigningrequests/approval, or approve on signers, out of the role.",
    links,
    on: onKinds(
      ["ClusterRole"],
      permitsNot(
        {
          groups: ["certificates.k8s.io"],
          resources: ["certificatesigningrequests/approval"],
          verbs: ["update", "patch"],
        },
        { groups: ["certificates.k8s.io"], resources: ["signers"], verbs: ["approve"] },
      ),
    ),
    examples: {
      bad: [
        k8s(
          `${role("ClusterRole", "certificates.k8s.io", "certificatesigningrequests/approval", "update")}  - apiGroups: ["certificates.k8s.io"]\n    resources: ["signers"]\n    verbs: ["approve"]\n`,
        ),
      ],
      good: [k8s(role("ClusterRole", "certificates.k8s.io", "certificatesigningrequests", "get", "list"))],
    },
  },
  {
    id: "iac/kubernetes-role-binds-roles",
    aliases: ["CKV_K8S_157"],
    title: "Role may bind any other role",
    severity: "high",
    controls: "least-privilege",
    why: "With the verb bind its holder can give himself every role there is, cluster-admin too.",
    fix: "Take the verb bind out of the role, or name the roles that may be bound with resourceNames.",
    links,
    on: onKinds(
      roles,
      permitsNot({
        groups: [rbac],
        resources: ["rolebindings", "clusterrolebindings", "roles", "clusterroles"],
        verbs: ["bind"],
      }),
    ),
    examples: {
      bad: [k8s(role("ClusterRole", rbac, "clusterroles", "bind"))],
      good: [k8s(role("ClusterRole", rbac, "clusterrolebindings", "get", "create"))],
    },
  },
  {
    id: "iac/kubernetes-role-escalates-roles",
    aliases: ["CKV_K8S_158"],
    title: "Role may write roles with more permissions than its own",
    severity: "high",
    controls: "least-privilege",
    why: "Kubernetes refuses to let anybody grant what he does not have. The verb escalate lifts that guard.",
    fix: "Take the verb escalate out of the role.",
    links,
    on: onKinds(roles, permitsNot({ groups: [rbac], resources: ["roles", "clusterroles"], verbs: ["escalate"] })),
    examples: {
      bad: [k8s(role("ClusterRole", rbac, "clusterroles", "escalate"))],
      good: [k8s(role("ClusterRole", rbac, "clusterroles", "get", "list"))],
    },
  },
];
