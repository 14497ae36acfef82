/** Azure Machine Learning: workspaces, compute and endpoints. */
import { all, any, anyOf, connected, value, when } from "../../condition.ts";
import { bicepBlock, bicepResource, inProperties, tfBlock, tfResource } from "../../families/examples.ts";
import { bicep, type Policy, tf } from "../../policy.ts";

const workspace = "azurerm_machine_learning_workspace";
const cluster = "azurerm_machine_learning_compute_cluster";
const instance = "azurerm_machine_learning_compute_instance";
const bicepWorkspace = "Microsoft.MachineLearningServices/workspaces@2024-04-01";
const bicepCompute = "Microsoft.MachineLearningServices/workspaces/computes@2024-04-01";
const bicepEndpoint = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints@2024-04-01";
const named = `name = "forecast"`;
const isolation = "https://learn.microsoft.com/azure/machine-learning/how-to-network-isolation-planning";
const compute = "https://learn.microsoft.com/azure/machine-learning/how-to-create-compute-instance";

const withStorage = (open: boolean) =>
  tf(
    tfBlock(
      "azurerm_storage_account",
      "forecast",
      `name                          = "forecast"`,
      `public_network_access_enabled = ${open}`,
    ) +
      tfBlock(
        workspace,
        "forecast",
        "storage_account_id   = azurerm_storage_account.forecast.id",
        "high_business_impact = true",
      ),
  );

