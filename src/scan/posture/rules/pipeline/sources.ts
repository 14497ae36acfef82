/** Where a pipeline takes its code from, and who may put something there. */
import type { BranchPolicyFact } from "#model/posture/code-facts.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import {
  exampleConnection,
  exampleDefinition,
  examplePipeline,
  examplePolicy,
  exampleRepository,
} from "../../example-facts.ts";
import { definitionResource } from "../../facts/definition-resource.ts";
import { ownPoolOf } from "../../facts/own-agents.ts";
import { projectPage, repositoryPage } from "../../facts/pages-of.ts";
import { type BranchOfRepository, branchName } from "../../facts/policies-of-branch.ts";
import { privilegedPipelines, sayPrivileges } from "../../facts/privileged-pipelines.ts";
import { reviewPolicyOf } from "../../facts/reviewed-branches.ts";
import { sourceBranch } from "../../facts/source-branch.ts";
import { listed } from "../../makers/access-rule.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, notEvaluated, onProjects, type PostureRule, pass, type ResourceAnswer } from "../../posture-rule.ts";

const connection = exampleConnection();

function built(defaultBranch: string, ...branchPolicies: readonly BranchPolicyFact[]) {
  const { repository } = exampleDefinition();
  return {
    project: {
      repositories: [exampleRepository()],
      branchPolicies,
      definitions: [exampleDefinition({ repository: { ...repository, defaultBranch } })],
      connections: [connection],
      variableGroups: [],
      environments: [],
      pipelinePermissions: [{ kind: "connection", id: connection.id, allPipelines: false, definitionIds: [7] }],
    },
    pipelines: [examplePipeline()],
  } as const;
}

const review = examplePolicy("minimumReviewers", { settings: { minimumApproverCount: 1 } });

function outside(isPublic: boolean | undefined, enabled: boolean): DefinitionFact {
  return exampleDefinition({
    repository: {
      kind: "github",
      id: "contoso/payments",
      name: "contoso/payments",
      ...(isPublic !== undefined && { isPublic }),
    },
    triggers: [
      {
        is: "pull-request",
        branchFilters: [],
        isFromYaml: true,
        forks: { enabled, allowSecrets: false, allowFullAccessToken: false },
      },
    ],
  });
}

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/pipeline-source-unreviewed",
    aliases: ["ado-def-source-branch-unprotected", "ADO_Build_DP_Verify_Default_Branch"],
    category: "pipeline",
    title: "A privileged pipeline is defined on a branch that nobody reviews",
    severity: "high",
    risks: ["CICD-SEC-4"],
    why: "Whoever may push to the branch decides what the pipeline does with everything it may use.",
    abuse:
      "Somebody pushes a changed YAML file to the branch that the pipeline is read from, and waits for its schedule.",
    fix: 'Pipelines > the pipeline > Edit > Triggers > YAML > Get sources: choose a branch with a policy "Require a minimum number of reviewers" as the default branch for manual and scheduled builds, or add that policy to the branch.',
    links: ["https://learn.microsoft.com/azure/devops/repos/git/branch-policies"],
    needs: ["definitions", "repositories", "branchPolicies"],
    checkProject: ({ definitions, repositories, branchPolicies, project, organization }, context) =>
      definitions.flatMap((definition): readonly ResourceAnswer[] => {
        const branch = sourceBranch(definition, repositories);
        const given = { definition, branch, policies: branchPolicies, project, organization };
        const answer = branch && sourceAnswer({ ...given, branch }, context);
        return answer ? [{ resource: definitionResource(project, definition), answer }] : [];
      }),
    examples: {
      bad: [
        built("refs/heads/main"),
        built("refs/heads/develop", review),
        built("refs/heads/main", { ...review, isBlocking: false }),
        built("refs/heads/main", { ...review, settings: { minimumApproverCount: 0 } }),
      ],
      good: [
        built("refs/heads/main", review),
        built("refs/heads/main", { ...review, scopes: [{ match: "default-branch" }] }),
      ],
    },
  }),
  onProjects({
    id: "cicd/pipeline-public-repository-in-private-project",
    aliases: [
      "ado-def-public-repo-in-private-project",
      "ADO_Build_DP_Dont_Allow_Forked_PublicRepo_Builds_In_PrivateProjects",
    ],
    category: "pipeline",
    title: "A private project builds forks of a public repository",
    severity: "high",
    risks: ["CICD-SEC-4"],
    why: "People on the internet run code inside a project whose agents, packages and network are meant for your own.",
    abuse:
      "A stranger opens a pull request on the public repository; its build looks around from an agent of the private project.",
    fix: 'Edit the pipeline > Triggers > Pull request validation: switch off "Build pull requests from forks of this repository", or move the pipeline to a project of its own with agents of Microsoft and nothing else in it.',
    links: ["https://learn.microsoft.com/azure/devops/pipelines/repos/github"],
    needs: ["definitions"],
    checkProject: ({ definitions, project, organization }) =>
      project.visibility === "public"
        ? []
        : definitions
            .filter(({ isEnabled, repository: { kind } }) => isEnabled && kind !== "azure-repos" && kind !== "other")
            .map((definition) => ({
              resource: definitionResource(project, definition),
              answer: publicAnswer(definition, project, organization),
            })),
    examples: {
      bad: [{ project: { definitions: [outside(true, true)] } }],
      good: [
        { project: { definitions: [outside(true, false)] } },
        { project: { definitions: [outside(false, true)] } },
      ],
    },
  }),
  onProjects({
    id: "cicd/pipeline-public-and-private-mixed",
    aliases: ["ado-def-public-private-mix"],
    category: "pipeline",
    title: "Public and private repositories are built in the same project",
    severity: "low",
    risks: ["CICD-SEC-7"],
    why: "What the builds of public code can reach, agents, caches and connections, is what private code relies on.",
    abuse:
      "Somebody gets a change into the public repository and leaves something on the agent for the next build of private code.",
    fix: "Move the pipelines of public repositories into a project of their own, with other agents.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/security/overview"],
    needs: ["definitions"],
    checkProject({ definitions, project, organization }) {
      const enabled = definitions.filter(({ isEnabled }) => isEnabled);
      if (enabled.length === 0) return [];
      const url = projectPage(organization, project, "projectOverview");
      const resource = { kind: "project", id: project.id, name: project.name, projectId: project.id, url };
      return [{ resource, answer: mixAnswer(enabled, project, organization) }];
    },
    examples: {
      bad: [{ project: { definitions: [outside(true, false), exampleDefinition({ id: 8 })] } }],
      good: [
        { project: { definitions: [exampleDefinition(), exampleDefinition({ id: 8 })] } },
        { project: { definitions: [outside(true, false)] } },
        { project: { definitions: [exampleDefinition()] }, visibility: "public" },
      ],
    },
  }),
];

