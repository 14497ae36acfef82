/** Keys of Bing Maps, and of Azure Maps from before they carried a signature. */
import { sample } from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";

const learn = "https://learn.microsoft.com/en-us/azure/";

/** What says that the value beside the service's name is its key. */
const speaksOf = ["key", "token", "secret", "credential", "maps=", "maps =", "maps:", "maps "];

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/bing-maps-key",
    aliases: [],
    title: "Bing Maps key",
    provider: "Microsoft Bing Maps",
    severity: "medium",
    why: "Whoever has it uses the map services on the owner's account, unless the key is limited to a site.",
    fix: "Delete the key in the Bing Maps portal, and move to Azure Maps with Entra ID sign-in.",
    links: [
      "https://learn.microsoft.com/en-us/bingmaps/getting-started/bing-maps-dev-center-help/getting-a-bing-maps-key",
      "https://learn.microsoft.com/en-us/purview/sit-defn-microsoft-bing-maps-key",
    ],
    anchors: [
      { text: "bingmap", foldCase: true },
      { text: "bing_map", foldCase: true },
      { text: "bing-map", foldCase: true },
      { text: "bing map", foldCase: true },
      { text: "virtualearth.net", foldCase: true },
      { text: "bingkey", foldCase: true },
      { text: "bing_key", foldCase: true },
    ],
    shape: {
      is: "near",
      parts: [{ alphabet: "base64Url", length: 64 }],
      before: 0,
      after: 200,
      mixed: true,
      digits: 3,
    },
    context: { words: speaksOf, before: 80, after: 0, required: true },
    score: 72,
    minimumEntropy: 4.3,
    examples: {
      bad: (seed) => [
        `const bingMapsKey = "A${sample("base64Url", 62, seed)}7";`,
        `fetch("https://dev.virtualearth.net/REST/v1/Locations?q=a&key=A${sample("base64Url", 62, seed)}7")`,
      ],
      good: (seed) => [
        'const bingMapsKey = "<your-bing-maps-key>";',
        `const bingMapsKeyHash = "A${sample("base64Url", 62, seed)}7";`,
        `const bingMapsKey = "A${"x".repeat(63)}";`,
        `digest = "A${sample("base64Url", 62, seed)}7"`,
        `<a href="/docs/bingMapsKey/A${sample("base64Url", 62, seed)}7">x</a>`,
      ],
    },
  },
  {
    id: "secrets/azure-maps-key-legacy",
    aliases: [],
    title: "Azure Maps shared key (older form)",
    provider: "Microsoft Azure",
    family: "azure-key",
    severity: "high",
    why: "Whoever has it uses all map services on the owner's bill.",
    fix: "Run `az maps account keys renew --key primary`; in browsers use SAS tokens or Entra ID.",
    links: [
      `${learn}azure-maps/azure-maps-authentication`,
      "https://learn.microsoft.com/en-us/purview/sit-defn-azure-maps-subscription-key",
    ],
    anchors: [
      { text: "atlas.microsoft.com" },
      { text: "azuremaps", foldCase: true },
      { text: "azure_maps", foldCase: true },
      { text: "azure-maps", foldCase: true },
      { text: "azure maps", foldCase: true },
    ],
    shape: {
      is: "near",
      parts: [{ alphabet: "base64Url", length: 43 }],
      before: 0,
      after: 200,
      mixed: true,
      digits: 3,
    },
    context: { words: speaksOf, before: 60, after: 0, required: true },
    score: 68,
    minimumEntropy: 4.3,
    examples: {
      bad: (seed) => [
        `fetch("https://atlas.microsoft.com/search/address/json?api-version=1.0&subscription-key=${sample("base62", 42, seed)}7")`,
        { path: ".env", text: `AZURE_MAPS_KEY=${sample("base64Url", 41, seed)}a7\n` },
      ],
      good: (seed) => [
        'fetch("https://atlas.microsoft.com/search/address/json?subscription-key={key}")',
        `azureMapsIntegrity = "sha256-${sample("base64Url", 42, seed)}7"`,
      ],
    },
  },
];
