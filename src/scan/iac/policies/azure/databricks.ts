/** Azure Databricks workspaces: networks and encryption. */
import { all, anyOf, connected, not, value, when } from "../../condition.ts";
import { bicepResource, tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const workspace = "azurerm_databricks_workspace";
const bicepWorkspace = "Microsoft.Databricks/workspaces@2024-05-01";
const named = `name = "reports"`;
const encryption = "https://learn.microsoft.com/azure/databricks/security/keys/";

/** Keys of one's own and a second layer need the premium tier. */
const premium = value("sku", { missing: "fail" }).is("premium");
const premiumInArm = value("sku.name", { missing: "fail" }).is("premium");

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-databricks-public-network-access",
    aliases: ["CKV_AZURE_158"],
    title: "Databricks workspace is reachable over the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "Notebooks, jobs and their data are open to anybody with a stolen password or token, from anywhere.",
    fix: "Switch public network access off and use private endpoints.",
    links: ["https://learn.microsoft.com/azure/databricks/security/network/concepts/private-link"],
    on: {
      "tf:azurerm_databricks_workspace": value("public_network_access_enabled", { missing: "fail" }).not(true),
      "arm:Microsoft.Databricks/workspaces": value("properties.publicNetworkAccess").is("Disabled"),
    },
    examples: {
      bad: [
        tfResource(workspace, named, "public_network_access_enabled = true"),
        bicepResource(bicepWorkspace, "publicNetworkAccess: 'Enabled'"),
      ],
      good: [
        tfResource(workspace, named, "public_network_access_enabled = false"),
        bicepResource(bicepWorkspace, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-databricks-files-without-own-key",
    aliases: ["CKV2_AZURE_48"],
    title: "Root file system of a Databricks workspace is not encrypted with a key of one's own",
    severity: "low",
    controls: "customer-managed-keys",
    why: "You can neither withdraw the key of results, libraries and logs nor see who used it.",
    fix: "Enable customer-managed keys and name one for the root file system; this needs the premium tier.",
    links: [encryption],
    on: {
      "tf:azurerm_databricks_workspace": anyOf(
        all(
          value("customer_managed_key_enabled").is(true),
          connected("azurerm_databricks_workspace_root_dbfs_customer_managed_key"),
        ),
        not(premium),
      ),
      "arm:Microsoft.Databricks/workspaces": all(
        value("properties.parameters.prepareEncryption.value").is(true),
        value("properties.parameters.encryption.value", { edit: false }).exists(),
      ),
    },
    examples: {
      bad: [
        tfResource(workspace, `sku = "premium"`),
        bicepResource(bicepWorkspace, "parameters: {\n  prepareEncryption: {\n    value: false\n  }\n}"),
      ],
      good: [
        tf(
          tfBlock(
            workspace,
            "reports",
            `sku                          = "premium"`,
            "customer_managed_key_enabled = true",
          ) +
            tfBlock(
              "azurerm_databricks_workspace_root_dbfs_customer_managed_key",
              "reports",
              "workspace_id = azurerm_databricks_workspace.reports.id",
            ),
        ),
        bicepResource(
          bicepWorkspace,
          "parameters: {\n  prepareEncryption: {\n    value: true\n  }\n  encryption: {\n    value: {\n      keySource: 'Microsoft.Keyvault'\n    }\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-databricks-clusters-with-public-addresses",
    aliases: [],
    title: "Databricks clusters get public addresses",
    severity: "medium",
    controls: "network-exposure",
    why: "Each node of a cluster is a machine with an address on the internet; only a security group keeps strangers out.",
    fix: "Set `no_public_ip` (Bicep: `enableNoPublicIp`) to true.",
    links: ["https://learn.microsoft.com/azure/databricks/security/network/classic/secure-cluster-connectivity"],
    on: {
      "tf:azurerm_databricks_workspace": value("custom_parameters.no_public_ip").not(false),
      "arm:Microsoft.Databricks/workspaces": value("properties.parameters.enableNoPublicIp.value").not(false),
    },
    examples: {
      bad: [
        tfResource(workspace, named, "custom_parameters {\n  no_public_ip = false\n}"),
        bicepResource(bicepWorkspace, "parameters: {\n  enableNoPublicIp: {\n    value: false\n  }\n}"),
      ],
      good: [
        tfResource(workspace, named, "custom_parameters {\n  no_public_ip = true\n}"),
        bicepResource(bicepWorkspace, "parameters: {\n  enableNoPublicIp: {\n    value: true\n  }\n}"),
      ],
    },
  },
  {
    id: "iac/azure-databricks-encrypted-once",
    aliases: [],
    title: "Root file system of a Databricks workspace is encrypted only once",
    severity: "low",
    controls: "encryption-at-rest",
    why: "If that one layer or its key is broken, the data lies open; rules for very sensitive data ask for two.",
    fix: "Set `infrastructure_encryption_enabled` (Bicep: `requireInfrastructureEncryption`); only a new premium workspace takes it.",
    links: [encryption],
    on: {
      "tf:azurerm_databricks_workspace": when(
        premium,
        value("infrastructure_encryption_enabled", { edit: false }).is(true),
        "none",
      ),
      "arm:Microsoft.Databricks/workspaces": when(
        premiumInArm,
        value("properties.parameters.requireInfrastructureEncryption.value", { edit: false }).is(true),
        "none",
      ),
    },
    examples: {
      bad: [tfResource(workspace, `sku = "premium"`)],
      good: [tfResource(workspace, `sku = "premium"`, "infrastructure_encryption_enabled = true")],
    },
  },
];
