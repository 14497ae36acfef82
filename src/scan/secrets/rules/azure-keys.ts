import { sample, sampleAnnotatedKey, sampleIdentifiableKey } from "../example-values.ts";
import type { SecretRule } from "../secret-rule.ts";

/** Azure keys that carry a signature and a checksum (HIS v1): they need no word nearby. */
interface Kind {
  readonly id: string;
  readonly name: string;
  readonly signature: string;
  readonly bytes: 32 | 39 | 40 | 64;
  readonly seeds: readonly string[];
  readonly sure: boolean;
  readonly severity: "critical" | "high";
  readonly url?: boolean;
  readonly docs: string;
}

const learn = "https://learn.microsoft.com/en-us/azure/";
const bus = ["System00", "Unknown0", "Send0000", "Manage00", "Listen00"];

const kinds: readonly Kind[] = [
  {
    id: "azure-storage-key",
    name: "Azure Storage account key",
    signature: "+ASt",
    bytes: 64,
    seeds: ["Default0"],
    sure: true,
    severity: "critical",
    docs: `${learn}storage/common/storage-account-keys-manage`,
  },
  {
    id: "azure-cosmos-db-key",
    name: "Azure Cosmos DB key",
    signature: "ACDb",
    bytes: 64,
    seeds: ["MastRW00", "MastRO00", "SystRW00", "SystRO00", "SysAll00", "Resour00", "Encryp00"],
    sure: false,
    severity: "critical",
    docs: `${learn}cosmos-db/secure-access-to-data`,
  },
  {
    id: "azure-batch-key",
    name: "Azure Batch account key",
    signature: "+ABa",
    bytes: 64,
    seeds: ["AbAcct00"],
    sure: false,
    severity: "high",
    docs: `${learn}batch/account-key-rotation`,
  },
  {
    id: "azure-api-management-key",
    name: "Azure API Management key",
    signature: "APIM",
    bytes: 64,
    seeds: ["Tenant00", "IoTHub00", "Gatewy00", "GitKey00"],
    sure: false,
    severity: "high",
    docs: `${learn}api-management/api-management-subscriptions`,
  },
  {
    id: "azure-service-bus-key",
    name: "Azure Service Bus key",
    signature: "+ASb",
    bytes: 32,
    seeds: bus,
    sure: true,
    severity: "critical",
    docs: `${learn}service-bus-messaging/service-bus-sas`,
  },
  {
    id: "azure-event-hubs-key",
    name: "Azure Event Hubs key",
    signature: "+AEh",
    bytes: 32,
    seeds: bus,
    sure: false,
    severity: "critical",
    docs: `${learn}event-hubs/authorize-access-shared-access-signature`,
  },
  {
    id: "azure-relay-key",
    name: "Azure Relay key",
    signature: "+ARm",
    bytes: 32,
    seeds: bus,
    sure: false,
    severity: "critical",
    docs: `${learn}azure-relay/relay-authentication-and-authorization`,
  },
  {
    id: "azure-iot-key",
    name: "Azure IoT Hub key",
    signature: "AIoT",
    bytes: 32,
    seeds: ["IoTHub00", "DpsKey00", "Device00"],
    sure: true,
    severity: "critical",
    docs: `${learn}iot-hub/iot-hub-dev-guide-sas`,
  },
  {
    id: "azure-redis-key",
    name: "Azure Cache for Redis key",
    signature: "AzCa",
    bytes: 32,
    seeds: ["Access00"],
    sure: false,
    severity: "high",
    docs: `${learn}azure-cache-for-redis/cache-configure`,
  },
  {
    id: "azure-event-grid-key",
    name: "Azure Event Grid key",
    signature: "AZEG",
    bytes: 32,
    seeds: ["Default0"],
    sure: false,
    severity: "high",
    docs: `${learn}event-grid/authenticate-with-access-keys-shared-access-signatures`,
  },
  {
    id: "azure-container-registry-key",
    name: "Azure Container Registry password",
    signature: "+ACR",
    bytes: 39,
    seeds: ["ACRDflt0"],
    sure: true,
    severity: "critical",
    docs: `${learn}container-registry/container-registry-authentication`,
  },
  {
    id: "azure-search-key",
    name: "Azure AI Search key",
    signature: "AzSe",
    bytes: 39,
    seeds: ["Query000", "PAdmin00"],
    sure: false,
    severity: "high",
    docs: `${learn}search/search-security-api-keys`,
  },
  {
    id: "azure-functions-key",
    name: "Azure Functions key",
    signature: "AzFu",
    bytes: 40,
    seeds: ["Functi00", "Master00", "System00"],
    sure: true,
    severity: "high",
    url: true,
    docs: `${learn}azure-functions/function-keys-how-to`,
  },
];

