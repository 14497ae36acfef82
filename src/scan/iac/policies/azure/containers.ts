/** Azure Container Instances and Container Apps. */
import { all, value, when } from "../../condition.ts";
import { bicepBlock, bicepResource, tfResource } from "../../families/examples.ts";
import { bicep, type Policy } from "../../policy.ts";

const group = "azurerm_container_group";
const bicepGroup = "Microsoft.ContainerInstance/containerGroups@2023-05-01";
const app = "azurerm_container_app";
const bicepApp = "Microsoft.App/containerApps@2024-03-01";
const instances = "https://learn.microsoft.com/azure/container-instances";
const apps = "https://learn.microsoft.com/azure/container-apps";

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-container-group-public-address",
    aliases: ["CKV_AZURE_245"],
    title: "Container group has a public address",
    severity: "medium",
    controls: "network-exposure",
    why: "Ports of the containers are open to the internet, with no firewall or gateway before them.",
    fix: "Set `ip_address_type` to Private with `subnet_ids` (Bicep: `ipAddress.type`), or to None.",
    links: [`${instances}/container-instances-vnet`],
    on: {
      "tf:azurerm_container_group": value("ip_address_type", { edit: false }).oneOf("Private", "None"),
      "arm:Microsoft.ContainerInstance/containerGroups": value("properties.ipAddress.type").not("Public"),
    },
    examples: {
      bad: [
        tfResource(group, `ip_address_type = "Public"`),
        bicepResource(bicepGroup, "ipAddress: {\n  type: 'Public'\n}"),
      ],
      good: [
        tfResource(group, `ip_address_type = "Private"`),
        bicepResource(bicepGroup, "ipAddress: {\n  type: 'Private'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-container-group-outside-network",
    aliases: ["CKV_AZURE_98"],
    title: "Container group is not in a virtual network",
    severity: "low",
    controls: "network-segmentation",
    why: "Its traffic in and out passes none of the organization's firewalls, rules and logs.",
    fix: "Set `subnet_ids` (Bicep: `subnetIds`) to a subnet delegated to container groups.",
    links: [`${instances}/container-instances-vnet`],
    on: {
      "tf:azurerm_container_group": value(["subnet_ids", "network_profile_id"]).exists(),
      "arm:Microsoft.ContainerInstance/containerGroups": value([
        "properties.subnetIds",
        "properties.networkProfile",
      ]).exists(),
    },
    examples: {
      bad: [tfResource(group, `os_type = "Linux"`), bicepResource(bicepGroup, "osType: 'Linux'")],
      good: [
        tfResource(group, "subnet_ids = [azurerm_subnet.jobs.id]"),
        bicepResource(bicepGroup, "subnetIds: [\n  {\n    id: '/subscriptions/x/subnets/jobs'\n  }\n]"),
      ],
    },
  },
  {
    id: "iac/azure-container-group-plain-environment",
    aliases: ["CKV_AZURE_235"],
    title: "Environment variables of a container can be read by everybody who may see the group",
    severity: "medium",
    controls: "secret-handling",
    why: "Plain variables are shown in the portal, in the API and in the state; what is secret in them is no longer.",
    fix: "Use `secure_environment_variables` (Bicep: `secureValue`) for values that are not meant for everybody.",
    links: [`${instances}/container-instances-environment-variables`],
    on: {
      "tf:azurerm_container_group": all(
        value("container.environment_variables", { edit: false }).absent(),
        value("init_container.environment_variables", { edit: false }).absent(),
      ),
      "arm:Microsoft.ContainerInstance/containerGroups": all(
        value("properties.containers.properties.environmentVariables.value", { edit: false }).absent(),
        value("properties.initContainers.properties.environmentVariables.value", { edit: false }).absent(),
      ),
    },
    examples: {
      bad: [
        tfResource(group, `container {\n  environment_variables = {\n    MODE = "fast"\n  }\n}`),
        bicepResource(
          bicepGroup,
          "containers: [\n  {\n    name: 'job'\n    properties: {\n      environmentVariables: [\n        {\n          name: 'MODE'\n          value: 'fast'\n        }\n      ]\n    }\n  }\n]",
        ),
      ],
      good: [
        tfResource(group, `container {\n  secure_environment_variables = {\n    MODE = "fast"\n  }\n}`),
        bicepResource(
          bicepGroup,
          "containers: [\n  {\n    name: 'job'\n    properties: {\n      environmentVariables: [\n        {\n          name: 'MODE'\n          secureValue: mode\n        }\n      ]\n    }\n  }\n]",
        ),
      ],
    },
  },
  {
    id: "iac/azure-container-group-without-identity",
    aliases: ["CKV2_AZURE_28"],
    title: "Container group has no managed identity",
    severity: "low",
    controls: "workload-identity",
    why: "Without an identity of their own containers need passwords in variables and files to reach anything.",
    fix: "Add an `identity` block with a system- or user-assigned identity.",
    links: [`${instances}/container-instances-managed-identity`],
    on: {
      "tf:azurerm_container_group": value("identity.type").exists(),
      "arm:Microsoft.ContainerInstance/containerGroups": all(
        value("identity.type").exists(),
        value("identity.type").not("None"),
      ),
    },
    examples: {
      bad: [tfResource(group, `os_type = "Linux"`), bicepResource(bicepGroup, "osType: 'Linux'")],
      good: [
        tfResource(group, `identity {\n  type = "SystemAssigned"\n}`),
        bicep(bicepBlock(bicepGroup, "job", "identity: {\n  type: 'SystemAssigned'\n}")),
      ],
    },
  },
  {
    id: "iac/azure-container-app-insecure-ingress",
    aliases: [],
    title: "Container app answers over plain HTTP",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Passwords, cookies and data of whoever calls the app by http:// can be read and changed on the way.",
    fix: "Leave `allow_insecure_connections` (Bicep: `allowInsecure`) out or set it to false.",
    links: [`${apps}/ingress-overview`],
    on: {
      "tf:azurerm_container_app": value("ingress.allow_insecure_connections").not(true),
      "arm:Microsoft.App/containerApps": value("properties.configuration.ingress.allowInsecure").not(true),
    },
    examples: {
      bad: [
        tfResource(app, "ingress {\n  target_port                = 8080\n  allow_insecure_connections = true\n}"),
        bicepResource(bicepApp, "configuration: {\n  ingress: {\n    allowInsecure: true\n  }\n}"),
      ],
      good: [
        tfResource(app, "ingress {\n  target_port = 8080\n}"),
        bicepResource(bicepApp, "configuration: {\n  ingress: {\n    allowInsecure: false\n  }\n}"),
      ],
    },
  },
  {
    id: "iac/azure-container-app-secret-in-template",
    aliases: [],
    title: "Secret of a container app is written in the template",
    severity: "high",
    controls: "secret-handling",
    why: "Everybody who reads the repository, the state or the deployment has the secret.",
    fix: "Point the secret to Key Vault with `key_vault_secret_id` (Bicep: `keyVaultUrl`) and an identity.",
    links: [`${apps}/manage-secrets`],
    on: {
      "tf:azurerm_container_app": value("secret.value", { edit: false }).absent(),
      "arm:Microsoft.App/containerApps": value("properties.configuration.secrets.value", { edit: false }).absent(),
    },
    examples: {
      bad: [
        tfResource(app, `secret {\n  name  = "db"\n  value = "from-somewhere"\n}`),
        bicepResource(
          bicepApp,
          "configuration: {\n  secrets: [\n    {\n      name: 'db'\n      value: 'from-somewhere'\n    }\n  ]\n}",
        ),
      ],
      good: [
        tfResource(
          app,
          `secret {\n  name                = "db"\n  identity            = "System"\n  key_vault_secret_id = azurerm_key_vault_secret.db.id\n}`,
        ),
        bicepResource(
          bicepApp,
          "configuration: {\n  secrets: [\n    {\n      name: 'db'\n      identity: 'system'\n      keyVaultUrl: 'https://vault.example/secrets/db'\n    }\n  ]\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-container-app-without-identity",
    aliases: [],
    title: "Container app has no managed identity",
    severity: "low",
    controls: "workload-identity",
    why: "Without an identity of its own the app needs passwords to reach registry, vault and databases.",
    fix: "Add an `identity` block with a system- or user-assigned identity.",
    links: [`${apps}/managed-identity`],
    on: {
      "tf:azurerm_container_app": value("identity.type").exists(),
      "arm:Microsoft.App/containerApps": all(value("identity.type").exists(), value("identity.type").not("None")),
    },
    examples: {
      bad: [tfResource(app, `revision_mode = "Single"`), bicepResource(bicepApp, "workloadProfileName: 'main'")],
      good: [
        tfResource(app, `identity {\n  type = "SystemAssigned"\n}`),
        bicep(bicepBlock(bicepApp, "shop", "identity: {\n  type: 'SystemAssigned'\n}")),
      ],
    },
  },
  {
    id: "iac/azure-container-app-registry-password",
    aliases: [],
    title: "Container app pulls its image with a password",
    severity: "low",
    controls: "workload-identity",
    why: "The password of the registry is shared and long-lived; with an identity there is none to lose.",
    fix: "Set `registry.identity` and grant it the role AcrPull, in place of user name and password.",
    links: [`${apps}/managed-identity-image-pull`],
    on: {
      "tf:azurerm_container_app": when(
        value("registry").exists(),
        value("registry.password_secret_name", { edit: false }).absent(),
        "none",
      ),
      "arm:Microsoft.App/containerApps": when(
        value("properties.configuration.registries").exists(),
        value("properties.configuration.registries.passwordSecretRef", { edit: false }).absent(),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(
          app,
          `registry {\n  server               = "images.example"\n  username             = "puller"\n  password_secret_name = "pull"\n}`,
        ),
        bicepResource(
          bicepApp,
          "configuration: {\n  registries: [\n    {\n      server: 'images.example'\n      username: 'puller'\n      passwordSecretRef: 'pull'\n    }\n  ]\n}",
        ),
      ],
      good: [
        tfResource(
          app,
          `registry {\n  server   = "images.example"\n  identity = azurerm_user_assigned_identity.app.id\n}`,
        ),
        bicepResource(
          bicepApp,
          "configuration: {\n  registries: [\n    {\n      server: 'images.example'\n      identity: 'system'\n    }\n  ]\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-container-app-environment-public",
    aliases: [],
    title: "Environment of container apps takes requests from the internet",
    severity: "low",
    controls: "network-exposure",
    why: "Every app in it with external ingress has a public address of its own.",
    fix: "Put the environment into a subnet and set `internal_load_balancer_enabled` (Bicep: `vnetConfiguration.internal`) to true; publish through a gateway.",
    links: [`${apps}/networking`],
    on: {
      "tf:azurerm_container_app_environment": value("internal_load_balancer_enabled", { edit: false }).is(true),
      "arm:Microsoft.App/managedEnvironments": value("properties.vnetConfiguration.internal", { edit: false }).is(true),
    },
    examples: {
      bad: [
        tfResource("azurerm_container_app_environment", `name = "apps"`),
        bicepResource("Microsoft.App/managedEnvironments@2024-03-01", "zoneRedundant: true"),
      ],
      good: [
        tfResource("azurerm_container_app_environment", "internal_load_balancer_enabled = true"),
        bicepResource("Microsoft.App/managedEnvironments@2024-03-01", "vnetConfiguration: {\n  internal: true\n}"),
      ],
    },
  },
  {
    id: "iac/azure-container-app-environment-without-logs",
    aliases: [],
    title: "Logs of container apps go nowhere",
    severity: "low",
    controls: "logging",
    why: "When a replica is gone its output is gone; an attack cannot be traced.",
    fix: "Set `log_analytics_workspace_id` (Bicep: `appLogsConfiguration.destination`).",
    links: [`${apps}/log-options`],
    on: {
      "tf:azurerm_container_app_environment": value(["log_analytics_workspace_id", "logs_destination"]).exists(),
      "arm:Microsoft.App/managedEnvironments": all(
        value("properties.appLogsConfiguration.destination").exists(),
        value("properties.appLogsConfiguration.destination").not("none"),
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_container_app_environment", `name = "apps"`),
        bicepResource("Microsoft.App/managedEnvironments@2024-03-01", "zoneRedundant: true"),
      ],
      good: [
        tfResource(
          "azurerm_container_app_environment",
          "log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id",
        ),
        bicepResource(
          "Microsoft.App/managedEnvironments@2024-03-01",
          "appLogsConfiguration: {\n  destination: 'azure-monitor'\n}",
        ),
      ],
    },
  },
];
