/** Azure Event Grid: topics and domains. */
import { all, value } from "../../condition.ts";
import { bicepBlock, bicepResource, tfResource } from "../../families/examples.ts";
import { bicep, type Policy } from "../../policy.ts";

const bicepTopic = "Microsoft.EventGrid/topics@2024-06-01-preview";
const bicepDomain = "Microsoft.EventGrid/domains@2024-06-01-preview";
const topic = "azurerm_eventgrid_topic";
const domain = "azurerm_eventgrid_domain";
const docs = "https://learn.microsoft.com/azure/event-grid";

const keysWhy =
  "An access key lets its finder send false events, has no owner in the logs and does not expire; Entra ID names and limits senders.";
const networkWhy = "Everybody on the internet who gets hold of a key can send events that the subscribers act upon.";
const identityWhy =
  "Without an identity of its own it delivers events by keys and open addresses in place of roles on the receiver.";
const armIdentity = all(value("identity.type").exists(), value("identity.type").not("None"));

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-event-grid-topic-local-authentication",
    aliases: ["CKV_AZURE_192"],
    title: "Event Grid topic takes access keys besides Entra ID",
    severity: "low",
    controls: "strong-authentication",
    why: keysWhy,
    fix: "Set `local_auth_enabled` to false (Bicep: `disableLocalAuth` to true) and grant senders the role EventGrid Data Sender.",
    links: [`${docs}/authenticate-with-microsoft-entra-id`],
    on: {
      "tf:azurerm_eventgrid_topic": value("local_auth_enabled").is(false),
      "arm:Microsoft.EventGrid/topics": value("properties.disableLocalAuth").is(true),
    },
    examples: {
      bad: [tfResource(topic, `name = "orders"`), bicepResource(bicepTopic, "disableLocalAuth: false")],
      good: [tfResource(topic, "local_auth_enabled = false"), bicepResource(bicepTopic, "disableLocalAuth: true")],
    },
  },
  {
    id: "iac/azure-event-grid-topic-public-network-access",
    aliases: ["CKV_AZURE_193"],
    title: "Event Grid topic is reachable from the public network",
    severity: "medium",
    controls: "network-exposure",
    why: networkWhy,
    fix: "Set `public_network_access_enabled` to false (Bicep: `publicNetworkAccess` to Disabled) and use private endpoints.",
    links: [`${docs}/network-security`],
    on: {
      "tf:azurerm_eventgrid_topic": value("public_network_access_enabled").is(false),
      "arm:Microsoft.EventGrid/topics": value("properties.publicNetworkAccess").is("Disabled"),
    },
    examples: {
      bad: [tfResource(topic, `name = "orders"`), bicepResource(bicepTopic, "publicNetworkAccess: 'Enabled'")],
      good: [
        tfResource(topic, "public_network_access_enabled = false"),
        bicepResource(bicepTopic, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-event-grid-topic-without-identity",
    aliases: ["CKV_AZURE_191"],
    title: "Event Grid topic has no managed identity",
    severity: "low",
    controls: "workload-identity",
    why: identityWhy,
    fix: "Add an `identity` block with a system- or user-assigned identity.",
    links: [`${docs}/enable-identity-custom-topics-domains`],
    on: {
      "tf:azurerm_eventgrid_topic": value("identity.type").exists(),
      "arm:Microsoft.EventGrid/topics": armIdentity,
    },
    examples: {
      bad: [tfResource(topic, `name = "orders"`), bicepResource(bicepTopic, "disableLocalAuth: true")],
      good: [
        tfResource(topic, `identity {\n  type = "SystemAssigned"\n}`),
        bicep(bicepBlock(bicepTopic, "orders", "identity: {\n  type: 'SystemAssigned'\n}")),
      ],
    },
  },
  {
    id: "iac/azure-event-grid-domain-local-authentication",
    aliases: ["CKV_AZURE_195"],
    title: "Event Grid domain takes access keys besides Entra ID",
    severity: "low",
    controls: "strong-authentication",
    why: keysWhy,
    fix: "Set `local_auth_enabled` to false (Bicep: `disableLocalAuth` to true).",
    links: [`${docs}/authenticate-with-microsoft-entra-id`],
    on: {
      "tf:azurerm_eventgrid_domain": value("local_auth_enabled").is(false),
      "arm:Microsoft.EventGrid/domains": value("properties.disableLocalAuth").is(true),
    },
    examples: {
      bad: [tfResource(domain, `name = "orders"`), bicepResource(bicepDomain, "disableLocalAuth: false")],
      good: [tfResource(domain, "local_auth_enabled = false"), bicepResource(bicepDomain, "disableLocalAuth: true")],
    },
  },
  {
    id: "iac/azure-event-grid-domain-public-network-access",
    aliases: ["CKV_AZURE_106"],
    title: "Event Grid domain is reachable from the public network",
    severity: "medium",
    controls: "network-exposure",
    why: networkWhy,
    fix: "Set `public_network_access_enabled` to false (Bicep: `publicNetworkAccess` to Disabled) and use private endpoints.",
    links: [`${docs}/network-security`],
    on: {
      "tf:azurerm_eventgrid_domain": value("public_network_access_enabled").is(false),
      "arm:Microsoft.EventGrid/domains": value("properties.publicNetworkAccess").is("Disabled"),
    },
    examples: {
      bad: [tfResource(domain, `name = "orders"`), bicepResource(bicepDomain, "publicNetworkAccess: 'Enabled'")],
      good: [
        tfResource(domain, "public_network_access_enabled = false"),
        bicepResource(bicepDomain, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-event-grid-domain-without-identity",
    aliases: ["CKV_AZURE_194"],
    title: "Event Grid domain has no managed identity",
    severity: "low",
    controls: "workload-identity",
    why: identityWhy,
    fix: "Add an `identity` block with a system- or user-assigned identity.",
    links: [`${docs}/enable-identity-custom-topics-domains`],
    on: {
      "tf:azurerm_eventgrid_domain": value("identity.type").exists(),
      "arm:Microsoft.EventGrid/domains": armIdentity,
    },
    examples: {
      bad: [tfResource(domain, `name = "orders"`), bicepResource(bicepDomain, "disableLocalAuth: true")],
      good: [
        tfResource(domain, `identity {\n  type = "SystemAssigned"\n}`),
        bicep(bicepBlock(bicepDomain, "orders", "identity: {\n  type: 'SystemAssigned'\n}")),
      ],
    },
  },
];
