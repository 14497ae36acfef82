/** Google Kubernetes Engine: the nodes, how they start, and what pods on them can get at. */
import { anyOf, value, when } from "../../condition.ts";
import { cluster, nodePool, onNodes, unlessAutopilot } from "../../families/google-clusters.ts";
import type { Policy } from "../../policy.ts";

const shielded = "https://cloud.google.com/kubernetes-engine/docs/how-to/shielded-gke-nodes";
const upgrades = "https://cloud.google.com/kubernetes-engine/docs/how-to/node-auto-upgrades";
const shieldedConfig = (line: string) => ["node_config {", "  shielded_instance_config {", `    ${line}`, "  }", "}"];
const metadataConfig = (line: string) => ["node_config {", "  workload_metadata_config {", `    ${line}`, "  }", "}"];

/** A change of these makes the cluster or the pool anew; that wants a plan, not an edit. */
const madeAnew = { edit: false } as const;

export const policies: readonly Policy[] = [
  {
    id: "iac/google-cluster-pods-reach-node-metadata",
    aliases: ["CKV_GCP_69", "AVD-GCP-0057"],
    title: "Pods can read the credentials of their node",
    severity: "high",
    controls: "instance-metadata",
    why: "A pod that is broken into, or that fetches an address for somebody, gets a token of the node's service account.",
    fix: 'Set `node_config.workload_metadata_config.mode` to "GKE_METADATA" and give pods rights by Workload Identity.',
    links: ["https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity"],
    on: onNodes(
      anyOf(
        value("node_config.workload_metadata_config.mode").is("GKE_METADATA"),
        value("node_config.workload_metadata_config.node_metadata", { edit: false }).oneOf(
          "GKE_METADATA_SERVER",
          "SECURE",
        ),
      ),
    ),
    examples: {
      bad: [cluster(), nodePool(...metadataConfig(`mode = "GCE_METADATA"`))],
      good: [
        cluster(...metadataConfig(`mode = "GKE_METADATA"`)),
        nodePool(...metadataConfig(`mode = "GKE_METADATA"`)),
        cluster("enable_autopilot = true"),
      ],
    },
  },
  {
    id: "iac/google-cluster-nodes-without-secure-boot",
    aliases: ["CKV_GCP_68"],
    title: "Nodes start software that nobody signed",
    severity: "medium",
    controls: "workload-hardening",
    why: "Somebody who once was root on a node can put code into its boot loader or kernel that stays.",
    fix: "Set `node_config.shielded_instance_config.enable_secure_boot` to true.",
    links: [shielded],
    on: onNodes(value("node_config.shielded_instance_config.enable_secure_boot", madeAnew).is(true)),
    examples: {
      bad: [cluster(...shieldedConfig("enable_secure_boot = false")), nodePool()],
      good: [
        cluster(...shieldedConfig("enable_secure_boot = true")),
        nodePool(...shieldedConfig("enable_secure_boot = true")),
      ],
    },
  },
  {
    id: "iac/google-cluster-nodes-without-integrity-monitoring",
    aliases: ["CKV_GCP_72"],
    title: "Nodes do not check what they started",
    severity: "medium",
    controls: "workload-hardening",
    why: "A changed boot loader or kernel is not noticed.",
    fix: "Remove `enable_integrity_monitoring` from `shielded_instance_config`, or set it to true.",
    links: [shielded],
    on: onNodes(
      when(
        value("node_config").exists(),
        value("node_config.shielded_instance_config.enable_integrity_monitoring", madeAnew).not(false),
        "none",
      ),
    ),
    examples: {
      bad: [nodePool(...shieldedConfig("enable_integrity_monitoring = false"))],
      good: [nodePool(...shieldedConfig("enable_integrity_monitoring = true"))],
    },
  },
  {
    id: "iac/google-cluster-nodes-not-shielded",
    aliases: ["CKV_GCP_71", "AVD-GCP-0055"],
    title: "Cluster does not check that its nodes are its own",
    severity: "high",
    controls: "workload-hardening",
    why: "Somebody with the bootstrap credentials of a node, which pods may reach, can pose as a node and read its secrets.",
    fix: "Remove `enable_shielded_nodes`, which is on by default, or set it to true.",
    links: [shielded],
    on: { "tf:google_container_cluster": value("enable_shielded_nodes").not(false) },
    examples: {
      bad: [cluster("enable_shielded_nodes = false")],
      good: [cluster(), cluster("enable_shielded_nodes = true")],
    },
  },
  {
    id: "iac/google-cluster-nodes-without-hardened-image",
    aliases: ["CKV_GCP_22", "AVD-GCP-0054"],
    title: "Nodes do not run Container-Optimized OS",
    severity: "low",
    controls: "workload-hardening",
    why: "Other images hold more software, and a file system that an attacker can write to.",
    fix: 'Set `node_config.image_type` to "COS_CONTAINERD", or remove it.',
    links: ["https://cloud.google.com/kubernetes-engine/docs/concepts/node-images"],
    on: onNodes(value("node_config.image_type", { missing: "none", edit: "COS_CONTAINERD" }).matches(/^cos/i)),
    examples: {
      bad: [nodePool("node_config {", `  image_type = "UBUNTU_CONTAINERD"`, "}")],
      good: [nodePool("node_config {", `  image_type = "COS_CONTAINERD"`, "}")],
    },
  },
  {
    id: "iac/google-cluster-nodes-not-upgraded",
    aliases: ["CKV_GCP_10", "AVD-GCP-0058"],
    title: "Nodes are not upgraded by themselves",
    severity: "medium",
    controls: "patching",
    why: "Known holes in Kubernetes and the kernel stay open until somebody thinks of it.",
    fix: "Set `management.auto_upgrade` to true.",
    links: [upgrades],
    on: { "tf:google_container_node_pool": value("management.auto_upgrade").is(true) },
    examples: {
      bad: [nodePool("management {", "  auto_upgrade = false", "}"), nodePool()],
      good: [nodePool("management {", "  auto_upgrade = true", "}")],
    },
  },
  {
    id: "iac/google-cluster-nodes-not-repaired",
    aliases: ["CKV_GCP_9", "AVD-GCP-0063"],
    title: "Broken nodes are not repaired by themselves",
    severity: "low",
    controls: "availability",
    why: "Nodes that hang or ran out of disk stay in the cluster, and what runs on them fails.",
    fix: "Set `management.auto_repair` to true.",
    links: ["https://cloud.google.com/kubernetes-engine/docs/how-to/node-auto-repair"],
    on: { "tf:google_container_node_pool": value("management.auto_repair").is(true) },
    examples: {
      bad: [nodePool("management {", "  auto_repair = false", "}")],
      good: [nodePool("management {", "  auto_repair = true", "}")],
    },
  },
  {
    id: "iac/google-cluster-with-pools-inside",
    aliases: ["CKV_GCP_123"],
    title: "Node pools are written inside the cluster",
    severity: "low",
    controls: "governance",
    why: "Changing such a pool replaces the whole cluster, so nodes are rarely kept up to date.",
    fix: "Move each `node_pool` block to a `google_container_node_pool` resource of its own.",
    links: ["https://cloud.google.com/kubernetes-engine/docs/concepts/node-pools"],
    on: {
      // A pool that is dropped right after the cluster is made is only there because the provider wants one.
      "tf:google_container_cluster": anyOf(
        value("node_pool", { edit: false }).absent(),
        value("remove_default_node_pool", { edit: false }).is(true),
      ),
    },
    examples: {
      bad: [cluster("node_pool {", `  name = "shop"`, "}")],
      good: [cluster(), cluster("remove_default_node_pool = true", "node_pool {", `  name = "first"`, "}")],
    },
  },
  {
    id: "iac/google-cluster-traffic-between-pods-not-seen",
    aliases: ["CKV_GCP_61"],
    title: "Traffic between pods on one node is not seen by the network",
    severity: "low",
    controls: "logging",
    why: "Flow logs and firewall rules miss what pods on the same node send each other.",
    fix: "Set `enable_intranode_visibility` to true, and keep flow logs on the subnetwork.",
    links: ["https://cloud.google.com/kubernetes-engine/docs/how-to/intranode-visibility"],
    on: { "tf:google_container_cluster": unlessAutopilot(value("enable_intranode_visibility").is(true)) },
    examples: { bad: [cluster()], good: [cluster("enable_intranode_visibility = true")] },
  },
  {
    id: "iac/google-cluster-with-legacy-metadata",
    aliases: ["AVD-GCP-0048"],
    title: "Nodes offer the old metadata endpoints",
    severity: "high",
    controls: "instance-metadata",
    why: "The old endpoints ask for no header: a pod that fetches an address for somebody hands out the node's token.",
    fix: "Remove `disable-legacy-endpoints` from `node_config.metadata`, or set it to true.",
    links: ["https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster"],
    on: onNodes(value("node_config.metadata.disable-legacy-endpoints", madeAnew).not(false)),
    examples: {
      bad: [cluster("node_config {", "  metadata = {", "    disable-legacy-endpoints = false", "  }", "}")],
      good: [cluster("node_config {", "  metadata = {", "    disable-legacy-endpoints = true", "  }", "}"), nodePool()],
    },
  },
];
