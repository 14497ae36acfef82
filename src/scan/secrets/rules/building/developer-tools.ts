/** Tools that teams build and test with: Postman, RapidAPI, Chromatic, Sidekiq. */
import { sample } from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { briefNamed, hex } from "../../rule-makers/brief-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const whyBill = "It uses the service on its owner's bill.";

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: "secrets/postman-key",
    aliases: ["postman-api-token"],
    title: "Postman API key",
    provider: "Postman",
    severity: "high",
    why: "It reads and changes collections and environments, which often hold more secrets.",
    fix: "Revoke the key in the account's settings, and make one with an expiry.",
    links: [
      "https://learning.postman.com/docs/developer/postman-api/authentication/",
      "https://go.postman.co/settings/me/api-keys",
    ],
    token: ["PMAK-", some("hexLower", 24), "-", some("hexLower", 34)],
    minimumEntropy: 2.8,
  }),
  tokenRule({
    id: "secrets/postman-access-key",
    title: "Postman collection access key",
    provider: "Postman",
    severity: "medium",
    why: "It reads the collection it was made for.",
    fix: "Delete the key in the workspace's settings, and make a new one.",
    links: ["https://learning.postman.com/docs/developer/postman-api/authentication/"],
    token: ["PMAT-", some("upperAlnum", 26)],
  }),
  ...briefNamed([["Postman", "learning.postman.com/docs/", [hex(64)], ["postman"], "older key"]]),
  namedRule({
    id: "secrets/sidekiq-credentials",
    aliases: ["sidekiq-secret"],
    title: "Sidekiq Pro or Enterprise credentials",
    provider: "Sidekiq",
    severity: "medium",
    why: "It downloads the paid packages on the organization's licence.",
    fix: "Ask Contributed Systems for new credentials.",
    links: ["https://github.com/sidekiq/sidekiq/wiki"],
    words: ["bundle_enterprise__contribsys__com", "bundle_gems__contribsys__com", "contribsys"],
    called: "contribsys credentials",
    token: [some("hexLower", 8), ":", some("hexLower", 8)],
  }),
  {
    id: "secrets/sidekiq-address",
    aliases: ["sidekiq-sensitive-url"],
    title: "Sidekiq Pro or Enterprise credentials in an address",
    provider: "Sidekiq",
    family: "secrets/sidekiq-credentials",
    severity: "medium",
    why: "It downloads the paid packages on the organization's licence.",
    fix: "Ask Contributed Systems for new credentials, and configure them outside the repository.",
    links: ["https://github.com/sidekiq/sidekiq/wiki"],
    anchors: [
      { text: "@gems.contribsys.com", at: 17 },
      { text: "@enterprise.contribsys.com", at: 17 },
    ],
    shape: {
      is: "token",
      parts: [
        { alphabet: "hexLower", length: 8 },
        { text: ":" },
        { alphabet: "hexLower", length: 8 },
        { oneOf: ["@gems.contribsys.com", "@enterprise.contribsys.com"] },
      ],
      secret: [0, 2],
    },
    score: 90,
    examples: {
      bad: (seed) => [
        `source "https://${sample("hexLower", 8, seed)}:${sample("hexLower", 8, `${seed}b`)}@gems.contribsys.com/" do`,
        `https://${sample("hexLower", 8, seed)}:${sample("hexLower", 8, `${seed}b`)}@enterprise.contribsys.com:80/path`,
      ],
      good: () => [`source "https://\${CREDENTIALS}@gems.contribsys.com/" do`, "https://gems.contribsys.com/"],
    },
  },
  namedRule({
    id: "secrets/rapidapi-key",
    aliases: ["rapidapi-access-token"],
    title: "RapidAPI key",
    provider: "RapidAPI",
    severity: "medium",
    why: whyBill,
    fix: "Delete the app's key in the developer dashboard, and make a new one.",
    links: ["https://docs.rapidapi.com/docs/keys"],
    words: ["rapidapi", "rapid_api", "rapid-api", "rapid api"],
    token: [some("base64Url", 50)],
  }),
  tokenRule({
    id: "secrets/chromatic-token",
    title: "Chromatic project token",
    provider: "Chromatic",
    severity: "low",
    why: "It uploads and reads the project's components.",
    fix: "Reset the token under Manage in the project.",
    links: ["https://www.chromatic.com/docs/"],
    token: ["chpt_", some("base62", 12, 20)],
  }),
];
