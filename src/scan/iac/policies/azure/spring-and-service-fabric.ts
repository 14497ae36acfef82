/** Azure Spring Apps and Service Fabric. */
import { all, any, anyOf, connected, not, value } from "../../condition.ts";
import { bicepResource, tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const spring = "azurerm_spring_cloud_service";
const springApp = "azurerm_spring_cloud_app";
const bicepSpring = "Microsoft.AppPlatform/Spring@2023-12-01";
const portal = "azurerm_spring_cloud_api_portal";
const bicepPortal = "Microsoft.AppPlatform/Spring/apiPortals@2023-12-01";
const fabric = "azurerm_service_fabric_cluster";
const bicepFabric = "Microsoft.ServiceFabric/clusters@2021-06-01";
const springDocs = "https://learn.microsoft.com/azure/spring-apps";
const fabricDocs = "https://learn.microsoft.com/azure/service-fabric/service-fabric-cluster-security";

const fabricSetting = (level: string) =>
  `fabric_settings {\n  name = "Security"\n  parameters = {\n    name  = "ClusterProtectionLevel"\n    value = "${level}"\n  }\n}`;

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-spring-apps-outside-network",
    aliases: ["CKV2_AZURE_23"],
    title: "Spring Apps is not in a virtual network",
    severity: "low",
    controls: "network-segmentation",
    why: "Its traffic in and out passes none of the organization's firewalls, rules and logs.",
    fix: "Set `network.service_runtime_subnet_id` (Bicep: `networkProfile.serviceRuntimeSubnetId`), on a tier above Basic.",
    links: [`${springDocs}/how-to-deploy-in-azure-virtual-network`],
    on: {
      "tf:azurerm_spring_cloud_service": all(
        value("sku_name").notMatches(/^B0$/i),
        value("network.service_runtime_subnet_id").exists(),
      ),
      "arm:Microsoft.AppPlatform/Spring": all(
        value("sku.name").not("B0"),
        value("properties.networkProfile.serviceRuntimeSubnetId").exists(),
      ),
    },
    examples: {
      bad: [tfResource(spring, `sku_name = "S0"`), bicepResource(bicepSpring, "zoneRedundant: true")],
      good: [
        tfResource(spring, `sku_name = "S0"`, "network {\n  service_runtime_subnet_id = azurerm_subnet.spring.id\n}"),
        bicepResource(bicepSpring, "networkProfile: {\n  serviceRuntimeSubnetId: '/subscriptions/x/subnets/spring'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-spring-app-without-tls",
    aliases: ["CKV2_AZURE_55"],
    title: "Traffic to apps inside Spring Apps is not encrypted",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Between the gateway of the platform and the app, requests travel in clear.",
    fix: "Set `tls_enabled` to true on the apps of the service.",
    links: [`${springDocs}/how-to-enable-ingress-to-app-tls`],
    on: {
      "tf:azurerm_spring_cloud_service": anyOf(
        value("sku_tier", { edit: false }).absent(),
        value("sku_tier", { edit: false }).is("Basic"),
        not(connected(springApp)),
        connected(springApp, value("tls_enabled").is(true)),
      ),
    },
    examples: {
      bad: [
        tf(
          tfBlock(spring, "shop", `name     = "shop"`, `sku_tier = "Standard"`) +
            tfBlock(springApp, "cart", `service_name = azurerm_spring_cloud_service.shop.name`),
        ),
      ],
      good: [
        tf(
          tfBlock(spring, "shop", `name     = "shop"`, `sku_tier = "Standard"`) +
            tfBlock(springApp, "cart", `service_name = azurerm_spring_cloud_service.shop.name`, "tls_enabled  = true"),
        ),
      ],
    },
  },
  {
    id: "iac/azure-spring-portal-allows-http",
    aliases: ["CKV_AZURE_161"],
    title: "API portal of Spring Apps answers over plain HTTP",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Sign-in and tokens of whoever opens the portal by http:// can be read and changed on the way.",
    fix: "Set `https_only_enabled` (Bicep: `httpsOnly`) to true.",
    links: [`${springDocs}/how-to-use-enterprise-api-portal`],
    on: {
      "tf:azurerm_spring_cloud_api_portal": value("https_only_enabled").is(true),
      "arm:Microsoft.AppPlatform/Spring/apiPortals": value("properties.httpsOnly").is(true),
    },
    examples: {
      bad: [tfResource(portal, `name = "default"`), bicepResource(bicepPortal, "httpsOnly: false")],
      good: [tfResource(portal, "https_only_enabled = true"), bicepResource(bicepPortal, "httpsOnly: true")],
    },
  },
  {
    id: "iac/azure-spring-portal-public",
    aliases: ["CKV_AZURE_162"],
    title: "API portal of Spring Apps is open to the internet",
    severity: "medium",
    controls: "network-exposure",
    why: "Everybody can read the descriptions of all interfaces and try them.",
    fix: "Set `public_network_access_enabled` (Bicep: `public`) to false or leave it out.",
    links: [`${springDocs}/how-to-use-enterprise-api-portal`],
    on: {
      "tf:azurerm_spring_cloud_api_portal": value("public_network_access_enabled").not(true),
      "arm:Microsoft.AppPlatform/Spring/apiPortals": value("properties.public").not(true),
    },
    examples: {
      bad: [tfResource(portal, "public_network_access_enabled = true"), bicepResource(bicepPortal, "public: true")],
      good: [tfResource(portal, "public_network_access_enabled = false"), bicepResource(bicepPortal, "public: false")],
    },
  },
  {
    id: "iac/azure-service-fabric-not-encrypted",
    aliases: ["CKV_AZURE_125"],
    title: "Nodes of the Service Fabric cluster talk without encryption",
    severity: "high",
    controls: "encryption-in-transit",
    why: "Messages between nodes, secrets among them, can be read and forged by anybody in the network.",
    fix: "Set `ClusterProtectionLevel` in the section Security of the fabric settings to EncryptAndSign.",
    links: [fabricDocs],
    on: {
      "tf:azurerm_service_fabric_cluster": any(
        "fabric_settings",
        all(
          value("name").is("Security"),
          anyOf(
            all(value("parameters.name").is("ClusterProtectionLevel"), value("parameters.value").is("EncryptAndSign")),
            value("parameters.ClusterProtectionLevel").is("EncryptAndSign"),
          ),
        ),
      ),
      "arm:Microsoft.ServiceFabric/clusters": any(
        "properties.fabricSettings",
        all(
          value("name").is("Security"),
          any("parameters", all(value("name").is("ClusterProtectionLevel"), value("value").is("EncryptAndSign"))),
        ),
      ),
    },
    examples: {
      bad: [
        tfResource(fabric, fabricSetting("Sign")),
        bicepResource(
          bicepFabric,
          "fabricSettings: [\n  {\n    name: 'Security'\n    parameters: [\n      {\n        name: 'ClusterProtectionLevel'\n        value: 'Sign'\n      }\n    ]\n  }\n]",
        ),
      ],
      good: [
        tfResource(fabric, fabricSetting("EncryptAndSign")),
        bicepResource(
          bicepFabric,
          "fabricSettings: [\n  {\n    name: 'Security'\n    parameters: [\n      {\n        name: 'ClusterProtectionLevel'\n        value: 'EncryptAndSign'\n      }\n    ]\n  }\n]",
        ),
      ],
    },
  },
  {
    id: "iac/azure-service-fabric-without-entra-id",
    aliases: ["CKV_AZURE_126"],
    title: "Service Fabric cluster does not use Entra ID for sign-in",
    severity: "medium",
    controls: "strong-authentication",
    why: "Administrators work with shared certificates: no second factor, no name in the logs.",
    fix: "Set `azure_active_directory.tenant_id` (Bicep: `azureActiveDirectory.tenantId`) and the two applications.",
    links: [fabricDocs],
    on: {
      "tf:azurerm_service_fabric_cluster": value("azure_active_directory.tenant_id").exists(),
      "arm:Microsoft.ServiceFabric/clusters": value("properties.azureActiveDirectory.tenantId").exists(),
    },
    examples: {
      bad: [tfResource(fabric, `vm_image = "Windows"`), bicepResource(bicepFabric, "vmImage: 'Windows'")],
      good: [
        tfResource(fabric, `azure_active_directory {\n  tenant_id = "11111111-2222-3333-4444-555555555555"\n}`),
        bicepResource(bicepFabric, "azureActiveDirectory: {\n  tenantId: '11111111-2222-3333-4444-555555555555'\n}"),
      ],
    },
  },
];
