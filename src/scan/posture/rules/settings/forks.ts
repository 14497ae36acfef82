/** What pull requests from forks of repositories outside Azure Repos are given. */
import type { GeneralSettings } from "#model/posture/code-facts.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { DefinitionFact, DefinitionTrigger } from "#model/posture/pipeline-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import type { Severity } from "#model/severity.ts";
import { exampleDefinition } from "../../example-facts.ts";
import { definitionResource } from "../../facts/definition-resource.ts";
import { ownPoolOf } from "../../facts/own-agents.ts";
import { settingEvidence, settingsResource } from "../../makers/setting-rule.ts";
import { fail, notEvaluated, onProjects, type PostureRule, pass, type ResourceAnswer } from "../../posture-rule.ts";

const outside = { kind: "github", id: "contoso/payments", name: "contoso/payments", isPublic: true } as const;

function forkExample(forks: Partial<DefinitionTrigger["forks"] & object>, commentRequired?: "none" | "all") {
  return exampleDefinition({
    repository: outside,
    triggers: [
      {
        is: "pull-request",
        branchFilters: ["+main"],
        isFromYaml: true,
        forks: { enabled: true, allowSecrets: false, allowFullAccessToken: false, ...forks },
        ...(commentRequired && { commentRequired }),
      },
    ],
  });
}

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/settings-forks-receive-secrets",
    aliases: ["ado-set-fork-secrets", "ADO-PLS-006", "ADO_Build_DP_Dont_Make_Secrets_Available_To_Forked_Builds"],
    category: "settings",
    title: "Pull requests from forks receive secrets or a full token",
    severity: "critical",
    risks: ["CICD-SEC-4"],
    why: "Anybody who can fork the repository runs their own code with the secrets of the pipeline or with a token that writes.",
    abuse:
      "A stranger forks the repository, adds a line to the YAML file that sends the secrets away, and opens a pull request: nobody has to look at it first.",
    fix: 'Project settings > Pipelines > Settings: set "Limit building pull requests from forked GitHub repositories" to "Securely build pull requests from forked repositories". In each pipeline that says otherwise: Triggers > Pull request validation: switch off "Make secrets available to builds of forks" and "Make fork builds have the same permissions as regular builds".',
    links: ["https://learn.microsoft.com/azure/devops/pipelines/repos/github"],
    needs: ["generalSettings"],
    checkProject({ generalSettings, project, organization }) {
      const general = secretSwitches(generalSettings);
      return forkAnswers({ project, organization, general, ofPipeline: secretsOf, ofProject: secretsOfProject });
    },
    examples: {
      bad: [
        { project: { generalSettings: { buildsEnabledForForks: true, forkProtectionEnabled: false } } },
        {
          project: {
            generalSettings: { forkProtectionEnabled: true, enforceNoAccessToSecretsFromForks: false },
            definitions: [forkExample({ allowSecrets: true })],
          },
        },
        {
          project: {
            generalSettings: { forkProtectionEnabled: false },
            definitions: [forkExample({ allowFullAccessToken: true })],
          },
        },
      ],
      good: [
        { project: { generalSettings: { buildsEnabledForForks: false } } },
        {
          project: {
            generalSettings: {
              buildsEnabledForForks: true,
              forkProtectionEnabled: true,
              enforceNoAccessToSecretsFromForks: true,
              enforceJobAuthScopeForForks: true,
            },
            // What the project forbids, no pipeline can allow.
            definitions: [forkExample({ allowSecrets: true })],
          },
        },
      ],
    },
  }),
  onProjects({
    id: "cicd/settings-forks-build-without-comment",
    aliases: ["ado-set-fork-comment-not-required", "ADO-PLS-005"],
    category: "settings",
    title: "Pull requests from forks are built before anybody of the team asks for it",
    severity: "medium",
    risks: ["CICD-SEC-4"],
    why: "Strangers start code of their own on your agents, as often as they like.",
    abuse:
      "A stranger opens a pull request whose build script mines coins or looks around in the network of the agent.",
    fix: 'Project settings > Pipelines > Settings: switch on "Limit building pull requests from forked GitHub repositories", and below it "Require a team member\'s comment before building a pull request", for all pull requests or for those of people outside the team.',
    links: ["https://learn.microsoft.com/azure/devops/pipelines/repos/github"],
    needs: ["generalSettings"],
    checkProject({ generalSettings, project, organization }) {
      const general = commentSwitches(generalSettings);
      return forkAnswers({ project, organization, general, ofPipeline: commentOf, ofProject: commentOfProject });
    },
    examples: {
      bad: [
        { project: { generalSettings: { buildsEnabledForForks: true, isCommentRequiredForPullRequest: false } } },
        {
          project: {
            generalSettings: { isCommentRequiredForPullRequest: false, requireCommentsForNonTeamMembersOnly: true },
          },
        },
        { project: { generalSettings: { forkProtectionEnabled: false, isCommentRequiredForPullRequest: true } } },
        {
          project: {
            generalSettings: { isCommentRequiredForPullRequest: false },
            definitions: [forkExample({}, "none")],
          },
        },
      ],
      good: [
        { project: { generalSettings: { buildsEnabledForForks: false } } },
        {
          project: {
            generalSettings: { isCommentRequiredForPullRequest: true, requireCommentsForNonTeamMembersOnly: true },
            definitions: [forkExample({}, "none")],
          },
        },
        {
          project: {
            generalSettings: { isCommentRequiredForPullRequest: false },
            definitions: [forkExample({}, "all")],
          },
        },
      ],
    },
  }),
];

