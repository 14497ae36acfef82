/** Azure Event Hubs, Service Bus and IoT Hub: encryption, networks and ways to sign in. */
import { all, type Condition, value, when } from "../../condition.ts";
import { bicepBlock, bicepResource, tfResource } from "../../families/examples.ts";
import { bicep, on, type Policy } from "../../policy.ts";

const hubs = "azurerm_eventhub_namespace";
const bicepHubs = "Microsoft.EventHub/namespaces@2024-01-01";
const bus = "azurerm_servicebus_namespace";
const bicepBus = "Microsoft.ServiceBus/namespaces@2022-10-01-preview";
const hubDocs = "https://learn.microsoft.com/azure/event-hubs";
const busDocs = "https://learn.microsoft.com/azure/service-bus-messaging";
const keysWhy =
  "A connection string lets its finder read and send messages, has no owner in the logs and does not expire.";
const tlsWhy = "Older versions have known weaknesses; somebody on the network path can read or change messages.";

/** Regions with availability zones: there a namespace is spread over them without being told to. */
const zonedRegions: ReadonlySet<string> = new Set(
  `australiaeast brazilsouth canadacentral centralindia centralus chinanorth3 eastasia eastus eastus2 francecentral
   germanywestcentral indonesiacentral israelcentral italynorth japaneast japanwest koreacentral mexicocentral
   newzealandnorth northeurope norwayeast polandcentral qatarcentral southafricanorth southcentralus southeastasia
   spaincentral swedencentral switzerlandnorth uaenorth uksouth usgovvirginia westeurope westus2 westus3`.split(/\s+/),
);

