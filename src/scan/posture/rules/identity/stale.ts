/** People and guests who did not come for long and still may. */
import type { Entitlement } from "#model/posture/access-facts.ts";
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { PostureAnswer, PostureResource } from "#model/posture/posture-result.ts";
import { exampleUser } from "../../example-facts.ts";
import { administersIn, isOlder, nameOf, staleness } from "../../facts/humans-of.ts";
import { membershipOf } from "../../facts/membership.ts";
import { organizationPage } from "../../facts/pages-of.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, onOrganization, type PostureRule, pass } from "../../posture-rule.ts";
import { examplePeople } from "../../resource-examples.ts";

const users = "https://learn.microsoft.com/azure/devops/organizations/accounts/delete-organization-users";
const entitled = (change: Partial<Entitlement>): Entitlement => ({
  descriptor: "aad.ada",
  name: "Ada",
  isGuest: false,
  status: "active",
  license: "Basic",
  createdAt: "2024-01-01T00:00:00Z",
  ...change,
});

export const rules: readonly PostureRule[] = [
  onOrganization({
    id: "cicd/identity-guest-stale",
    aliases: ["ado-id-guest-stale", "ADO_Organization_AuthZ_Remove_Inactive_Guest_Users"],
    category: "identity",
    title: "A guest who does not come any more keeps access",
    severity: "medium",
    risks: ["CICD-SEC-2"],
    why: "The work is over, the way in is still open, and whoever ran the account may have left their company.",
    abuse: "Somebody takes over the sleeping account in the other directory and reads or changes code here.",
    fix: "Organization settings > Users > the guest > Remove from organization; and take the invitation back in Microsoft Entra ID.",
    links: [users],
    needs: ["entitlements"],
    checkOrganization: ({ entitlements, organization }, context) =>
      entitlements
        .filter(({ isGuest }) => isGuest)
        .map((one) => ({ resource: personResource(one, organization), answer: sleeping(one, context) })),
    examples: {
      bad: [
        { organization: { entitlements: [entitled({ isGuest: true, lastAccessAt: "2025-10-01T00:00:00Z" })] } },
        { organization: { entitlements: [entitled({ isGuest: true })] } },
      ],
      good: [
        { organization: { entitlements: [entitled({ isGuest: true, lastAccessAt: "2026-02-20T00:00:00Z" })] } },
        { organization: { entitlements: [entitled({ isGuest: true, createdAt: "2026-02-20T00:00:00Z" })] } },
        { organization: { entitlements: [entitled({ isGuest: true, status: "disabled" })] } },
      ],
    },
  }),
  onOrganization({
    id: "cicd/identity-user-stale",
    aliases: ["ado-id-user-stale", "ADO_Organization_AuthZ_Review_Inactive_Users", "Admins activity"],
    category: "identity",
    title: "Somebody who does not come any more keeps access",
    severity: "medium",
    risks: ["CICD-SEC-2"],
    why: "Nobody notices when somebody else uses the account, or a token that belongs to it.",
    abuse: "Somebody signs in with a password that leaked elsewhere, or uses an old token, and works as this person.",
    fix: "Organization settings > Users > the person > Remove from organization; revoke their tokens.",
    links: [users],
    needs: ["entitlements"],
    checkOrganization: ({ entitlements, organization }, context) =>
      entitlements
        .filter(({ isGuest }) => !isGuest)
        .map((one) => ({ resource: personResource(one, organization), answer: absent(one, organization, context) })),
    examples: {
      bad: [
        { organization: { entitlements: [entitled({ lastAccessAt: "2025-10-01T00:00:00Z" })] } },
        {
          organization: {
            entitlements: [entitled({ lastAccessAt: "2026-02-27T00:00:00Z" })],
            people: examplePeople({ Team: [exampleUser("ada", { isDeletedInOrigin: true })] }),
          },
        },
      ],
      good: [
        { organization: { entitlements: [entitled({ lastAccessAt: "2026-02-20T00:00:00Z" })] } },
        { organization: { entitlements: [entitled({ createdAt: "2026-02-20T00:00:00Z", status: "pending" })] } },
      ],
    },
  }),
];

function personResource(one: Entitlement, organization: OrganizationFacts): PostureResource {
  return { kind: "person", id: one.descriptor, name: nameOf(one), url: organizationPage(organization, "users") };
}

function mayCome({ status }: Entitlement): boolean {
  return status === "active" || status === "pending" || status === "other";
}

function sleeping(one: Entitlement, { settings, now }: PostureContext): PostureAnswer {
  const stale = mayCome(one) ? staleness(one, settings.staleAfter, now) : undefined;
  if (!stale) return pass;
  return fail("medium", `the guest ${stale.says}`, {
    evidence: [{ what: `userentitlements ${one.descriptor}: status = ${one.status}, ${stale.proof}` }],
  });
}

function absent(one: Entitlement, organization: OrganizationFacts, { settings, now }: PostureContext): PostureAnswer {
  if (!mayCome(one)) return pass;
  const membership = organization.people.is === "known" ? membershipOf(organization.people.value) : undefined;
  const isGone = membership?.users.get(one.descriptor)?.isDeletedInOrigin === true;
  const stale = staleness(one, settings.staleAfter, now);
  if (!isGone && !stale) return pass;
  const why = isGone ? "the account is deleted in the directory, and still listed here" : (stale?.says ?? "");
  const because = worseBecause(one, organization, now);
  const evidence = [
    { what: `userentitlements ${one.descriptor}: status = ${one.status}${stale ? `, ${stale.proof}` : ""}` },
  ];
  if (isGone) evidence.push({ what: `graph user ${one.descriptor}: isDeletedInOrigin = true` });
  return fail(because === undefined ? "medium" : "high", isGone ? why : `this person ${why}`, {
    ...(because !== undefined && { severityBecause: because }),
    evidence,
  });
}

function worseBecause(
  { descriptor }: Entitlement,
  { people, accessTokens }: OrganizationFacts,
  now: Date,
): string | undefined {
  const groups = people.is === "known" ? administersIn(descriptor, membershipOf(people.value)) : [];
  if (groups[0] !== undefined) return `they are in ${groups[0]}`;
  if (accessTokens.is === "unknown") return undefined;
  const token = accessTokens.value.find(
    ({ ownerDescriptor, validTo }) => ownerDescriptor === descriptor && !isOlder(validTo, 0, now),
  );
  return token && `their token "${token.name}" still works`;
}