interface Source {
  readonly definition: DefinitionFact;
  readonly branch: BranchOfRepository;
  readonly policies: readonly BranchPolicyFact[];
  readonly project: ProjectFacts;
  readonly organization: OrganizationFacts;
}

function sourceAnswer(given: Source, context: PostureContext): PostureAnswer | undefined {
  const { definition, branch, policies, project, organization } = given;
  if (reviewPolicyOf(policies, branch)) return pass;
  const { of, gapsOf } = privilegedPipelines(project, context);
  const privileges = of(definition.id);
  if (privileges.length === 0) {
    const [gap] = gapsOf(definition.id);
    return gap === undefined
      ? undefined
      : notEvaluated(`Whether this pipeline may use anything worth protecting is not known. ${gap}`);
  }
  const name = branchName(branch.ref);
  const url = repositoryPage(organization, project, { id: branch.repository.id, ref: branch.ref, tab: "policies" });
  return fail(
    "high",
    `${name} of ${branch.repository.name} needs no review, and ${definition.name} may use ${sayPrivileges(privileges)}`,
    {
      evidence: [
        { what: `pipeline ${definition.id}: repository.defaultBranch = ${branch.ref}`, url: definition.url },
        { what: `policy/configurations: no required review whose scope holds ${branch.ref}`, url },
        ...privileges.slice(0, 5).map(({ evidence }) => evidence),
      ],
      fix: `Add "Require a minimum number of reviewers" to ${name}, required, or let the pipeline be defined on a branch that has it.`,
    },
  );
}

function publicAnswer(
  definition: DefinitionFact,
  project: ProjectFacts,
  organization: OrganizationFacts,
): PostureAnswer {
  const { id, name, url, repository, triggers } = definition;
  const forks = triggers.find(({ is, forks: of }) => is === "pull-request" && of?.enabled);
  if (!forks || repository.isPublic === false) return pass;
  if (repository.isPublic === undefined) {
    return notEvaluated(`It builds forks of ${repository.name}, and Azure DevOps does not say whether that is public.`);
  }
  const pool = ownPoolOf(definition, project, organization);
  const isOwn = pool !== undefined && pool !== "hosted";
  return fail(
    isOwn ? "critical" : "high",
    `${name} runs pull requests of strangers to ${repository.name} in a private project`,
    {
      evidence: [
        { what: `pipeline ${id}: repository ${repository.name} is public`, url },
        { what: `pipeline ${id}: triggers[pullRequest].forks.enabled = true`, url },
        { what: `project ${project.name}: visibility = ${project.visibility}` },
      ],
      fix: 'Edit > Triggers > Pull request validation: switch off "Build pull requests from forks of this repository".',
      ...(isOwn && { severityBecause: `its runs use machines of your own, in the pool ${pool.name}` }),
    },
  );
}

/** Azure Repos of a project that is not public are private; of others only what Azure DevOps says counts. */
function mixAnswer(
  definitions: readonly DefinitionFact[],
  project: ProjectFacts,
  organization: OrganizationFacts,
): PostureAnswer {
  const isOpen = ({ repository: { kind, isPublic } }: DefinitionFact): boolean | undefined =>
    kind === "azure-repos" ? project.visibility === "public" : isPublic;
  const open = definitions.filter((one) => isOpen(one) === true);
  const closed = definitions.filter((one) => isOpen(one) === false);
  if (open.length > 0 && closed.length > 0) {
    const pools = open.map((one) => ownPoolOf(one, project, organization));
    const shared = pools.find((pool) => typeof pool === "object");
    return fail(
      "low",
      `${listed(
        open.map(({ name }) => name),
        3,
      )} build public code beside ${closed.length} pipelines of private code`,
      {
        evidence: [...open.slice(0, 5), ...closed.slice(0, 5)].map(({ id, repository, url }) => ({
          what: `pipeline ${id}: repository ${repository.name} (${repository.kind})`,
          url,
        })),
        fix: `Move the pipelines of public repositories into a project of their own${shared ? `, and off the pool ${shared.name}` : ""}.`,
      },
    );
  }
  const unknown = definitions.filter((one) => isOpen(one) === undefined);
  if (unknown.length === 0) return pass;
  const names = listed([...new Set(unknown.map(({ repository }) => repository.name))]);
  return notEvaluated(`Azure DevOps does not say whether ${names} can be read by everybody.`);
}
