/** Azure Kubernetes Service: network, add-ons, monitoring and the level of the service. */
import { anyOf, not, value, when } from "../../condition.ts";
import { apiVersionBefore } from "../../families/azure-api-version.ts";
import { bicepBlock, bicepResource, tfResource } from "../../families/examples.ts";
import { bicep, type Policy } from "../../policy.ts";

const cluster = "azurerm_kubernetes_cluster";
const bicepCluster = "Microsoft.ContainerService/managedClusters@2024-05-01";
const networkDocs = "https://learn.microsoft.com/azure/aks/use-network-policies";
const addons = "properties.addonProfiles";

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-aks-without-network-policy",
    aliases: ["CKV_AZURE_7", "AVD-AZU-0043"],
    title: "Network policies have no effect in the cluster",
    severity: "medium",
    controls: "network-segmentation",
    why: "Every pod can talk to every other one; who gets into one of them can reach them all.",
    fix: "Set `network_profile.network_policy` (Bicep: `networkProfile.networkPolicy`) to azure, calico or cilium.",
    links: [networkDocs],
    on: {
      "tf:azurerm_kubernetes_cluster": value("network_profile.network_policy").exists(),
      "arm:Microsoft.ContainerService/managedClusters": value("properties.networkProfile.networkPolicy").exists(),
    },
    examples: {
      bad: [
        tfResource(cluster, `network_profile {\n  network_plugin = "azure"\n}`),
        bicepResource(bicepCluster, "networkProfile: {\n  networkPlugin: 'azure'\n}"),
      ],
      good: [
        tfResource(cluster, `network_profile {\n  network_policy = "calico"\n}`),
        bicepResource(bicepCluster, "networkProfile: {\n  networkPolicy: 'azure'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-aks-without-azure-cni",
    aliases: ["CKV2_AZURE_29"],
    title: "Cluster does not use the Azure network plugin",
    severity: "low",
    controls: "network-segmentation",
    why: "With kubenet pods hide behind their node's address: rules and flow logs of the network cannot tell them apart, and the plugin is being retired.",
    fix: "Set `network_profile.network_plugin` (Bicep: `networkProfile.networkPlugin`) to azure.",
    links: ["https://learn.microsoft.com/azure/aks/azure-cni-overview"],
    on: {
      "tf:azurerm_kubernetes_cluster": value("network_profile.network_plugin", { edit: false }).oneOf("azure", "Azure"),
      "arm:Microsoft.ContainerService/managedClusters": value("properties.networkProfile.networkPlugin", {
        edit: false,
      }).is("azure"),
    },
    examples: {
      bad: [
        tfResource(cluster, `network_profile {\n  network_plugin = "kubenet"\n}`),
        bicepResource(bicepCluster, "networkProfile: {\n  networkPlugin: 'kubenet'\n}"),
      ],
      good: [
        tfResource(cluster, `network_profile {\n  network_plugin = "azure"\n}`),
        bicepResource(bicepCluster, "networkProfile: {\n  networkPlugin: 'azure'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-aks-http-application-routing",
    aliases: ["CKV_AZURE_246"],
    title: "HTTP application routing of the cluster is on",
    severity: "medium",
    controls: "network-exposure",
    why: "The add-on publishes services on the internet without TLS, was never meant for production and has been retired.",
    fix: "Set `http_application_routing_enabled` to false and use the application routing add-on or a gateway.",
    links: ["https://learn.microsoft.com/azure/aks/http-application-routing"],
    on: {
      "tf:azurerm_kubernetes_cluster": value([
        "http_application_routing_enabled",
        "addon_profile.http_application_routing.enabled",
      ]).not(true),
      "arm:Microsoft.ContainerService/managedClusters": value(`${addons}.httpApplicationRouting.enabled`).not(true),
    },
    examples: {
      bad: [
        tfResource(cluster, "http_application_routing_enabled = true"),
        bicepResource(bicepCluster, "addonProfiles: {\n  httpApplicationRouting: {\n    enabled: true\n  }\n}"),
      ],
      good: [
        tfResource(cluster, "http_application_routing_enabled = false"),
        bicepResource(bicepCluster, "addonProfiles: {\n  httpApplicationRouting: {\n    enabled: false\n  }\n}"),
      ],
    },
  },
  {
    id: "iac/azure-aks-dashboard",
    aliases: ["CKV_AZURE_8"],
    title: "Kubernetes dashboard is installed in the cluster",
    severity: "medium",
    controls: "administrative-access",
    why: "The dashboard runs with wide rights; whoever reaches it controls the cluster by mouse.",
    fix: "Set the add-on `kubeDashboard` to `enabled: false`; clusters created with an API before July 2020 have it unless told not to.",
    links: ["https://learn.microsoft.com/azure/aks/kubernetes-portal"],
    on: {
      "tf:azurerm_kubernetes_cluster": value("addon_profile.kube_dashboard.enabled").not(true),
      "arm:Microsoft.ContainerService/managedClusters": anyOf(
        value(`${addons}.kubeDashboard.enabled`).is(false),
        when(not(apiVersionBefore("2020-07")), value(`${addons}.kubeDashboard.enabled`).not(true), "fail"),
      ),
    },
    examples: {
      bad: [
        tfResource(cluster, "addon_profile {\n  kube_dashboard {\n    enabled = true\n  }\n}"),
        bicepResource(bicepCluster, "addonProfiles: {\n  kubeDashboard: {\n    enabled: true\n  }\n}"),
        bicepResource("Microsoft.ContainerService/managedClusters@2019-06-01", "dnsPrefix: 'shop'"),
      ],
      good: [
        tfResource(cluster, "addon_profile {\n  kube_dashboard {\n    enabled = false\n  }\n}"),
        bicepResource(bicepCluster, "dnsPrefix: 'shop'"),
      ],
    },
  },
  {
    id: "iac/azure-aks-without-policy-add-on",
    aliases: ["CKV_AZURE_116"],
    title: "Azure Policy does not watch the cluster",
    severity: "low",
    controls: "governance",
    why: "Rules of the organization for pods (no privileged containers, images only from known registries) are not enforced.",
    fix: "Set `azure_policy_enabled` to true (Bicep: the add-on `azurepolicy`).",
    links: ["https://learn.microsoft.com/azure/governance/policy/concepts/policy-for-kubernetes"],
    on: {
      "tf:azurerm_kubernetes_cluster": value(["azure_policy_enabled", "addon_profile.azure_policy.enabled"]).is(true),
      "arm:Microsoft.ContainerService/managedClusters": value(`${addons}.azurepolicy.enabled`).is(true),
    },
    examples: {
      bad: [tfResource(cluster, `name = "shop"`), bicepResource(bicepCluster, "dnsPrefix: 'shop'")],
      good: [
        tfResource(cluster, "azure_policy_enabled = true"),
        bicepResource(bicepCluster, "addonProfiles: {\n  azurepolicy: {\n    enabled: true\n  }\n}"),
      ],
    },
  },
  {
    id: "iac/azure-aks-without-monitoring",
    aliases: ["CKV_AZURE_4", "AVD-AZU-0040"],
    title: "Logs of the cluster go nowhere",
    severity: "medium",
    controls: "logging",
    why: "When a pod is gone its logs are gone; an attack cannot be seen or traced.",
    fix: "Add `oms_agent` with a Log Analytics workspace (Bicep: the add-on `omsagent`).",
    links: ["https://learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable"],
    on: {
      "tf:azurerm_kubernetes_cluster": anyOf(
        value("oms_agent").exists(),
        value("addon_profile.oms_agent.enabled").is(true),
      ),
      "arm:Microsoft.ContainerService/managedClusters": value(`${addons}.omsagent.enabled`).is(true),
    },
    examples: {
      bad: [
        tfResource(cluster, `name = "shop"`),
        bicepResource(bicepCluster, "addonProfiles: {\n  omsagent: {\n    enabled: false\n  }\n}"),
      ],
      good: [
        tfResource(cluster, "oms_agent {\n  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id\n}"),
        bicepResource(bicepCluster, "addonProfiles: {\n  omsagent: {\n    enabled: true\n  }\n}"),
      ],
    },
  },
  {
    id: "iac/azure-aks-without-defender",
    aliases: [],
    title: "Defender for Containers does not watch the nodes of the cluster",
    severity: "low",
    controls: "threat-detection",
    why: "Known attacks in running containers (miners, web shells, escapes) raise no alert.",
    fix: "Add `microsoft_defender` with a workspace (Bicep: `securityProfile.defender.securityMonitoring`).",
    links: ["https://learn.microsoft.com/azure/defender-for-cloud/defender-for-containers-introduction"],
    on: {
      "tf:azurerm_kubernetes_cluster": value("microsoft_defender").exists(),
      "arm:Microsoft.ContainerService/managedClusters": value(
        "properties.securityProfile.defender.securityMonitoring.enabled",
      ).is(true),
    },
    examples: {
      bad: [tfResource(cluster, `name = "shop"`), bicepResource(bicepCluster, "dnsPrefix: 'shop'")],
      good: [
        tfResource(
          cluster,
          "microsoft_defender {\n  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id\n}",
        ),
        bicepResource(
          bicepCluster,
          "securityProfile: {\n  defender: {\n    securityMonitoring: {\n      enabled: true\n    }\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-aks-without-image-cleaner",
    aliases: [],
    title: "Old images with known holes stay on the nodes",
    severity: "low",
    controls: "image-hygiene",
    why: "Images that nobody uses stay on the disks of nodes and can be started again, without a pull and its checks.",
    fix: "Set `image_cleaner_enabled` (Bicep: `securityProfile.imageCleaner.enabled`) to true.",
    links: ["https://learn.microsoft.com/azure/aks/image-cleaner"],
    on: {
      "tf:azurerm_kubernetes_cluster": value("image_cleaner_enabled").is(true),
      "arm:Microsoft.ContainerService/managedClusters": value("properties.securityProfile.imageCleaner.enabled").is(
        true,
      ),
    },
    examples: {
      bad: [tfResource(cluster, `name = "shop"`), bicepResource(bicepCluster, "dnsPrefix: 'shop'")],
      good: [
        tfResource(cluster, "image_cleaner_enabled = true"),
        bicepResource(bicepCluster, "securityProfile: {\n  imageCleaner: {\n    enabled: true\n  }\n}"),
      ],
    },
  },
  {
    id: "iac/azure-aks-secrets-not-rotated",
    aliases: ["CKV_AZURE_172"],
    title: "Mounted secrets of Key Vault are not renewed in pods",
    severity: "low",
    controls: "secret-handling",
    why: "A secret that was changed because it leaked goes on being used by pods until they are restarted, or the change breaks them.",
    fix: "Set `key_vault_secrets_provider.secret_rotation_enabled` to true (Bicep: `enableSecretRotation` of the add-on).",
    links: ["https://learn.microsoft.com/azure/aks/csi-secrets-store-driver"],
    on: {
      "tf:azurerm_kubernetes_cluster": value("key_vault_secrets_provider.secret_rotation_enabled").is(true),
      "arm:Microsoft.ContainerService/managedClusters": value(
        `${addons}.azureKeyvaultSecretsProvider.config.enableSecretRotation`,
        { edit: "true" },
      ).is(true),
    },
    examples: {
      bad: [
        tfResource(cluster, "key_vault_secrets_provider {\n  secret_rotation_enabled = false\n}"),
        bicepResource(
          bicepCluster,
          "addonProfiles: {\n  azureKeyvaultSecretsProvider: {\n    config: {\n      enableSecretRotation: 'false'\n    }\n  }\n}",
        ),
      ],
      good: [
        tfResource(cluster, "key_vault_secrets_provider {\n  secret_rotation_enabled = true\n}"),
        bicepResource(
          bicepCluster,
          "addonProfiles: {\n  azureKeyvaultSecretsProvider: {\n    config: {\n      enableSecretRotation: 'true'\n    }\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-aks-free-tier",
    aliases: ["CKV_AZURE_170"],
    title: "Cluster is of the free tier, without a promise of availability",
    severity: "low",
    controls: "availability",
    why: "The API of a free cluster is shared, slow under load and guaranteed by nobody; without it nothing scales or heals.",
    fix: "Set `sku_tier` (Bicep: `sku.tier`) to Standard or Premium.",
    links: ["https://learn.microsoft.com/azure/aks/free-standard-pricing-tiers"],
    on: {
      "tf:azurerm_kubernetes_cluster": value("sku_tier").oneOf("Standard", "Premium"),
      "arm:Microsoft.ContainerService/managedClusters": value("sku.tier").oneOf("Standard", "Premium", "Paid"),
    },
    examples: {
      bad: [
        tfResource(cluster, `sku_tier = "Free"`),
        bicep(bicepBlock(bicepCluster, "shop", "sku: {\n  name: 'Base'\n  tier: 'Free'\n}")),
      ],
      good: [
        tfResource(cluster, `sku_tier = "Standard"`),
        bicep(bicepBlock(bicepCluster, "shop", "sku: {\n  name: 'Base'\n  tier: 'Standard'\n}")),
      ],
    },
  },
];