function inZonedRegion(): Condition {
  return value("location").satisfies(
    (region) => zonedRegions.has(String(region).toLowerCase().replaceAll(" ", "")),
    "a region with availability zones",
  );
}

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-event-hubs-old-tls",
    aliases: ["CKV_AZURE_223"],
    title: "Event Hubs namespace accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: tlsWhy,
    fix: "Set `minimum_tls_version` (Bicep: `minimumTlsVersion`) to 1.2.",
    links: [`${hubDocs}/transport-layer-security-enforce-minimum-version`],
    on: {
      "tf:azurerm_eventhub_namespace": value("minimum_tls_version", { missing: "pass" }).oneOf("1.2", "1.3"),
      "arm:Microsoft.EventHub/namespaces": value("properties.minimumTlsVersion", { missing: "pass" }).oneOf(
        "1.2",
        "1.3",
      ),
    },
    examples: {
      bad: [tfResource(hubs, `minimum_tls_version = "1.1"`), bicepResource(bicepHubs, "minimumTlsVersion: '1.0'")],
      good: [tfResource(hubs, `minimum_tls_version = "1.2"`), bicepResource(bicepHubs, "minimumTlsVersion: '1.2'")],
    },
  },
  {
    id: "iac/azure-event-hubs-in-one-zone",
    aliases: ["CKV_AZURE_228"],
    title: "Event Hubs namespace is in a region without availability zones",
    severity: "low",
    controls: "availability",
    why: "When the one data centre fails that holds it, events cannot be sent and those not read yet are out of reach.",
    fix: "Create the namespace in a region with availability zones; there it is spread over them without being told to.",
    links: ["https://learn.microsoft.com/azure/reliability/reliability-event-hubs"],
    on: { "tf:azurerm_eventhub_namespace": inZonedRegion() },
    examples: {
      bad: [tfResource(hubs, `location = "westus"`)],
      good: [tfResource(hubs, `location = "West Europe"`)],
    },
  },
  {
    id: "iac/azure-event-hubs-local-authentication",
    aliases: [],
    title: "Event Hubs namespace takes connection strings besides Entra ID",
    severity: "low",
    controls: "strong-authentication",
    why: keysWhy,
    fix: "Set `local_authentication_enabled` to false (Bicep: `disableLocalAuth` to true) and use identities with data roles.",
    links: [`${hubDocs}/authorize-access-event-hubs`],
    on: {
      "tf:azurerm_eventhub_namespace": value("local_authentication_enabled").is(false),
      "arm:Microsoft.EventHub/namespaces": value("properties.disableLocalAuth").is(true),
    },
    examples: {
      bad: [tfResource(hubs, `sku = "Standard"`), bicepResource(bicepHubs, "disableLocalAuth: false")],
      good: [
        tfResource(hubs, "local_authentication_enabled = false"),
        bicepResource(bicepHubs, "disableLocalAuth: true"),
      ],
    },
  },
  {
    id: "iac/azure-event-hubs-public-network-access",
    aliases: [],
    title: "Event Hubs namespace is reachable from every network",
    severity: "medium",
    controls: "network-exposure",
    why: "Everybody on the internet who gets hold of a connection string can read and send events.",
    fix: "Set `public_network_access_enabled` to false (Bicep: `publicNetworkAccess` to Disabled), or deny by default in the network rules.",
    links: [`${hubDocs}/network-security`],
    on: {
      "tf:azurerm_eventhub_namespace": when(
        value("network_rulesets.default_action", { missing: "fail" }).not("Deny"),
        value("public_network_access_enabled").is(false),
      ),
      "arm:Microsoft.EventHub/namespaces": value("properties.publicNetworkAccess").oneOf(
        "Disabled",
        "SecuredByPerimeter",
      ),
    },
    examples: {
      bad: [
        tfResource(hubs, `sku = "Standard"`, `network_rulesets {\n  default_action = "Allow"\n}`),
        bicepResource(bicepHubs, "publicNetworkAccess: 'Enabled'"),
      ],
      good: [
        tfResource(hubs, `network_rulesets {\n  default_action = "Deny"\n}`),
        bicepResource(bicepHubs, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-message-broker-manage-right",
    aliases: [],
    title: "Key of a namespace may manage it, not only send or receive",
    severity: "low",
    controls: "least-privilege",
    why: "Whoever finds such a key can delete queues and make further keys, not only read messages.",
    fix: "Leave `manage` out, and give sender and receiver a rule of their own with the one right they need.",
    links: [`${busDocs}/service-bus-sas`],
    on: {
      ...on(
        [
          "tf:azurerm_eventhub_namespace_authorization_rule",
          "tf:azurerm_eventhub_authorization_rule",
          "tf:azurerm_servicebus_namespace_authorization_rule",
          "tf:azurerm_servicebus_queue_authorization_rule",
          "tf:azurerm_servicebus_topic_authorization_rule",
        ],
        value("manage").not(true),
      ),
      ...on(
        [
          "arm:Microsoft.EventHub/namespaces/authorizationRules",
          "arm:Microsoft.EventHub/namespaces/eventhubs/authorizationRules",
          "arm:Microsoft.ServiceBus/namespaces/authorizationRules",
          "arm:Microsoft.ServiceBus/namespaces/queues/authorizationRules",
          "arm:Microsoft.ServiceBus/namespaces/topics/authorizationRules",
        ],
        // Every namespace has this one; it cannot be changed.
        when(
          value("name").notMatches(/(?:^|\/)RootManageSharedAccessKey$/i),
          value("properties.rights").not("Manage"),
          "none",
        ),
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_servicebus_queue_authorization_rule", "listen = true", "send   = true", "manage = true"),
        bicepResource("Microsoft.ServiceBus/namespaces/authorizationRules@2022-10-01-preview", "rights: ['Manage']"),
      ],
      good: [
        tfResource("azurerm_servicebus_queue_authorization_rule", "listen = true"),
        bicepResource("Microsoft.ServiceBus/namespaces/authorizationRules@2022-10-01-preview", "rights: ['Listen']"),
      ],
    },
  },
  {
    id: "iac/azure-service-bus-encrypted-once",
    aliases: ["CKV_AZURE_199"],
    title: "Messages of the Service Bus namespace are encrypted once only",
    severity: "low",
    controls: "encryption-at-rest",
    why: "A second layer with another key and another algorithm holds where one of them fails.",
    fix: "Set `customer_managed_key.infrastructure_encryption_enabled` to true (Bicep: `encryption.requireInfrastructureEncryption`), when it is created.",
    links: [`${busDocs}/configure-customer-managed-key`],
    on: {
      "tf:azurerm_servicebus_namespace": value("customer_managed_key.infrastructure_encryption_enabled", {
        edit: false,
      }).is(true),
      "arm:Microsoft.ServiceBus/namespaces": value("properties.encryption.requireInfrastructureEncryption", {
        edit: false,
      }).is(true),
    },
    examples: {
      bad: [tfResource(bus, `sku = "Premium"`), bicepResource(bicepBus, "disableLocalAuth: true")],
      good: [
        tfResource(bus, "customer_managed_key {\n  infrastructure_encryption_enabled = true\n}"),
        bicepResource(bicepBus, "encryption: {\n  requireInfrastructureEncryption: true\n}"),
      ],
    },
  },
  {
    id: "iac/azure-service-bus-without-own-key",
    aliases: ["CKV_AZURE_201"],
    title: "Service Bus namespace is not encrypted with a key of your own",
    severity: "low",
    controls: "customer-managed-keys",
    why: "With keys of the platform nobody but the provider can withdraw access to the messages.",
    fix: "Set `customer_managed_key.key_vault_key_id` (Bicep: `encryption.keyVaultProperties`).",
    links: [`${busDocs}/configure-customer-managed-key`],
    on: {
      "tf:azurerm_servicebus_namespace": value("customer_managed_key.key_vault_key_id").exists(),
      "arm:Microsoft.ServiceBus/namespaces": value("properties.encryption.keyVaultProperties").exists(),
    },
    examples: {
      bad: [tfResource(bus, `sku = "Premium"`), bicepResource(bicepBus, "disableLocalAuth: true")],
      good: [
        tfResource(bus, "customer_managed_key {\n  key_vault_key_id = azurerm_key_vault_key.bus.id\n}"),
        bicepResource(bicepBus, "encryption: {\n  keyVaultProperties: [\n    {\n      keyName: 'bus'\n    }\n  ]\n}"),
      ],
    },
  },
  {
    id: "iac/azure-service-bus-without-identity",
    aliases: ["CKV_AZURE_202"],
    title: "Service Bus namespace has no managed identity",
    severity: "low",
    controls: "workload-identity",
    why: "Without an identity of its own it cannot use keys of yours, or reach a vault without a secret.",
    fix: "Add an `identity` block with a system- or user-assigned identity.",
    links: [`${busDocs}/service-bus-managed-service-identity`],
    on: {
      "tf:azurerm_servicebus_namespace": value("identity.type").exists(),
      "arm:Microsoft.ServiceBus/namespaces": all(value("identity.type").exists(), value("identity.type").not("None")),
    },
    examples: {
      bad: [tfResource(bus, `sku = "Premium"`), bicepResource(bicepBus, "disableLocalAuth: true")],
      good: [
        tfResource(bus, `identity {\n  type = "SystemAssigned"\n}`),
        bicep(bicepBlock(bicepBus, "bus", "identity: {\n  type: 'SystemAssigned'\n}")),
      ],
    },
  },
  {
    id: "iac/azure-service-bus-local-authentication",
    aliases: ["CKV_AZURE_203"],
    title: "Service Bus namespace takes connection strings besides Entra ID",
    severity: "low",
    controls: "strong-authentication",
    why: keysWhy,
    fix: "Set `local_auth_enabled` to false (Bicep: `disableLocalAuth` to true) and use identities with data roles.",
    links: [`${busDocs}/disable-local-authentication`],
    on: {
      "tf:azurerm_servicebus_namespace": value("local_auth_enabled").is(false),
      "arm:Microsoft.ServiceBus/namespaces": value("properties.disableLocalAuth").is(true),
    },
    examples: {
      bad: [tfResource(bus, `sku = "Premium"`), bicepResource(bicepBus, "disableLocalAuth: false")],
      good: [tfResource(bus, "local_auth_enabled = false"), bicepResource(bicepBus, "disableLocalAuth: true")],
    },
  },
  {
    id: "iac/azure-service-bus-public-network-access",
    aliases: ["CKV_AZURE_204"],
    title: "Service Bus namespace is reachable from the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "Everybody on the internet who gets hold of a connection string can read and send messages.",
    fix: "Set `public_network_access_enabled` to false (Bicep: `publicNetworkAccess` to Disabled) and use private endpoints.",
    links: [`${busDocs}/network-security`],
    on: {
      "tf:azurerm_servicebus_namespace": value("public_network_access_enabled").is(false),
      "arm:Microsoft.ServiceBus/namespaces": value("properties.publicNetworkAccess").oneOf(
        "Disabled",
        "SecuredByPerimeter",
      ),
    },
    examples: {
      bad: [tfResource(bus, `sku = "Premium"`), bicepResource(bicepBus, "publicNetworkAccess: 'Enabled'")],
      good: [
        tfResource(bus, "public_network_access_enabled = false"),
        bicepResource(bicepBus, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-service-bus-old-tls",
    aliases: ["CKV_AZURE_205"],
    title: "Service Bus namespace does not demand TLS 1.2",
    severity: "medium",
    controls: "tls-version",
    why: tlsWhy,
    fix: "Set `minimum_tls_version` (Bicep: `minimumTlsVersion`) to 1.2.",
    links: [`${busDocs}/transport-layer-security-enforce-minimum-version`],
    on: {
      "tf:azurerm_servicebus_namespace": value("minimum_tls_version").oneOf("1.2", "1.3"),
      "arm:Microsoft.ServiceBus/namespaces": value("properties.minimumTlsVersion", { missing: "pass" }).oneOf(
        "1.2",
        "1.3",
      ),
    },
    examples: {
      bad: [tfResource(bus, `minimum_tls_version = "1.1"`), bicepResource(bicepBus, "minimumTlsVersion: '1.0'")],
      good: [tfResource(bus, `minimum_tls_version = "1.2"`), bicepResource(bicepBus, "minimumTlsVersion: '1.2'")],
    },
  },
  {
    id: "iac/azure-iot-hub-public-network-access",
    aliases: ["CKV_AZURE_108"],
    title: "IoT hub is reachable from the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "Everybody on the internet who gets hold of a device key or a shared policy can send data and commands.",
    fix: "Set `public_network_access_enabled` to false (Bicep: `publicNetworkAccess` to Disabled) and use private endpoints.",
    links: ["https://learn.microsoft.com/azure/iot-hub/iot-hub-public-network-access"],
    on: {
      "tf:azurerm_iothub": value("public_network_access_enabled", { missing: "pass" }).is(false),
      "arm:Microsoft.Devices/IotHubs": value("properties.publicNetworkAccess").not("Enabled"),
    },
    examples: {
      bad: [
        tfResource("azurerm_iothub", "public_network_access_enabled = true"),
        bicepResource("Microsoft.Devices/IotHubs@2023-06-30", "publicNetworkAccess: 'Enabled'"),
      ],
      good: [
        tfResource("azurerm_iothub", "public_network_access_enabled = false"),
        bicepResource("Microsoft.Devices/IotHubs@2023-06-30", "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
];
