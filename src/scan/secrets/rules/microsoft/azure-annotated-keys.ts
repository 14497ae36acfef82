/** Microsoft's common annotated security keys: a marker in the middle, a service's signature near the end, a date between. */
import { sample, sampleAnnotatedKey } from "../../examples/example-values.ts";
import { almost, writtenAnywhere } from "../../examples/example-writings.ts";
import type { Part, SecretRule } from "../../rule/secret-rule.ts";

interface Kind {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly name: string;
  readonly signature: string;
  /** The four characters before the signature, where they tell services apart. */
  readonly data?: readonly string[];
  readonly severity: "critical" | "high";
  readonly grants: string;
  readonly rotate: string;
  readonly links: readonly string[];
}

const learn = "https://learn.microsoft.com/en-us/azure/";
const regenerate = "az cognitiveservices account keys regenerate --key-name key1";
const aiLinks = [`${learn}ai-services/authentication`, `${learn}ai-services/rotate-keys`];

/** Vision, Content Safety, Custom Vision, Face, Document Intelligence, Health, LUIS, Speech, Text, Translator, Video, Bing. */
const cognitiveData = "CDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmno".split("").map((letter) => `AAA${letter}`);

const kinds: readonly Kind[] = [
  {
    id: "azure-openai-key",
    name: "Azure OpenAI key",
    signature: "ACOG",
    data: ["AAAB"],
    severity: "critical",
    grants: "uses the models on the owner's bill, and reads files and fine-tuning data uploaded to the resource",
    rotate: `Move clients to the second key and run \`${regenerate}\`; better, sign in with a managed identity and set disableLocalAuth`,
    links: [`${learn}ai-services/openai/how-to/managed-identity`, ...aiLinks],
  },
  {
    id: "azure-ai-services-key",
    name: "Azure AI services key",
    signature: "ACOG",
    data: ["AAAA"],
    severity: "critical",
    grants: "uses all AI services of the resource, models included, on the owner's bill",
    rotate: `Move clients to the second key and run \`${regenerate}\`; better, sign in with a managed identity and set disableLocalAuth`,
    links: aiLinks,
  },
  {
    id: "azure-cognitive-family-key",
    aliases: ["azure-cognitive-services-key"],
    name: "Key of one Azure AI service (Speech, Vision, Translator and others)",
    signature: "ACOG",
    data: cognitiveData,
    severity: "high",
    grants: "uses the service on the owner's bill, and reads what is stored there (faces, custom models)",
    rotate: `Move clients to the second key and run \`${regenerate}\`; better, sign in with a managed identity and set disableLocalAuth`,
    links: aiLinks,
  },
  {
    id: "azure-app-configuration-key",
    name: "Azure App Configuration key",
    signature: "AZAC",
    severity: "high",
    grants: "reads all settings of the store, and with a read-write key changes how applications behave",
    rotate: "Run `az appconfig credential regenerate --id ID`; better, use Entra ID and set disableLocalAuth",
    links: [`${learn}azure-app-configuration/howto-disable-access-key-authentication`],
  },
  {
    id: "azure-fluid-relay-key",
    name: "Azure Fluid Relay tenant key",
    signature: "AZFR",
    severity: "high",
    grants: "signs tokens for every user and document of the tenant",
    rotate: "Run `az fluid-relay server regenerate-key --key-name key1` and sign with the other key meanwhile",
    links: [`${learn}azure-fluid-relay/concepts/authentication-authorization`],
  },
  {
    id: "azure-eventgrid-cask-key",
    name: "Azure Event Grid key (annotated)",
    signature: "AZEG",
    severity: "high",
    grants: "publishes events that others act on",
    rotate: "Run `az eventgrid topic key regenerate --key-name key1`; better, use Entra ID and set disableLocalAuth",
    links: [`${learn}event-grid/authenticate-with-access-keys-shared-access-signatures`],
  },
  {
    id: "azure-mixed-reality-key",
    name: "Azure Mixed Reality account key",
    signature: "AZMR",
    severity: "high",
    grants: "reads and changes the account's anchors and rendering sessions",
    rotate: "Regenerate the key on the account's Access Keys page; better, use Entra ID",
    links: [`${learn}spatial-anchors/concepts/authentication`],
  },
  {
    id: "azure-maps-key",
    name: "Azure Maps shared key",
    signature: "AZMP",
    severity: "high",
    grants: "uses all map services on the owner's bill",
    rotate: "Run `az maps account keys renew --key primary`; in browsers use SAS tokens or Entra ID",
    links: [`${learn}azure-maps/azure-maps-authentication`],
  },
  {
    id: "azure-communication-key",
    name: "Azure Communication Services key",
    signature: "AZCS",
    severity: "critical",
    grants: "sends mail and messages, places calls and issues users' tokens in the owner's name",
    rotate: "Run `az communication regenerate-key --key-type primary`; better, use Entra ID",
    links: [`${learn}communication-services/concepts/authentication`],
  },
  {
    id: "azure-sql-private-key",
    name: "Default administrator key of an Azure SQL cloud",
    signature: "msql",
    severity: "high",
    grants: "administers databases that the service runs",
    rotate: "Report it to the team that runs the service and have the key rolled",
    links: ["https://www.microsoft.com/en-us/msrc"],
  },
];

