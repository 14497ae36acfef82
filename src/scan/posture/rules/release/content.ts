/** What a classic release deploys, and what it holds and gives to scripts. */
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { ReleaseFact, ReleaseStage } from "#model/posture/pipeline-facts.ts";
import type { PostureAnswer, PostureResource } from "#model/posture/posture-result.ts";
import { exampleRelease, exampleStage } from "../../example-facts.ts";
import { releaseEditor } from "../../facts/pages-of.ts";
import { secretInputs, secretVariables } from "../../facts/plain-secrets.ts";
import { productionStages } from "../../facts/production-stages.ts";
import { listed } from "../../makers/access-rule.ts";
import { isForcedBy } from "../../makers/setting-rule.ts";
import { fail, onProjects, type PostureRule, pass } from "../../posture-rule.ts";
import type { PostureSettings } from "../../posture-settings.ts";

function released(given: Partial<ReleaseFact>) {
  return { project: { releases: [exampleRelease(given)] } };
}

function staged(given: Partial<ReleaseStage>) {
  return released({ stages: [exampleStage(given)] });
}

const look = { rule: "secrets/azure-storage-key", masked: "Ab…Z9" };
const plain = { name: "storageKey", isSecret: false, allowOverride: false, looksSecret: look };
const anyBranch = [{ alias: "_payments", branchFilters: [] }];
const pullRequests = [{ alias: "_payments", branchFilters: ["main"], isOfPullRequests: true }] as const;
const mainOnly = [{ alias: "_payments", branchFilters: ["refs/heads/main"] }];

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/release-artifact-of-any-branch",
    aliases: ["ado-rel-artifact-any-branch", "ADO_Release_SI_Use_Good_Branch_Hygiene"],
    category: "release",
    title: "A classic release takes what any branch has built",
    severity: "medium",
    risks: ["CICD-SEC-1", "CICD-SEC-9"],
    why: "What was built from a branch that nobody reviewed is deployed like the rest.",
    abuse: "Somebody pushes a branch, lets it build, and the release takes the run: no pull request was needed.",
    fix: 'Edit the release pipeline > the stage of production > Pre-deployment conditions: switch on "Artifact filters" with the branches that are released; at the artifact > Continuous deployment trigger: add the same branch filters.',
    links: ["https://learn.microsoft.com/azure/devops/pipelines/release/triggers"],
    needs: ["releases"],
    checkProject: ({ releases, project, organization }, { settings }) =>
      releases
        .filter(({ artifacts }) => artifacts.some(({ type }) => type.toLowerCase() === "build"))
        .map((release) => ({
          resource: releaseResource(organization, project, release),
          answer: branchAnswer(release, settings),
        })),
    examples: {
      bad: [
        released({ triggers: anyBranch, stages: [exampleStage({ artifactBranches: [] })] }),
        released({ triggers: mainOnly, stages: [exampleStage({ artifactBranches: [] })] }),
        released({ triggers: [], stages: [exampleStage({ artifactBranches: ["*"] })] }),
        released({ triggers: anyBranch, stages: [exampleStage({ name: "Test", artifactBranches: [] })] }),
        released({
          triggers: pullRequests,
          stages: [exampleStage({ name: "Test", artifactBranches: [], takesPullRequests: true })],
        }),
      ],
      good: [
        released({ triggers: anyBranch, stages: [exampleStage({ artifactBranches: ["main"] })] }),
        released({ triggers: mainOnly, stages: [exampleStage({ name: "Test", artifactBranches: [] })] }),
        released({ triggers: pullRequests, stages: [exampleStage({ name: "Test", artifactBranches: [] })] }),
      ],
    },
  }),
  onProjects({
    id: "cicd/release-plain-secret",
    aliases: ["ado-rel-plaintext-secret", "ADO-RD-004"],
    category: "release",
    title: "A secret stands readable in a classic release",
    severity: "high",
    risks: ["CICD-SEC-6"],
    why: "Everybody who may look at releases reads it, in the definition and in every release that was made from it.",
    abuse:
      "Somebody with no more than the right to view releases opens their variables and signs in with what stands there.",
    fix: "Edit the release pipeline > Variables: make it secret with the padlock, or take it from Azure Key Vault by way of a variable group; then replace the secret, because releases of the past hold the old one.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/release/variables"],
    needs: ["releases"],
    checkProject: ({ releases, project, organization }) =>
      releases.map((release) => ({
        resource: releaseResource(organization, project, release),
        answer: secretAnswer(release),
      })),
    examples: {
      bad: [
        released({ variables: [plain] }),
        staged({ variables: [plain] }),
        staged({
          phases: [
            {
              tokenForScripts: false,
              steps: [
                {
                  ...{ name: "Upload", taskId: "d9bafed4", version: "2.*", isTaskGroup: false, isEnabled: true },
                  inputs: [{ name: "script", looksSecret: look }],
                },
              ],
            },
          ],
        }),
      ],
      good: [released({ variables: [{ ...plain, isSecret: true }] })],
    },
  }),
  onProjects({
    id: "cicd/release-token-for-scripts",
    aliases: ["ado-rel-token-to-scripts", "ADO_Release_AuthZ_Restrict_Access_To_OAuth_Token_For_Agent_Jobs"],
    category: "release",
    title: "Scripts of a classic release are given the token of its job",
    severity: "medium",
    risks: ["CICD-SEC-5"],
    why: "Every script, and whatever it downloads, acts as the build service: reads code and packages, changes what it may change.",
    abuse: "A package that a script of the release installs reads the token from its environment and sends it away.",
    fix: 'Edit the release pipeline > Tasks > the agent job: switch off "Allow scripts to access the OAuth token".',
    links: ["https://learn.microsoft.com/azure/devops/pipelines/release/options"],
    needs: ["releases"],
    checkProject: ({ releases, project, organization }) =>
      releases.map((release) => ({
        resource: releaseResource(organization, project, release),
        answer: tokenAnswer(release, isWide(project, organization)),
      })),
    examples: {
      bad: [
        staged({ phases: [{ tokenForScripts: true, steps: [] }] }),
        {
          project: {
            generalSettings: { enforceJobAuthScopeForReleases: false },
            releases: staged({ phases: [{ tokenForScripts: true, steps: [] }] }).project.releases,
          },
        },
      ],
      good: [staged({ phases: [{ tokenForScripts: false, steps: [] }] })],
    },
  }),
];