const outbound = (type: string) =>
  bicepResource(
    bicepWorkspace,
    `managedNetwork: {\n  isolationMode: 'AllowOnlyApprovedOutbound'\n  outboundRules: {\n    storage: {\n      type: '${type}'\n    }\n  }\n}`,
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-ml-opened-to-public-network",
    aliases: ["CKV2_AZURE_49"],
    title: "Machine Learning workspace is opened to the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "Studio, models and data are open to anybody with a stolen password or token, from anywhere.",
    fix: "Switch public network access off and use a private endpoint.",
    links: [isolation],
    on: {
      "tf:azurerm_machine_learning_workspace": value("public_network_access_enabled", { missing: "pass" }).is(false),
      "arm:Microsoft.MachineLearningServices/workspaces": value("properties.publicNetworkAccess", {
        missing: "pass",
      }).is("Disabled"),
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
    id: "iac/azure-ml-not-closed-to-public-network",
    aliases: ["CKV_AZURE_144"],
    title: "Machine Learning workspace is not closed to the public network",
    severity: "low",
    controls: "network-exposure",
    why: "What nobody closes may be open: the default was public for years and depends on how the workspace is made.",
    fix: "Write `public_network_access_enabled = false` and use a private endpoint.",
    links: [isolation],
    on: {
      "tf:azurerm_machine_learning_workspace": value("public_network_access_enabled", { missing: "fail" }).not(true),
    },
    examples: {
      bad: [tfResource(workspace, named)],
      good: [tfResource(workspace, named, "public_network_access_enabled = false")],
    },
  },
  {
    id: "iac/azure-ml-sensitive-data-on-public-storage",
    aliases: ["CKV2_AZURE_50"],
    title: "Workspace for sensitive data keeps it in publicly reachable storage",
    severity: "medium",
    controls: "network-exposure",
    why: "The workspace is marked as of high business impact, yet a leaked key opens its storage from anywhere.",
    fix: "Switch public network access of its storage account off.",
    links: ["https://learn.microsoft.com/azure/machine-learning/concept-data-encryption"],
    on: {
      "tf:azurerm_machine_learning_workspace": anyOf(
        value("high_business_impact", { edit: false, missing: "pass" }).is(false),
        connected("azurerm_storage_account", value("public_network_access_enabled", { edit: false }).is(false)),
      ),
    },
    examples: { bad: [withStorage(true)], good: [withStorage(false)] },
  },
  {
    id: "iac/azure-ml-compute-local-users",
    aliases: ["CKV_AZURE_142"],
    title: "Machine Learning compute lets local users in",
    severity: "medium",
    controls: "strong-authentication",
    why: "Local accounts sign in over SSH with passwords or keys that Microsoft Entra ID knows nothing of.",
    fix: "Set `local_auth_enabled` to false (Bicep: `disableLocalAuth` to true).",
    links: [compute],
    on: {
      "tf:azurerm_machine_learning_compute_cluster": value("local_auth_enabled", { edit: false }).is(false),
      "arm:Microsoft.MachineLearningServices/workspaces/computes": when(
        value("properties.computeType").oneOf("AmlCompute", "ComputeInstance"),
        value("properties.disableLocalAuth").is(true),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(cluster, named),
        bicepResource(bicepCompute, "computeType: 'AmlCompute'", "disableLocalAuth: false"),
      ],
      good: [
        tfResource(cluster, named, "local_auth_enabled = false"),
        bicepResource(bicepCompute, "computeType: 'AmlCompute'", "disableLocalAuth: true"),
      ],
    },
  },
  {
    id: "iac/azure-ml-cluster-never-rests",
    aliases: ["CKV_AZURE_150"],
    title: "Machine Learning cluster keeps machines running without work",
    severity: "low",
    controls: "resource-limits",
    why: "Idle machines cost money, miss patches that new ones get, and are there to be abused.",
    fix: "Set the minimum number of nodes to 0.",
    links: ["https://learn.microsoft.com/azure/machine-learning/how-to-create-attach-compute-cluster"],
    on: {
      "tf:azurerm_machine_learning_compute_cluster": value("scale_settings.min_node_count").is(0),
      "arm:Microsoft.MachineLearningServices/workspaces/computes": when(
        value("properties.computeType").is("AmlCompute"),
        value("properties.properties.scaleSettings.minNodeCount", { missing: "pass" }).is(0),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(cluster, "scale_settings {\n  min_node_count = 1\n  max_node_count = 4\n}"),
        bicepResource(
          "Microsoft.MachineLearningServices/workspaces/computes@2024-04-01",
          "computeType: 'AmlCompute'",
          "properties: {\n  scaleSettings: {\n    minNodeCount: 1\n  }\n}",
        ),
      ],
      good: [
        tfResource(cluster, "scale_settings {\n  min_node_count = 0\n  max_node_count = 4\n}"),
        bicepResource(
          "Microsoft.MachineLearningServices/workspaces/computes@2024-04-01",
          "computeType: 'AmlCompute'",
          "properties: {\n  scaleSettings: {\n    minNodeCount: 0\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-ml-without-private-outbound",
    aliases: ["CKV_AZURE_243"],
    title: "Machine Learning workspace reaches its stores without private endpoints",
    severity: "low",
    controls: "network-segmentation",
    why: "Training data goes over public addresses, so the stores must stay open to the public network.",
    fix: "Use a managed network with outbound rules of the type PrivateEndpoint for each store.",
    links: ["https://learn.microsoft.com/azure/machine-learning/how-to-managed-network"],
    on: {
      "arm:Microsoft.MachineLearningServices/workspaces": anyOf(
        any("properties.managedNetwork.outboundRules.*", value("type", { edit: false }).is("PrivateEndpoint")),
        connected(
          "Microsoft.MachineLearningServices/workspaces/outboundRules",
          value("properties.type", { edit: false }).is("PrivateEndpoint"),
        ),
      ),
    },
    examples: { bad: [outbound("ServiceTag")], good: [outbound("PrivateEndpoint")] },
  },
  {
    id: "iac/azure-ml-without-own-key",
    aliases: [],
    title: "Machine Learning workspace is encrypted with a key of Microsoft only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "You can neither withdraw the key of experiments and metadata nor see who used it.",
    fix: "Name a key from a key vault in `encryption`; only a new workspace takes it.",
    links: ["https://learn.microsoft.com/azure/machine-learning/concept-customer-managed-keys"],
    on: {
      "tf:azurerm_machine_learning_workspace": value("encryption.key_id").exists(),
      "arm:Microsoft.MachineLearningServices/workspaces": value("properties.encryption.status").is("Enabled"),
    },
    examples: {
      bad: [tfResource(workspace, named), bicepResource(bicepWorkspace, "publicNetworkAccess: 'Disabled'")],
      good: [
        tfResource(workspace, named, "encryption {\n  key_id = azurerm_key_vault_key.forecast.id\n}"),
        bicepResource(bicepWorkspace, "encryption: {\n  status: 'Enabled'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-ml-without-managed-network",
    aliases: [],
    title: "Machine Learning workspace limits no outgoing traffic",
    severity: "low",
    controls: "data-protection",
    why: "A notebook or a poisoned package sends training data to any address.",
    fix: "Use a managed network that allows approved targets only.",
    links: ["https://learn.microsoft.com/azure/machine-learning/how-to-managed-network"],
    on: {
      "tf:azurerm_machine_learning_workspace": value("managed_network.isolation_mode", { edit: false }).is(
        "AllowOnlyApprovedOutbound",
      ),
      "arm:Microsoft.MachineLearningServices/workspaces": value("properties.managedNetwork.isolationMode", {
        edit: false,
      }).is("AllowOnlyApprovedOutbound"),
    },
    examples: {
      bad: [
        tfResource(workspace, named),
        bicepResource(bicepWorkspace, "managedNetwork: {\n  isolationMode: 'Disabled'\n}"),
      ],
      good: [
        tfResource(workspace, named, `managed_network {\n  isolation_mode = "AllowOnlyApprovedOutbound"\n}`),
        bicepResource(bicepWorkspace, "managedNetwork: {\n  isolationMode: 'AllowOnlyApprovedOutbound'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-ml-compute-public-address",
    aliases: [],
    title: "Machine Learning compute has public addresses",
    severity: "medium",
    controls: "network-exposure",
    why: "Each node is a machine with an address on the internet, with access to training data.",
    fix: "Set `node_public_ip_enabled` (Bicep: `enableNodePublicIp`) to false; this needs a managed or own network.",
    links: [compute],
    on: {
      "tf:azurerm_machine_learning_compute_cluster": value("node_public_ip_enabled", { edit: false }).is(false),
      "tf:azurerm_machine_learning_compute_instance": value("node_public_ip_enabled", { edit: false }).is(false),
      "arm:Microsoft.MachineLearningServices/workspaces/computes": when(
        value("properties.computeType").oneOf("AmlCompute", "ComputeInstance"),
        value("properties.properties.enableNodePublicIp", { edit: false }).is(false),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(instance, named),
        bicepResource(bicepCompute, "computeType: 'ComputeInstance'", "properties: {}"),
      ],
      good: [
        tfResource(instance, named, "node_public_ip_enabled = false"),
        bicepResource(bicepCompute, "computeType: 'ComputeInstance'", "properties: {\n  enableNodePublicIp: false\n}"),
      ],
    },
  },
  {
    id: "iac/azure-ml-compute-ssh-open",
    aliases: [],
    title: "Machine Learning compute takes SSH from the public network",
    severity: "high",
    controls: "administrative-access",
    why: "Anybody may try to sign in; whoever succeeds has the rights of the compute's identity on all data.",
    fix: "Leave the SSH settings out and open terminals in the studio.",
    links: [compute],
    on: {
      "tf:azurerm_machine_learning_compute_cluster": value("ssh_public_access_enabled", { edit: false }).not(true),
      "tf:azurerm_machine_learning_compute_instance": value("ssh", { edit: false }).absent(),
      "arm:Microsoft.MachineLearningServices/workspaces/computes": all(
        value("properties.properties.sshSettings.sshPublicAccess").not("Enabled"),
        value("properties.properties.remoteLoginPortPublicAccess").not("Enabled"),
      ),
    },
    examples: {
      bad: [
        tfResource(cluster, named, "ssh_public_access_enabled = true"),
        bicepResource(
          bicepCompute,
          "computeType: 'ComputeInstance'",
          "properties: {\n  sshSettings: {\n    sshPublicAccess: 'Enabled'\n  }\n}",
        ),
      ],
      good: [
        tfResource(cluster, named, "ssh_public_access_enabled = false"),
        bicepResource(
          bicepCompute,
          "computeType: 'ComputeInstance'",
          "properties: {\n  sshSettings: {\n    sshPublicAccess: 'Disabled'\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-ml-endpoint-open",
    aliases: [],
    title: "Online endpoint of a model is public or accepts plain keys",
    severity: "medium",
    controls: "strong-authentication",
    why: "A leaked key is enough to use the model, and to draw out what it learned, from anywhere.",
    fix: "Use `authMode: 'AADToken'` and switch public network access off.",
    links: ["https://learn.microsoft.com/azure/machine-learning/concept-endpoints-online-auth"],
    on: {
      "arm:Microsoft.MachineLearningServices/workspaces/onlineEndpoints": all(
        value("properties.publicNetworkAccess").is("Disabled"),
        value("properties.authMode").is("AADToken"),
      ),
    },
    examples: {
      bad: [bicepResource(bicepEndpoint, "authMode: 'Key'")],
      good: [
        bicep(
          bicepBlock(
            bicepEndpoint,
            "score",
            ...inProperties(["authMode: 'AADToken'", "publicNetworkAccess: 'Disabled'"]),
          ),
        ),
      ],
    },
  },
];
