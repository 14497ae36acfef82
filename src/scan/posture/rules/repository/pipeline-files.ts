/** Whether somebody who knows pipelines looks at changes to the files that define them. */
import { type BranchPolicyFact, policyTypes } from "#model/posture/code-facts.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { BillItem } from "#model/posture/pipeline-bill.ts";
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import type { Evidence, PostureAnswer } from "#model/posture/posture-result.ts";
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
import { repositoryNamed } from "../../pipelines/resources-by-name.ts";
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

/** A project beside it, whose templates nobody owns. */
const tools = {
  others: {
    Tools: { definitions: [], repositories: [exampleRepository({ id: "b", name: "templates" })], branchPolicies: [] },
  },
};

function withTemplate(name: string, from?: string) {
  const item: BillItem = {
    kind: "template",
    name,
    ...(from && { from }),
    certainty: "authorised",
    jobs: [],
    evidence: [],
  };
  return examplePipeline({ items: [item] });
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
        { ...owned(["/azure-pipelines.yml"]), pipelines: [withTemplate("steps/build.yml")] },
        {
          ...owned(["/azure-pipelines.yml"]),
          ...tools,
          pipelines: [withTemplate("Tools/templates/build.yml", "refs/heads/main")],
        },
      ],
      good: [
        owned(["/azure-pipelines.yml"]),
        owned(["*.yml"]),
        owned(undefined),
        owned(["/azure-pipelines*"]),
        { ...owned(["/azure-pipelines.yml", "/steps/*"]), pipelines: [withTemplate("steps/build.yml")] },
        {
          ...owned(["/azure-pipelines.yml"]),
          ...tools,
          pipelines: [withTemplate("Tools/templates/build.yml", "refs/tags/v1")],
        },
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

/** A place where a file of a pipeline is changed, and the policies that hold there; or why these are not known. */
interface CodePlace {
  readonly branch: BranchOfRepository;
  readonly project: ProjectFacts;
  readonly policies: readonly BranchPolicyFact[] | string;
  readonly paths: readonly string[];
}

function answerOf(given: Given, privileges: readonly Privilege[], context: PostureContext): PostureAnswer {
  const places = placesOf(given, context);
  const open = places.flatMap((place) => {
    const paths = place.paths.filter(
      (path) => !ownersOf(place).some(({ settings }) => coversPath(settings.filenamePatterns, path)),
    );
    return paths.length === 0 || typeof place.policies === "string" ? [] : [{ ...place, paths }];
  });
  const [first] = open;
  if (!first) {
    const unknown = places.map(({ policies }) => policies).find((policies) => typeof policies === "string");
    return unknown === undefined ? pass : notEvaluated(unknown);
  }
  const all = open.flatMap(({ paths }) => paths);
  const more = all.length === 1 ? "" : ` and ${all.length - 1} more of its files`;
  const where = `${branchName(first.branch.ref)} of ${first.branch.repository.name}`;
  const may = `the pipeline may use ${sayPrivileges(privileges)}`;
  return fail("high", `${first.paths[0]}${more} on ${where} can be changed with any review, and ${may}`, {
    evidence: [
      ...open.slice(0, 5).flatMap((place) => evidenceOf(place, given.organization)),
      ...privileges.slice(0, 5).map(({ evidence }) => evidence),
    ],
    fix: `Add "Automatically included reviewers" to ${where}: required, for the path filter ${first.paths.slice(0, 10).join(";")}.`,
  });
}

function ownersOf({ branch, policies }: CodePlace): readonly BranchPolicyFact[] {
  return writtenFor(branch, policies).filter(isEnforced);
}

function writtenFor(branch: BranchOfRepository, policies: CodePlace["policies"]): readonly BranchPolicyFact[] {
  if (typeof policies === "string") return [];
  return policiesOfBranch(policies, branch).filter(({ typeId }) => typeId === policyTypes.requiredReviewers);
}

function evidenceOf({ branch, project, policies }: CodePlace, organization: OrganizationFacts): readonly Evidence[] {
  const url = repositoryPage(organization, project, { id: branch.repository.id, ref: branch.ref, tab: "policies" });
  const written = writtenFor(branch, policies);
  if (written.length > 0) return written.map((policy) => ({ what: sayPolicy(policy), url }));
  const where = `${branch.ref} of repository ${branch.repository.id}`;
  return [{ what: `policy/configurations: no required reviewers policy whose scope holds ${where}`, url }];
}

function sayPolicy({ id, isEnabled, isBlocking, settings: { filenamePatterns } }: BranchPolicyFact): string {
  const patterns = Array.isArray(filenamePatterns) ? filenamePatterns.join(";").slice(0, 200) : "none";
  return `branch policy ${id}: filenamePatterns = ${patterns}, isEnabled = ${isEnabled}, isBlocking = ${isBlocking}`;
}

/**
 * The file of the pipeline and the templates beside it, then templates on branches of other repositories. A template at a tag
 * or commit does not change with a branch, and is no matter of its policies.
 */
function placesOf(
  { definition, branch, policies, project, organization }: Given,
  context: PostureContext,
): readonly CodePlace[] {
  const items = judgedPipelineOf(definition.id, project, context)?.items ?? [];
  const templates = items.filter(({ kind }) => kind === "template");
  const beside = templates.flatMap(({ name, from }) => (from === undefined ? [name] : []));
  const own = [definition.yamlPath, ...beside].filter((path) => path !== undefined).map(fromTheTop);
  const others = templates.flatMap(({ name, from }): readonly CodePlace[] => {
    if (!from?.startsWith("refs/heads/")) return [];
    const steps = name.split("/");
    for (const length of [2, 1]) {
      const found = repositoryNamed(organization, project, steps.slice(0, length).join("/"));
      if (found) return [otherPlace(found, from, steps.slice(length).join("/"))];
    }
    return [];
  });
  return [{ branch, project, policies, paths: [...new Set(own)] }, ...others];
}

function otherPlace(
  { project, repository }: NonNullable<ReturnType<typeof repositoryNamed>>,
  ref: string,
  path: string,
): CodePlace {
  const { branchPolicies: fact } = project;
  const policies =
    fact.is === "known" ? fact.value : `The branch policies of ${project.name} are not known: ${fact.reason}`;
  const branch = { repository, ref, isDefault: ref === repository.defaultBranch };
  return { branch, project, policies, paths: [fromTheTop(path)] };
}

function fromTheTop(path: string): string {
  return `/${path.replace(/^\/+/, "")}`;
}
