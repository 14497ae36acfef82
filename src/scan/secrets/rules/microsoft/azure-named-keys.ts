/**
 * Keys of Azure's services from before they carried a signature: known by their form beside the service's name.
 * Longer than other files: it is one table.
 */

import { sample, sampleBytes } from "../../examples/example-values.ts";
import type { ReaderName } from "../../readers/readers.ts";
import type { Example, SecretRule } from "../../rule/secret-rule.ts";
import type { AlphabetName } from "../../text/alphabets.ts";

interface Kind {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly name: string;
  readonly severity: "critical" | "high" | "medium";
  readonly grants: string;
  readonly rotate: string;
  readonly links: readonly string[];
  /** The service's names; a space stands for every way to join two words. */
  readonly words: readonly string[];
  readonly reader: ReaderName;
  readonly key: (seed: string) => string;
  readonly score: number;
  /** Places of the key, besides those that every kind has. */
  readonly places: (key: string) => readonly Example[];
}

const learn = "https://learn.microsoft.com/en-us/azure/";
const bytes = (length: number) => (seed: string) => sampleBytes(length, seed).toString("base64");
const letters = (alphabet: AlphabetName, length: number) => (seed: string) => sample(alphabet, length, seed);
const hexUpper = (seed: string) => sample("hexLower", 32, seed).toUpperCase();

