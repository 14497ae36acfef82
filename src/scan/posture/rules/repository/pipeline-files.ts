/** Whether somebody who knows pipelines looks at changes to the files that define them. */
import { type BranchPolicyFact, policyTypes } from "#model/posture/code-facts.ts";
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
import { judgedPipelineOf } from "../../facts/judged-pipeline-of.ts";
import { repositoryPage } from "../../facts/pages-of.ts";
import { coversPath } from "../../facts/path-filters.ts";
import { type BranchOfRepository, branchName, isEnforced, policiesOfBranch } from "../../facts/policies-of-branch.ts";
import { type Privilege, privilegedPipelines, sayPrivileges } from "../../facts/privileged-pipelines.ts";
import { sourceBranch } from "../../facts/source-branch.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, notEvaluated, onProjects, type PostureRule, pass, type ResourceAnswer } from "../../posture-rule.ts";

const connection = exampleConnection();
const privileged = {
  repositories: [exampleRepository()],
  definitions: [exampleDefinition()],
  connections: [connection],
  variableGroups: [],
  environments: [],
  pipelinePermissions: [{ kind: "connection", id: connection.id, allPipelines: false, definitionIds: [7] }],
} as const;

function owned(filenamePatterns: readonly string[] | undefined, given: Partial<BranchPolicyFact> = {}) {
  const settings = { requiredReviewerIds: ["e1"], ...(filenamePatterns && { filenamePatterns }) };
  const branchPolicies = [examplePolicy("requiredReviewers", { ...given, settings })];
  return { project: { ...privileged, branchPolicies }, pipelines: [examplePipeline()] };
}

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/pipeline-files-without-owner",
    aliases: ["ado-repo-pipeline-files-no-owner"],
    category: "repository",
    title: "Nobody in particular has to approve changes to the files of a privileged pipeline",
    severity: "high",
    risks: ["CICD-SEC-4"],
    why: "Whoever gets an ordinary review past a colleague decides what the pipeline does with its connections and secrets.",
    abuse:
      "Somebody hides a step that sends a secret away in a large pull request; the reviewers look at the product's code.",
    fix: 'Repository settings > Policies > the branch > "Automatically included reviewers": add the people who own pipelines, policy requirement "Required", for the path filter "/azure-pipelines*.yml;/templates/*".',
    links: ["https://learn.microsoft.com/azure/devops/repos/git/branch-policies"],
    needs: ["repositories", "branchPolicies", "definitions"],
    checkProject: ({ repositories, branchPolicies, definitions, project, organization }, context) =>
      definitions.flatMap((definition): readonly ResourceAnswer[] => {
        const branch = sourceBranch(definition, repositories);
        if (!branch) return [];
        return answersOf({ definition, branch, project, organization, policies: branchPolicies }, context);
      }),
    examples: {
      bad: [
        { project: { ...privileged, branchPolicies: [] }, pipelines: [examplePipeline()] },
        {
          project: { ...privileged, branchPolicies: [examplePolicy("minimumReviewers")] },
          pipelines: [examplePipeline()],
        },
        owned(["/azure-pipelines.yml"], { isBlocking: false }),
        owned(["/azure-pipelines.yml"], { isEnabled: false }),
        owned(["/src/*"]),
        owned(["*.yml", "!/azure-pipelines.yml"]),
        owned(["/azure-pipelines.yml"], { scopes: [{ refName: "refs/heads/develop", match: "exact" }] }),
      ],
      good: [
        owned(["/azure-pipelines.yml"]),
        owned(["*.yml"]),
        owned(undefined),
        owned(["/azure-pipelines*"]),
        // Nothing worth having: an ordinary review does.
        {
          project: {
            ...privileged,
            pipelinePermissions: [{ kind: "connection", id: connection.id, allPipelines: false, definitionIds: [7] }],
            definitions: [exampleDefinition(), exampleDefinition({ id: 8, name: "tests" })],
            branchPolicies: owned(["*.yml"]).project.branchPolicies,
          },
          pipelines: [examplePipeline()],
        },
      ],
    },
  }),
];

interface Given {
  readonly definition: DefinitionFact;
  readonly branch: BranchOfRepository;
  readonly policies: readonly BranchPolicyFact[];
  readonly project: ProjectFacts;
  readonly organization: OrganizationFacts;
}

/** Only for pipelines with something to lose. Where that is not known, the one reason is told for all of them, by each. */
function answersOf(given: Given, context: PostureContext): readonly ResourceAnswer[] {
  const { definition, project } = given;
  const resource = definitionResource(project, definition);
  const { of, gapsOf } = privilegedPipelines(project, context);
  const privileges = of(definition.id);
  if (privileges.length > 0) return [{ resource, answer: answerOf(given, privileges, context) }];
  const [gap] = gapsOf(definition.id);
  if (gap === undefined) return [];
  return [
    { resource, answer: notEvaluated(`Whether this pipeline may use anything worth protecting is not known. ${gap}`) },
  ];
}

function answerOf(given: Given, privileges: readonly Privilege[], context: PostureContext): PostureAnswer {
  const { definition, branch, policies, project, organization } = given;
  const written = policiesOfBranch(policies, branch).filter(({ typeId }) => typeId === policyTypes.requiredReviewers);
  const inForce = written.filter(isEnforced);
  const open = filesOf(definition, project, context).filter(
    (path) => !inForce.some(({ settings }) => coversPath(settings.filenamePatterns, path)),
  );
  const [first, ...rest] = open;
  if (first === undefined) return pass;
  const url = repositoryPage(organization, project, { id: branch.repository.id, ref: branch.ref, tab: "policies" });
  const more = rest.length === 0 ? "" : ` and ${rest.length} more of its files`;
  const name = branchName(branch.ref);
  return fail(
    "high",
    `${first}${more} on ${name} can be changed with any review, and the pipeline may use ${sayPrivileges(privileges)}`,
    {
      evidence: [
        ...written.map((policy) => ({ what: sayPolicy(policy), url })),
        ...(written.length === 0
          ? [{ what: `policy/configurations: no required reviewers policy whose scope holds ${branch.ref}`, url }]
          : []),
        ...privileges.slice(0, 5).map(({ evidence }) => evidence),
      ],
      fix: `Add "Automatically included reviewers" to ${name}: required, for the path filter ${open.slice(0, 10).join(";")}.`,
    },
  );
}

function sayPolicy({ id, isEnabled, isBlocking, settings: { filenamePatterns } }: BranchPolicyFact): string {
  const patterns = Array.isArray(filenamePatterns) ? filenamePatterns.join(";").slice(0, 200) : "none";
  return `branch policy ${id}: filenamePatterns = ${patterns}, isEnabled = ${isEnabled}, isBlocking = ${isBlocking}`;
}

/** The file of the pipeline, and the templates of the same repository; with a slash before. */
function filesOf({ id, yamlPath }: DefinitionFact, project: ProjectFacts, context: PostureContext): readonly string[] {
  const judged = judgedPipelineOf(id, project, context);
  const templates = (judged?.items ?? []).flatMap(({ kind, name, from }) =>
    kind === "template" && from === undefined && !name.includes("@") ? [name] : [],
  );
  const paths = [yamlPath, ...templates].filter((path) => path !== undefined);
  return [...new Set(paths.map((path) => `/${path.replace(/^\/+/, "")}`))];
}