/** Names of the switches that leave it to pipelines; none: the project forbids it. Undefined: this edition has none of them. */
function secretSwitches(general: GeneralSettings): OpenSwitches {
  if (general.buildsEnabledForForks === false) return [];
  const switches = [
    "forkProtectionEnabled",
    "enforceNoAccessToSecretsFromForks",
    "enforceJobAuthScopeForForks",
  ] as const;
  return switches.some((name) => general[name] !== undefined)
    ? switches.filter((name) => general[name] === false)
    : undefined;
}

/** Of whom a comment is asked for only counts while one is asked for at all, and that only while builds of forks are limited. */
function commentSwitches(general: GeneralSettings): OpenSwitches {
  if (general.buildsEnabledForForks === false) return [];
  if (general.isCommentRequiredForPullRequest === undefined) return undefined;
  return (["forkProtectionEnabled", "isCommentRequiredForPullRequest"] as const).filter(
    (name) => general[name] === false,
  );
}

type OpenSwitches = readonly (keyof GeneralSettings)[] | undefined;

interface ForkRule {
  readonly project: ProjectFacts;
  readonly organization: OrganizationFacts;
  readonly general: OpenSwitches;
  readonly ofPipeline: (definition: DefinitionFact, given: Omit<ForkRule, "ofPipeline">) => PostureAnswer | undefined;
  readonly ofProject: { readonly says: string; readonly fix: string; readonly severity: Severity };
}

/**
 * The project first: while it leaves the choice to pipelines, each of them that builds forks is told as it stands. The project
 * alone is a door that nobody has gone through yet, and without a repository outside Azure Repos there is not even a path to it.
 */
function forkAnswers({ ofPipeline, ...given }: ForkRule): readonly ResourceAnswer[] {
  const { project, organization, general, ofProject } = given;
  const resource = settingsResource(organization, project);
  if (!general) {
    return [{ resource, answer: notEvaluated("Azure DevOps does not say how builds of forks are limited.") }];
  }
  if (general.length === 0) return [{ resource, answer: pass }];
  const outsiders = outsidersOf(project);
  const answers = (outsiders ?? []).flatMap((definition): readonly ResourceAnswer[] => {
    const answer = ofPipeline(definition, given);
    return answer ? [{ resource: definitionResource(project, definition), answer }] : [];
  });
  const isSettled = answers.length > 0 && answers.every(({ answer }) => answer.is === "pass");
  const lower = isSettled ? undefined : lowerOf(outsiders, answers);
  const whole: PostureAnswer = isSettled
    ? pass
    : fail(lower?.severity ?? ofProject.severity, ofProject.says, {
        evidence: general.map((name) => settingEvidence(project, `${name} = false`, resource.url)),
        fix: ofProject.fix,
        ...(lower && { severityBecause: lower.because }),
      });
  return [{ resource, answer: whole }, ...answers];
}

