/**
 * A rule on settings: words for people, the facts that it needs, what it says about each resource, and examples that run
 * as tests. Where a fact is missing the rule is not evaluated, with the reason; it never passes in silence.
 */
import type { Unknown } from "#model/posture/fact.ts";
import { type FactKey, factKind } from "#model/posture/fact-key.ts";
import type {
  FactValues,
  OrganizationFacts,
  OrganizationKey,
  ProjectFacts,
  ProjectKey,
} from "#model/posture/organization-facts.ts";
import type {
  Evidence,
  PostureAnswer,
  PostureCategory,
  PostureFailure,
  PostureResource,
} from "#model/posture/posture-result.ts";
import type { Rule } from "#model/rule.ts";
import type { Severity } from "#model/severity.ts";
import type { CicdRisk } from "../cicd/cicd-rule.ts";
import type { PostureContext } from "./posture-context.ts";
import type { PostureExample } from "./posture-example.ts";

export interface ResourceAnswer {
  readonly resource: PostureResource;
  readonly answer: PostureAnswer;
}

/** What rules on settings and rules on runs have alike. */
export interface PostureWords<Example = PostureExample> extends Rule {
  readonly id: `cicd/${string}`;
  readonly category: PostureCategory;
  readonly risks: readonly CicdRisk[];
  /** How somebody abuses it, step by step in one or two sentences. */
  readonly abuse: string;
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] };
}

export interface PostureRule extends PostureWords {
  readonly needs: readonly FactKey[];
  readonly check: (facts: OrganizationFacts, context: PostureContext) => readonly ResourceAnswer[];
}

type Values<Key extends FactKey> = { readonly [K in Key]: FactValues[K] };

interface ProjectRule<Key extends FactKey> extends PostureWords {
  /** Of the project, and of its organization. */
  readonly needs: readonly Key[];
  readonly checkProject: (
    given: Values<Key> & { readonly project: ProjectFacts; readonly organization: OrganizationFacts },
    context: PostureContext,
  ) => readonly ResourceAnswer[];
}

/** Looks at each project alone. */
export function onProjects<const Key extends FactKey>({ checkProject, ...rule }: ProjectRule<Key>): PostureRule {
  return {
    ...rule,
    check: (organization, context) =>
      organization.projects.flatMap((project) => {
        const values = valuesOf({ ...organization, ...project } as AllFacts, rule.needs);
        if ("is" in values) return [{ resource: projectResource(organization, project), answer: values }];
        return checkProject({ ...(values.values as Values<Key>), project, organization }, context);
      }),
  };
}

interface OrganizationRule<Key extends OrganizationKey> extends PostureWords {
  readonly needs: readonly Key[];
  readonly checkOrganization: (
    given: Values<Key> & { readonly organization: OrganizationFacts },
    context: PostureContext,
  ) => readonly ResourceAnswer[];
}

/** Looks at the organization as a whole. */
export function onOrganization<const Key extends OrganizationKey>({
  checkOrganization,
  ...rule
}: OrganizationRule<Key>): PostureRule {
  return {
    ...rule,
    check: (organization, context) => {
      const values = valuesOf(organization, rule.needs);
      if ("is" in values) return [{ resource: organizationResource(organization), answer: values }];
      return checkOrganization({ ...(values.values as Values<Key>), organization }, context);
    },
  };
}

type AllFacts = Pick<OrganizationFacts, OrganizationKey> & Pick<ProjectFacts, ProjectKey>;

function valuesOf(facts: Partial<AllFacts>, keys: readonly FactKey[]) {
  const missing: string[] = [];
  const values: Partial<Record<FactKey, unknown>> = {};
  for (const key of keys) {
    const fact = facts[key];
    if (fact?.is === "known") values[key] = fact.value;
    else missing.push(missingWords(key, fact));
  }
  return missing.length > 0 ? notEvaluated(missing.join(" ")) : { values };
}

function missingWords(key: FactKey, fact: Unknown | undefined): string {
  return `Nothing is known of ${factKind(key).title}: ${fact?.reason ?? "Nobody has asked yet."}`;
}

export function projectResource({ url }: OrganizationFacts, { id, name }: ProjectFacts): PostureResource {
  return { kind: "project", id, name, projectId: id, url: `${url}/${encodeURIComponent(name)}/_settings/` };
}

export function organizationResource({ id, name, url }: OrganizationFacts): PostureResource {
  return { kind: "organization", id, name, url: `${url}/_settings/` };
}

export const pass: PostureAnswer = { is: "pass" };

export function notEvaluated(reason: string): PostureAnswer & { readonly is: "not-evaluated" } {
  return { is: "not-evaluated", reason };
}

/** The severity is that of the rule as it stands, or one that was raised or lowered, and then why. */
export function fail(
  severity: Severity,
  why: string,
  more: { readonly evidence: readonly Evidence[]; readonly fix?: string; readonly severityBecause?: string },
): PostureFailure {
  return { is: "fail", severity, why, ...more };
}
