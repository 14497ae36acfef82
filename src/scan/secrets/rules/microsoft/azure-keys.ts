/** Azure keys that carry a signature and a checksum (HIS v1): they need no word nearby. */

import { identifiableKeys, type KeySignature, keyLayouts } from "../../checks/identifiable-keys.ts";
import { sample, sampleIdentifiableKey } from "../../examples/example-values.ts";
import type { Anchor, SecretRule } from "../../rule/secret-rule.ts";

interface Kind {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly name: string;
  readonly signature: KeySignature;
  readonly severity: "critical" | "high";
  /** What whoever has the key does with it. */
  readonly grants: string;
  /** How to make it worthless. */
  readonly rotate: string;
  readonly links: readonly string[];
}

const learn = "https://learn.microsoft.com/en-us/azure/";

const kinds: readonly Kind[] = [
  {
    id: "azure-storage-key",
    name: "Azure Storage account key",
    signature: "+ASt",
    severity: "critical",
    grants: "reads, changes and deletes every blob, file, queue and table of the account, and signs access for others",
    rotate:
      "Move clients to the other key, then run `az storage account keys renew --account-name NAME --key primary`; better, sign in with Entra ID and set allowSharedKeyAccess to false",
    links: [`${learn}storage/common/storage-account-keys-manage`],
  },
  {
    id: "azure-cosmos-db-key",
    name: "Azure Cosmos DB key",
    signature: "ACDb",
    severity: "critical",
    grants: "reads and changes all databases of the account",
    rotate:
      "Move clients to the secondary key, then run `az cosmosdb keys regenerate --key-kind primary`; better, use role-based access and set disableLocalAuth",
    links: [`${learn}cosmos-db/secure-access-to-data`],
  },
  {
    id: "azure-batch-key",
    name: "Azure Batch account key",
    signature: "+ABa",
    severity: "high",
    grants: "runs any program on the account's machines with their identities",
    rotate: "Run `az batch account keys renew --key-name primary`; better, allow Entra ID sign-in only",
    links: [`${learn}batch/account-key-rotation`],
  },
  {
    id: "azure-ml-classic-key",
    name: "Azure Machine Learning (classic) web service key",
    signature: "+AMC",
    severity: "high",
    grants: "calls the web service and sees what the model answers, on the owner's bill",
    rotate: "Regenerate the key on the web service's page; move the model to an endpoint that signs in with Entra ID",
    links: [`${learn}machine-learning/how-to-authenticate-online-endpoint`],
  },
  {
    id: "azure-api-management-key",
    name: "Azure API Management key",
    signature: "APIM",
    severity: "high",
    grants: "calls or manages the published interfaces (subscription, gateway, repository or direct management)",
    rotate:
      "Regenerate the key under Subscriptions, Gateways or Management API of the service; better, demand tokens with validate-jwt",
    links: [`${learn}api-management/api-management-subscriptions`],
  },
  {
    id: "azure-service-bus-key",
    name: "Azure Service Bus key",
    signature: "+ASb",
    severity: "critical",
    grants: "reads, sends and deletes messages, as far as the policy of the key goes",
    rotate:
      "Move clients to the secondary key, then run `az servicebus namespace authorization-rule keys renew`; better, use Entra ID and set disableLocalAuth",
    links: [`${learn}service-bus-messaging/service-bus-sas`],
  },
  {
    id: "azure-event-hubs-key",
    name: "Azure Event Hubs key",
    signature: "+AEh",
    severity: "critical",
    grants: "reads and forges events, as far as the policy of the key goes",
    rotate:
      "Move clients to the secondary key, then run `az eventhubs namespace authorization-rule keys renew`; better, use Entra ID and set disableLocalAuth",
    links: [`${learn}event-hubs/authorize-access-shared-access-signature`],
  },
  {
    id: "azure-relay-key",
    name: "Azure Relay key",
    signature: "+ARm",
    severity: "critical",
    grants: "listens in the place of the service behind the relay, or calls it",
    rotate:
      "Move clients to the secondary key, then run `az relay namespace authorization-rule keys renew`; better, use Entra ID",
    links: [`${learn}azure-relay/relay-authentication-and-authorization`],
  },
  {
    id: "azure-iot-key",
    name: "Azure IoT Hub key",
    signature: "AIoT",
    severity: "critical",
    grants: "speaks as the device, or as the hub to all of its devices",
    rotate:
      "Regenerate the policy's or the device's key in the hub (`az iot hub policy renew-key`, `az iot hub device-identity renew-key`); better, give devices X.509 certificates",
    links: [`${learn}iot-hub/iot-hub-dev-guide-sas`],
  },
  {
    id: "azure-redis-key",
    name: "Azure Cache for Redis key",
    signature: "AzCa",
    severity: "high",
    grants: "reads and changes everything in the cache, sessions included",
    rotate:
      "Move clients to the secondary key, then run `az redis regenerate-keys --key-type Primary`; better, use Entra ID",
    links: [`${learn}azure-cache-for-redis/cache-configure`],
  },
  {
    id: "azure-event-grid-key",
    name: "Azure Event Grid key",
    signature: "AZEG",
    severity: "high",
    grants: "publishes events that others act on",
    rotate: "Run `az eventgrid topic key regenerate --key-name key1`; better, use Entra ID and set disableLocalAuth",
    links: [`${learn}event-grid/authenticate-with-access-keys-shared-access-signatures`],
  },
  {
    id: "azure-container-registry-key",
    name: "Azure Container Registry password",
    signature: "+ACR",
    severity: "critical",
    grants: "pulls images and replaces them with others that your clusters then run",
    rotate:
      "Run `az acr credential renew --password-name password` (or regenerate the token's password), then switch the admin user off and sign in with a managed identity",
    links: [`${learn}container-registry/container-registry-authentication`],
  },
  {
    id: "azure-search-key",
    name: "Azure AI Search key",
    signature: "AzSe",
    severity: "high",
    grants: "reads the indexes, and with an admin key changes and deletes them",
    rotate: "Run `az search admin-key renew --key-kind primary` or delete the query key; better, use role-based access",
    links: [`${learn}search/search-security-api-keys`],
  },
  {
    id: "azure-functions-key",
    aliases: ["azure-function-key"],
    name: "Azure Functions key",
    signature: "AzFu",
    severity: "high",
    grants: "calls the functions; a master key also manages the app through its admin interface",
    rotate:
      "Renew the key under Functions > App keys or with `az functionapp keys set`; better, demand Entra ID sign-in",
    links: [`${learn}azure-functions/function-keys-how-to`],
  },
  {
    id: "azure-sql-identifiable-password",
    name: "Generated password of an Azure SQL login",
    signature: "+SQL",
    severity: "critical",
    grants: "signs in at the database server and reads or changes the data",
    rotate: "Set a new one with `ALTER LOGIN name WITH PASSWORD`; better, allow Entra ID sign-in only",
    links: [`${learn}azure-sql/database/logins-create-manage`],
  },
];