const kinds: readonly Kind[] = [
  {
    id: "azure-storage-key-legacy",
    name: "Azure Storage account key (made before 2022)",
    severity: "critical",
    grants: "reads, changes and deletes everything in the account, and signs access for others",
    rotate:
      "Move clients to the other key, then run `az storage account keys renew --account-name NAME --key primary`; better, sign in with Entra ID and set allowSharedKeyAccess to false",
    links: [`${learn}storage/common/storage-account-keys-manage`],
    words: [
      "account key",
      "storage key",
      "storage account",
      "azure storage",
      "storage access",
      "core.windows.net",
      "StorageSharedKeyCredential",
    ],
    reader: "azure-named-key",
    key: bytes(64),
    score: 72,
    places: (key) => [
      { path: ".env", text: `AZURE_STORAGE_KEY=${key}\n` },
      { path: "deploy.sh", text: `az storage blob upload --account-name site --account-key "${key}" -f a\n` },
      `const accountKey = "${key}";`,
      { path: "app.yaml", text: `storage:\n  account_key: ${key}\n` },
      {
        path: "core-site.xml",
        text: `<name>fs.azure.account.key.site.blob.core.windows.net</name><value>${key}</value>`,
      },
    ],
  },
  {
    id: "azure-cosmosdb-key-legacy",
    name: "Azure Cosmos DB key (older form)",
    severity: "critical",
    grants: "reads and changes all databases of the account",
    rotate:
      "Move clients to the secondary key, then run `az cosmosdb keys regenerate --key-kind primary`; better, use role-based access and set disableLocalAuth",
    links: [`${learn}cosmos-db/secure-access-to-data`],
    words: ["cosmos", "documents.azure.com", "document db", "docdb", "AccountEndpoint"],
    reader: "azure-named-key",
    key: bytes(64),
    score: 76,
    places: (key) => [
      { path: ".env", text: `COSMOS_KEY=${key}\n` },
      {
        path: "appsettings.json",
        text: `{"CosmosDb": {"Account": "https://site.documents.azure.com:443/", "Key": "${key}"}}`,
      },
      `new CosmosClient("https://site.documents.azure.com:443/", "${key}")`,
    ],
  },
  {
    id: "azure-log-analytics-key",
    name: "Log Analytics workspace key",
    severity: "medium",
    grants: "writes forged logs into the workspace, where alerts and investigations read them",
    rotate:
      "Regenerate it on the workspace's Agents page; send logs through data collection rules and Entra ID instead",
    links: [`${learn}azure-monitor/logs/data-collector-api`],
    words: [
      "opinsights",
      "workspace key",
      "workspace shared key",
      "log analytics",
      "shared key",
      "oms agent",
      "oms workspace",
    ],
    reader: "azure-named-key",
    key: bytes(64),
    score: 74,
    places: (key) => [
      { path: ".env", text: `WORKSPACE_KEY=${key}\n` },
      { path: "send.ps1", text: `$CustomerId = "0b9c8d7e"\n$SharedKey = "${key}"\n` },
      { path: "config.yaml", text: `log_analytics:\n  primary_key: "${key}"\n` },
    ],
  },
  {
    id: "azure-account-key-legacy",
    aliases: ["azure-batch-key-legacy"],
    name: "Key of Azure Batch or a machine learning web service (older form)",
    severity: "high",
    grants: "runs jobs or calls the model in the owner's name and on the owner's bill",
    rotate: "Regenerate the key at the service (`az batch account keys renew`); better, use Entra ID",
    links: [`${learn}batch/account-key-rotation`],
    words: ["batch.azure.com", "batch account", "azure batch", "azure ml", "services.azureml.net"],
    reader: "azure-named-key",
    key: bytes(64),
    score: 73,
    places: (key) => [
      { path: ".env", text: `AZURE_BATCH_KEY=${key}\n` },
      `batchUrl = "https://site.westeurope.batch.azure.com"; batchKey = "${key}"`,
      `fetch("https://ussouthcentral.services.azureml.net/a", { headers: { Authorization: "Bearer ${key}" } })`,
    ],
  },
  {
    id: "azure-access-key-legacy",
    aliases: ["azure-shared-access-key"],
    name: "Access key of an Azure messaging, cache or device service (older form)",
    severity: "high",
    grants: "reads, sends or changes whatever the service holds, as far as the policy of the key goes",
    rotate:
      "Move clients to the secondary key and regenerate this one at the service; better, use Entra ID and set disableLocalAuth",
    links: [`${learn}service-bus-messaging/service-bus-sas`, `${learn}azure-cache-for-redis/cache-configure`],
    words: [
      "shared access",
      "service bus",
      "event hub",
      "notification hub",
      "azure-devices",
      "iot hub",
      "device primary key",
      "dps key",
      "dps primary",
      "redis.cache.windows.net",
      "azure redis",
      "redis cache",
      "redis key",
      "redis primary",
      "redis access",
      "event grid",
      "aeg-sas-key",
      "signalr",
      "web pubsub",
      "web pub sub",
      "azconfig.io",
      "app config",
      "communication.azure.com",
      "communication services",
      "acs key",
      "acs access",
      "azure relay",
      "azureml",
    ],
    reader: "azure-named-key",
    key: bytes(32),
    score: 68,
    places: (key) => [
      { path: ".env", text: `SERVICEBUS_KEY=${key}\n` },
      `const SharedAccessKey = "${key}";`,
      `const topicKeyEventGrid = "${key}";`,
      `cache = "site.redis.cache.windows.net:6380,password=${key},ssl=True,abortConnect=False"`,
      {
        path: "call.sh",
        text: `curl -H "aeg-sas-key: ${key}" https://site.westeurope-1.eventgrid.azure.net/api/events\n`,
      },
      { path: "main.cpp", text: `#define IOTHUB_DEVICE_KEY "${key}"\n` },
    ],
  },
  {
    id: "azure-search-key-legacy",
    name: "Azure AI Search key (older form)",
    severity: "high",
    grants: "reads the indexes, and with an admin key changes and deletes them",
    rotate: "Run `az search admin-key renew --key-kind primary` or delete the query key; better, use role-based access",
    links: [`${learn}search/search-security-api-keys`],
    words: [
      "search.windows.net",
      "azure search",
      "cognitive search",
      "search service",
      "search api key",
      "search admin key",
      "search query key",
      "search key",
    ],
    reader: "search-key",
    key: hexUpper,
    score: 70,
    places: (key) => [
      { path: ".env", text: `AZURE_SEARCH_KEY=${key}\n` },
      `fetch("https://site.search.windows.net/indexes?api-version=2023-11-01", { headers: { "api-key": "${key}" } })`,
      { path: "appsettings.json", text: `{"SearchServiceName": "site", "SearchServiceAdminApiKey": "${key}"}` },
      `new SearchClient("https://site.search.windows.net", "orders", new AzureKeyCredential("${sample("base62", 52, key)}"))`,
    ],
  },
  {
    id: "azure-openai-key-legacy",
    aliases: ["azure-openai-api-key"],
    name: "Azure OpenAI key (32 hexadecimal digits)",
    severity: "critical",
    grants: "uses the models on the owner's bill, and reads files and fine-tuning data uploaded to the resource",
    rotate:
      "Move clients to the second key and run `az cognitiveservices account keys regenerate --key-name key1`; better, sign in with a managed identity and set disableLocalAuth",
    links: [`${learn}ai-services/openai/how-to/managed-identity`, `${learn}ai-services/rotate-keys`],
    words: [
      "openai.azure.com",
      "azure openai",
      "azure open ai",
      "aoai",
      "openai api key",
      "openai key",
      "azure api key",
    ],
    reader: "named-hex-key",
    key: letters("hexLower", 32),
    score: 70,
    places: (key) => [
      { path: ".env", text: `AZURE_OPENAI_API_KEY=${key}\n` },
      `client = AzureOpenAI(azure_endpoint="https://site.openai.azure.com/", api_key="${key}")`,
      {
        path: "appsettings.json",
        text: `{"AzureOpenAI": {"Endpoint": "https://site.openai.azure.com/", "ApiKey": "${key}"}}`,
      },
    ],
  },
  {
    id: "azure-cognitive-key-legacy",
    aliases: [],
    name: "Key of an Azure AI service (32 hexadecimal digits)",
    severity: "high",
    grants: "uses the service on the owner's bill, and reads what is stored there",
    rotate:
      "Move clients to the second key and run `az cognitiveservices account keys regenerate --key-name key1`; better, sign in with a managed identity",
    links: [`${learn}ai-services/authentication`, `${learn}ai-services/rotate-keys`],
    words: [
      "cognitiveservices.azure.com",
      "api.cognitive.microsoft",
      "cognitive services",
      "cognitive service",
      "azure cognitive",
      "speech.microsoft.com",
      "speech key",
      "speech subscription",
      "azure speech",
      "translator key",
      "translator text",
      "azure translator",
      "computer vision",
      "vision key",
      "text analytics",
      "form recognizer",
      "document intelligence",
      "content moderator",
      "content safety",
      "custom vision",
      "language key",
      "anomaly detector",
      "personalizer key",
      "metrics advisor",
      "face key",
      "luis app",
      "luis key",
      "luis authoring",
      "qna maker",
      "bing search",
      "bing.microsoft.com",
    ],
    reader: "named-hex-key",
    key: letters("hexLower", 32),
    score: 68,
    places: (key) => [
      { path: ".env", text: `SPEECH_KEY=${key}\n` },
      { path: "deploy/site.yaml", text: `env:\n  - name: VISION_KEY\n    value: ${key}\n` },
      { path: "app.json", text: `{\n  "name": "LANGUAGE_KEY",\n  "slotSetting": false,\n  "value": "${key}"\n}` },
      { path: "site.parameters.json", text: `{"parameters": {\n  "visionKey": {\n    "value": "${key}"\n  }\n}}` },
      { path: "site.resx", text: `<data name="SpeechKey" xml:space="preserve">\n  <value>${key}</value>\n</data>` },
      `new SpeechConfig.fromSubscription("westeurope", speechKey = "${key}")`,
      `curl "https://site.cognitiveservices.azure.com/vision/v3.2/analyze" -H "x-key: ${key}"`,
    ],
  },
  {
    id: "azure-apim-subscription-key-legacy",
    name: "Subscription key of Azure API Management or an Azure AI service",
    severity: "high",
    grants: "calls the published interfaces as the subscriber, on the subscriber's quota",
    rotate:
      "Regenerate the key on the service's Subscriptions page (AI services: Keys and Endpoint); better, demand tokens with validate-jwt",
    links: [`${learn}api-management/api-management-subscriptions`],
    words: [
      "Ocp-Apim-Subscription-Key",
      "ocp apim",
      "azure-api.net",
      "subscription key",
      "apim key",
      "apim subscription",
    ],
    reader: "named-hex-key",
    key: letters("hexLower", 32),
    score: 72,
    places: (key) => [
      `headers["Ocp-Apim-Subscription-Key"] = "${key}"`,
      { path: "call.sh", text: `curl -H 'Ocp-Apim-Subscription-Key: ${key}' https://site.azure-api.net/orders\n` },
      `fetch("https://site.azure-api.net/orders?subscription-key=${key}&page=1")`,
      { path: "app.yaml", text: `orders:\n  subscription_key: ${key}\n` },
    ],
  },
  {
    id: "azure-acr-password-legacy",
    name: "Azure Container Registry password (older form)",
    severity: "high",
    grants: "pulls images and replaces them with others that your clusters then run",
    rotate:
      "Run `az acr credential renew --password-name password`, then switch the admin user off and sign in with a managed identity",
    links: [`${learn}container-registry/container-registry-authentication`],
    words: ["azurecr.io", "acr password", "acr pass", "acr pwd", "acr admin", "registry password", "registry pwd"],
    reader: "registry-password",
    key: (seed) => `${sample("base62", 15, seed)}=${sample("base64", 16, `${seed}b`)}`,
    score: 74,
    places: (key) => [
      { path: "deploy.sh", text: `docker login contoso.azurecr.io -u contoso -p ${key}\n` },
      { path: "acr.ini", text: `server =contoso.azurecr.io\npassword =${key}\n` },
      { path: "app.yaml", text: `registry:\n  server: contoso.azurecr.io\n  username: contoso\n  password: ${key}\n` },
      `"loginServer": "contoso.azurecr.io", "password": "${key}"`,
      { path: "app.json", text: `{\n  "name": "acrPassword",\n  "slotSetting": false,\n  "value": "${key}"\n}` },
    ],
  },
];

