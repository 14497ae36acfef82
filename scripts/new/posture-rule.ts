import type { PostureCategory } from "../../src/model/posture/posture-result.ts";
import { type Scaffold, sentenceCase } from "./scaffold.ts";

/** Folders of rules on settings: rules on runs and on paths are made otherwise. */
export const postureFolders = [
  "repository",
  "settings",
  "pipeline",
  "resource",
  "release",
  "identity",
  "organization",
  "extension",
  "hook",
  "feed",
] as const satisfies readonly PostureCategory[];

/** A file of rules on the settings of Azure DevOps: the catalogue takes it up by itself. */
export function postureRule(category: PostureCategory): Scaffold {
  return (name) => ({
    files: {
      [`src/scan/posture/rules/${category}/${name}.ts`]: `/** ${sentenceCase(name)}: what may go wrong with it. */
import { exampleRepository } from "../../example-facts.ts";
import { fail, onProjects, type PostureRule, pass } from "../../posture-rule.ts";

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/${category}-${name}-loose",
    aliases: [],
    category: "${category}",
    title: "${sentenceCase(name)} is looser than it should be",
    severity: "medium",
    risks: ["CICD-SEC-1"],
    why: "Whoever finds it open gets further than they should.",
    abuse: "Somebody finds it open and goes in before anybody looks.",
    fix: "Project settings > Repositories: the exact setting, and to what.",
    links: [],
    needs: ["repositories"],
    checkProject: ({ repositories, project }) =>
      repositories.map(({ id, name, url, isDisabled }) => ({
        resource: { kind: "repository", id, name, projectId: project.id, url },
        answer: isDisabled
          ? pass
          : fail("medium", "it is open", { evidence: [{ what: \`repository \${id}: isDisabled = false\`, url }] }),
      })),
    examples: {
      bad: [{ project: { repositories: [exampleRepository()] } }],
      good: [{ project: { repositories: [exampleRepository({ isDisabled: true })] } }],
    },
  }),
];
`,
    },
    next: "next: replace the condition and the words, then run `npm test -- src/scan/posture/rules.test.ts`",
  });
}