function lowerOf(outsiders: readonly DefinitionFact[] | undefined, answers: readonly ResourceAnswer[]) {
  if (!outsiders) return { severity: "medium" as const, because: "whether some pipeline builds forks is not known" };
  if (outsiders.length === 0) {
    return { severity: "low" as const, because: "no pipeline of the project builds a repository outside Azure Repos" };
  }
  return answers.some(({ answer }) => answer.is === "fail")
    ? {
        severity: "medium" as const,
        because: "the setting only permits it; the pipelines that do it are told one by one",
      }
    : { severity: "low" as const, because: "no pipeline of the project makes use of it" };
}

function outsidersOf({ definitions }: ProjectFacts): readonly DefinitionFact[] | undefined {
  if (definitions.is === "unknown") return undefined;
  return definitions.value.filter(
    ({ isEnabled, repository: { kind } }) => isEnabled && kind !== "azure-repos" && kind !== "other",
  );
}

const secretsOfProject = {
  says: "pipelines may give secrets or a full token to pull requests from forks",
  fix: 'Set "Limit building pull requests from forked GitHub repositories" to "Securely build pull requests from forked repositories".',
  severity: "critical",
} as const;

/** Undefined: it builds no forks. */
function secretsOf(definition: DefinitionFact): PostureAnswer | undefined {
  const forks = forkTrigger(definition)?.forks;
  if (!forks) return undefined;
  const given = [
    ...(forks.allowSecrets ? [{ field: "allowSecrets", what: "secrets" }] : []),
    ...(forks.allowFullAccessToken ? [{ field: "allowFullAccessToken", what: "a token with full rights" }] : []),
  ];
  if (given.length === 0) return pass;
  const isPrivate = definition.repository.isPublic === false;
  const what = given.map(({ what: one }) => one).join(" and ");
  return fail(isPrivate ? "high" : "critical", `${definition.name} gives ${what} to pull requests from forks`, {
    evidence: given.map(({ field }) => ({
      what: `pipeline ${definition.id}: triggers[pullRequest].forks.${field} = true`,
      url: definition.url,
    })),
    fix: 'Edit > Triggers > Pull request validation: switch off "Make secrets available to builds of forks" and "Make fork builds have the same permissions as regular builds".',
    ...(isPrivate && { severityBecause: "only people with access to the private repository can fork it" }),
  });
}

const commentOfProject = {
  says: "pull requests from forks are built without a comment of the team",
  fix: 'Switch on "Limit building pull requests from forked GitHub repositories", and below it "Require a team member\'s comment before building a pull request".',
  severity: "medium",
} as const;

function commentOf(
  definition: DefinitionFact,
  { project, organization }: { readonly project: ProjectFacts; readonly organization: OrganizationFacts },
): PostureAnswer | undefined {
  const trigger = forkTrigger(definition);
  if (!trigger) return undefined;
  if (trigger.commentRequired !== undefined && trigger.commentRequired !== "none") return pass;
  const pool = ownPoolOf(definition, project, organization);
  const isOwn = pool !== undefined && pool !== "hosted";
  return fail(isOwn ? "high" : "medium", `${definition.name} builds every pull request from a fork at once`, {
    evidence: [
      { what: `pipeline ${definition.id}: triggers[pullRequest].forks.enabled = true`, url: definition.url },
      {
        what: `pipeline ${definition.id}: triggers[pullRequest].pipelineTriggerSettings.forkCommentOption = none`,
        url: definition.url,
      },
    ],
    fix: 'Edit > Triggers > Pull request validation: switch on "Require a team member\'s comment before building a pull request".',
    ...(isOwn && { severityBecause: `its runs use machines of your own, in the pool ${pool.name}` }),
  });
}

function forkTrigger({ triggers }: DefinitionFact): DefinitionTrigger | undefined {
  return triggers.find(({ is, forks }) => is === "pull-request" && forks?.enabled);
}
