/** Personal access tokens: what they may do, how long they work, and whether their owner still comes. */
import type { AccessTokenFact, Entitlement } from "#model/posture/access-facts.ts";
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { PostureAnswer, PostureResource } from "#model/posture/posture-result.ts";
import { administersIn, isOlder, staleness } from "../../facts/humans-of.ts";
import { membershipOf } from "../../facts/membership.ts";
import { organizationPage } from "../../facts/pages-of.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, notEvaluated, onOrganization, type PostureRule, pass } from "../../posture-rule.ts";

const tokens =
  "https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate";
const token = (change: Partial<AccessTokenFact>): AccessTokenFact => ({
  id: "t1",
  name: "laptop",
  ownerDescriptor: "aad.ada",
  ownerName: "Ada",
  scope: "vso.code",
  isForAllOrganizations: false,
  validFrom: "2026-02-01T00:00:00Z",
  validTo: "2026-04-01T00:00:00Z",
  ...change,
});
const owner = (change: Partial<Entitlement>): Entitlement => ({
  descriptor: "aad.ada",
  name: "Ada",
  isGuest: false,
  status: "active",
  license: "Basic",
  lastAccessAt: "2026-02-28T00:00:00Z",
  ...change,
});

export const rules: readonly PostureRule[] = [
  onOrganization({
    id: "cicd/token-may-do-everything",
    aliases: [
      "ado-pat-full-scope",
      "ADO_User_AuthZ_PAT_Min_Access",
      "ADO_User_AuthZ_Dont_Grant_Critical_Permissions_To_PAT",
    ],
    category: "identity",
    title: "A personal access token may do everything or manage",
    severity: "high",
    risks: ["CICD-SEC-6"],
    why: "Whoever finds the token is this person, without a password, a second factor or a rule about where they sign in from.",
    abuse:
      "Somebody finds the token in a script or on a disk, changes pipelines and policies with it, or makes further tokens.",
    fix: "The owner revokes it (User settings > Personal access tokens) and makes one with the single scope that is needed, or uses a managed identity; Organization settings > Policies can refuse full scope.",
    links: [tokens],
    needs: ["accessTokens"],
    checkOrganization: ({ accessTokens, organization }, context) =>
      accessTokens.map((one) => ({
        resource: tokenResource(one, organization),
        answer: mighty(one, organization, context),
      })),
    examples: {
      bad: [
        { organization: { accessTokens: [token({ scope: "app_token" })] } },
        { organization: { accessTokens: [token({ scope: "vso.code vso.build_execute" })] } },
        { organization: { accessTokens: [token({ scope: "vso.security_manage" })] } },
        // Adds people to the organization, and to groups of its projects.
        { organization: { accessTokens: [token({ scope: "vso.memberentitlementmanagement_write" })] } },
        { organization: { accessTokens: [token({ isForAllOrganizations: true })] } },
      ],
      good: [
        { organization: { accessTokens: [token({ scope: "vso.code vso.packaging" })] } },
        { organization: { accessTokens: [token({ scope: "app_token", validTo: "2026-02-20T00:00:00Z" })] } },
      ],
    },
  }),
  onOrganization({
    id: "cicd/token-lives-long",
    aliases: ["ado-pat-long-lived", "ADO_User_AuthZ_Minimal_Token_Validity"],
    category: "identity",
    title: "A personal access token works longer than anybody needs it",
    severity: "medium",
    risks: ["CICD-SEC-6"],
    why: "A token that leaks, or whose owner is gone, still opens the organization for months.",
    abuse: "Somebody finds an old token in a backup or in a history, and it still works.",
    fix: 'The owner revokes it; Organization settings > Policies > "Enforce maximum personal access token lifespan" keeps new ones short.',
    links: [tokens],
    needs: ["accessTokens"],
    checkOrganization: ({ accessTokens, organization }, context) =>
      accessTokens.map((one) => ({
        resource: tokenResource(one, organization),
        answer: lasting(one, organization, context),
      })),
    examples: {
      bad: [
        { organization: { accessTokens: [token({ validTo: "2027-01-31T00:00:00Z" })] } },
        { organization: { accessTokens: [token({})], entitlements: [owner({ isGuest: true })] } },
        { organization: { accessTokens: [token({})], entitlements: [owner({ status: "disabled" })] } },
        {
          organization: { accessTokens: [token({})], entitlements: [owner({ lastAccessAt: "2025-10-01T00:00:00Z" })] },
        },
      ],
      good: [
        { organization: { accessTokens: [token({})], entitlements: [owner({})] } },
        {
          organization: {
            accessTokens: [token({ validFrom: "2025-01-01T00:00:00Z", validTo: "2026-01-01T00:00:00Z" })],
          },
        },
      ],
    },
  }),
];

