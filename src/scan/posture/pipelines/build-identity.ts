/** What the jobs of a pipeline act as, how far its token reaches, and what it may do to the pipeline's own repository. */
import type { Evidence } from "#model/posture/posture-result.ts";
import { gitTokens, hasAccess } from "../facts/access-of.ts";
import { membershipOf } from "../facts/membership.ts";
import type { Definition } from "./read-code.ts";
import { repositoryById } from "./resources-by-name.ts";

export interface BuildIdentity {
  readonly name: string;
  readonly reach: "project" | "organization" | "unknown";
}

export function buildIdentityOf({ organization, project, definition }: Definition): BuildIdentity {
  const reach = reachOf({ organization, project, definition });
  const own = `${project.name} Build Service (${organization.name})`;
  const whole = `Project Collection Build Service (${organization.name})`;
  return { name: reach === "organization" ? whole : own, reach };
}

/** What a project or the organization limits holds over what the definition says. */
function reachOf({ organization, project, definition }: Definition): BuildIdentity["reach"] {
  if (definition.jobScope === "project") return "project";
  const { generalSettings } = project;
  const { organizationPipelines } = organization;
  if (organizationPipelines.is === "known" && organizationPipelines.value.enforceJobAuthScope) return "project";
  if (generalSettings.is === "unknown" || generalSettings.value.enforceJobAuthScope === undefined) return "unknown";
  return generalSettings.value.enforceJobAuthScope ? "project" : "organization";
}

export interface IdentityRights {
  readonly contributes: boolean;
  readonly bypassesPolicies: boolean;
  readonly evidence: readonly Evidence[];
}

/** On the repository that holds its code; undefined where permissions or the identity are not known. */
export function rightsOfIdentity(given: Definition): IdentityRights | undefined {
  const { organization, definition } = given;
  const found = repositoryById(organization, definition.repository.id);
  if (!found || found.project.access.is === "unknown") return undefined;
  const { at, value } = found.project.access;
  const { name } = buildIdentityOf(given);
  const subject = subjectOf(given, name);
  if (subject === undefined) return undefined;
  const membership = organization.people.is === "known" ? membershipOf(organization.people.value) : undefined;
  const tokens = gitTokens(found.project.id, found.repository.id);
  const may = (action: string): boolean | undefined => hasAccess(value.git, tokens, action, { subject, membership });
  const contributes = may("GenericContribute");
  if (contributes === undefined) return undefined;
  const bypassesPolicies = may("PullRequestBypassPolicy") === true || may("PolicyExempt") === true;
  const what = `permissions on ${found.repository.name}: ${name} is ${contributes ? "allowed" : "not allowed"} GenericContribute${bypassesPolicies ? ", and may pass policies by" : ""}`;
  return { contributes, bypassesPolicies, evidence: [{ what, at }] };
}

function subjectOf({ organization, project }: Definition, name: string): string | undefined {
  const isWhole = name.startsWith("Project Collection ");
  const { people } = organization;
  if (people.is === "known") {
    const wanted = isWhole ? "organization" : project.id;
    const user = people.value.users.find(({ kind, buildsFor }) => kind === "build-identity" && buildsFor === wanted);
    if (user) return user.descriptor;
  }
  if (project.access.is === "unknown") return undefined;
  const lower = name.toLowerCase();
  for (const { entries } of project.access.value.git.lists) {
    const entry = entries.find((one) => one.name.toLowerCase() === lower);
    if (entry) return entry.subject;
  }
  return undefined;
}
