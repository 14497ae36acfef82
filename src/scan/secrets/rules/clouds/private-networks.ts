/** Private networks and tunnels: Tailscale, Nebula, ngrok, ZeroTier, Meraki. */
import { sample } from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const tailscale = {
  provider: "Tailscale",
  severity: "critical",
  links: ["https://tailscale.com/kb/1085/auth-keys", "https://login.tailscale.com/admin/settings/keys"],
} as const;

export const rules: readonly SecretRule[] = [
  tokenRule({
    ...tailscale,
    id: "secrets/tailscale-key",
    title: "Tailscale key",
    why: "It joins machines to the private network, or changes who may reach what in it.",
    fix: "Revoke the key in the admin console, look for machines that you do not know, and make a tagged key with an expiry.",
    token: [
      ["tskey-auth-", "tskey-api-", "tskey-client-", "tskey-scim-", "tskey-webhook-", "tskey-"],
      some("base62", 10, 24),
      { optional: [{ text: "-" }, some("base62", 16, 40)] },
    ],
    value: (seed) => `tskey-auth-k${sample("base58", 11, seed)}CNTRL-${sample("base58", 32, seed)}`,
  }),
  tokenRule({
    id: "secrets/defined-networking-token",
    aliases: ["defined-networking-api-token"],
    title: "Defined Networking API token",
    provider: "Defined Networking",
    severity: "critical",
    why: "It changes the private network and joins machines to it.",
    fix: "Delete the key in the admin panel, and make one with the least scopes.",
    links: ["https://docs.defined.net/guides/automating-host-creation/"],
    token: ["dnkey-", some("base64Url", 26), "-", some("base64Url", 52)],
    value: (seed) => `dnkey-${sample("base32Upper", 26, seed)}-${sample("base32Upper", 52, seed)}`,
  }),
  namedRule({
    id: "secrets/ngrok-token",
    title: "ngrok authtoken or API key",
    provider: "ngrok",
    severity: "medium",
    why: "It opens tunnels in the account's name, also on its reserved domains.",
    fix: "Revoke it in the ngrok dashboard, and make a new one.",
    links: ["https://ngrok.com/docs/agent/", "https://dashboard.ngrok.com"],
    words: ["ngrok", "authtoken"],
    called: "ngrok authtoken",
    token: [some("base62", 20, 31), "_", some("base62", 18, 24)],
  }),
  namedRule({
    id: "secrets/zerotier-token",
    title: "ZeroTier API token",
    provider: "ZeroTier",
    severity: "high",
    why: "It changes the private networks and lets machines in.",
    fix: "Delete the token in the account's settings, and make a new one.",
    links: ["https://docs.zerotier.com/api/tokens/"],
    words: ["zerotier", "ztcentral"],
    called: "zerotier token",
    token: [some("base62", 32)],
    mixed: true,
  }),
  namedRule({
    id: "secrets/meraki-key",
    aliases: ["cisco-meraki-api-key"],
    title: "Cisco Meraki API key",
    provider: "Cisco Meraki",
    severity: "critical",
    why: "It reads and changes the organization's networks.",
    fix: "Revoke the key in the profile, and make a new one.",
    links: ["https://developer.cisco.com/meraki/api-v1/authorization/"],
    words: ["meraki"],
    token: [some("hexLower", 40)],
  }),
];