function releaseResource(
  organization: OrganizationFacts,
  project: ProjectFacts,
  { id, name }: ReleaseFact,
): PostureResource {
  return { kind: "release", id: `${id}`, name, projectId: project.id, url: releaseEditor(organization, project, id) };
}

/** A filter at the stage of production holds for every release; one at the trigger only for those that start by themselves. */
function branchAnswer(release: ReleaseFact, { productionWords }: PostureSettings): PostureAnswer {
  const { id, url, triggers } = release;
  const production = productionStages(release, productionWords).map(({ stage }) => stage);
  const open = production.filter(({ artifactBranches }) => allowsAny(artifactBranches));
  const deployed = production.length > 0 ? open : release.stages;
  const wild = triggers.filter(({ branchFilters, isOfPullRequests }) =>
    isOfPullRequests ? deployed.some(({ takesPullRequests }) => takesPullRequests) : allowsAny(branchFilters),
  );
  if (production.length > 0 ? open.length === 0 : wild.length === 0) return pass;
  const isByHand = wild.length === 0;
  const because =
    production.length === 0
      ? "none of its stages looks like production"
      : isByHand
        ? "no release starts by itself from any branch; people may still choose one"
        : undefined;
  const where = open.length > 0 ? listed(open.map(({ name }) => name)) : "its stages";
  return fail(because === undefined ? "medium" : "low", `${where} may be given what any branch has built`, {
    evidence: [
      ...wild.map(({ alias, isOfPullRequests }) => ({
        what: isOfPullRequests
          ? `release definition ${id}: triggers[${alias}].triggerType = pullRequest`
          : `release definition ${id}: triggers[${alias}].triggerConditions names no branch`,
        url,
      })),
      ...open.map(({ name }) => ({
        what: `release definition ${id}: environments[${name}].conditions has no artifact with a branch`,
        url,
      })),
    ],
    fix:
      open.length > 0
        ? `Pre-deployment conditions of ${where}: switch on "Artifact filters" with the branches that are released.`
        : wild.some(({ isOfPullRequests }) => isOfPullRequests)
          ? 'Pre-deployment conditions of the stages: switch off "Pull request deployment", or the trigger of the artifact.'
          : "Continuous deployment trigger: add branch filters.",
    ...(because !== undefined && { severityBecause: because }),
  });
}

/** What only takes away leaves any other branch. */
function allowsAny(branches: readonly string[]): boolean {
  const included = branches.filter((branch) => !branch.startsWith("-"));
  return included.length === 0 || included.some((branch) => /^\+?(?:refs\/(?:heads\/)?)?\*+$/.test(branch));
}

function secretAnswer({ id, url, variables, stages }: ReleaseFact): PostureAnswer {
  const found = [
    ...secretVariables(variables).map(({ name, says }) => ({ name: `the variable ${name}`, says })),
    ...stages.flatMap(({ name: stage, variables: own, phases }) => [
      ...secretVariables(own).map(({ name, says }) => ({ name: `the variable ${name} of ${stage}`, says })),
      ...phases
        .flatMap(({ steps }) => secretInputs(steps))
        .map(({ name, says }) => ({ name: `${name} of ${stage}`, says })),
    ]),
  ];
  const [first, ...rest] = found;
  if (!first) return pass;
  const more = rest.length === 0 ? "" : ` and ${rest.length} more`;
  return fail("high", `${first.name}${more} holds what looks like a secret, readable`, {
    evidence: found.slice(0, 20).map(({ name, says }) => ({ what: `release definition ${id}: ${name}: ${says}`, url })),
    fix: "Make it secret with the padlock, or take it from Azure Key Vault; then replace the secret.",
  });
}

function isWide({ generalSettings }: ProjectFacts, organization: OrganizationFacts): boolean {
  if (isForcedBy(organization, "enforceJobAuthScopeForReleases")) return false;
  return generalSettings.is === "known" && generalSettings.value.enforceJobAuthScopeForReleases === false;
}

function tokenAnswer({ id, url, stages }: ReleaseFact, isOrganizationWide: boolean): PostureAnswer {
  const open = stages.filter(({ phases }) => phases.some(({ tokenForScripts }) => tokenForScripts));
  if (open.length === 0) return pass;
  const names = listed(open.map(({ name }) => name));
  return fail(isOrganizationWide ? "high" : "medium", `scripts of ${names} may use the token of the job`, {
    evidence: open.slice(0, 20).map(({ name }) => ({
      what: `release definition ${id}: environments[${name}].deployPhases[].deploymentInput.enableAccessToken = true`,
      url,
    })),
    fix: `Agent jobs of ${names}: switch off "Allow scripts to access the OAuth token".`,
    ...(isOrganizationWide && { severityBecause: "tokens of releases work in all projects of the organization" }),
  });
}
