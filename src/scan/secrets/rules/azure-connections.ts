/** Connection strings of Azure's services with the key inside. */
import { sample, sampleBytes } from "../example-values.ts";
import type { SecretRule } from "../secret-rule.ts";

const learn = "https://learn.microsoft.com/en-us/azure/";
const key = (bytes: number, seed: string) => sampleBytes(bytes, seed).toString("base64");
const storage = (seed: string) =>
  `DefaultEndpointsProtocol=https;AccountName=site;AccountKey=${key(64, seed)};EndpointSuffix=core.windows.net`;

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/azure-connection-string",
    aliases: ["azure-storage-account-key"],
    title: "Connection string of an Azure service with its key",
    provider: "Microsoft Azure",
    family: "azure-key",
    severity: "critical",
    why: "The string holds address and key: whoever reads it uses the service with all rights of the key, from anywhere and without leaving a name.",
    fix: "Move clients to the second key and regenerate this one (`az storage account keys renew`, `az servicebus namespace authorization-rule keys renew`, `az iot hub policy renew-key` ...); then connect by endpoint and managed identity, or keep the string in Key Vault and refer to it.",
    links: [
      `${learn}storage/common/storage-account-keys-manage`,
      `${learn}service-bus-messaging/service-bus-sas`,
      `${learn}iot-hub/iot-hub-dev-guide-sas`,
      `${learn}azure-app-configuration/howto-disable-access-key-authentication`,
      `${learn}azure-signalr/howto-disable-local-auth`,
      `${learn}app-service/app-service-key-vault-references`,
    ],
    anchors: [
      { text: "AccountKey", foldCase: true },
      { text: "SharedAccessKey", foldCase: true },
      { text: "AccessKey", foldCase: true },
      { text: "Secret=", foldCase: true },
    ],
    shape: { is: "reader", reader: "azure-key" },
    score: 85,
    examples: {
      bad: (seed) => [
        `conn = "${storage(seed)}"`,
        {
          path: "local.settings.json",
          text: JSON.stringify({ Values: { AzureWebJobsStorage: storage(seed) } }).replaceAll("+", "\\u002B"),
        },
        { path: ".env", text: `AZURE_STORAGE_CONNECTION_STRING='${storage(seed)}'\n` },
        { path: "App.config", text: `<add name="a" connectionString="${storage(seed)}" />` },
        `AccountEndpoint=https://site.documents.azure.com:443/;AccountKey=${key(64, seed)};`,
        `Endpoint=https://contoso.azconfig.io;Id=a1b2-l0-s0:c3;Secret=${key(32, seed)}`,
        `Endpoint=https://contoso.azconfig.io;Id=a1b2;Secret=${sample("base64", 40, seed)}`,
        `Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=${key(32, seed)}`,
        `Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=${key(32, seed)};EntityPath=a`,
        `HostName=contoso.azure-devices.net;DeviceId=d7;SharedAccessKey=${key(32, seed)}`,
        `HostName=contoso.azure-devices-provisioning.net;SharedAccessKeyName=own;SharedAccessKey=${key(32, seed)}`,
        `Endpoint=https://contoso.service.signalr.net;AccessKey=${key(32, seed)};Version=1.0;`,
        `Endpoint=https://contoso.webpubsub.azure.com;AccessKey=${key(32, seed)};Version=1.0;`,
        `endpoint=https://contoso.communication.azure.com/;accesskey=${key(64, seed)}`,
        `https://a.contoso.net/?c=${encodeURIComponent(storage(seed))}`,
      ],
      good: (seed) => [
        "AccountName=site;AccountKey=<your-key>;EndpointSuffix=core.windows.net",
        `AccountName=site;AccountKey=${"A".repeat(86)}==`,
        "AccountName=site;AccountKey=$(storageKey);EndpointSuffix=core.windows.net",
        "Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=#{busKey}#",
        `Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=${sample("letters", 12, seed)}`,
        "UseDevelopmentStorage=true",
        "Endpoint=https://contoso.azconfig.io;Authentication=ManagedIdentity",
      ],
    },
  },
];
