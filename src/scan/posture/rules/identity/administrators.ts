/** Groups that administer: how many people they hold, and who does not belong there. */
import type { GroupFact, UserFact } from "#model/posture/access-facts.ts";
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import { exampleUser } from "../../example-facts.ts";
import { isAdministrative } from "../../facts/broad-groups.ts";
import { groupResource } from "../../facts/group-resource.ts";
import { guestsAmong, nameOf } from "../../facts/humans-of.ts";
import { type Membership, membershipOf } from "../../facts/membership.ts";
import type { PostureContext } from "../../posture-context.ts";
import { exampleProjectId } from "../../posture-example.ts";
import { fail, notEvaluated, onOrganization, type PostureRule, pass } from "../../posture-rule.ts";
import { examplePeople } from "../../resource-examples.ts";

const groups = "https://learn.microsoft.com/azure/devops/organizations/security/about-permissions";
const people = (...names: readonly string[]) => names.map((name) => exampleUser(name));
const guest = exampleUser("eve", { kind: "guest" });
const builds = (change: Partial<UserFact> = {}) =>
  exampleUser("Payments Build Service (contoso)", { kind: "build-identity", buildsFor: exampleProjectId, ...change });
const collection = "Project Collection Administrators";
const serviceAccounts = "Project Collection Service Accounts";

export const rules: readonly PostureRule[] = [
  onOrganization({
    id: "cicd/identity-too-many-administrators",
    aliases: ["ado-id-too-many-admins", "ADO_Organization_AuthZ_Limit_Admin_Count", "ADO-GRP-002"],
    category: "identity",
    title: "Too many people administer",
    severity: "medium",
    risks: ["CICD-SEC-2"],
    why: "Each of these accounts is the whole organization or project to whoever takes it over.",
    abuse:
      "Somebody steals the session of the least careful of many administrators, and changes policies, pipelines and permissions.",
    fix: "Take out who does not administer every week; give rights for a time through a group of Microsoft Entra ID (Privileged Identity Management).",
    links: [groups],
    needs: ["people"],
    checkOrganization: ({ people: facts, organization }, context) =>
      facts.groups
        .filter((group) => !group.isDeleted && /^project (?:collection )?administrators$/i.test(group.name))
        .map((group) => ({
          resource: groupResource(group, organization),
          answer: counted(group, membershipOf(facts), context),
        })),
    examples: {
      bad: [
        {
          organization: { people: examplePeople({ [collection]: people("a", "b", "c", "d") }) },
          settings: { mostAdministrators: 3 },
        },
        { organization: { people: examplePeople({ [collection]: people("a") }) } },
      ],
      good: [
        { organization: { people: examplePeople({ [collection]: [...people("a", "b"), builds()] }) } },
        { organization: { people: examplePeople({ "Project Administrators": people("a") }, exampleProjectId) } },
      ],
    },
  }),
  onOrganization({
    id: "cicd/identity-guest-administers",
    aliases: ["ado-id-guest-privileged", "ADO_Organization_AuthZ_Revoke_Admin_Access_for_Guest_Users"],
    category: "identity",
    title: "A guest administers",
    severity: "high",
    risks: ["CICD-SEC-2"],
    why: "How well this account is protected is decided by another organization, which may already have forgotten it.",
    abuse:
      "Somebody takes over the account in the guest's own directory and administers here, past the sign-in rules of this one.",
    fix: "Take the guest out of the group; if they have to administer, give them an account of this directory.",
    links: ["https://learn.microsoft.com/azure/devops/organizations/accounts/add-external-user"],
    needs: ["people"],
    checkOrganization: ({ people: facts, organization }) =>
      facts.groups
        .filter((group) => !group.isDeleted && !group.isFromEntra && isAdministrative(group.name))
        .map((group) => ({
          resource: groupResource(group, organization),
          answer: invited(group, membershipOf(facts), organization),
        })),
    examples: {
      bad: [
        { organization: { people: examplePeople({ [collection]: [guest] }) } },
        { organization: { people: examplePeople({ "Build Administrators": [guest] }, exampleProjectId) } },
        {
          organization: {
            people: examplePeople({ [collection]: people("a") }),
            entitlements: [{ descriptor: "aad.a", name: "a", isGuest: true, status: "active", license: "Basic" }],
          },
        },
      ],
      good: [{ organization: { people: examplePeople({ [collection]: people("a", "b"), Contractors: [guest] }) } }],
    },
  }),
  onOrganization({
    id: "cicd/identity-in-service-accounts",
    aliases: [
      "ado-id-service-account-group",
      "ADO_Organization_AuthZ_Review_Project_Collection_Service_Accounts",
      "AddCollectionSvc",
    ],
    category: "identity",
    title: "Somebody is in Project Collection Service Accounts",
    severity: "high",
    risks: ["CICD-SEC-2"],
    why: "The group has rights above those of administrators and is for Azure DevOps itself; nobody looks there for people.",
    abuse:
      "Somebody who was an administrator for a moment puts an account into the group, and keeps all rights unseen.",
    fix: "Organization settings > Permissions > Project Collection Service Accounts > Members: remove everybody, and find out who added them.",
    links: [groups],
    needs: ["people"],
    checkOrganization: ({ people: facts, organization }) =>
      facts.groups
        .filter(
          ({ name, projectId }) => projectId === undefined && name.toLowerCase() === serviceAccounts.toLowerCase(),
        )
        .map((group) => ({ resource: groupResource(group, organization), answer: served(group, membershipOf(facts)) })),
    examples: {
      bad: [
        { organization: { people: examplePeople({ [serviceAccounts]: people("mallory") }) } },
        {
          organization: {
            people: examplePeople({ [serviceAccounts]: [exampleUser("app", { kind: "service-principal" })] }),
          },
        },
      ],
      good: [{ organization: { people: examplePeople({ [serviceAccounts]: [] }) } }],
    },
  }),
];

