/** Connection strings of Azure's services with the key inside. */
import { sample, sampleBytes } from "../../examples/example-values.ts";
import type { Example, SecretRule } from "../../rule/secret-rule.ts";

const learn = "https://learn.microsoft.com/en-us/azure/";
const key = (bytes: number, seed: string) => sampleBytes(bytes, seed).toString("base64");
const storage = (seed: string) =>
  `DefaultEndpointsProtocol=https;AccountName=site;AccountKey=${key(64, seed)};EndpointSuffix=core.windows.net`;
const bus = (seed: string) =>
  `Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=${key(32, seed)}`;
const device = (seed: string) => `HostName=contoso.azure-devices.net;DeviceId=d7;SharedAccessKey=${key(32, seed)}`;
const configuration = (seed: string) => `Endpoint=https://contoso.azconfig.io;Id=a1b2-l0-s0:c3;Secret=${key(32, seed)}`;
const realTime = (seed: string) =>
  `Endpoint=https://contoso.service.signalr.net;AccessKey=${key(32, seed)};Version=1.0;`;

const keepElsewhere = "then connect by endpoint and managed identity, or keep the string in Key Vault and refer to it.";
const why = (opens: string) =>
  `The string holds address and key: whoever reads it ${opens}, from anywhere and without leaving a name.`;

/** A connection string where they stand: in code, settings, environment files, XML and addresses. */
function places(text: string): readonly Example[] {
  return [
    text,
    `conn = "${text}"`,
    { path: "local.settings.json", text: JSON.stringify({ Values: { Site: text } }).replaceAll("+", "\\u002B") },
    { path: ".env", text: `SITE_CONNECTION='${text}'\n` },
    { path: "App.config", text: `<add name="a" connectionString="${text}" />` },
    { path: "app.yaml", text: `site:\n  connection: ${text}\n` },
    `https://a.contoso.net/?c=${encodeURIComponent(text)}`,
  ];
}

/** The string with stand-ins where the key should be. */
function standIns(text: string): readonly Example[] {
  const [head = "", tail = ""] = text.split(/(?<=(?:Key|Secret)=)[A-Za-z0-9+/=]{20,}/);
  return ["<your-key>", "$(key)", "#{key}#", "__Key__", `${"A".repeat(43)}=`, "x".repeat(44)].map(
    (value) => `conn = "${head}${value}${tail}"`,
  );
}

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/azure-connection-string",
    aliases: ["azure-storage-account-key"],
    title: "Connection string of an Azure service with its key",
    provider: "Microsoft Azure",
    family: "azure-key",
    severity: "critical",
    why: why("uses the service with all rights of the key"),
    fix: `Move clients to the second key and regenerate this one (\`az storage account keys renew\`, \`az cosmosdb keys regenerate\`, \`az servicebus namespace authorization-rule keys renew\`, \`az communication regenerate-key\`); ${keepElsewhere}`,
    links: [
      `${learn}storage/common/storage-account-keys-manage`,
      `${learn}service-bus-messaging/service-bus-sas`,
      `${learn}app-service/app-service-key-vault-references`,
    ],
    anchors: [
      { text: "AccountKey", foldCase: true },
      { text: "SharedAccessKey", foldCase: true },
      { text: "AccessKey", foldCase: true },
    ],
    shape: { is: "reader", reader: "azure-key" },
    score: 85,
    examples: {
      bad: (seed) => [
        ...places(storage(seed)),
        ...places(bus(seed)),
        `AccountEndpoint=https://site.documents.azure.com:443/;AccountKey=${key(64, seed)};`,
        `${bus(seed)};EntityPath=a`,
        `endpoint=https://contoso.communication.azure.com/;accesskey=${key(64, seed)}`,
      ],
      good: (seed) => [
        ...standIns(storage(seed)),
        ...standIns(bus(seed)),
        `Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=${sample("letters", 12, seed)}`,
        "UseDevelopmentStorage=true",
      ],
    },
  },
  {
    id: "secrets/azure-iothub-connection-string",
    aliases: [],
    title: "Connection string of an IoT hub, a provisioning service or a device",
    provider: "Microsoft Azure",
    family: "azure-key",
    severity: "high",
    why: why("speaks as the device, or with a policy's key as the hub to all of its devices"),
    fix: "Regenerate the key (`az iot hub device-identity renew-key`, `az iot hub policy renew-key`), and give devices X.509 certificates or a TPM.",
    links: [`${learn}iot-hub/iot-hub-dev-guide-sas`, `${learn}iot-dps/concepts-service`],
    anchors: [{ text: "SharedAccessKey", foldCase: true }],
    shape: { is: "reader", reader: "device-key" },
    score: 85,
    examples: {
      bad: (seed) => [
        ...places(device(seed)),
        `HostName=contoso.azure-devices-provisioning.net;SharedAccessKeyName=own;SharedAccessKey=${key(32, seed)}`,
        `HostName=contoso.azure-devices.net;DeviceId=d7;SharedAccessKey=${key(18, seed).replace(/[^/]$/, "7")}`,
      ],
      good: (seed) => [...standIns(device(seed)), "HostName=contoso.azure-devices.net;DeviceId=d7;x509=true"],
    },
  },
  {
    id: "secrets/azure-app-configuration-connection-string",
    aliases: [],
    title: "Connection string of Azure App Configuration",
    provider: "Microsoft Azure",
    family: "azure-key",
    severity: "high",
    why: why("reads all settings of the store, and with a read-write key changes how applications behave"),
    fix: `Run \`az appconfig credential regenerate\` and set disableLocalAuth; ${keepElsewhere}`,
    links: [`${learn}azure-app-configuration/howto-disable-access-key-authentication`],
    anchors: [
      { text: "Secret=", foldCase: true },
      { text: "Secret%3D", foldCase: true },
    ],
    shape: { is: "reader", reader: "configuration-key" },
    score: 85,
    examples: {
      bad: (seed) => [
        ...places(configuration(seed)),
        `Endpoint=https://contoso.azconfig.io;Id=a1b2;Secret=${sample("base64", 39, seed)}7`,
      ],
      good: (seed) => [
        ...standIns(configuration(seed)),
        "Endpoint=https://contoso.azconfig.io;Authentication=ManagedIdentity",
      ],
    },
  },
  {
    id: "secrets/azure-signalr-connection-string",
    aliases: [],
    title: "Connection string of Azure SignalR or Web PubSub",
    provider: "Microsoft Azure",
    family: "azure-key",
    severity: "high",
    why: why("sends messages to every connected client and signs tokens for any user"),
    fix: `Run \`az signalr key renew\` or \`az webpubsub key regenerate\` and set disableLocalAuth; ${keepElsewhere}`,
    links: [`${learn}azure-signalr/howto-disable-local-auth`, `${learn}azure-web-pubsub/howto-disable-local-auth`],
    anchors: [{ text: "AccessKey", foldCase: true }],
    shape: { is: "reader", reader: "real-time-key" },
    score: 85,
    examples: {
      bad: (seed) => [
        ...places(realTime(seed)),
        `Endpoint=https://contoso.webpubsub.azure.com;AccessKey=${key(32, seed)};Version=1.0;`,
      ],
      good: (seed) => [...standIns(realTime(seed)), "Endpoint=https://contoso.service.signalr.net;AuthType=azure.msi;"],
    },
  },
];