/** `event hub`: `eventhub`, `event_hub`, `event-hub`, `event.hub`, `event hub`. */
function writingsOf(word: string): readonly string[] {
  return word.includes(" ") ? ["", "_", "-", ".", " "].map((joint) => word.replaceAll(" ", joint)) : [word];
}

/** The form alone, names of other things, and stand-ins. */
function goodExamples({ key, words }: Kind, seed: string): readonly Example[] {
  const [word] = words;
  return [
    `revision ${key(seed)} of the site`,
    `${word} sha256-${key(seed)}`,
    `${word} v1.2.0 h1:${key(seed)}`,
    `"${word}": {"contentHash": "${key(seed)}"}`,
    `etag = "${key(seed)}"; // ${word}`,
    `${word} key = "${key(seed).replace(/[A-Za-z0-9]/g, "0")}"`,
    `${word} key = "<your-key-goes-here>"`,
    `env:\n  - name: ${word}-revision\n    value: ${key(seed)}`,
    `see ${word}/${key(seed)}/${sample("base62", 7, seed)}`,
  ];
}

function ruleOf(kind: Kind): SecretRule {
  const { id, aliases = [], name, severity, grants, rotate, links, words, reader, key, score, places } = kind;
  return {
    id: `secrets/${id}`,
    aliases,
    title: name,
    provider: "Microsoft Azure",
    family: "azure-key",
    severity,
    why: `Whoever has it ${grants}.`,
    fix: `${rotate}.`,
    links,
    anchors: [...new Set(words.flatMap(writingsOf))].map((text) => ({ text, foldCase: true })),
    shape: { is: "reader", reader },
    score,
    examples: { bad: (seed) => places(key(seed)), good: (seed) => goodExamples(kind, seed) },
  };
}

export const rules: readonly SecretRule[] = kinds.map(ruleOf);
