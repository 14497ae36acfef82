/** A rule on one switch of the page "Pipelines > Settings": what it is called, how it should stand, and the words for people. */
import type { GeneralSettings } from "#model/posture/code-facts.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { OrganizationPipelineSettings } from "#model/posture/organization-settings.ts";
import type { Evidence, PostureAnswer } from "#model/posture/posture-result.ts";
import type { Severity } from "#model/severity.ts";
import { projectPage } from "../facts/pages-of.ts";
import { fail, notEvaluated, onProjects, type PostureRule, type PostureWords, pass } from "../posture-rule.ts";

type Switch = { [Key in keyof GeneralSettings]-?: Key }[keyof GeneralSettings];

export interface SettingWords extends Omit<PostureWords, "category" | "fix"> {
  /** All of them have to be on. Where an edition has none of them, nothing can be said. */
  readonly settings: readonly { readonly name: Switch; readonly label: string }[];
  /** Set for the whole organization, it holds whatever the project says. */
  readonly ofOrganization?: keyof OrganizationPipelineSettings;
  /** About the project, as the end of a sentence, while it is off. */
  readonly says: string;
  /** What lowers it in this project, if anything does. */
  readonly milder?: (project: ProjectFacts) => { readonly severity: Severity; readonly because: string } | undefined;
}

export function settingRule({ settings, ofOrganization, says, milder, ...words }: SettingWords): PostureRule {
  const labels = settings.map(({ label }) => `"${label}"`).join(" and ");
  return onProjects({
    ...words,
    category: "settings",
    fix: `Project settings > Pipelines > Settings: switch on ${labels}.`,
    needs: ["generalSettings"],
    checkProject({ generalSettings, project, organization }) {
      const resource = settingsResource(organization, project);
      if (isForcedBy(organization, ofOrganization)) return [{ resource, answer: pass }];
      return [{ resource, answer: answerOf(generalSettings, project, resource.url) }];
    },
  });

  function answerOf(general: GeneralSettings, project: ProjectFacts, url: string): PostureAnswer {
    const off = settings.filter(({ name }) => general[name] === false);
    const on = settings.filter(({ name }) => general[name] === true);
    if (off.length === 0 && on.length > 0) return pass;
    if (off.length === 0)
      return notEvaluated(`Azure DevOps does not say how ${labels} is set; older editions lack it.`);
    const lower = withoutPipelines(project) ?? milder?.(project);
    return fail(lower?.severity ?? words.severity, says, {
      evidence: off.map(({ name }) => settingEvidence(project, `${name} = false`, url)),
      fix: `Switch on ${off.map(({ label }) => `"${label}"`).join(" and ")}.`,
      ...(lower && { severityBecause: lower.because }),
    });
  }
}

/** A project that has no pipeline yet still gives its settings to the first one. */
export function withoutPipelines({ definitions, releases }: ProjectFacts) {
  const none = definitions.is === "known" && definitions.value.length === 0;
  if (!none || (releases.is === "known" && releases.value.length > 0)) return undefined;
  return { severity: "low" as const, because: "the project has no pipelines" };
}

export function settingsResource(organization: OrganizationFacts, project: ProjectFacts) {
  const url = projectPage(organization, project, "settings");
  return { kind: "project", id: project.id, name: project.name, projectId: project.id, url };
}

export function isForcedBy(
  { organizationPipelines: fact }: OrganizationFacts,
  name: keyof OrganizationPipelineSettings | undefined,
): boolean {
  return name !== undefined && fact.is === "known" && fact.value[name] === true;
}

export function settingEvidence({ generalSettings }: ProjectFacts, what: string, url: string): Evidence {
  return { what: `generalsettings: ${what}`, url, ...(generalSettings.is === "known" && { at: generalSettings.at }) };
}
