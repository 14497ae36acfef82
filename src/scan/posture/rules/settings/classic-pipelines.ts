/** Whether pipelines can still be made by clicking, beside the code and its reviews. */
import type { GeneralSettings } from "#model/posture/code-facts.ts";
import type { ProjectFacts } from "#model/posture/organization-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import { settingEvidence, settingsResource } from "../../makers/setting-rule.ts";
import { fail, notEvaluated, onProjects, type PostureRule, pass } from "../../posture-rule.ts";

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/settings-classic-creation-allowed",
    aliases: ["ado-set-classic-creation-allowed", "ADO_Project_DP_Disable_Creation_Of_Classic_Pipeline"],
    category: "settings",
    title: "Classic pipelines can still be created",
    severity: "low",
    risks: ["CICD-SEC-1"],
    why: "A classic pipeline has no file: nobody reviews its changes, and nothing in the repository tells of them.",
    abuse:
      "Somebody who may create pipelines clicks one together that uses a connection open to all, runs it and deletes it.",
    fix: 'Project settings > Pipelines > Settings: switch on "Disable creation of classic build pipelines" and "Disable creation of classic release pipelines".',
    links: ["https://learn.microsoft.com/azure/devops/pipelines/get-started/pipelines-get-started"],
    needs: ["generalSettings"],
    checkProject({ generalSettings, project, organization }) {
      const resource = settingsResource(organization, project);
      return [{ resource, answer: answerOf(generalSettings, project, resource.url) }];
    },
    examples: {
      bad: [
        { project: { generalSettings: { disableClassicPipelineCreation: false } } },
        {
          project: {
            generalSettings: {
              disableClassicBuildPipelineCreation: true,
              disableClassicReleasePipelineCreation: false,
            },
          },
        },
      ],
      good: [
        { project: { generalSettings: { disableClassicPipelineCreation: true } } },
        {
          project: {
            generalSettings: {
              disableClassicPipelineCreation: false,
              disableClassicBuildPipelineCreation: true,
              disableClassicReleasePipelineCreation: true,
            },
          },
        },
      ],
    },
  }),
];

/** The joint switch is the older one; where there are two, they say more. */
function answerOf(settings: GeneralSettings, project: ProjectFacts, url: string): PostureAnswer {
  const { disableClassicPipelineCreation: joint } = settings;
  const kinds = [
    { kind: "build", name: "disableClassicBuildPipelineCreation", off: settings.disableClassicBuildPipelineCreation },
    {
      kind: "release",
      name: "disableClassicReleasePipelineCreation",
      off: settings.disableClassicReleasePipelineCreation,
    },
  ].map((one) => ({
    ...one,
    name: one.off === undefined ? "disableClassicPipelineCreation" : one.name,
    off: one.off ?? joint,
  }));
  const open = kinds.filter(({ off }) => off === false);
  if (open.length === 0) {
    return kinds.every(({ off }) => off === true)
      ? pass
      : notEvaluated(
          "Azure DevOps does not say whether classic pipelines can be created; older editions lack the setting.",
        );
  }
  return fail("low", `classic ${open.map(({ kind }) => kind).join(" and ")} pipelines can be created`, {
    evidence: [...new Set(open.map(({ name }) => name))].map((name) =>
      settingEvidence(project, `${name} = false`, url),
    ),
    fix: `Switch on ${open.map(({ kind }) => `"Disable creation of classic ${kind} pipelines"`).join(" and ")}.`,
  });
}
