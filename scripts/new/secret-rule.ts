import { readdirSync } from "node:fs";
import { type Scaffold, sentenceCase } from "./scaffold.ts";

const rulesFolder = new URL("../../src/scan/secrets/rules/", import.meta.url);

/** Folders of rules for secrets: a trade is what a provider sells. */
export const trades: readonly string[] = readdirSync(rulesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** A provider's file of rules in its trade's folder: the catalogue takes it up by itself. Both kinds, of which one goes. */
export function secretRule(trade: string): Scaffold {
  return (name) => {
    const title = sentenceCase(name);
    const word = name.replaceAll("-", "");
    return {
      files: {
        [`src/scan/secrets/rules/${trade}/${name}.ts`]: `/** ${title}: what its keys open. */
import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const facts = {
  provider: "${title}",
  severity: "high",
  why: "Whoever has it acts as its owner at ${title}.",
  fix: "Revoke it at ${title}, then keep the new one in a secret store and read it at run time.",
  links: ["https://${name}.example/"],
} as const;

export const rules: readonly SecretRule[] = [
  // Its own form gives it away.
  tokenRule({
    ...facts,
    id: "secrets/${name}-token",
    title: "${title} token",
    token: ["${word}_", some("base62", 32)],
  }),
  // It has no form of its own: the provider's word stands before it.
  namedRule({
    ...facts,
    id: "secrets/${name}-key",
    title: "${title} API key",
    words: ["${word}"],
    token: [some("hexLower", 40)],
  }),
];
`,
      },
      next: `next: replace the facts by the provider's, drop the rule of the other kind, then run \`npm test -- src/scan/secrets/rules\``,
    };
  };
}
