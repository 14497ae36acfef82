/** Azure Kubernetes Service: the machines of a cluster. */
import { all, type Condition, value } from "../../condition.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import type { Path } from "../../locate.ts";
import type { Policy } from "../../policy.ts";

const cluster = "azurerm_kubernetes_cluster";
const bicepCluster = "Microsoft.ContainerService/managedClusters@2024-05-01";

/** A setting of node pools: those inside the cluster, and those that are resources of their own. */
function onPools(names: readonly string[], armName: string, demand: (path: Path) => Condition): Policy["on"] {
  return {
    "tf:azurerm_kubernetes_cluster": demand(names.map((name) => `default_node_pool.${name}`)),
    "tf:azurerm_kubernetes_cluster_node_pool": demand(names),
    "arm:Microsoft.ContainerService/managedClusters": demand(`properties.agentPoolProfiles.${armName}`),
    "arm:Microsoft.ContainerService/managedClusters/agentPools": demand(`properties.${armName}`),
  };
}

const pool = (...lines: readonly string[]) => `default_node_pool {\n  ${lines.join("\n  ")}\n}`;
const profile = (...lines: readonly string[]) => `agentPoolProfiles: [\n  {\n    ${lines.join("\n    ")}\n  }\n]`;

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-aks-nodes-not-encrypted-at-host",
    aliases: ["CKV_AZURE_227"],
    title: "Node disks and caches are not encrypted on their host",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Temporary disks and caches hold data and secrets of pods; without encryption at host they lie in clear on the machine of the provider.",
    fix: "Set `host_encryption_enabled` (Bicep: `enableEncryptionAtHost`) to true on every node pool.",
    links: ["https://learn.microsoft.com/azure/aks/enable-host-encryption"],
    on: onPools(["host_encryption_enabled", "enable_host_encryption"], "enableEncryptionAtHost", (path) =>
      value(path, { edit: false }).is(true),
    ),
    examples: {
      bad: [
        tfResource(cluster, pool(`name = "default"`)),
        bicepResource(bicepCluster, profile("name: 'system'", "enableEncryptionAtHost: false")),
      ],
      good: [
        tfResource(cluster, pool(`name                    = "default"`, "host_encryption_enabled = true")),
        bicepResource(bicepCluster, profile("name: 'system'", "enableEncryptionAtHost: true")),
      ],
    },
  },
  {
    id: "iac/azure-aks-nodes-with-public-addresses",
    aliases: ["CKV_AZURE_143"],
    title: "Every node of the pool gets a public address",
    severity: "high",
    controls: "network-exposure",
    why: "Ports of nodes and pods become reachable from the internet, past load balancer and firewall.",
    fix: "Leave `node_public_ip_enabled` (Bicep: `enableNodePublicIP`) out or set it to false.",
    links: ["https://learn.microsoft.com/azure/aks/use-node-public-ips"],
    on: onPools(["node_public_ip_enabled", "enable_node_public_ip"], "enableNodePublicIP", (path) =>
      value(path, { edit: false }).not(true),
    ),
    examples: {
      bad: [
        tfResource(cluster, pool(`name                   = "default"`, "node_public_ip_enabled = true")),
        bicepResource(bicepCluster, profile("name: 'system'", "enableNodePublicIP: true")),
      ],
      good: [
        tfResource(cluster, pool(`name                   = "default"`, "node_public_ip_enabled = false")),
        bicepResource(bicepCluster, profile("name: 'system'", "enableNodePublicIP: false")),
      ],
    },
  },
  {
    id: "iac/azure-aks-nodes-without-ephemeral-disks",
    aliases: ["CKV_AZURE_226"],
    title: "System disks of nodes outlive the nodes",
    severity: "low",
    controls: "data-protection",
    why: "What pods and attackers leave on a node's disk is kept on remote storage; ephemeral disks are gone with the node and faster.",
    fix: "Set `os_disk_type` (Bicep: `osDiskType`) to Ephemeral, on machine sizes with enough cache.",
    links: ["https://learn.microsoft.com/azure/aks/concepts-storage"],
    on: {
      "tf:azurerm_kubernetes_cluster": value("default_node_pool.os_disk_type", { edit: false }).is("Ephemeral"),
      "arm:Microsoft.ContainerService/managedClusters": value("properties.agentPoolProfiles.osDiskType", {
        edit: false,
      }).is("Ephemeral"),
    },
    examples: {
      bad: [
        tfResource(cluster, pool(`os_disk_type = "Managed"`)),
        bicepResource(bicepCluster, profile("name: 'system'", "osDiskType: 'Managed'")),
      ],
      good: [
        tfResource(cluster, pool(`os_disk_type = "Ephemeral"`)),
        bicepResource(bicepCluster, profile("name: 'system'", "osDiskType: 'Ephemeral'")),
      ],
    },
  },
  {
    id: "iac/azure-aks-few-pods-per-node",
    aliases: ["CKV_AZURE_168"],
    title: "Nodes hold fewer than 50 pods",
    severity: "low",
    controls: "availability",
    why: "A node full at the low default leaves capacity unused, and pods (agents for security among them) cannot be scheduled; it cannot be changed later.",
    fix: "Set `max_pods` (Bicep: `maxPods`) to 50 or more when the pool is created.",
    links: ["https://learn.microsoft.com/azure/aks/configure-azure-cni"],
    on: onPools(["max_pods"], "maxPods", (path) => value(path, { edit: false }).atLeast(50)),
    examples: {
      bad: [
        tfResource(cluster, pool("max_pods = 30")),
        bicepResource(bicepCluster, profile("name: 'system'", "maxPods: 30")),
      ],
      good: [
        tfResource(cluster, pool("max_pods = 110")),
        bicepResource(bicepCluster, profile("name: 'system'", "maxPods: 110")),
      ],
    },
  },
  {
    id: "iac/azure-aks-pool-is-availability-set",
    aliases: ["CKV_AZURE_169"],
    title: "Node pool is an availability set",
    severity: "low",
    controls: "availability",
    why: "Such a pool does not scale by itself, has no zones and no further pools beside it, and is no longer developed.",
    fix: "Use the type VirtualMachineScaleSets, which is the default; the pool must be created anew.",
    links: ["https://learn.microsoft.com/azure/aks/create-node-pools"],
    on: {
      "tf:azurerm_kubernetes_cluster": value("default_node_pool.type").not("AvailabilitySet"),
      "arm:Microsoft.ContainerService/managedClusters": value("properties.agentPoolProfiles.type").not(
        "AvailabilitySet",
      ),
    },
    examples: {
      bad: [
        tfResource(cluster, pool(`type = "AvailabilitySet"`)),
        bicepResource(bicepCluster, profile("name: 'system'", "type: 'AvailabilitySet'")),
      ],
      good: [
        tfResource(cluster, pool(`type = "VirtualMachineScaleSets"`)),
        bicepResource(bicepCluster, profile("name: 'system'", "type: 'VirtualMachineScaleSets'")),
      ],
    },
  },
  {
    id: "iac/azure-aks-workloads-on-system-nodes",
    aliases: ["CKV_AZURE_232"],
    title: "Applications may run on the system nodes of the cluster",
    severity: "low",
    controls: "workload-isolation",
    why: "A hungry or hostile pod beside DNS and metrics takes them down, and with them the whole cluster.",
    fix: "Set `only_critical_addons_enabled` to true on the default pool (Bicep: the taint `CriticalAddonsOnly=true:NoSchedule`) and add a pool for applications.",
    links: ["https://learn.microsoft.com/azure/aks/use-system-pools"],
    on: {
      "tf:azurerm_kubernetes_cluster": value("default_node_pool.only_critical_addons_enabled", { edit: false }).is(
        true,
      ),
    },
    examples: {
      bad: [tfResource(cluster, pool(`name = "system"`))],
      good: [tfResource(cluster, pool("only_critical_addons_enabled = true"))],
    },
  },
  {
    id: "iac/azure-aks-disks-without-own-key",
    aliases: ["CKV_AZURE_117", "AVD-AZU-0067"],
    title: "Disks of the cluster are not encrypted with a key of your own",
    severity: "low",
    controls: "customer-managed-keys",
    why: "With keys of the platform nobody but the provider can withdraw access to the data on the disks.",
    fix: "Set `disk_encryption_set_id` (Bicep: `diskEncryptionSetID`) to a disk encryption set, when the cluster is created.",
    links: ["https://learn.microsoft.com/azure/aks/azure-disk-customer-managed-keys"],
    on: {
      "tf:azurerm_kubernetes_cluster": value("disk_encryption_set_id").exists(),
      "arm:Microsoft.ContainerService/managedClusters": value("properties.diskEncryptionSetID").exists(),
    },
    examples: {
      bad: [tfResource(cluster, `name = "shop"`), bicepResource(bicepCluster, "dnsPrefix: 'shop'")],
      good: [
        tfResource(cluster, "disk_encryption_set_id = azurerm_disk_encryption_set.disks.id"),
        bicepResource(bicepCluster, "diskEncryptionSetID: '/subscriptions/x/diskEncryptionSets/disks'"),
      ],
    },
  },
  {
    id: "iac/azure-aks-without-automatic-upgrades",
    aliases: ["CKV_AZURE_171"],
    title: "Cluster is not upgraded by itself",
    severity: "low",
    controls: "patching",
    why: "Kubernetes versions lose support within a year; a forgotten cluster runs on with known holes.",
    fix: "Set `automatic_upgrade_channel` (Bicep: `autoUpgradeProfile.upgradeChannel`) to stable or patch.",
    links: ["https://learn.microsoft.com/azure/aks/auto-upgrade-cluster"],
    on: {
      "tf:azurerm_kubernetes_cluster": all(
        value(["automatic_upgrade_channel", "automatic_channel_upgrade"]).exists(),
        value(["automatic_upgrade_channel", "automatic_channel_upgrade"]).not("none"),
      ),
      "arm:Microsoft.ContainerService/managedClusters": value("properties.autoUpgradeProfile.upgradeChannel", {
        missing: "fail",
        edit: "stable",
      }).not("none"),
    },
    examples: {
      bad: [
        tfResource(cluster, `name = "shop"`),
        bicepResource(bicepCluster, "autoUpgradeProfile: {\n  upgradeChannel: 'none'\n}"),
      ],
      good: [
        tfResource(cluster, `automatic_upgrade_channel = "stable"`),
        bicepResource(bicepCluster, "autoUpgradeProfile: {\n  upgradeChannel: 'stable'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-aks-node-images-not-updated",
    aliases: [],
    title: "Operating system of the nodes is not updated by the platform",
    severity: "medium",
    controls: "patching",
    why: "Fixes for the kernel and the container runtime never reach the nodes unless somebody remembers to install them.",
    fix: "Set `node_os_upgrade_channel` (Bicep: `autoUpgradeProfile.nodeOSUpgradeChannel`) to NodeImage or SecurityPatch.",
    links: ["https://learn.microsoft.com/azure/aks/auto-upgrade-node-os-image"],
    on: {
      "tf:azurerm_kubernetes_cluster": value(["node_os_upgrade_channel", "node_os_channel_upgrade"], {
        edit: "NodeImage",
      }).not("None", "Unmanaged"),
      "arm:Microsoft.ContainerService/managedClusters": value("properties.autoUpgradeProfile.nodeOSUpgradeChannel", {
        edit: "NodeImage",
      }).not("None", "Unmanaged"),
    },
    examples: {
      bad: [
        tfResource(cluster, `node_os_upgrade_channel = "None"`),
        bicepResource(bicepCluster, "autoUpgradeProfile: {\n  nodeOSUpgradeChannel: 'Unmanaged'\n}"),
      ],
      good: [
        tfResource(cluster, `node_os_upgrade_channel = "NodeImage"`),
        bicepResource(bicepCluster, "autoUpgradeProfile: {\n  nodeOSUpgradeChannel: 'NodeImage'\n}"),
      ],
    },
  },
];
