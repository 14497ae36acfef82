/** Where code is kept, searched and reviewed, apart from GitHub, GitLab and Bitbucket. */
import { sample } from "../../examples/example-values.ts";
import { writtenBeside } from "../../examples/example-writings.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { briefNamed, hex } from "../../rule-makers/brief-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const reads = "It searches and reads all code that its owner may read.";
const writes = "It reads and writes repositories as its owner.";

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: "secrets/sourcegraph-token",
    aliases: ["sourcegraph-access-token"],
    title: "Sourcegraph access token",
    provider: "Sourcegraph",
    severity: "high",
    why: reads,
    fix: "Delete the token in the user settings (Access tokens), and make a new one that expires.",
    links: ["https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token"],
    token: [
      ["sgp_", "sgd_", "slk_"],
      { optional: [{ text: "local_" }] },
      { optional: [some("hex", 16), { text: "_" }] },
      some("hex", 40, 64),
    ],
    examples: {
      bad: (seed) => [
        `SRC_ACCESS_TOKEN=sgp_${sample("hexLower", 16, seed)}_${sample("hexLower", 40, `${seed}b`)}`,
        `SRC_ACCESS_TOKEN=sgp_local_${sample("hexLower", 40, seed)}`,
        `gateway: slk_${sample("hexLower", 64, seed)}`,
      ],
    },
  }),
  namedRule({
    id: "secrets/sourcegraph-token-legacy",
    title: "Sourcegraph access token of the old form",
    provider: "Sourcegraph",
    severity: "high",
    why: reads,
    fix: "Delete the token in the user settings (Access tokens), and make a new one that expires.",
    links: ["https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token"],
    words: ["sourcegraph", "src_access"],
    token: [some("hexLower", 40)],
    called: "sourcegraph token",
  }),
  // Before the rule below, which knows the same words: of two that fit equally, the first is told.
  ...briefNamed([["Codeberg", "docs.codeberg.org/", [hex(40)]]]),
  namedRule({
    id: "secrets/gitea-token",
    title: "Gitea or Forgejo access token",
    provider: "Gitea",
    severity: "high",
    why: writes,
    fix: "Delete the token in the user settings (Applications), and make one with the least scopes.",
    links: ["https://docs.gitea.com/development/api-usage"],
    words: ["gitea", "forgejo", "codeberg", "gogs"],
    token: [some("hexLower", 40)],
    called: "gitea token",
    examples: { bad: (seed) => writtenBeside("forgejo access token", sample("hexLower", 40, seed)) },
  }),
  namedRule({
    id: "secrets/gitee-token",
    title: "Gitee access token",
    provider: "Gitee",
    severity: "high",
    why: writes,
    fix: "Delete the token in the personal settings (Private tokens), and make one with the least scopes.",
    links: ["https://gitee.com/api/v5/swagger"],
    words: ["gitee"],
    token: [some("hexLower", 32)],
    called: "gitee access token",
  }),
  tokenRule({
    id: "secrets/phabricator-token",
    title: "Phabricator Conduit token",
    provider: "Phabricator",
    severity: "high",
    why: "It reads and writes tasks, reviews and repositories as its owner.",
    fix: "Terminate the token in the settings (Conduit API tokens).",
    links: ["https://secure.phabricator.com/book/phabricator/article/conduit/"],
    token: [["cli-", "api-"], some("base32Lower", 28)],
    near: ["phabricator", "conduit", "arcanist", "phab"],
    examples: {
      bad: (seed) => [
        `{"hosts": {"https://phabricator.contoso.net/api/": {"token": "cli-${sample("base32Lower", 28, seed)}"}}}`,
      ],
      good: (seed) => [`class="cli-${sample("base32Lower", 28, seed)}"`],
    },
  }),
];
