/** What of an organization everybody on the internet can see. */
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import { projectPage } from "../../facts/pages-of.ts";
import { answerOfPolicies, policyResource } from "../../makers/policy-rule.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, type PostureRule, pass, type ResourceAnswer } from "../../posture-rule.ts";

export const rules: readonly PostureRule[] = [
  {
    id: "cicd/organization-public-projects",
    aliases: ["ado-org-public-projects", "ADO-PRJ-001", "ADO_Organization_DP_Dont_Allow_Public_Projects"],
    category: "organization",
    title: "Projects are open to everybody, or may be made so",
    severity: "high",
    risks: ["CICD-SEC-7"],
    why: "Code, logs, packages and the names of everything in the project can be read without an account.",
    abuse: "A stranger reads the logs of public builds for secrets and addresses, and the code for ways in.",
    fix: 'Organization settings > Policies: switch off "Allow public projects". Project settings > Overview > Visibility: choose "Private"; or name a project that is meant to be open in the settings of Sallyport.',
    links: ["https://learn.microsoft.com/azure/devops/organizations/projects/make-project-public"],
    needs: ["organizationPolicies"],
    // Which projects are public is known of every project; whether one may be made so is a policy.
    check: (organization, context) => [
      {
        resource: policyResource(organization),
        answer: answerOfPolicies(organization, [
          {
            name: "Policy.AllowAnonymousAccess",
            wanted: false,
            severity: "medium",
            because: "it only permits it; projects that are public are told one by one",
            says: "projects may be made public",
            instruction: 'Switch off "Allow public projects"',
          },
        ]),
      },
      ...publicProjects(organization, context),
    ],
    examples: {
      bad: [
        { organization: { organizationPolicies: [{ name: "Policy.AllowAnonymousAccess", value: true }] } },
        { visibility: "public" },
        {
          organization: { organizationPolicies: [{ name: "Policy.AllowAnonymousAccess", value: false }] },
          visibility: "public",
        },
      ],
      good: [
        { organization: { organizationPolicies: [{ name: "Policy.AllowAnonymousAccess", value: false }] } },
        {
          organization: { organizationPolicies: [{ name: "Policy.AllowAnonymousAccess", value: false }] },
          visibility: "public",
          settings: { publicProjects: ["payments"] },
        },
      ],
    },
  },
];

function publicProjects(organization: OrganizationFacts, { settings }: PostureContext): readonly ResourceAnswer[] {
  const meant = new Set((settings.publicProjects ?? []).map((name) => name.toLowerCase()));
  return organization.projects
    .filter(({ visibility }) => visibility === "public")
    .map((project) => publicAnswer(organization, project, meant.has(project.name.toLowerCase())));
}

function publicAnswer(
  organization: OrganizationFacts,
  { id, name, visibility }: ProjectFacts,
  isMeant: boolean,
): ResourceAnswer {
  const url = projectPage(organization, { name }, "projectOverview");
  const resource = { kind: "project", id, name, projectId: id, url };
  if (isMeant) return { resource, answer: pass };
  const answer = fail("high", `everybody on the internet may read ${name}`, {
    evidence: [{ what: `project ${id}: visibility = ${visibility}`, url }],
    fix: 'Overview > Visibility: choose "Private".',
  });
  return { resource, answer };
}
