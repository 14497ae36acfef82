/** How people and programs get into the organization. */
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import { exampleUser } from "../../example-facts.ts";
import { organizationPage } from "../../facts/pages-of.ts";
import { answerOfPolicies, policyResource, policyRule } from "../../makers/policy-rule.ts";
import { fail, onOrganization, type PostureRule } from "../../posture-rule.ts";

const links = ["https://learn.microsoft.com/azure/devops/organizations/accounts/change-application-access-policies"];

function set(name: string, value: boolean) {
  return { name: `Policy.${name}`, value };
}

const conditionalAccess = {
  name: "Policy.EnforceAADConditionalAccess",
  wanted: true,
  severity: "medium",
  says: "conditional access of Microsoft Entra ID is not asked for outside the browser",
  instruction: 'switch on "Enable IP Conditional Access policy validation on non-interactive flows"',
} as const;

export const rules: readonly PostureRule[] = [
  policyRule({
    id: "cicd/organization-open-to-guests",
    aliases: ["ado-org-external-access", "ADO_Organization_AuthN_Disable_Guest_Users"],
    title: "People from outside can be let in without an administrator",
    severity: "medium",
    risks: ["CICD-SEC-2"],
    why: "Accounts that your own sign-in rules and leavers' lists do not know get at code and pipelines.",
    abuse:
      "Somebody asks a team administrator for an invitation to a private address, and keeps the access after the contract ends.",
    links: ["https://learn.microsoft.com/azure/devops/organizations/accounts/add-external-user"],
    policies: [
      {
        name: "Policy.DisallowAadGuestUserAccess",
        wanted: true,
        severity: "medium",
        says: "guests from other directories may be added",
        instruction: 'switch off "External guest access"',
      },
      {
        name: "Policy.AllowTeamAdminsInvitationsAccessToken",
        wanted: false,
        severity: "medium",
        says: "administrators of teams and projects may invite people",
        instruction: 'switch off "Allow team and project administrators to invite new users"',
      },
      {
        name: "Policy.AllowRequestAccessToken",
        wanted: false,
        severity: "low",
        because: "somebody still has to grant what is asked for",
        says: "everybody who finds an address may ask for access",
        instruction: 'switch off "Request access"',
      },
    ],
    examples: {
      bad: [
        { organization: { organizationPolicies: [set("DisallowAadGuestUserAccess", false)] } },
        { organization: { organizationPolicies: [set("AllowTeamAdminsInvitationsAccessToken", true)] } },
        {
          organization: {
            organizationPolicies: [
              set("DisallowAadGuestUserAccess", true),
              set("AllowTeamAdminsInvitationsAccessToken", false),
              set("AllowRequestAccessToken", true),
            ],
          },
        },
      ],
      good: [
        {
          organization: {
            organizationPolicies: [
              set("DisallowAadGuestUserAccess", true),
              set("AllowTeamAdminsInvitationsAccessToken", false),
              set("AllowRequestAccessToken", false),
            ],
          },
        },
      ],
    },
  }),
  policyRule({
    id: "cicd/organization-oauth-or-ssh-allowed",
    aliases: ["ado-org-oauth-ssh", "ADO_Organization_AuthZ_Disable_OAuth_App_Access"],
    title: "Programs get in by OAuth or SSH whether or not anybody needs it",
    severity: "low",
    risks: ["CICD-SEC-8"],
    why: "Keys and tokens of programs live outside the rules for signing in: they work from anywhere, and few people know of them.",
    abuse: "Somebody agrees to an application that looks useful, and it reads code with their rights from then on.",
    links,
    caution:
      "Switching OAuth off also cuts off integrations that sign in on behalf of people, Sallyport's own sign-in among them: give it a service principal or a token first.",
    policies: [
      {
        name: "Policy.DisallowOAuthAuthentication",
        wanted: true,
        severity: "medium",
        because: "applications of others act with the rights of people",
        says: "applications may act for people by OAuth",
        instruction: 'switch off "Third-party application access via OAuth"',
      },
      {
        name: "Policy.DisallowSecureShell",
        wanted: true,
        severity: "low",
        says: "people may sign in with SSH keys",
        instruction: 'switch off "SSH authentication"',
      },
    ],
    examples: {
      bad: [
        { organization: { organizationPolicies: [set("DisallowOAuthAuthentication", false)] } },
        {
          organization: {
            organizationPolicies: [set("DisallowOAuthAuthentication", true), set("DisallowSecureShell", false)],
          },
        },
      ],
      good: [
        {
          organization: {
            organizationPolicies: [set("DisallowOAuthAuthentication", true), set("DisallowSecureShell", true)],
          },
        },
      ],
    },
  }),
  onOrganization({
    id: "cicd/organization-without-conditional-access",
    aliases: ["ado-org-no-conditional-access", "ADO_Organization_AuthZ_Enable_AAD_Conditional_Access_Policy"],
    category: "organization",
    title: "Rules of conditional access hold in the browser only",
    severity: "medium",
    risks: ["CICD-SEC-2"],
    why: "A stolen password or token works from any place and device, without a second factor, as long as no browser is used.",
    abuse: "Somebody with a token from a leaked file reads all repositories from their own machine with a script.",
    fix: `Organization settings > Policies: ${conditionalAccess.instruction}. An organization that is not connected to Microsoft Entra ID has no such rules: connect it first.`,
    links,
    needs: ["organizationPolicies"],
    checkOrganization: ({ organization }) => [
      { resource: policyResource(organization), answer: conditionalAnswer(organization) },
    ],
    examples: {
      bad: [
        { organization: { organizationPolicies: [set("EnforceAADConditionalAccess", false)] } },
        {
          organization: {
            organizationPolicies: [],
            people: { users: [exampleUser("Anna", { descriptor: "msa.anna" })], groups: [], members: {} },
          },
        },
      ],
      good: [{ organization: { organizationPolicies: [set("EnforceAADConditionalAccess", true)] } }],
    },
  }),
  policyRule({
    id: "cicd/organization-external-packages-unprotected",
    aliases: ["ado-org-external-package-protection-off", "ADO_Organization_SI_Protect_Private_Feeds_Impersonation"],
    title: "Packages from outside may stand in for internal ones",
    severity: "high",
    risks: ["CICD-SEC-3"],
    why: "A public package with the name of one of yours is installed by builds as soon as its version is higher.",
    abuse:
      "Somebody reads the name of an internal package in a log and publishes one of that name with version 99 for everybody.",
    links: ["https://learn.microsoft.com/azure/devops/artifacts/concepts/upstream-behavior"],
    policies: [
      {
        name: "Policy.ArtifactsExternalPackageProtectionToken",
        wanted: true,
        severity: "high",
        says: "feeds take versions from public sources also of packages that are published inside",
        instruction: 'switch on "Additional protections when using public package registries"',
      },
    ],
    examples: {
      bad: [{ organization: { organizationPolicies: [set("ArtifactsExternalPackageProtectionToken", false)] } }],
      good: [{ organization: { organizationPolicies: [set("ArtifactsExternalPackageProtectionToken", true)] } }],
    },
  }),
];

/** Without Microsoft Entra ID there is nothing to be asked for, whatever the policy says. */
function conditionalAnswer(organization: OrganizationFacts): PostureAnswer {
  const { people } = organization;
  const members = people.is === "known" ? people.value.users.filter(({ kind }) => kind === "member") : [];
  if (people.is === "known" && members.length > 0 && members.every(({ descriptor }) => descriptor.startsWith("msa."))) {
    return fail(
      "medium",
      "the organization is not connected to Microsoft Entra ID: people sign in with personal accounts",
      {
        evidence: [
          {
            what: `graph/users: all ${members.length} are personal accounts (msa.…)`,
            url: organizationPage(organization, "users"),
            at: people.at,
          },
        ],
        fix: "Organization settings > Microsoft Entra: connect a directory.",
      },
    );
  }
  return answerOfPolicies(organization, [conditionalAccess]);
}
