import { type Scaffold, sentenceCase } from "./scaffold.ts";

/** A provider's file of rules: the catalogue takes it up by itself. */
export const secretRule: Scaffold = (name) => ({
  files: {
    [`src/scan/secrets/rules/${name}.ts`]: `import { sample } from "../example-values.ts";
import type { SecretRule } from "../secret-rule.ts";

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/${name}-token",
    aliases: [],
    title: "${sentenceCase(name)} token",
    provider: "${sentenceCase(name)}",
    severity: "high",
    why: "Whoever has the token acts as its owner at ${sentenceCase(name)}.",
    fix: "Revoke the token at ${sentenceCase(name)}, then keep the new one in a secret store and read it at run time.",
    links: [],
    anchors: [{ text: "${name.replaceAll("-", "")}_" }],
    shape: { is: "token", parts: [{ text: "${name.replaceAll("-", "")}_" }, { alphabet: "base62", length: 32 }] },
    score: 80,
    examples: {
      bad: () => [\`token = "${name.replaceAll("-", "")}_\${sample("base62", 32)}"\`],
      good: () => [\`token = "${name.replaceAll("-", "")}_\${"x".repeat(32)}"\`],
    },
  },
];
`,
  },
  next: `next: replace anchors, shape and words by the provider's facts, then run \`npm test -- src/scan/secrets\``,
});
