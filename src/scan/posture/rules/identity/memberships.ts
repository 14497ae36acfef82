/** Groups and build identities in groups where they give rights to everybody, or to every run. */
import type { GroupFact, UserFact } from "#model/posture/access-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import type { Severity } from "#model/severity.ts";
import { exampleUser } from "../../example-facts.ts";
import { breadthOf, isAdministrative } from "../../facts/broad-groups.ts";
import { groupResource, projectOf } from "../../facts/group-resource.ts";
import { type Membership, membershipOf } from "../../facts/membership.ts";
import { organizationPage } from "../../facts/pages-of.ts";
import type { PostureContext } from "../../posture-context.ts";
import { exampleProjectId } from "../../posture-example.ts";
import { fail, notEvaluated, onOrganization, type PostureRule, pass } from "../../posture-rule.ts";
import { examplePeople, exampleUserGroup } from "../../resource-examples.ts";

const groups = "https://learn.microsoft.com/azure/devops/organizations/security/about-permissions";
const builds = (change: Partial<UserFact> = {}) =>
  exampleUser("Payments Build Service (contoso)", { kind: "build-identity", buildsFor: exampleProjectId, ...change });
const validUsers = exampleUserGroup("Project Valid Users", { projectId: exampleProjectId });
const collection = "Project Collection Administrators";

export const rules: readonly PostureRule[] = [
  onOrganization({
    id: "cicd/identity-builds-administer",
    aliases: ["ado-id-build-identity-admin", "ADO_ServiceConnection_AuthZ_Dont_Grant_BuildSvcAcct_Permission"],
    category: "identity",
    title: "What builds act as is an administrator",
    severity: "critical",
    risks: ["CICD-SEC-5"],
    why: "Every run of every pipeline that acts as this identity may use its token to administer.",
    abuse:
      "A step calls the API with System.AccessToken and takes away policies, adds members or reads other projects.",
    fix: "Take the build identity out of the group, and allow it the single permission that the pipeline needs.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/process/access-tokens"],
    needs: ["people"],
    checkOrganization: ({ people: facts, organization }) =>
      facts.users
        .filter(({ kind }) => kind === "build-identity")
        .map((user) => ({
          resource: {
            kind: "build-identity",
            id: user.descriptor,
            name: user.name,
            ...projectOf(user.buildsFor, organization),
            url: organizationPage(organization, "groups"),
          },
          answer: building(user, membershipOf(facts)),
        })),
    examples: {
      bad: [
        { organization: { people: examplePeople({ [collection]: [builds()] }) } },
        { organization: { people: examplePeople({ "Project Administrators": [builds()] }, exampleProjectId) } },
        { organization: { people: examplePeople({ Contributors: [builds()] }, "another-project") } },
      ],
      good: [
        { organization: { people: examplePeople({ Contributors: [builds()] }, exampleProjectId) } },
        {
          organization: {
            people: examplePeople({
              "Project Collection Build Service Accounts": [builds({ buildsFor: "organization" })],
            }),
          },
        },
      ],
    },
  }),
  onOrganization({
    id: "cicd/identity-everybody-in-privileged-group",
    aliases: ["ado-id-valid-users-nested", "ADO-GRP-003"],
    category: "identity",
    title: "A group of everybody is a member of another group",
    severity: "high",
    risks: ["CICD-SEC-2"],
    why: "Everybody gets what the group may do, and nobody sees it in the list of its members.",
    abuse:
      "Any account that is added to the organization, for whatever reason, has the rights of the group from its first day.",
    fix: "Take the group of everybody out, and add the teams that need the rights.",
    links: [groups],
    needs: ["people"],
    checkOrganization: ({ people: facts, organization }, context) =>
      facts.groups
        .filter((group) => !group.isDeleted && !group.isFromEntra && !isEverybody(group.name))
        .map((group) => ({
          resource: groupResource(group, organization),
          answer: nested(group, facts.members[group.descriptor] ?? [], membershipOf(facts), context),
        })),
    examples: {
      bad: [
        { organization: { people: examplePeople({ Contributors: [validUsers] }, exampleProjectId) } },
        { organization: { people: examplePeople({ "Build Administrators": [validUsers] }, exampleProjectId) } },
      ],
      good: [
        {
          organization: {
            people: examplePeople({ "Project Collection Valid Users": [validUsers], Contributors: [exampleUser("a")] }),
          },
        },
      ],
    },
  }),
];

