/** Whether a template that a check requires can be changed without anybody looking. */
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { CheckSettings } from "#model/posture/resource-facts.ts";
import type { PostureSettings } from "../posture-settings.ts";
import { branchName } from "./policies-of-branch.ts";
import { reviewPolicyOf } from "./reviewed-branches.ts";

export type RequiredTemplate = CheckSettings & { readonly is: "required-template" };
type Template = RequiredTemplate["templates"][number];

interface Loose {
  /** As the end of a sentence about the check. */
  readonly says: string;
  readonly proof: string;
  /** In a repository that the organization does not keep. */
  readonly isOutside: boolean;
}

export interface TemplateJudgement {
  readonly loose: readonly Loose[];
  readonly unsure: readonly string[];
}

export function judgeTemplates(
  { templates }: RequiredTemplate,
  project: ProjectFacts,
  organization: OrganizationFacts,
  settings: PostureSettings,
): TemplateJudgement {
  const loose: Loose[] = [];
  const unsure: string[] = [];
  for (const template of templates) {
    const said = isOurs(template) ? insideAnswer(template, project, organization) : outsideAnswer(template, settings);
    if (typeof said === "string") unsure.push(said);
    else if (said) loose.push(said);
  }
  return { loose, unsure };
}

function isOurs({ repositoryType }: Template): boolean {
  return /^(?:git|tfsgit|azurerepos?)$/i.test(repositoryType);
}

function outsideAnswer(template: Template, { trustedOwners }: PostureSettings): Loose | undefined {
  const owner = template.repository.split("/")[0] ?? "";
  if (isFixed(template.ref) || trustedOwners.some((trusted) => trusted.toLowerCase() === owner.toLowerCase())) {
    return undefined;
  }
  const says = `the template ${template.path} comes from ${template.repository} (${template.repositoryType}), whose rules are not those of this organization`;
  return { says, proof: proofOf(template), isOutside: true };
}

/** A sentence if it cannot be said. */
function insideAnswer(
  template: Template,
  own: ProjectFacts,
  { projects }: OrganizationFacts,
): Loose | string | undefined {
  // A tag is moved only with a right of its own; a commit never.
  if (isFixed(template.ref) || template.ref.startsWith("refs/tags/")) return undefined;
  const [first = "", second] = template.repository.split("/");
  const project = second === undefined ? own : projects.find(({ name }) => isSame(name, first));
  const called = second ?? first;
  if (!project) return `Whether ${template.repository} is protected is not known: its project was not read.`;
  const { repositories, branchPolicies } = project;
  if (repositories.is === "unknown") return `The repositories of ${project.name} are not known: ${repositories.reason}`;
  if (branchPolicies.is === "unknown") {
    return `The branch policies of ${project.name} are not known: ${branchPolicies.reason}`;
  }
  const repository = repositories.value.find(({ id, name }) => isSame(name, called) || isSame(id, called));
  if (!repository) return `The repository ${template.repository}, which the check names, was not found.`;
  const ref = template.ref === "" ? repository.defaultBranch : fullRef(template.ref);
  if (ref === undefined) return `The repository ${template.repository} has no default branch.`;
  const branch = { repository, ref, isDefault: ref === repository.defaultBranch };
  if (reviewPolicyOf(branchPolicies.value, branch)) return undefined;
  const says = `the template ${template.path} is taken from ${branchName(ref)} of ${repository.name}, where no policy asks for a review`;
  return { says, proof: proofOf(template), isOutside: false };
}

function isFixed(ref: string): boolean {
  return /^[0-9a-f]{40}$/i.test(ref);
}

function fullRef(ref: string): string {
  return ref.startsWith("refs/") ? ref : `refs/heads/${ref}`;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function proofOf({ repositoryType, repository, ref, path }: Template): string {
  return `extendsChecks: ${path} in ${repository} (${repositoryType}) at ${ref === "" ? "(none)" : ref}`;
}
