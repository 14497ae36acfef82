/** Clouds that rent servers: DigitalOcean, Linode, Hetzner, Vultr, Exoscale, Equinix, Civo, UpCloud. */
import { sample } from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { briefNamed, hex, mixed } from "../../rule-makers/brief-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const why = "It controls the account's machines, storage, networks and bills.";
const fix =
  "Delete the key in the provider's console, look in its audit log for what it did, and make one with the least rights.";
const critical = { why, fix, severity: "critical" } as const;
const high = { why, fix, severity: "high" } as const;

export const rules: readonly SecretRule[] = [
  tokenRule({
    ...critical,
    id: "secrets/digitalocean-token",
    aliases: ["digitalocean-pat", "digitalocean-access-token", "digitalocean-refresh-token"],
    title: "DigitalOcean token",
    provider: "DigitalOcean",
    links: ["https://docs.digitalocean.com/reference/api/create-personal-access-token/"],
    token: [["dop_v1_", "doo_v1_", "dor_v1_"], some("hex", 64)],
    score: 88,
  }),
  namedRule({
    ...critical,
    id: "secrets/digitalocean-token-legacy",
    title: "DigitalOcean token of the old form",
    provider: "DigitalOcean",
    links: ["https://docs.digitalocean.com/reference/api/create-personal-access-token/"],
    words: ["digitalocean", "digital_ocean", "do_api", "do_token", "digital ocean"],
    token: [some("hexLower", 64)],
    called: "digitalocean token",
  }),
  // Behind the rule above, which knows the same words: of two that fit equally, the first is told.
  ...briefNamed([
    [
      "DigitalOcean",
      "docs.digitalocean.com/reference/api/",
      [hex(64)],
      ["digitalocean", "digital_ocean"],
      "older token",
    ],
  ]),
  tokenRule({
    ...high,
    id: "secrets/digitalocean-spaces-key",
    title: "Access key of DigitalOcean Spaces",
    provider: "DigitalOcean",
    why: "It names a key of the object storage; its secret half usually stands nearby.",
    links: ["https://docs.digitalocean.com/products/spaces/how-to/manage-access/"],
    token: ["DO00", some("upperAlnum", 16)],
    score: 78,
  }),
  namedRule({
    ...high,
    id: "secrets/linode-token",
    title: "Linode API token",
    provider: "Akamai Linode",
    links: ["https://techdocs.akamai.com/cloud-computing/docs/manage-personal-access-tokens"],
    words: ["linode"],
    token: [some("hexLower", 64)],
    called: "linode token",
  }),
  namedRule({
    ...high,
    id: "secrets/hetzner-token",
    title: "Hetzner Cloud API token",
    provider: "Hetzner",
    links: ["https://docs.hetzner.com/cloud/api/getting-started/generating-api-token/"],
    words: ["hcloud", "hetzner"],
    token: [some("base62", 64)],
    called: "hcloud token",
  }),
  ...briefNamed([["Hetzner", "dns.hetzner.com/api-docs", [mixed(32)], ["hetzner"], "DNS token"]]),
  namedRule({
    ...high,
    id: "secrets/vultr-key",
    title: "Vultr API key",
    provider: "Vultr",
    links: ["https://docs.vultr.com/how-to-use-the-vultr-api"],
    words: ["vultr"],
    token: [some("upperAlnum", 36)],
  }),
  tokenRule({
    ...high,
    id: "secrets/exoscale-key",
    title: "Exoscale API key",
    provider: "Exoscale",
    why: "It names a key; its secret half usually stands nearby or in the history.",
    links: ["https://community.exoscale.com/product/iam/quick-start/"],
    token: ["EXO", some("hexLower", 24)],
  }),
  namedRule({
    ...high,
    id: "secrets/exoscale-secret",
    title: "Exoscale API secret",
    provider: "Exoscale",
    links: ["https://community.exoscale.com/product/iam/quick-start/"],
    words: ["exoscale"],
    token: [some("base64Url", 43)],
    called: "exoscale api secret",
    value: (seed) => sample("base62", 43, seed),
  }),
  namedRule({
    ...high,
    id: "secrets/equinix-token",
    title: "Equinix Metal or Packet token",
    provider: "Equinix",
    links: ["https://deploy.equinix.com/developers/docs/metal/identity-access-management/api-keys/"],
    words: ["equinix", "metal_auth_token", "packet_auth_token"],
    token: [some("base62", 32)],
    called: "equinix auth token",
    examples: { bad: (seed) => [`METAL_AUTH_TOKEN=${sample("base62", 32, seed)}`] },
  }),
  namedRule({
    ...high,
    id: "secrets/civo-token",
    title: "Civo API key",
    provider: "Civo",
    links: ["https://www.civo.com/docs/account/api-keys"],
    words: ["civo"],
    token: [some("base62", 50)],
    called: "civo token",
  }),
  namedRule({
    ...high,
    id: "secrets/upcloud-token",
    title: "UpCloud API token",
    provider: "UpCloud",
    links: ["https://developers.upcloud.com/"],
    words: ["upcloud"],
    token: ["ucat_", some("base62", 26)],
    called: "upcloud token",
  }),
];
