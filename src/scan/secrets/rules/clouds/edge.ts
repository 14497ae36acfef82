/** Names of domains, and networks that deliver content: Cloudflare, Fastly, Akamai and others. */
import { sample } from "../../examples/example-values.ts";
import { writtenBeside } from "../../examples/example-writings.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const cloudflare = {
  provider: "Cloudflare",
  severity: "critical",
  why: "It changes DNS, certificates, workers and access rules of the zones: traffic can be read and led elsewhere.",
  fix: "Roll or delete the token in the Cloudflare dashboard (My profile > API tokens), and make one with the least permissions.",
  links: [
    "https://developers.cloudflare.com/fundamentals/api/get-started/create-token/",
    "https://developers.cloudflare.com/fundamentals/api/how-to/roll-token/",
  ],
} as const;
const words = ["cloudflare", "cf_api", "cf_token", "cf_key", "cf_account_token", "cf_dns"];
const why = "It changes what is delivered in the customer's name, and reads logs.";
const fix = "Delete the token in the provider's console, and make one with the least permissions.";
const high = { why, fix, severity: "high" } as const;

export const rules: readonly SecretRule[] = [
  tokenRule({
    ...cloudflare,
    id: "secrets/cloudflare-token",
    title: "Cloudflare API token",
    token: [["cfut_", "cfat_", "cfk_"], some("base64Url", 40, 60)],
    value: (seed) => `cfut_${sample("base62", 48, seed)}`,
  }),
  namedRule({
    ...cloudflare,
    id: "secrets/cloudflare-token-beside-name",
    aliases: ["cloudflare-api-key"],
    title: "Cloudflare API token beside its name",
    words,
    token: [some("base64Url", 40)],
    called: "cloudflare api token",
    value: (seed) => `a${sample("base64Url", 38, seed)}7`,
    examples: {
      bad: (seed) => [
        `CF_API_TOKEN=a${sample("base62", 39, seed)}`,
        ...writtenBeside("cloudflare key", sample("lowerAlnum", 40, seed)),
      ],
    },
  }),
  namedRule({
    ...cloudflare,
    id: "secrets/cloudflare-global-key",
    aliases: ["cloudflare-global-api-key"],
    title: "Cloudflare global API key",
    words: [...words, "x-auth-key"],
    token: [some("hexLower", 37)],
    called: "cloudflare api key",
    examples: {
      bad: (seed) => [
        `curl -H "X-Auth-Key: ${sample("hexLower", 37, seed)}" https://api.cloudflare.com/client/v4/user`,
      ],
    },
  }),
  tokenRule({
    ...cloudflare,
    id: "secrets/cloudflare-origin-ca-key",
    aliases: ["cloudflare-origin-ca-key"],
    title: "Cloudflare origin CA key",
    why: "It issues certificates that Cloudflare trusts for the zones' servers.",
    token: ["v1.0-", some("hexLower", 24), "-", some("hexLower", 146)],
    score: 92,
  }),
  namedRule({
    ...high,
    id: "secrets/fastly-token",
    aliases: ["fastly-api-token"],
    title: "Fastly API token",
    provider: "Fastly",
    links: ["https://docs.fastly.com/en/guides/using-api-tokens"],
    words: ["fastly"],
    token: [some("base64UrlPadded", 32)],
    called: "fastly api key",
    value: (seed) => sample("base62", 32, seed),
    examples: { bad: (seed) => [`curl -H "Fastly-Key: ${sample("base62", 32, seed)}" https://api.fastly.com/service`] },
  }),
  namedRule({
    ...high,
    id: "secrets/bunny-key",
    title: "bunny.net API key",
    provider: "bunny.net",
    links: ["https://docs.bunny.net/reference/bunnynet-api-overview"],
    words: ["bunny", "bunnycdn", "bunnynet"],
    token: [
      some("hexLower", 8),
      "-",
      some("hexLower", 4),
      "-",
      some("hexLower", 4),
      "-",
      some("hexLower", 4),
      "-",
      some("hexLower", 12),
      {
        optional: [
          { text: "-" },
          some("hexLower", 4),
          { text: "-" },
          some("hexLower", 4),
          { text: "-" },
          some("hexLower", 4),
          { text: "-" },
          some("hexLower", 4),
          { text: "-" },
          some("hexLower", 12),
        ],
      },
    ],
    called: "bunny access key",
  }),
  namedRule({
    ...high,
    id: "secrets/dnsimple-token",
    title: "DNSimple access token",
    provider: "DNSimple",
    why: "It changes the DNS of the account's domains: traffic and mail can be led elsewhere.",
    links: ["https://support.dnsimple.com/articles/api-access-token/"],
    words: ["dnsimple"],
    token: [{ optional: [{ text: "dnsimple_a_" }] }, some("base62", 32)],
    called: "dnsimple token",
  }),
  namedRule({
    ...high,
    id: "secrets/godaddy-key",
    title: "GoDaddy API key",
    provider: "GoDaddy",
    why: "With its secret it changes the DNS of the account's domains: traffic and mail can be led elsewhere.",
    links: ["https://developer.godaddy.com/keys"],
    words: ["godaddy"],
    token: [some("base62", 12), "_", some("base62", 22)],
    value: (seed) => `dLf1${sample("base62", 8, seed)}_${sample("base62", 22, seed)}`,
  }),
  namedRule({
    ...high,
    id: "secrets/gandi-key",
    title: "Gandi API key",
    provider: "Gandi",
    why: "It changes the DNS of the account's domains: traffic and mail can be led elsewhere.",
    links: ["https://api.gandi.net/docs/authentication/"],
    words: ["gandi"],
    token: [some("base62", 24, 40)],
    value: (seed) => sample("base62", 24, seed),
  }),
  namedRule({
    severity: "high",
    id: "secrets/akamai-edgegrid",
    title: "Akamai EdgeGrid token",
    provider: "Akamai",
    why: "With the client secret it changes what Akamai delivers in the customer's name.",
    fix: "Deactivate the credential in Identity & Access Management, and make a new one.",
    links: ["https://techdocs.akamai.com/developer/docs/edgegrid"],
    words: ["akamai", "edgegrid", "client_token", "access_token", "clienttoken", "accesstoken"],
    token: ["akab-", some("lowerAlnum", 16), "-", some("lowerAlnum", 16)],
    called: "akamai access token",
    examples: {
      bad: (seed) => [
        {
          path: ".edgerc",
          text: `[default]\nclient_token = akab-${sample("lowerAlnum", 16, seed)}-${sample("lowerAlnum", 16, `${seed}b`)}\n`,
        },
      ],
      good: (seed) => [
        `host = akab-${sample("lowerAlnum", 16, seed)}-${sample("lowerAlnum", 16, `${seed}b`)}.luna.akamaiapis.net`,
      ],
    },
  }),
  namedRule({
    fix: "Delete the key in the provider's console, look in its audit log for what it did, and make one with the least rights.",
    severity: "high",
    id: "secrets/akamai-client-secret",
    title: "Akamai EdgeGrid client secret",
    provider: "Akamai",
    why: "With the tokens beside it, it changes what Akamai delivers in the customer's name.",
    links: ["https://techdocs.akamai.com/developer/docs/edgegrid"],
    words: ["akamai", "edgegrid", "edgerc"],
    token: [some("base64Padded", 44)],
    called: "akamai client secret",
    mixed: true,
    value: (seed) => `a7${sample("base62", 41, seed)}=`,
  }),
];
