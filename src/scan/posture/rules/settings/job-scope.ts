/** What the token of a job reaches. */
import type { GeneralSettings } from "#model/posture/code-facts.ts";
import { fail, notEvaluated, onProjects, type PostureRule, pass } from "../../posture-rule.ts";

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/settings-job-token-reaches-organization",
    aliases: ["ado-set-job-scope-collection"],
    category: "settings",
    title: "The token of a job works in every project",
    severity: "high",
    risks: ["CICD-SEC-5"],
    why: "Code that runs in one pipeline of this project reads and changes what other projects hold.",
    abuse:
      "Somebody changes a build script of the least guarded project and uses the job's token on the repositories of all others.",
    fix: 'Project settings > Pipelines > Settings: switch on "Limit job authorization scope to current project for non-release pipelines".',
    links: ["https://learn.microsoft.com/azure/devops/pipelines/process/access-tokens"],
    needs: ["generalSettings"],
    checkProject({ generalSettings, project, organization }) {
      const url = `${organization.url}/${encodeURIComponent(project.name)}/_settings/settings`;
      const resource = { kind: "project", id: project.id, name: project.name, projectId: project.id, url };
      return [{ resource, answer: answerOf(generalSettings, url) }];
    },
    examples: {
      bad: [{ project: { generalSettings: { enforceJobAuthScope: false } } }],
      good: [{ project: { generalSettings: { enforceJobAuthScope: true } } }],
    },
  }),
];

function answerOf({ enforceJobAuthScope }: GeneralSettings, url: string) {
  if (enforceJobAuthScope === undefined) return notEvaluated("Azure DevOps does not say whether the scope is limited.");
  if (enforceJobAuthScope) return pass;
  return fail("high", "jobs may use their token in all projects of the organization", {
    evidence: [{ what: "generalsettings: enforceJobAuthScope = false", url }],
    fix: 'Set "Limit job authorization scope to current project for non-release pipelines" to on.',
  });
}
