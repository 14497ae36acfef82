/** Azure Container Registry: who pulls and pushes images, and what is kept of them. */
import { all, anyOf, each, value, when } from "../../condition.ts";
import { bicepBlock, bicepResource, tfResource } from "../../families/examples.ts";
import { bicep, type Policy } from "../../policy.ts";

const registry = "azurerm_container_registry";
const bicepRegistry = "Microsoft.ContainerRegistry/registries@2023-07-01";
const docs = "https://learn.microsoft.com/azure/container-registry";

/** Only these sizes can be pulled from without signing in. */
const allowsAnonymous = (sku: string) => value(sku, { missing: "fail" }).oneOf("Standard", "Premium");

const registryOf = (sku: string, ...lines: readonly string[]) =>
  bicep(
    bicepBlock(
      bicepRegistry,
      "images",
      `sku: {\n  name: '${sku}'\n}`,
      ...(lines.length > 0 ? [`properties: {\n  ${lines.join("\n  ")}\n}`] : []),
    ),
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-container-registry-admin-user",
    aliases: ["CKV_AZURE_137"],
    title: "Administrator account of the registry is on",
    severity: "medium",
    controls: "strong-authentication",
    why: "One shared password that never expires may push any image; nobody can tell who used it.",
    fix: "Set `admin_enabled` (Bicep: `adminUserEnabled`) to false and grant identities the roles AcrPull and AcrPush.",
    links: [`${docs}/container-registry-authentication`],
    on: {
      "tf:azurerm_container_registry": value("admin_enabled").not(true),
      "arm:Microsoft.ContainerRegistry/registries": value("properties.adminUserEnabled").not(true),
    },
    examples: {
      bad: [tfResource(registry, "admin_enabled = true"), bicepResource(bicepRegistry, "adminUserEnabled: true")],
      good: [tfResource(registry, "admin_enabled = false"), bicepResource(bicepRegistry, "adminUserEnabled: false")],
    },
  },
  {
    id: "iac/azure-container-registry-anonymous-pull",
    aliases: ["CKV_AZURE_138"],
    title: "Everybody may pull images from the registry without signing in",
    severity: "high",
    controls: "public-data",
    why: "Images hold code, configuration and often secrets; anybody on the internet can download and study them.",
    fix: "Set `anonymous_pull_enabled` (Bicep: `anonymousPullEnabled`) to false.",
    links: [`${docs}/anonymous-pull-access`],
    on: {
      "tf:azurerm_container_registry": when(allowsAnonymous("sku"), value("anonymous_pull_enabled").not(true)),
      "arm:Microsoft.ContainerRegistry/registries": when(
        allowsAnonymous("sku.name"),
        value("properties.anonymousPullEnabled").not(true),
      ),
    },
    examples: {
      bad: [
        tfResource(registry, `sku                    = "Premium"`, "anonymous_pull_enabled = true"),
        registryOf("Standard", "anonymousPullEnabled: true"),
      ],
      good: [
        tfResource(registry, `sku                    = "Premium"`, "anonymous_pull_enabled = false"),
        registryOf("Standard", "anonymousPullEnabled: false"),
      ],
    },
  },
  {
    id: "iac/azure-container-registry-public-network-access",
    aliases: ["CKV_AZURE_139"],
    title: "Registry is reachable from the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "Stolen credentials can be used from anywhere to read images or to replace them by others.",
    fix: "Set `public_network_access_enabled` to false (Bicep: `publicNetworkAccess` to Disabled) and use private endpoints.",
    links: [`${docs}/container-registry-private-link`],
    on: {
      "tf:azurerm_container_registry": value("public_network_access_enabled").is(false),
      "arm:Microsoft.ContainerRegistry/registries": value("properties.publicNetworkAccess").is("Disabled"),
    },
    examples: {
      bad: [tfResource(registry, `sku = "Premium"`), bicepResource(bicepRegistry, "publicNetworkAccess: 'Enabled'")],
      good: [
        tfResource(registry, "public_network_access_enabled = false"),
        bicepResource(bicepRegistry, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-container-registry-basic-sku",
    aliases: ["CKV_AZURE_163"],
    title: "Registry is of a size without scanning of images",
    severity: "low",
    controls: "vulnerability-assessment",
    why: "A basic registry lacks what keeps images safe; known holes in images are found by nobody before they run.",
    fix: "Use the size Standard or Premium, and switch on Defender for Containers.",
    links: ["https://learn.microsoft.com/azure/defender-for-cloud/defender-for-containers-introduction"],
    on: {
      "tf:azurerm_container_registry": value("sku", { edit: false }).oneOf("Standard", "Premium"),
      "arm:Microsoft.ContainerRegistry/registries": value("sku.name", { edit: false }).oneOf("Standard", "Premium"),
    },
    examples: {
      bad: [tfResource(registry, `sku = "Basic"`), registryOf("Basic")],
      good: [tfResource(registry, `sku = "Premium"`), registryOf("Premium")],
    },
  },
  {
    id: "iac/azure-container-registry-unsigned-images",
    aliases: ["CKV_AZURE_164"],
    title: "Registry does not tell signed images from others",
    severity: "low",
    controls: "supply-chain",
    why: "Nobody notices when an image was pushed by somebody else than its builder.",
    fix: "Set `trust_policy_enabled` to true (Bicep: `policies.trustPolicy.status`), or sign and verify images with Notation.",
    links: [`${docs}/container-registry-content-trust`],
    on: {
      "tf:azurerm_container_registry": value(["trust_policy_enabled", "trust_policy.enabled"]).is(true),
      "arm:Microsoft.ContainerRegistry/registries": value("properties.policies.trustPolicy.status").is("enabled"),
    },
    examples: {
      bad: [
        tfResource(registry, `sku = "Premium"`),
        registryOf("Premium", "policies: {\n    trustPolicy: {\n      status: 'disabled'\n    }\n  }"),
      ],
      good: [
        tfResource(registry, `sku                  = "Premium"`, "trust_policy_enabled = true"),
        registryOf("Premium", "policies: {\n    trustPolicy: {\n      status: 'enabled'\n    }\n  }"),
      ],
    },
  },
  {
    id: "iac/azure-container-registry-without-quarantine",
    aliases: ["CKV_AZURE_166"],
    title: "New images can be pulled before they were checked",
    severity: "low",
    controls: "image-hygiene",
    why: "An image with holes or malware is deployed in the minutes between push and scan.",
    fix: "Set `quarantine_policy_enabled` to true (Bicep: `policies.quarantinePolicy.status`).",
    links: [`${docs}/container-registry-faq`],
    on: {
      "tf:azurerm_container_registry": value("quarantine_policy_enabled").is(true),
      "arm:Microsoft.ContainerRegistry/registries": value("properties.policies.quarantinePolicy.status").is("enabled"),
    },
    examples: {
      bad: [
        tfResource(registry, `sku = "Premium"`),
        registryOf("Premium", "policies: {\n    quarantinePolicy: {\n      status: 'disabled'\n    }\n  }"),
      ],
      good: [
        tfResource(registry, "quarantine_policy_enabled = true"),
        registryOf("Premium", "policies: {\n    quarantinePolicy: {\n      status: 'enabled'\n    }\n  }"),
      ],
    },
  },
  {
    id: "iac/azure-container-registry-without-retention",
    aliases: ["CKV_AZURE_167"],
    title: "Untagged images are never removed from the registry",
    severity: "low",
    controls: "image-hygiene",
    why: "Old layers with known holes can still be pulled by their digest, and are paid for.",
    fix: "Set `retention_policy_in_days` (Bicep: `policies.retentionPolicy`).",
    links: [`${docs}/container-registry-retention-policy`],
    on: {
      "tf:azurerm_container_registry": anyOf(
        value("retention_policy.enabled").is(true),
        value("retention_policy_in_days").exists(),
      ),
      "arm:Microsoft.ContainerRegistry/registries": value("properties.policies.retentionPolicy.status").is("enabled"),
    },
    examples: {
      bad: [
        tfResource(registry, `sku = "Premium"`),
        registryOf("Premium", "policies: {\n    retentionPolicy: {\n      status: 'disabled'\n    }\n  }"),
      ],
      good: [
        tfResource(registry, "retention_policy_in_days = 14"),
        registryOf(
          "Premium",
          "policies: {\n    retentionPolicy: {\n      status: 'enabled'\n      days: 14\n    }\n  }",
        ),
      ],
    },
  },
  {
    id: "iac/azure-container-registry-in-one-region",
    aliases: ["CKV_AZURE_165"],
    title: "Registry is kept in one region only",
    severity: "low",
    controls: "availability",
    why: "While that region fails no cluster can start a pod that needs an image.",
    fix: "Use the size Premium and add `georeplications` for the regions in which images are used.",
    links: [`${docs}/container-registry-geo-replication`],
    on: {
      "tf:azurerm_container_registry": all(
        value("sku", { edit: false }).is("Premium"),
        value("georeplications").exists(),
      ),
    },
    examples: {
      bad: [tfResource(registry, `sku = "Premium"`)],
      good: [tfResource(registry, `sku = "Premium"`, `georeplications {\n  location = "westeurope"\n}`)],
    },
  },
  {
    id: "iac/azure-container-registry-in-one-zone",
    aliases: ["CKV_AZURE_233"],
    title: "Registry is not spread over availability zones",
    severity: "low",
    controls: "availability",
    why: "When the one data centre fails that holds the images, nothing can be deployed or scaled.",
    fix: "Set `zone_redundancy_enabled` (Bicep: `zoneRedundancy`) on the registry and on each replication.",
    links: [`${docs}/zone-redundancy`],
    on: {
      "tf:azurerm_container_registry": all(
        value("zone_redundancy_enabled", { edit: false }).is(true),
        each("georeplications", value("zone_redundancy_enabled", { edit: false }).is(true)),
      ),
      "arm:Microsoft.ContainerRegistry/registries": value("properties.zoneRedundancy", { edit: false }).is("Enabled"),
      "arm:Microsoft.ContainerRegistry/registries/replications": value("properties.zoneRedundancy", { edit: false }).is(
        "Enabled",
      ),
    },
    examples: {
      bad: [
        tfResource(registry, `sku = "Premium"`),
        bicepResource(bicepRegistry, "zoneRedundancy: 'Disabled'"),
        tfResource(registry, "zone_redundancy_enabled = true", `georeplications {\n  location = "westeurope"\n}`),
      ],
      good: [
        tfResource(registry, "zone_redundancy_enabled = true"),
        bicepResource(bicepRegistry, "zoneRedundancy: 'Enabled'"),
      ],
    },
  },
  {
    id: "iac/azure-container-registry-shared-data-endpoint",
    aliases: ["CKV_AZURE_237"],
    title: "Registry serves layers from a storage address shared with others",
    severity: "low",
    controls: "network-segmentation",
    why: "Firewalls must then allow all of Azure's blob storage, and data can leave to accounts of anybody.",
    fix: "Set `data_endpoint_enabled` (Bicep: `dataEndpointEnabled`) to true and allow only those endpoints.",
    links: [`${docs}/container-registry-dedicated-data-endpoints`],
    on: {
      "tf:azurerm_container_registry": value("data_endpoint_enabled").is(true),
      "arm:Microsoft.ContainerRegistry/registries": value("properties.dataEndpointEnabled").is(true),
    },
    examples: {
      bad: [tfResource(registry, `sku = "Premium"`), bicepResource(bicepRegistry, "dataEndpointEnabled: false")],
      good: [
        tfResource(registry, "data_endpoint_enabled = true"),
        bicepResource(bicepRegistry, "dataEndpointEnabled: true"),
      ],
    },
  },
  {
    id: "iac/azure-container-registry-export",
    aliases: [],
    title: "Images of a closed registry can be exported to others",
    severity: "low",
    controls: "data-protection",
    why: "Whoever may read the registry can copy all of it to a registry of his own, past the closed network.",
    fix: "Set `export_policy_enabled` to false (Bicep: `policies.exportPolicy.status`: disabled).",
    links: [`${docs}/data-loss-prevention`],
    on: {
      "tf:azurerm_container_registry": when(
        value("public_network_access_enabled").is(false),
        value("export_policy_enabled").is(false),
        "none",
      ),
      "arm:Microsoft.ContainerRegistry/registries": when(
        value("properties.publicNetworkAccess").is("Disabled"),
        value("properties.policies.exportPolicy.status").is("disabled"),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(registry, "public_network_access_enabled = false"),
        bicepResource(bicepRegistry, "publicNetworkAccess: 'Disabled'"),
      ],
      good: [
        tfResource(registry, "public_network_access_enabled = false", "export_policy_enabled         = false"),
        bicepResource(
          bicepRegistry,
          "publicNetworkAccess: 'Disabled'",
          "policies: {\n  exportPolicy: {\n    status: 'disabled'\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-container-registry-firewall-allows",
    aliases: [],
    title: "Address rules of the registry allow what they do not name",
    severity: "medium",
    controls: "network-exposure",
    why: "Rules for single addresses look like protection, but everybody else gets in as well.",
    fix: "Set `network_rule_set.default_action` (Bicep: `networkRuleSet.defaultAction`) to Deny.",
    links: [`${docs}/container-registry-access-selected-networks`],
    on: {
      "tf:azurerm_container_registry": when(
        value("network_rule_set").exists(),
        value("network_rule_set.default_action").is("Deny"),
        "none",
      ),
      "arm:Microsoft.ContainerRegistry/registries": when(
        value("properties.networkRuleSet").exists(),
        value("properties.networkRuleSet.defaultAction").is("Deny"),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(registry, `network_rule_set {\n  default_action = "Allow"\n}`),
        bicepResource(bicepRegistry, "networkRuleSet: {\n  defaultAction: 'Allow'\n}"),
      ],
      good: [
        tfResource(registry, `network_rule_set {\n  default_action = "Deny"\n}`),
        bicepResource(bicepRegistry, "networkRuleSet: {\n  defaultAction: 'Deny'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-container-registry-webhook-over-http",
    aliases: ["CKV2_AZURE_30"],
    title: "Registry reports its events over plain HTTP",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Whoever is on the way reads the headers, tokens among them, and can send false reports of new images.",
    fix: "Give the webhook a `service_uri` (Bicep: `serviceUri`) that begins with https.",
    links: [`${docs}/container-registry-webhook`],
    on: {
      "tf:azurerm_container_registry_webhook": value("service_uri").startsWith("https://"),
      "arm:Microsoft.ContainerRegistry/registries/webhooks": value("properties.serviceUri").startsWith("https://"),
    },
    examples: {
      bad: [
        tfResource("azurerm_container_registry_webhook", `service_uri = "http://hooks.example/push"`),
        bicepResource(
          "Microsoft.ContainerRegistry/registries/webhooks@2023-07-01",
          "serviceUri: 'http://hooks.example/push'",
        ),
      ],
      good: [
        tfResource("azurerm_container_registry_webhook", `service_uri = "https://hooks.example/push"`),
        bicepResource(
          "Microsoft.ContainerRegistry/registries/webhooks@2023-07-01",
          "serviceUri: 'https://hooks.example/push'",
        ),
      ],
    },
  },
];
