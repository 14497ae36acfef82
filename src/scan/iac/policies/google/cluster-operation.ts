/** Google Kubernetes Engine: logs, versions, the network of pods, and what images may run. */
import { anyOf, connected, not, value } from "../../condition.ts";
import { tfBlock } from "../../families/examples.ts";
import { cluster, unlessAutopilot } from "../../families/google-clusters.ts";
import { type Policy, tf } from "../../policy.ts";

const accounts = tfBlock(
  "google_project_default_service_accounts",
  "example",
  `project = "shop"`,
  `action = "DISABLE"`,
);
const nodes = (account: string) =>
  tfBlock(
    "google_container_node_pool",
    "main",
    "cluster = google_container_cluster.main.id",
    "node_config {",
    `  service_account = ${account}`,
    "}",
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/google-cluster-keeps-no-logs",
    aliases: ["CKV_GCP_1"],
    title: "Cluster sends no logs to Cloud Logging",
    severity: "medium",
    controls: "logging",
    why: "When the cluster is broken into, nobody can tell what was done; the logs are lost with the nodes.",
    fix: 'Remove `logging_service`, or set it to "logging.googleapis.com/kubernetes".',
    links: ["https://cloud.google.com/kubernetes-engine/docs/how-to/config-logging-monitoring"],
    on: { "tf:google_container_cluster": value("logging_service").not("none") },
    examples: { bad: [cluster(`logging_service = "none"`)], good: [cluster()] },
  },
  {
    id: "iac/google-cluster-not-monitored",
    aliases: ["CKV_GCP_8"],
    title: "Cluster sends no metrics to Cloud Monitoring",
    severity: "low",
    controls: "monitoring",
    why: "Overload, crashes and strange use of the cluster raise no alert.",
    fix: 'Remove `monitoring_service`, or set it to "monitoring.googleapis.com/kubernetes".',
    links: ["https://cloud.google.com/kubernetes-engine/docs/how-to/config-logging-monitoring"],
    on: { "tf:google_container_cluster": value("monitoring_service").not("none") },
    examples: {
      bad: [cluster(`monitoring_service = "none"`)],
      good: [cluster(), cluster(`monitoring_service = "monitoring.googleapis.com/kubernetes"`)],
    },
  },
  {
    id: "iac/google-cluster-without-network-policy",
    aliases: ["CKV_GCP_12", "AVD-GCP-0056"],
    title: "Cluster does not enforce network policies",
    severity: "medium",
    controls: "network-segmentation",
    why: "Every pod reaches every other: whoever breaks into one service talks to all the others and their databases.",
    fix: 'Set `datapath_provider` to "ADVANCED_DATAPATH", or `network_policy.enabled` to true, and write network policies.',
    links: ["https://cloud.google.com/kubernetes-engine/docs/how-to/network-policy"],
    on: {
      "tf:google_container_cluster": unlessAutopilot(
        anyOf(
          value("network_policy.enabled").is(true),
          value("datapath_provider", { edit: false }).is("ADVANCED_DATAPATH"),
        ),
      ),
    },
    examples: {
      bad: [cluster(), cluster("network_policy {", "  enabled = false", "}")],
      good: [cluster("network_policy {", "  enabled = true", "}"), cluster(`datapath_provider = "ADVANCED_DATAPATH"`)],
    },
  },
  {
    id: "iac/google-cluster-without-alias-addresses",
    aliases: ["CKV_GCP_23", "AVD-GCP-0049"],
    title: "Pods have no addresses of the network",
    severity: "low",
    controls: "network-segmentation",
    why: "Firewall rules and flow logs see the nodes only, and cannot tell one service from another.",
    fix: "Add `ip_allocation_policy`, which makes the cluster VPC-native.",
    links: ["https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips"],
    on: { "tf:google_container_cluster": value("ip_allocation_policy").exists() },
    examples: { bad: [cluster()], good: [cluster("ip_allocation_policy {}")] },
  },
  {
    id: "iac/google-cluster-runs-any-image",
    aliases: ["CKV_GCP_66"],
    title: "Cluster runs images that nobody approved",
    severity: "medium",
    controls: "supply-chain",
    why: "Whoever can start a pod, or change an image in the registry, runs code of their own in the cluster.",
    fix: 'Set `binary_authorization.evaluation_mode` to "PROJECT_SINGLETON_POLICY_ENFORCE" and write a policy.',
    links: ["https://cloud.google.com/binary-authorization/docs/overview"],
    on: {
      "tf:google_container_cluster": anyOf(
        value("binary_authorization.evaluation_mode").oneOf(
          "PROJECT_SINGLETON_POLICY_ENFORCE",
          "POLICY_BINDINGS",
          "POLICY_BINDINGS_AND_PROJECT_SINGLETON_POLICY_ENFORCE",
        ),
        value("enable_binary_authorization", { edit: false }).is(true),
      ),
    },
    examples: {
      bad: [cluster(), cluster("binary_authorization {", `  evaluation_mode = "DISABLED"`, "}")],
      good: [cluster("binary_authorization {", `  evaluation_mode = "PROJECT_SINGLETON_POLICY_ENFORCE"`, "}")],
    },
  },
  {
    id: "iac/google-cluster-without-release-channel",
    aliases: ["CKV_GCP_70"],
    title: "Cluster follows no release channel",
    severity: "low",
    controls: "patching",
    why: "Upgrades wait for somebody to start them, and known holes stay open.",
    fix: 'Set `release_channel.channel` to "REGULAR" or "STABLE".',
    links: ["https://cloud.google.com/kubernetes-engine/docs/concepts/release-channels"],
    on: { "tf:google_container_cluster": value("release_channel.channel", { edit: "REGULAR" }).exists() },
    examples: { bad: [cluster()], good: [cluster("release_channel {", `  channel = "REGULAR"`, "}")] },
  },
  {
    id: "iac/google-cluster-without-labels",
    aliases: ["CKV_GCP_21", "AVD-GCP-0051"],
    title: "Cluster has no labels",
    severity: "low",
    controls: "governance",
    why: "In an incident nobody can tell whose cluster this is and what runs on it.",
    fix: "Add `resource_labels`, at least with the owner and the environment.",
    links: ["https://cloud.google.com/kubernetes-engine/docs/how-to/creating-managing-labels"],
    on: { "tf:google_container_cluster": value("resource_labels.*").exists() },
    examples: { bad: [cluster()], good: [cluster("resource_labels = {", `  team = "shop"`, "}")] },
  },
  {
    id: "iac/google-cluster-with-alpha-features",
    aliases: ["CKV2_GCP_19"],
    title: "Cluster has alpha features of Kubernetes",
    severity: "medium",
    controls: "patching",
    why: "Alpha features are not finished and get no fixes; such a cluster cannot be upgraded and is deleted after 30 days.",
    fix: "Remove `enable_kubernetes_alpha`.",
    links: ["https://cloud.google.com/kubernetes-engine/docs/concepts/alpha-clusters"],
    on: { "tf:google_container_cluster": value("enable_kubernetes_alpha", { edit: false }).not(true) },
    examples: { bad: [cluster("enable_kubernetes_alpha = true")], good: [cluster()] },
  },
  {
    id: "iac/google-cluster-uses-default-accounts",
    aliases: ["CKV2_GCP_1"],
    title: "Cluster uses the default service accounts of its project",
    severity: "medium",
    controls: "least-privilege",
    why: "The default account can usually edit the whole project: whoever gets into a node can too.",
    fix: "Create a service account with just the roles that nodes need, and name it in `node_config.service_account`.",
    links: ["https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster"],
    on: {
      "tf:google_project_default_service_accounts": not(
        connected(["google_container_cluster", "google_container_node_pool"]),
      ),
    },
    examples: {
      bad: [tf(accounts + nodes("google_project_default_service_accounts.example.id"))],
      good: [tf(accounts + nodes("google_service_account.nodes.email"))],
    },
  },
];
