/** A rule on policies of the whole organization, which a page of Azure DevOps shows and no documented call does. */
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import type { Severity } from "#model/severity.ts";
import { organizationPage } from "../facts/pages-of.ts";
import { fail, notEvaluated, onOrganization, type PostureRule, type PostureWords, pass } from "../posture-rule.ts";

export interface WantedPolicy {
  /** `Policy.DisallowSecureShell`. */
  readonly name: string;
  readonly wanted: boolean;
  readonly severity: Severity;
  /** About the organization, as the end of a sentence, while it is not as wanted. */
  readonly says: string;
  /** Why its severity is another than that of the rule. */
  readonly because?: string;
  /** What its page calls it, and how it should stand there. */
  readonly instruction: string;
}

interface PolicyWords extends Omit<PostureWords, "category" | "fix"> {
  /** What to know before changing it. */
  readonly caution?: string;
  /** The gravest first: several that are wrong are told together. */
  readonly policies: readonly WantedPolicy[];
}

export function policyRule({ policies, caution, ...words }: PolicyWords): PostureRule {
  return onOrganization({
    ...words,
    category: "organization",
    fix: `Organization settings > Policies: ${policies.map(({ instruction }) => instruction).join("; ")}.${caution === undefined ? "" : ` ${caution}`}`,
    needs: ["organizationPolicies"],
    checkOrganization: ({ organization }) => [
      { resource: policyResource(organization), answer: answerOfPolicies(organization, policies) },
    ],
  });
}

export function policyResource({ id, name, url }: OrganizationFacts) {
  return { kind: "organization", id, name, url: organizationPage({ url }, "organizationPolicy") };
}

export function answerOfPolicies(organization: OrganizationFacts, policies: readonly WantedPolicy[]): PostureAnswer {
  const { organizationPolicies: fact } = organization;
  if (fact.is === "unknown") return notEvaluated(`The policies of the organization are not known: ${fact.reason}`);
  const values = new Map(fact.value.map(({ name, value }) => [name, value]));
  const wrong = policies.filter(({ name, wanted }) => values.get(name) === !wanted);
  const [worst] = wrong;
  if (worst) {
    const url = organizationPage(organization, "organizationPolicy");
    return fail(worst.severity, wrong.map(({ says }) => says).join(", and "), {
      evidence: wrong.map(({ name, wanted }) => ({
        what: `organization policy ${name} = ${!wanted}`,
        url,
        at: fact.at,
      })),
      fix: `${wrong.map(({ instruction }) => instruction).join("; ")}.`,
      ...(worst.because !== undefined && { severityBecause: worst.because }),
    });
  }
  const absent = policies.filter(({ name }) => !values.has(name)).map(({ name }) => name);
  return absent.length > 0 ? notEvaluated(`Azure DevOps does not tell ${absent.join(" and ")}.`) : pass;
}
