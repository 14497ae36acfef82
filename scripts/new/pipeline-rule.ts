import { type Scaffold, sentenceCase } from "./scaffold.ts";

/** A file of rules on Azure pipelines: the catalogue takes it up by itself. */
export const pipelineRule: Scaffold = (name) => ({
  files: {
    [`src/scan/cicd/rules/${name}/${name}.ts`]: `/** ${sentenceCase(name)}: what its commands give away. */
import type { PipelineRule } from "../../azure/pipeline-rule.ts";
import { anyOf, searchScripts } from "../../azure/search-scripts.ts";

const search = anyOf([[/\\b${name}\\s+--no-check\\b/i, "its check is switched off"]]);

export const rules: readonly PipelineRule[] = [
  {
    id: "cicd/azure-${name}-unchecked",
    aliases: [],
    title: "${sentenceCase(name)} runs without its check",
    severity: "medium",
    risks: ["CICD-SEC-9"],
    why: "Nobody looks at what it takes.",
    abuse: "Somebody puts their own file in the place of the expected one.",
    fix: "Remove --no-check.",
    links: [],
    check: ({ pipeline }) => searchScripts(pipeline, search),
    examples: {
      bad: ["steps:\\n- script: ${name} --no-check\\n"],
      good: ["steps:\\n- script: ${name}\\n"],
    },
  },
];
`,
  },
  next: "next: replace the condition and the words, then run `npm test -- src/scan/cicd/rules.test.ts`",
});