/** `+` is escaped in addresses, JSON and XML, and is `-` in base64url. */
function anchorsOf(signature: KeySignature): readonly Anchor[] {
  if (!signature.startsWith("+")) return [{ text: signature }];
  const rest = signature.slice(1);
  const escaped = ["%2B", "\\u002B", "&#43;", "&#x2B;"].map((plus) => ({ text: plus + rest, foldCase: true }));
  return [{ text: signature }, { text: `-${rest}` }, ...escaped];
}

function ruleOf({ id, aliases = [], name, signature, severity, grants, rotate, links }: Kind): SecretRule {
  const { bytes, seeds } = identifiableKeys[signature];
  const key = (seed: string, index: number) =>
    sampleIdentifiableKey(bytes[0], signature, seeds[index % seeds.length]!, seed);
  const wrong = (seed: string) => `${sample("base64", keyLayouts[bytes[0]].at, seed)}${signature}`;
  return {
    id: `secrets/${id}`,
    aliases,
    title: name,
    provider: "Microsoft Azure",
    family: "azure-key",
    severity,
    why: `Whoever has it ${grants}, from anywhere and without leaving a name.`,
    fix: `${rotate}.`,
    links: [...links, "https://github.com/microsoft/security-utilities"],
    anchors: anchorsOf(signature),
    shape: { is: "reader", reader: "identifiable-key" },
    score: 80,
    examples: {
      bad: (seed) => [
        key(seed, 0),
        `key: "${key(seed, 1)}"`,
        { path: "config/app.json", text: JSON.stringify({ remote: key(seed, 2) }).replaceAll("+", "\\u002B") },
        `https://a.contoso.net/?x=1&k=${encodeURIComponent(key(seed, 3))}&y=2`,
        { path: "web.config", text: `<add key="remote" value="${key(seed, 4)}" />` },
        { path: "deploy.sh", text: `export REMOTE='${key(seed, 5)}'\n` },
        `x${key(seed, 6)}`,
      ],
      good: (seed) => [
        `"${wrong(seed)}"`,
        `"${wrong(seed)}${sample("base64", 40, seed)}"`,
        `"${"x".repeat(keyLayouts[bytes[0]].at)}${signature}xxxxxx${keyLayouts[bytes[0]].padding}"`,
        `name = "${signature}"`,
      ],
    },
  };
}

export const rules: readonly SecretRule[] = kinds.map(ruleOf);
