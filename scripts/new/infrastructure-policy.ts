import { type Scaffold, sentenceCase } from "./scaffold.ts";

/** A provider's file of policies: the catalogue takes it up by itself. */
export const infrastructurePolicy: Scaffold = (name) => {
  const type = name.replaceAll("-", "_");
  return {
    files: {
      [`src/scan/iac/policies/${name}/${name}.ts`]: `/** ${sentenceCase(name)}: what its resources open and keep. */
import { value } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

export const policies: readonly Policy[] = [
  {
    id: "iac/${name}-storage-public",
    aliases: [],
    title: "${sentenceCase(name)} storage can be read by everybody",
    severity: "high",
    controls: "public-data",
    why: "Every object can be fetched by anybody on the internet.",
    fix: "Remove \`public\`, or set it to false.",
    links: [],
    on: { "tf:${type}_storage": value("public").not(true) },
    examples: {
      bad: [tfResource("${type}_storage", "public = true")],
      good: [tfResource("${type}_storage", "public = false")],
    },
  },
];
`,
    },
    next: `next: replace types, conditions and words, then run \`node scripts/try-policies.ts src/scan/iac/policies/${name}/${name}.ts\``,
  };
};
