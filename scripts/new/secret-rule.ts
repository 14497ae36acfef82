import { type Scaffold, sentenceCase } from "./scaffold.ts";

/** A provider's file of rules: the catalogue takes it up by itself. Both kinds, of which one goes. */
export const secretRule: Scaffold = (name) => {
  const title = sentenceCase(name);
  const word = name.replaceAll("-", "");
  return {
    files: {
      [`src/scan/secrets/rules/${name}.ts`]: `import { namedRule, some, tokenRule } from "../provider-rule.ts";
import type { SecretRule } from "../secret-rule.ts";

const facts = {
  provider: "${title}",
  severity: "high",
  why: "Whoever has it acts as its owner at ${title}.",
  fix: "Revoke it at ${title}, then keep the new one in a secret store and read it at run time.",
  links: [],
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