const marker = 52;
const signatureAt = 76;
const tail: readonly Part[] = [
  { alphabet: "base62", length: 4 },
  // The long form has two more, and padding.
  { optional: [{ alphabet: "base62", length: 2 }, { text: "==" }] },
];

function partsOf(data: Part, signature: Part): readonly Part[] {
  return [
    { alphabet: "base62", length: marker },
    { oneOf: ["JQQJ99", "JQQJ9D", "JQQJ9H"] },
    { alphabet: "base62", length: 14 },
    data,
    signature,
    ...tail,
  ];
}

function ruleOf({ id, aliases = [], name, signature, data, severity, grants, rotate, links }: Kind): SecretRule {
  const key = (seed: string) => sampleAnnotatedKey(signature, seed, data?.at(-1));
  return {
    id: `secrets/${id}`,
    aliases,
    title: name,
    provider: "Microsoft Azure",
    family: "azure-key",
    severity,
    why: `Whoever has it ${grants}.`,
    fix: `${rotate}.`,
    links: [...links, "https://github.com/microsoft/security-utilities"],
    anchors: [{ text: signature, at: signatureAt }],
    shape: {
      is: "token",
      parts: partsOf(data === undefined ? { alphabet: "base62", length: 4 } : { oneOf: data }, { text: signature }),
    },
    checks: [{ is: "annotated-key" }],
    score: 80,
    examples: {
      bad: (seed) => [...writtenAnywhere(key(seed)), `"${key(seed)}${sample("base62", 2, seed)}=="`],
      good: (seed) => [
        `"${sample("base62", signatureAt, seed)}${signature}${sample("base62", 4, seed)}"`,
        `"${key(seed)}${sample("base62", 8, seed)}"`,
        `${signature}_KEY = os.environ["${signature}_KEY"]`,
        `api_version = "${signature}"`,
      ],
    },
  };
}

const unlisted: SecretRule = {
  id: "secrets/azure-annotated-key",
  aliases: ["azure-cask-generic"],
  title: "Key of an Azure service",
  provider: "Microsoft Azure",
  family: "azure-key",
  severity: "high",
  why: "Its form (marker, date, signature) is that of Microsoft's service keys: it opens the service that issued it for whoever has it.",
  fix: "Find the service by the four letters of the signature, regenerate the key there, and sign in with a managed identity.",
  links: [...aiLinks, "https://github.com/microsoft/security-utilities"],
  anchors: [{ text: "JQQJ9", at: marker }],
  shape: { is: "token", parts: partsOf({ alphabet: "base62", length: 4 }, { alphabet: "base62", length: 4 }) },
  checks: [
    {
      is: "annotated-key",
      // Azure DevOps' tokens have a rule of their own, too.
      except: ["AZDO", ...kinds.flatMap(({ signature, data = [""] }) => data.map((text) => `${text}${signature}`))],
    },
  ],
  score: 80,
  examples: {
    bad: (seed) => [
      ...writtenAnywhere(sampleAnnotatedKey("AZQT", seed)),
      `k = '${sampleAnnotatedKey("azsv", seed).replace("JQQJ99", "JQQJ9D")}'`,
      `k = '${sampleAnnotatedKey("ACOG", seed, "AAqq")}'`,
    ],
    good: (seed) => [
      `x ${sample("base62", marker, seed)}JQQJ99`,
      `x ${sampleAnnotatedKey("AZQT", seed).slice(1)}`,
      ...almost("JQQJ99", "base62", 26, seed),
    ],
  },
};

export const rules: readonly SecretRule[] = [...kinds.map(ruleOf), unlisted];