function building({ descriptor, buildsFor }: UserFact, membership: Membership): PostureAnswer {
  const circles = [...membership.circlesOf(descriptor)].flatMap((circle) => membership.groups.get(circle) ?? []);
  const administrative = circles.filter(({ name, isDeleted }) => !isDeleted && isAdministrative(name));
  const elsewhere = circles.filter(
    ({ name, projectId, isDeleted }) =>
      !isDeleted && projectId !== undefined && projectId !== buildsFor && /^contributors$/i.test(name),
  );
  const wrong = [...administrative, ...elsewhere];
  const [first] = wrong;
  if (!first) return pass;
  const isLess = administrative.every(
    ({ name }) => !/^project (?:collection )?administrators$|^project collection service/i.test(name),
  );
  return fail(
    isLess ? "high" : "critical",
    `it is a member of ${wrong
      .map(({ principalName }) => principalName)
      .slice(0, 5)
      .join(", ")}`,
    {
      ...(isLess && {
        severityBecause:
          administrative.length === 0
            ? "it contributes to another project, and administers none"
            : "the group administers a part only",
      }),
      evidence: wrong
        .slice(0, 20)
        .map(({ principalName }) => ({ what: `memberships of ${descriptor}: ${principalName}` })),
      fix: `Take it out of ${first.principalName}; allow it the single permission that the pipeline needs.`,
    },
  );
}

function isEverybody(name: string): boolean {
  return /^(?:project (?:collection )?valid users|project-scoped users|team foundation valid users)$/i.test(name);
}

/** Direct members only: what is nested deeper is told where it is nested. */
function nested(
  group: GroupFact,
  members: readonly string[],
  membership: Membership,
  { settings }: PostureContext,
): PostureAnswer {
  const isPrivileged = isAdministrative(group.name);
  const judged = members.flatMap((member) => {
    const one = membership.groups.get(member);
    if (!one || one.isDeleted) return [];
    const isAll =
      isEverybody(one.name) || (one.isFromEntra && /^(?:everyone|all users|all company|domain users)$/i.test(one.name));
    if (isAll) return [{ one, is: "everybody" as const }];
    // A large team in Contributors is what Contributors is for; among administrators it is not.
    if (!isPrivileged || !one.isFromEntra) return [];
    return [{ one, is: breadthOf({ subject: one.descriptor, name: one.name }, membership, settings).is }];
  });
  const wrong = judged.filter(({ is }) => is === "everybody" || is === "many");
  if (wrong.length > 0) {
    const names = wrong
      .map(({ one }) => one.principalName)
      .slice(0, 3)
      .join(", ");
    const { severity, severityBecause } = worthOf(group.name);
    return fail(severity, `${names} is a member of it`, {
      ...(severityBecause !== undefined && { severityBecause }),
      evidence: wrong.slice(0, 20).map(({ one }) => ({
        what: `memberships of ${group.principalName}: ${one.principalName} (${one.descriptor})`,
      })),
    });
  }
  const unsure = judged.find(({ is }) => is === "unknown");
  if (!unsure) return pass;
  return notEvaluated(
    `How many people ${unsure.one.name} has, a group of Microsoft Entra ID, Azure DevOps does not tell.`,
  );
}

function worthOf(name: string): { readonly severity: Severity; readonly severityBecause?: string } {
  if (isAdministrative(name)) return { severity: "critical", severityBecause: "the group administers" };
  if (/^contributors$/i.test(name)) return { severity: "high" };
  if (/^readers$/i.test(name)) return { severity: "low", severityBecause: "the group may only look" };
  return { severity: "medium", severityBecause: "what the group may do is decided where it is used" };
}