/** Where the signature stands, how many characters follow it, and the padding. */
const layouts = {
  32: { at: 33, after: 6, padding: "=" },
  39: { at: 42, after: 6, padding: "" },
  40: { at: 44, after: 6, padding: "==" },
  64: { at: 76, after: 6, padding: "==" },
} as const;

function ruleOf(kind: Kind): SecretRule {
  const { at, after, padding } = layouts[kind.bytes];
  const alphabet = kind.url === true ? "base64Any" : "base64";
  const key = (seed: string) => sampleIdentifiableKey(kind.bytes, kind.signature, seed, kind.url);
  return {
    id: `secrets/${kind.id}`,
    aliases: [],
    title: kind.name,
    provider: "Microsoft Azure",
    family: "azure-key",
    severity: kind.severity,
    why: `Whoever has the ${kind.name} uses the service with all rights of the key, from anywhere, and leaves no name behind.`,
    fix: "Regenerate the key in the Azure portal or with az, move clients to the second key first; prefer managed identities and switch key access off.",
    links: [kind.docs],
    anchors: [{ text: kind.signature, at }],
    shape: {
      is: "token",
      parts: [
        { alphabet, length: at },
        { text: kind.signature },
        { alphabet, length: after },
        ...(padding === "" ? [] : [{ text: padding }]),
      ],
    },
    checks: [{ is: "marvin32", seeds: kind.seeds, sure: kind.sure }],
    score: 80,
    examples: {
      bad: () => [`key: "${key(kind.seeds[0]!)}"`, `https://a.example.net/?x=1;key=${key(kind.seeds.at(-1)!)}`],
      good: () => [`"${sample("base64", at)}${kind.signature}"`],
    },
  };
}

const annotated: SecretRule = {
  id: "secrets/azure-annotated-key",
  aliases: [],
  title: "Azure service key",
  provider: "Microsoft Azure",
  family: "azure-key",
  severity: "critical",
  why: "The key opens an Azure service (OpenAI, AI services, Maps, Communication, App Configuration ...) for whoever has it.",
  fix: "Regenerate the key at the service; prefer Entra ID sign-in with a managed identity.",
  links: [
    "https://learn.microsoft.com/en-us/azure/ai-services/authentication",
    "https://github.com/microsoft/security-utilities",
  ],
  anchors: [{ text: "JQQJ9", at: 52 }],
  shape: {
    is: "token",
    parts: [
      { alphabet: "base62", length: 52 },
      { oneOf: ["JQQJ99", "JQQJ9D", "JQQJ9H"] },
      { alphabet: "base62", length: 18 },
      { oneOf: ["ACOG", "AZMP", "AZCS", "AZAC", "AZEG", "AZFR", "AZMR", "msql"] },
      { alphabet: "base62", length: 4 },
    ],
  },
  checks: [{ is: "annotated-key" }],
  score: 80,
  examples: {
    bad: () => [`AZURE_OPENAI_API_KEY=${sampleAnnotatedKey("ACOG")}`, `const key = '${sampleAnnotatedKey("AZMP")}';`],
    good: () => [`AZURE_OPENAI_API_KEY=\${OPENAI_KEY}`, `x ${sample("base62", 52)}JQQJ99`],
  },
};

export const rules: readonly SecretRule[] = [...kinds.map(ruleOf), annotated];