function counted(group: GroupFact, membership: Membership, { settings }: PostureContext): PostureAnswer {
  const { atLeast, unknownGroups } = membership.sizeOf(group.descriptor);
  const evidence = [{ what: `memberships of ${group.principalName}: ${atLeast} people, nested groups included` }];
  if (atLeast > settings.mostAdministrators) {
    return fail("medium", `it has ${atLeast} people, more than ${settings.mostAdministrators}`, { evidence });
  }
  if (unknownGroups.length > 0) {
    return notEvaluated(
      `Azure DevOps does not list the people of ${unknownGroups.slice(0, 3).join(", ")}, which is a member.`,
    );
  }
  if (group.projectId !== undefined || atLeast !== 1) return pass;
  return fail("low", "only one person is in it: if they are gone, nobody can administer", {
    evidence,
    severityBecause: "it is one too few, not one too many",
    fix: "Add a second person whom the organization trusts as much.",
  });
}

function invited(group: GroupFact, membership: Membership, organization: OrganizationFacts): PostureAnswer {
  const members = [...membership.membersOf(group.descriptor)];
  const users = members.flatMap((member) => membership.users.get(member) ?? []);
  const guests = guestsAmong(users, organization).filter(({ isDeletedInOrigin }) => !isDeletedInOrigin);
  if (guests.length > 0) {
    const isWhole = group.projectId === undefined && /administrators$/i.test(group.name);
    return fail(
      isWhole ? "critical" : "high",
      `${sayUsers(guests)} ${guests.length === 1 ? "is a guest" : "are guests"}`,
      {
        ...(isWhole && { severityBecause: "the group administers the whole organization" }),
        evidence: guests.slice(0, 20).map(({ descriptor, name }) => ({
          what: `memberships of ${group.principalName}: ${name} (${descriptor}) has metaType = guest`,
        })),
      },
    );
  }
  const { unknownGroups } = membership.sizeOf(group.descriptor);
  if (unknownGroups.length === 0) return pass;
  return notEvaluated(
    `Azure DevOps does not list the people of ${unknownGroups.slice(0, 3).join(", ")}, which is a member.`,
  );
}

function served(group: GroupFact, membership: Membership): PostureAnswer {
  const members = [...membership.membersOf(group.descriptor)].filter((member) => member !== group.descriptor);
  const users = members.flatMap((member) => membership.users.get(member) ?? []);
  const wrong = users.filter(({ kind }) => kind === "member" || kind === "guest" || kind === "service-principal");
  const entra = members
    .flatMap((member) => membership.groups.get(member) ?? [])
    .filter(({ isFromEntra }) => isFromEntra);
  if (wrong.length + entra.length === 0) return pass;
  const said =
    wrong.length > 0
      ? sayUsers(wrong)
      : entra
          .map(({ name }) => name)
          .slice(0, 3)
          .join(", ");
  return fail("high", `${said} ${wrong.length > 1 ? "are" : "is"} in it`, {
    evidence: [...wrong, ...entra].slice(0, 20).map(({ name, descriptor }) => ({
      what: `memberships of ${group.principalName}: ${name} (${descriptor})`,
    })),
  });
}

function sayUsers(users: readonly UserFact[]): string {
  const names = users.slice(0, 5).map(nameOf);
  return users.length > 5 ? `${names.join(", ")} and ${users.length - 5} more` : names.join(", ");
}