function tokenResource({ id, name, ownerName }: AccessTokenFact, organization: OrganizationFacts): PostureResource {
  return { kind: "token", id, name: `${name} of ${ownerName}`, url: organizationPage(organization, "users") };
}

function hasEnded({ validTo }: AccessTokenFact, now: Date): boolean {
  return isOlder(validTo, 0, now);
}

/** Scopes with which somebody takes over what others trust. Writing code and packages is everyday work, and is not among them. */
const critical =
  /^vso\.(?:\w+_manage|code_full|build_execute|release_execute|tokens|tokenadministration|security\w*|memberentitlementmanagement_write)$/;

function mighty(one: AccessTokenFact, { people }: OrganizationFacts, { now }: PostureContext): PostureAnswer {
  if (hasEnded(one, now)) return pass;
  const scopes = one.scope
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((scope) => scope !== "");
  const isFull = scopes.some((scope) => scope === "app_token" || scope === "vso.full_access");
  const strong = scopes.filter((scope) => critical.test(scope));
  const evidence = [
    {
      what: `personalaccesstokens ${one.id}: scope = ${one.scope.slice(0, 300)}, targetAccounts ${one.isForAllOrganizations ? "is empty (all organizations)" : "is limited"}`,
    },
  ];
  if (!isFull && strong.length === 0) {
    if (!one.isForAllOrganizations) return pass;
    const severityBecause = "what it may do is limited";
    return fail("low", "it works in all organizations of its owner", { evidence, severityBecause });
  }
  const groups = people.is === "known" ? administersIn(one.ownerDescriptor, membershipOf(people.value)) : [];
  const says = isFull ? "it may do all that its owner may" : `it has ${strong.slice(0, 5).join(", ")}`;
  const where = one.isForAllOrganizations ? ", in all organizations" : "";
  return fail(groups.length > 0 && isFull ? "critical" : "high", says + where, {
    ...(groups[0] !== undefined && isFull && { severityBecause: `its owner is in ${groups[0]}` }),
    evidence,
  });
}

function lasting(
  one: AccessTokenFact,
  { entitlements }: OrganizationFacts,
  { settings, now }: PostureContext,
): PostureAnswer {
  if (hasEnded(one, now)) return pass;
  const days = Math.round((Date.parse(one.validTo) - Date.parse(one.validFrom)) / (24 * 60 * 60 * 1000));
  const said: string[] = [];
  const evidence = [{ what: `personalaccesstokens ${one.id}: validFrom = ${one.validFrom}, validTo = ${one.validTo}` }];
  if (days > settings.longestToken)
    said.push(`it works for ${days > 3650 ? "ever" : `${days} days`}, more than ${settings.longestToken} days`);
  const owned =
    entitlements.is === "known"
      ? entitlements.value.find(({ descriptor }) => descriptor === one.ownerDescriptor)
      : undefined;
  const doubt = owned && ownerDoubt(owned, settings.staleAfter, now);
  if (doubt) {
    said.push(doubt.says);
    evidence.push({ what: `userentitlements ${one.ownerDescriptor}: ${doubt.proof}` });
  }
  if (said.length > 0) {
    const isWorse = doubt !== undefined && owned?.isGuest !== true;
    return fail(isWorse ? "high" : "medium", said.join("; "), {
      ...(isWorse && { severityBecause: "nobody is there who would notice its use" }),
      evidence,
    });
  }
  if (owned) return pass;
  const reason =
    entitlements.is === "unknown" ? entitlements.reason : `${one.ownerName} is not among the people that were read.`;
  return notEvaluated(`Whether its owner still comes is not known: ${reason}`);
}

function ownerDoubt(
  owned: Entitlement,
  staleAfter: number,
  now: Date,
): { readonly says: string; readonly proof: string } | undefined {
  if (owned.status === "disabled" || owned.status === "deleted") {
    return { says: `its owner is ${owned.status}`, proof: `status = ${owned.status}` };
  }
  const stale = staleness(owned, staleAfter, now);
  if (stale) return { says: `its owner ${stale.says}`, proof: stale.proof };
  return owned.isGuest ? { says: "its owner is a guest", proof: "isGuest = true" } : undefined;
}
