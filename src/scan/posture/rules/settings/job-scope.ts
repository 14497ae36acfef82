/** What the token of a job reaches. */
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import type { Evidence, PostureAnswer } from "#model/posture/posture-result.ts";
import { exampleDefinition } from "../../example-facts.ts";
import {
  isForcedBy,
  settingEvidence,
  settingRule,
  settingsResource,
  withoutPipelines,
} from "../../makers/setting-rule.ts";
import { fail, notEvaluated, onProjects, type PostureRule, pass } from "../../posture-rule.ts";

const label = '"Limit job authorization scope to current project for non-release pipelines"';

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/settings-job-token-reaches-organization",
    aliases: ["ado-set-job-scope-collection", "ADO-PLS-002", "ADO_Project_AuthZ_Limit_Non_Release_Pipeline_Scope"],
    category: "settings",
    title: "The token of a job works in every project",
    severity: "high",
    risks: ["CICD-SEC-5"],
    why: "Code that runs in one pipeline of this project reads and changes what other projects hold.",
    abuse:
      "Somebody changes a build script of the least guarded project and uses the job's token on the repositories of all others.",
    fix: `Project settings > Pipelines > Settings: switch on ${label}.`,
    links: ["https://learn.microsoft.com/azure/devops/pipelines/process/access-tokens"],
    needs: ["generalSettings"],
    checkProject({ project, organization }) {
      return [{ resource: settingsResource(organization, project), answer: answerOf(project, organization) }];
    },
    examples: {
      bad: [
        { project: { generalSettings: { enforceJobAuthScope: false } } },
        {
          project: {
            generalSettings: { enforceJobAuthScope: false },
            definitions: [exampleDefinition({ jobScope: "organization" })],
          },
        },
        {
          organization: { organizationPipelines: { enforceJobAuthScope: false } },
          project: { generalSettings: { enforceJobAuthScope: false } },
        },
      ],
      good: [
        { project: { generalSettings: { enforceJobAuthScope: true } } },
        // The setting takes from a pipeline what its definition asks for.
        {
          project: {
            generalSettings: { enforceJobAuthScope: true },
            definitions: [exampleDefinition({ jobScope: "organization" })],
          },
        },
        {
          organization: { organizationPipelines: { enforceJobAuthScope: true } },
          project: { generalSettings: { enforceJobAuthScope: false } },
        },
      ],
    },
  }),
  settingRule({
    id: "cicd/settings-release-token-reaches-organization",
    aliases: ["ado-set-release-scope-collection", "ADO-PLS-003"],
    title: "The token of a classic release works in every project",
    severity: "medium",
    risks: ["CICD-SEC-5"],
    why: "A script of one release stage can read and change repositories, packages and builds of other projects.",
    abuse:
      "Somebody adds a task to a release definition that few people watch and sends its token to the repositories of another project.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/process/access-tokens"],
    settings: [
      {
        name: "enforceJobAuthScopeForReleases",
        label: "Limit job authorization scope to current project for release pipelines",
      },
    ],
    ofOrganization: "enforceJobAuthScopeForReleases",
    says: "releases may use their token in all projects of the organization",
    milder: ({ releases }) =>
      releases.is === "known" && releases.value.length === 0
        ? { severity: "low", because: "the project has no classic releases" }
        : undefined,
    examples: {
      bad: [
        { project: { generalSettings: { enforceJobAuthScopeForReleases: false } } },
        { project: { generalSettings: { enforceJobAuthScopeForReleases: false }, releases: [] } },
      ],
      good: [
        { project: { generalSettings: { enforceJobAuthScopeForReleases: true } } },
        {
          organization: { organizationPipelines: { enforceJobAuthScopeForReleases: true } },
          project: { generalSettings: { enforceJobAuthScopeForReleases: false } },
        },
      ],
    },
  }),
  settingRule({
    id: "cicd/settings-job-token-reaches-all-repositories",
    aliases: ["ado-set-repo-scoped-token-off", "ADO-PLS-004"],
    title: "The token of a job opens repositories that its pipeline never names",
    severity: "high",
    risks: ["CICD-SEC-5"],
    why: "Whoever runs code in any pipeline can read every repository that the build identity may read.",
    abuse:
      "A script of a harmless pipeline clones all other repositories of the project with System.AccessToken and searches them for secrets.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/security/secure-access-to-repos"],
    settings: [{ name: "enforceReferencedRepoScopedToken", label: "Protect access to repositories in YAML pipelines" }],
    ofOrganization: "enforceReferencedRepoScopedToken",
    says: "jobs may use their token on all repositories, not only on those that the pipeline names",
    examples: {
      bad: [{ project: { generalSettings: { enforceReferencedRepoScopedToken: false } } }],
      good: [
        { project: { generalSettings: { enforceReferencedRepoScopedToken: true } } },
        {
          organization: { organizationPipelines: { enforceReferencedRepoScopedToken: true } },
          project: { generalSettings: { enforceReferencedRepoScopedToken: false } },
        },
      ],
    },
  }),
];

/**
 * One answer for the project, not one for each pipeline: there is one setting to change, and it holds for all of them whatever
 * their definitions say.
 */
function answerOf(project: ProjectFacts, organization: OrganizationFacts): PostureAnswer {
  const { generalSettings: fact } = project;
  if (isForcedBy(organization, "enforceJobAuthScope")) return pass;
  const limited = fact.is === "known" ? fact.value.enforceJobAuthScope : undefined;
  if (limited === undefined) return notEvaluated("Azure DevOps does not say whether the scope is limited.");
  if (limited) return pass;
  const { url } = settingsResource(organization, project);
  const definitions = project.definitions.is === "known" ? project.definitions.value : undefined;
  const wide = (definitions ?? []).filter(({ jobScope }) => jobScope === "organization");
  const lower = withoutPipelines(project) ?? (definitions && wide.length === 0 ? unused : undefined);
  return fail(lower?.severity ?? "high", sayWide(wide), {
    evidence: [settingEvidence(project, "enforceJobAuthScope = false", url), ...wide.slice(0, 20).map(scopeEvidence)],
    fix: `Set ${label} to on.`,
    ...(lower && { severityBecause: lower.because }),
  });
}

const unused = {
  severity: "medium",
  because: "the definitions of all its pipelines ask for the project only, which whoever edits one can change",
} as const;

function sayWide(wide: readonly DefinitionFact[]): string {
  const [first, ...rest] = wide;
  if (!first) return "jobs may use their token in all projects of the organization";
  const more = rest.length === 0 ? "" : ` and of ${rest.length} more`;
  return `jobs of ${first.name}${more} use a token that works in all projects of the organization`;
}

function scopeEvidence({ id, name, url }: DefinitionFact): Evidence {
  return { what: `pipeline ${id} (${name}): jobAuthorizationScope = projectCollection`, url };
}
