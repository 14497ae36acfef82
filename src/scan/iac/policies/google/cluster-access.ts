/** Google Kubernetes Engine: who reaches the control plane and the nodes, and how they prove who they are. */
import { all, check, each, nodeAt, value, when } from "../../condition.ts";
import { cluster } from "../../families/google-clusters.ts";
import type { Policy } from "../../policy.ts";
import { plainOf } from "../../value-conditions.ts";
import { failAt, passAt } from "../../verdict.ts";

const hardening = "https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster";
const range = (cidr: string) =>
  cluster("master_authorized_networks_config {", "  cidr_blocks {", `    cidr_block = "${cidr}"`, "  }", "}");

/** Who writes the block wants private nodes, also where a variable has the last word. */
const nodesAreNotPublic = check((_, cluster) => {
  const setting = nodeAt(cluster, "private_cluster_config.enable_private_nodes");
  return String(plainOf(setting)) === "false"
    ? failAt(setting ?? cluster, "enable_private_nodes is false, expected true")
    : passAt(setting?.at ?? cluster.at);
});

export const policies: readonly Policy[] = [
  {
    id: "iac/google-cluster-with-public-nodes",
    aliases: ["CKV_GCP_25", "CKV_GCP_64", "AVD-GCP-0059"],
    title: "Nodes of the cluster have public addresses",
    severity: "medium",
    controls: "network-exposure",
    why: "Everything that listens on a node is one forgotten firewall rule away from the whole internet.",
    fix: "Add `private_cluster_config` with `enable_private_nodes`, and let the nodes out by Cloud NAT.",
    links: ["https://cloud.google.com/kubernetes-engine/docs/concepts/private-cluster-concept"],
    on: {
      "tf:google_container_cluster": all(value("private_cluster_config").exists(), nodesAreNotPublic),
    },
    examples: {
      bad: [cluster(), cluster("private_cluster_config {", "  enable_private_nodes = false", "}")],
      good: [cluster("private_cluster_config {", "  enable_private_nodes = true", "}")],
    },
  },
  {
    id: "iac/google-cluster-control-plane-open-to-internet",
    aliases: ["CKV_GCP_18", "AVD-GCP-0053"],
    title: "Control plane of the cluster is open to the whole internet",
    severity: "high",
    controls: "network-exposure",
    why: "Everybody can try stolen credentials on the Kubernetes API, and the next hole in it is open to all.",
    fix: "List only your own ranges in `master_authorized_networks_config`, or use the private endpoint.",
    links: ["https://cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks"],
    on: {
      "tf:google_container_cluster": each(
        "master_authorized_networks_config.cidr_blocks",
        value("cidr_block").not("0.0.0.0/0", "::/0"),
      ),
    },
    examples: { bad: [range("0.0.0.0/0")], good: [range("10.10.128.0/24")] },
  },
  {
    id: "iac/google-cluster-control-plane-not-limited",
    aliases: ["CKV_GCP_20", "AVD-GCP-0061"],
    title: "Cluster does not limit who reaches its control plane",
    severity: "medium",
    controls: "network-exposure",
    why: "Everybody can try stolen credentials on the Kubernetes API, and the next hole in it is open to all.",
    fix: "Add `master_authorized_networks_config` with the ranges from which the cluster is administered.",
    links: ["https://cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks"],
    on: { "tf:google_container_cluster": value("master_authorized_networks_config").exists() },
    examples: { bad: [cluster()], good: [range("10.10.128.0/24")] },
  },
  {
    id: "iac/google-cluster-allows-legacy-authorization",
    aliases: ["CKV_GCP_7", "AVD-GCP-0062"],
    title: "Cluster uses legacy authorization",
    severity: "high",
    controls: "least-privilege",
    why: "Attribute-based rules give broad, fixed rights to every service account, beside what roles allow.",
    fix: "Remove `enable_legacy_abac` and give rights by role-based access control.",
    links: [hardening],
    on: { "tf:google_container_cluster": value("enable_legacy_abac").not(true) },
    examples: { bad: [cluster("enable_legacy_abac = true")], good: [cluster("enable_legacy_abac = false"), cluster()] },
  },
  {
    id: "iac/google-cluster-issues-client-certificates",
    aliases: ["CKV_GCP_13"],
    title: "Cluster is not told to issue no client certificate",
    severity: "medium",
    controls: "strong-authentication",
    why: "A client certificate cannot be taken back: who copies it, also from the Terraform state, stays in for years.",
    fix: "Set `master_auth.client_certificate_config.issue_client_certificate` to false and sign in with Google accounts.",
    links: [hardening],
    on: {
      "tf:google_container_cluster": // A change makes the cluster anew.
        value("master_auth.client_certificate_config.issue_client_certificate", { edit: false }).is(false),
    },
    examples: {
      bad: [
        cluster("master_auth {", "  client_certificate_config {", "    issue_client_certificate = true", "  }", "}"),
      ],
      good: [
        cluster("master_auth {", "  client_certificate_config {", "    issue_client_certificate = false", "  }", "}"),
      ],
    },
  },
  {
    id: "iac/google-cluster-without-google-groups",
    aliases: ["CKV_GCP_65"],
    title: "Rights in the cluster cannot be given to Google groups",
    severity: "low",
    controls: "strong-authentication",
    why: "Rights are then given person by person, and stay when people leave or change teams.",
    fix: "Name your gke-security-groups group in `authenticator_groups_config.security_group`.",
    links: ["https://cloud.google.com/kubernetes-engine/docs/how-to/google-groups-rbac"],
    on: { "tf:google_container_cluster": value("authenticator_groups_config.security_group").exists() },
    examples: {
      bad: [cluster()],
      good: [cluster("authenticator_groups_config {", `  security_group = "gke-security-groups@example.com"`, "}")],
    },
  },
  {
    id: "iac/google-cluster-without-pod-security-policy",
    aliases: ["CKV_GCP_24"],
    title: "Cluster of an old version does not limit what pods may do",
    severity: "medium",
    controls: "privileged-workload",
    why: "Whoever can start a pod can make it privileged and take over the node.",
    fix: "Upgrade to 1.25 or later and enforce Pod Security Admission; until then set `pod_security_policy_config.enabled`.",
    links: ["https://cloud.google.com/kubernetes-engine/docs/how-to/podsecurityadmission"],
    on: {
      "tf:google_container_cluster": when(
        value("min_master_version").satisfies((version) => isBefore125(String(version)), "a version before 1.25"),
        value("pod_security_policy_config.enabled").is(true),
        "none",
      ),
    },
    examples: {
      bad: [cluster(`min_master_version = "1.24.10-gke.1200"`)],
      good: [cluster(`min_master_version = "1.24"`, "pod_security_policy_config {", "  enabled = true", "}")],
    },
  },
];

/** Since 1.25 Kubernetes has no such policies any more. */
function isBefore125(version: string): boolean {
  const [, minor] = /^1\.(\d+)/.exec(version) ?? [];
  return minor !== undefined && Number(minor) < 25;
}
