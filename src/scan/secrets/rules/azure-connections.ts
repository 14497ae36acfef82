import { sample, sampleBytes } from "../example-values.ts";
import type { SecretRule } from "../secret-rule.ts";

const provider = "Microsoft Azure";
const key = (bytes: number, seed: string) => sampleBytes(bytes, seed).toString("base64");

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/azure-connection-string",
    aliases: ["azure-storage-account-key"],
    title: "Connection string of an Azure service with its key",
    provider,
    family: "azure-key",
    severity: "critical",
    why: "The string holds address and key: whoever reads it uses the service with all rights of the key.",
    fix: "Regenerate the key, then connect with a managed identity, or keep the string in Key Vault and refer to it.",
    links: [
      "https://learn.microsoft.com/en-us/azure/storage/common/storage-account-keys-manage",
      "https://learn.microsoft.com/en-us/azure/service-bus-messaging/service-bus-sas",
    ],
    anchors: [
      { text: "AccountKey=", foldCase: true },
      { text: "SharedAccessKey=", foldCase: true },
      { text: ";AccessKey=", foldCase: true },
      { text: ";Secret=", foldCase: true },
    ],
    shape: { is: "reader", reader: "azure-key" },
    score: 85,
    examples: {
      bad: () => [
        `conn = "DefaultEndpointsProtocol=https;AccountName=site;AccountKey=${key(64, "storage")};EndpointSuffix=core.windows.net"`,
        `Endpoint=https://contoso.azconfig.io;Id=a1b2-l0-s0:c3;Secret=${key(32, "configuration")}`,
        `Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=${key(32, "bus")}`,
      ],
      good: () => [
        "AccountName=site;AccountKey=<your-key>;EndpointSuffix=core.windows.net",
        `AccountName=site;AccountKey=${"A".repeat(86)}==`,
        "UseDevelopmentStorage=true",
      ],
    },
  },
  {
    id: "secrets/azure-sas",
    aliases: ["azure-sas-token"],
    title: "Azure shared access signature",
    provider,
    severity: "high",
    why: "Whoever has the address may do what the signature grants until it expires, without signing in.",
    fix: "Revoke it by its stored access policy or by regenerating the account key; hand out short-lived user delegation signatures instead.",
    links: ["https://learn.microsoft.com/en-us/azure/storage/common/storage-sas-overview"],
    anchors: [{ text: "sig=" }],
    shape: { is: "reader", reader: "sas" },
    score: 80,
    examples: {
      bad: () => [
        `url = "https://site.blob.core.windows.net/backup?sv=2022-11-02&ss=b&srt=co&sp=rwl&se=2031-01-01T00:00:00Z&sig=${encodeURIComponent(key(32, "sas"))}"`,
      ],
      good: () => [
        "https://site.blob.core.windows.net/backup?sv=2022-11-02&sp=r&sig=REDACTED",
        `page?sig=${sample("base62", 43)}`,
      ],
    },
  },
  {
    id: "secrets/entra-client-secret",
    aliases: ["azure-ad-client-secret"],
    title: "Client secret of a Microsoft Entra application",
    provider,
    severity: "critical",
    why: "With the application's id, which is no secret, it signs in as the application and gets all its permissions.",
    fix: "Remove the secret from the app registration, and use a managed identity, a certificate or workload identity federation.",
    links: ["https://learn.microsoft.com/en-us/entra/identity-platform/how-to-add-credentials"],
    anchors: [
      { text: "8Q~", at: 3 },
      { text: "7Q~", at: 3 },
    ],
    shape: {
      is: "token",
      parts: [{ alphabet: "entra", length: 3 }, { oneOf: ["8Q~", "7Q~"] }, { alphabet: "entra", length: [31, 34] }],
    },
    score: 85,
    minimumEntropy: 3.5,
    examples: {
      bad: () => [
        `AZURE_CLIENT_SECRET=${sample("base62", 3)}8Q~${sample("base62", 34)}`,
        `"clientSecret": "${sample("base62", 3, "b")}7Q~${sample("base62", 31)}"`,
      ],
      good: () => [`AZURE_CLIENT_SECRET=abc8Q~${"x".repeat(34)}`, "AZURE_CLIENT_SECRET=$(clientSecret)"],
    },
  },
  {
    id: "secrets/azure-cognitive-key-legacy",
    aliases: [],
    title: "Key of Azure AI, API Management or Maps (32 hexadecimal digits)",
    provider,
    severity: "high",
    why: "The key opens the service for whoever has it, and bills its owner.",
    fix: "Regenerate the key at the service; prefer Entra ID sign-in with a managed identity.",
    links: ["https://learn.microsoft.com/en-us/azure/ai-services/authentication"],
    anchors: [
      { text: "Ocp-Apim-Subscription-Key", foldCase: true },
      { text: "cognitiveservices.azure.com", foldCase: true },
      { text: "openai.azure.com", foldCase: true },
      { text: "AZURE_OPENAI", foldCase: true },
    ],
    shape: { is: "near", parts: [{ alphabet: "hexLower", length: 32 }], before: 120, after: 120 },
    context: { words: ["key"], before: 120, after: 60, required: true },
    score: 60,
    minimumEntropy: 3,
    examples: {
      bad: () => [`headers["Ocp-Apim-Subscription-Key"] = "${sample("hexLower", 32)}"`],
      good: () => [
        'headers["Ocp-Apim-Subscription-Key"] = subscriptionKey',
        `https://a.openai.azure.com/d/${sample("hexLower", 31)}`,
      ],
    },
  },
];
