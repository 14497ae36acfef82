/** Keys of password managers, and of vaults for teams. */
import { base64, sample } from "../../examples/example-values.ts";
import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { briefNamed, hex, mixed } from "../../rule-makers/brief-rule.ts";
import { some, tokenRule } from "../../rule-makers/provider-rule.ts";

const whyVault = "It reads the secrets of the projects and vaults it was made for: all of them must count as known.";
const onePassword = {
  provider: "1Password",
  severity: "critical",
  links: ["https://developer.1password.com/docs/service-accounts/"],
} as const;

export const rules: readonly SecretRule[] = [
  tokenRule({
    ...onePassword,
    id: "secrets/onepassword-token",
    aliases: ["1password-service-account-token"],
    title: "1Password service account token",
    why: whyVault,
    fix: "Revoke the token in 1Password under Developer Tools, make a new one, and change the secrets it could read.",
    token: ["ops_eyJ", some("base64Padded", 200, 1400)],
    value: (seed) =>
      `ops_${base64(JSON.stringify({ signInAddress: "contoso.1password.eu", seed, key: sample("base62", 300, seed) })).replace(/=+$/, "")}`,
  }),
  {
    ...onePassword,
    id: "secrets/onepassword-secret-key",
    aliases: ["1password-secret-key"],
    title: "1Password secret key",
    why: "With the account's password it opens the person's vaults on any device.",
    fix: "Generate a new secret key in the account's settings.",
    links: ["https://support.1password.com/secret-key/"],
    anchors: [{ text: "A3-" }],
    shape: {
      is: "token",
      parts: [
        { text: "A3-" },
        { alphabet: "upperAlnum", length: 6 },
        { text: "-" },
        { alphabet: "upperAlnum", length: [5, 11] },
        { text: "-" },
        { alphabet: "upperAlnum", length: [5, 6] },
        { optional: [{ text: "-" }, { alphabet: "upperAlnum", length: 5 }] },
        { optional: [{ text: "-" }, { alphabet: "upperAlnum", length: 5 }] },
        { optional: [{ text: "-" }, { alphabet: "upperAlnum", length: 5 }] },
      ],
    },
    score: 82,
    minimumEntropy: 3.3,
    examples: {
      bad: (seed) => [
        `A3-${sample("upperAlnum", 6, seed)}-${sample("upperAlnum", 11, seed)}-${sample("upperAlnum", 5, `${seed}1`)}-${sample("upperAlnum", 5, `${seed}2`)}-${sample("upperAlnum", 5, `${seed}3`)}`,
        `OP_SECRET_KEY="A3-${sample("upperAlnum", 6, seed)}-${sample("upperAlnum", 6, `${seed}0`)}-${sample("upperAlnum", 5, `${seed}1`)}-${sample("upperAlnum", 5, `${seed}2`)}-${sample("upperAlnum", 5, `${seed}3`)}-${sample("upperAlnum", 5, `${seed}4`)}"`,
      ],
      good: () => ["A3-XXXXXX-XXXXXX-XXXXX-XXXXX-XXXXX-XXXXX", "paper size A3-LANDSCAPE"],
    },
  },
  tokenRule({
    id: "secrets/doppler-token",
    aliases: ["doppler-api-token"],
    title: "Doppler token",
    provider: "Doppler",
    severity: "critical",
    why: whyVault,
    fix: "Revoke the token in the Doppler dashboard, make a new one, and change the secrets it could read.",
    links: ["https://docs.doppler.com/reference/api", "https://dashboard.doppler.com"],
    token: [["dp.pt.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit.", "dp.said."], some("base62", 40, 44)],
  }),
  tokenRule({
    id: "secrets/doppler-service-token",
    title: "Doppler service token",
    provider: "Doppler",
    severity: "critical",
    why: whyVault,
    fix: "Revoke the token in the Doppler dashboard, make a new one, and change the secrets it could read.",
    links: ["https://docs.doppler.com/docs/service-tokens"],
    token: ["dp.st.", { optional: [some("base64Url", 2, 35), { text: "." }] }, some("base62", 40, 44)],
    examples: { bad: (seed) => [`DOPPLER_TOKEN=dp.st.prd_eu.${sample("base62", 43, seed)}`] },
  }),
  tokenRule({
    id: "secrets/infisical-token",
    title: "Infisical service token",
    provider: "Infisical",
    severity: "critical",
    why: whyVault,
    fix: "Delete the token in the project's access control, use machine identities, and change the secrets it could read.",
    links: ["https://infisical.com/docs"],
    token: ["st.", some("hexLower", 24), ".", some("hexLower", 32), ".", some("hexLower", 32)],
    minimumEntropy: 2.8,
  }),
  ...briefNamed([["Infisical", "infisical.com/docs/", [hex(64)], ["infisical"], "client secret"]]),
  tokenRule({
    id: "secrets/bitwarden-access-token",
    title: "Bitwarden Secrets Manager access token",
    provider: "Bitwarden",
    severity: "critical",
    why: whyVault,
    fix: "Revoke the token of the machine account, make a new one, and change the secrets it could read.",
    links: ["https://bitwarden.com/help/access-tokens/"],
    anchors: [{ text: "0." }],
    token: ["0.", ...uuidParts, ".", some("base62", 30), ":", some("base64Padded", 24)],
    value: (seed) =>
      `0.${sample("hexLower", 8, seed)}-${sample("hexLower", 4, seed)}-${sample("hexLower", 4, `${seed}1`)}-${sample("hexLower", 4, `${seed}2`)}-${sample("hexLower", 12, seed)}.${sample("base62", 30, seed)}:${sample("base62", 22, seed)}==`,
  }),
  ...briefNamed([
    ["Bitwarden", "bitwarden.com/help/personal-api-key/", [mixed(30)], ["bitwarden", "bw_client"], "client secret"],
  ]),
];
