/** Azure SignalR and Web PubSub: messages to browsers. */
import { all, value } from "../../condition.ts";
import { bicepBlock, bicepResource, tfResource } from "../../families/examples.ts";
import { bicep, type Policy } from "../../policy.ts";

const signalR = "azurerm_signalr_service";
const bicepSignalR = "Microsoft.SignalRService/signalR@2024-03-01";
const pubSub = "azurerm_web_pubsub";
const bicepPubSub = "Microsoft.SignalRService/webPubSub@2024-03-01";
const docs = "https://learn.microsoft.com/azure/azure-signalr";
const pubSubDocs = "https://learn.microsoft.com/azure/azure-web-pubsub";

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-signalr-free-tier",
    aliases: ["CKV_AZURE_196"],
    title: "SignalR is of the free tier",
    severity: "low",
    controls: "availability",
    why: "The free tier has no promise of availability and stops at 20 connections.",
    fix: "Choose a Standard or Premium size.",
    links: [`${docs}/signalr-resource-faq`],
    on: {
      "tf:azurerm_signalr_service": value("sku.name").not("Free_F1"),
      "arm:Microsoft.SignalRService/signalR": value("sku.name").not("Free_F1"),
    },
    examples: {
      bad: [
        tfResource(signalR, `sku {\n  name     = "Free_F1"\n  capacity = 1\n}`),
        bicep(bicepBlock(bicepSignalR, "push", "sku: {\n  name: 'Free_F1'\n}")),
      ],
      good: [
        tfResource(signalR, `sku {\n  name     = "Standard_S1"\n  capacity = 1\n}`),
        bicep(bicepBlock(bicepSignalR, "push", "sku: {\n  name: 'Standard_S1'\n}")),
      ],
    },
  },
  {
    id: "iac/azure-signalr-local-authentication",
    aliases: [],
    title: "SignalR or Web PubSub takes access keys besides Entra ID",
    severity: "low",
    controls: "strong-authentication",
    why: "Whoever finds the key can issue tokens in the name of any user and send to every browser.",
    fix: "Set `local_auth_enabled` to false (Bicep: `disableLocalAuth` to true) and use identities.",
    links: [`${docs}/howto-disable-local-auth`],
    on: {
      "tf:azurerm_signalr_service": value("local_auth_enabled").is(false),
      "tf:azurerm_web_pubsub": value("local_auth_enabled").is(false),
      "arm:Microsoft.SignalRService/signalR": value("properties.disableLocalAuth").is(true),
      "arm:Microsoft.SignalRService/webPubSub": value("properties.disableLocalAuth").is(true),
    },
    examples: {
      bad: [tfResource(signalR, `name = "push"`), bicepResource(bicepPubSub, "disableLocalAuth: false")],
      good: [tfResource(signalR, "local_auth_enabled = false"), bicepResource(bicepPubSub, "disableLocalAuth: true")],
    },
  },
  {
    id: "iac/azure-signalr-public-network-access",
    aliases: [],
    title: "SignalR or Web PubSub is reachable from every network",
    severity: "low",
    controls: "network-exposure",
    why: "Its interface for servers can be tried from anywhere; a stolen key is enough to send to every browser.",
    fix: "Set `public_network_access_enabled` to false (Bicep: `publicNetworkAccess` to Disabled), unless browsers of the public connect to it.",
    links: [`${docs}/howto-network-access-control`],
    on: {
      "tf:azurerm_signalr_service": value("public_network_access_enabled").is(false),
      "tf:azurerm_web_pubsub": value("public_network_access_enabled").is(false),
      "arm:Microsoft.SignalRService/signalR": value("properties.publicNetworkAccess").is("Disabled"),
      "arm:Microsoft.SignalRService/webPubSub": value("properties.publicNetworkAccess").is("Disabled"),
    },
    examples: {
      bad: [tfResource(signalR, `name = "push"`), bicepResource(bicepPubSub, "publicNetworkAccess: 'Enabled'")],
      good: [
        tfResource(signalR, "public_network_access_enabled = false"),
        bicepResource(bicepPubSub, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-web-pubsub-free-tier",
    aliases: ["CKV_AZURE_175"],
    title: "Web PubSub is of the free tier",
    severity: "low",
    controls: "availability",
    why: "The free tier has no promise of availability and stops at 20 connections.",
    fix: "Choose a Standard or Premium size.",
    links: [`${pubSubDocs}/concept-billing-model`],
    on: {
      "tf:azurerm_web_pubsub": value("sku").not("Free_F1"),
      "arm:Microsoft.SignalRService/webPubSub": value("sku.name").not("Free_F1"),
    },
    examples: {
      bad: [
        tfResource(pubSub, `sku = "Free_F1"`),
        bicep(bicepBlock(bicepPubSub, "push", "sku: {\n  name: 'Free_F1'\n}")),
      ],
      good: [
        tfResource(pubSub, `sku = "Standard_S1"`),
        bicep(bicepBlock(bicepPubSub, "push", "sku: {\n  name: 'Standard_S1'\n}")),
      ],
    },
  },
  {
    id: "iac/azure-web-pubsub-without-identity",
    aliases: ["CKV_AZURE_176"],
    title: "Web PubSub has no managed identity",
    severity: "low",
    controls: "workload-identity",
    why: "Without an identity of its own it calls event handlers without proving who it is, or with secrets.",
    fix: "Add an `identity` block with a system- or user-assigned identity.",
    links: [`${pubSubDocs}/howto-use-managed-identity`],
    on: {
      "tf:azurerm_web_pubsub": value("identity.type").exists(),
      "arm:Microsoft.SignalRService/webPubSub": all(
        value("identity.type").exists(),
        value("identity.type").not("None"),
      ),
    },
    examples: {
      bad: [tfResource(pubSub, `sku = "Standard_S1"`), bicepResource(bicepPubSub, "disableLocalAuth: true")],
      good: [
        tfResource(pubSub, `identity {\n  type = "SystemAssigned"\n}`),
        bicep(bicepBlock(bicepPubSub, "push", "identity: {\n  type: 'SystemAssigned'\n}")),
      ],
    },
  },
];
