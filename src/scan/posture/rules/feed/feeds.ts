/** Who may put packages into a feed, and whether a stranger's package can take the place of an internal one. */
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { FeedFact, FeedPackageFact } from "#model/posture/organization-settings.ts";
import type { PostureAnswer, PostureResource } from "#model/posture/posture-result.ts";
import type { Severity } from "#model/severity.ts";
import { breadthOf, isBroad } from "../../facts/broad-groups.ts";
import { type Membership, membershipOf } from "../../facts/membership.ts";
import { feedSettings } from "../../facts/pages-of.ts";
import { listed } from "../../makers/access-rule.ts";
import { fail, notEvaluated, onOrganization, type PostureRule, pass } from "../../posture-rule.ts";
import type { PostureSettings } from "../../posture-settings.ts";

function fed(given: Partial<FeedFact>) {
  const feed: FeedFact = {
    id: "66666666-1111-4111-8111-111111111111",
    name: "contoso",
    url: "https://dev.azure.com/contoso/_artifacts/feed/contoso",
    upstreams: [],
    permissions: [],
    packages: [],
    isCut: false,
    ...given,
  };
  return { organization: { feeds: [feed] } };
}

function granted(name: string, role: string, subject = "vssgp.any") {
  return fed({ permissions: [{ subject, name, role }] });
}

const publicSource = { name: "public", protocol: "npm", isPublic: true };
const internal: FeedPackageFact = { name: "ledger", protocol: "npm", isInternal: true };

export const rules: readonly PostureRule[] = [
  onOrganization({
    id: "cicd/feed-published-by-many",
    aliases: [
      "ado-feed-publish-broad",
      "ADO_Feed_AuthZ_Restrict_Broader_Group_Access",
      "ADO_Feed_AuthZ_Dont_Grant_BuildSvcAcct_Permission",
    ],
    category: "feed",
    title: "Many may publish packages to a feed",
    severity: "high",
    risks: ["CICD-SEC-3", "CICD-SEC-9"],
    why: "A package is code that runs in every build which installs it: who publishes one, changes them all.",
    abuse:
      "Somebody publishes a next version of a shared package with a script of their own, and builds install it by themselves.",
    fix: 'Artifacts > the feed > Feed settings > Permissions: make groups of many people "Feed Reader", and leave "Feed Publisher" to the identity of the pipeline that publishes.',
    links: ["https://learn.microsoft.com/azure/devops/artifacts/feeds/feed-permissions"],
    needs: ["feeds"],
    checkOrganization: ({ feeds, organization }, { settings }) =>
      feeds.map((feed) => ({ resource: feedResource(feed), answer: publishAnswer(feed, organization, settings) })),
    examples: {
      bad: [
        granted("[Payments]\\Contributors", "contributor"),
        granted("[contoso]\\Project Collection Valid Users", "administrator"),
        granted("Project Collection Build Service (contoso)", "contributor", "svc.collection"),
        granted("[Payments]\\Contributors", "collaborator"),
      ],
      good: [
        granted("[Payments]\\Contributors", "reader"),
        granted("[Payments]\\Project Administrators", "administrator"),
        granted("Payments Build Service (contoso)", "contributor", "svc.payments"),
      ],
    },
  }),
  onOrganization({
    id: "cicd/feed-takes-public-package-for-internal",
    aliases: ["ado-feed-upstream-confusion"],
    category: "feed",
    title: "A public package can take the place of an internal one",
    severity: "high",
    risks: ["CICD-SEC-3"],
    why: "Builds install a stranger's code under a name that they trust, as soon as its version is higher.",
    abuse:
      "Somebody publishes a package with the name of an internal one in public, with a higher version and a script that runs at install.",
    fix: 'Artifacts > the feed > the package > "Allow external versions": switch it off. Give internal packages a scope or prefix that you own in public, too.',
    links: ["https://learn.microsoft.com/azure/devops/artifacts/concepts/upstream-behavior"],
    needs: ["feeds"],
    checkOrganization: ({ feeds, organization }) =>
      feeds.map((feed) => ({ resource: feedResource(feed), answer: upstreamAnswer(feed, organization) })),
    examples: {
      bad: [
        fed({ upstreams: [publicSource], packages: [{ ...internal, externalVersions: "allowed" }] }),
        fed({ upstreams: [publicSource], packages: [{ ...internal, protocol: "Npm", externalVersions: "allowed" }] }),
      ],
      good: [
        fed({ upstreams: [publicSource], packages: [{ ...internal, externalVersions: "auto" }] }),
        fed({ upstreams: [], packages: [{ ...internal, externalVersions: "allowed" }] }),
        fed({
          upstreams: [{ ...publicSource, protocol: "nuget" }],
          packages: [{ ...internal, externalVersions: "allowed" }],
        }),
        fed({ upstreams: [publicSource], packages: [{ ...internal, isInternal: false, externalVersions: "allowed" }] }),
      ],
    },
  }),
];

function feedResource({ id, name, projectId, url }: FeedFact): PostureResource {
  return { kind: "feed", id, name, ...(projectId !== undefined && { projectId }), url: feedSettings(url) };
}

/** Publishing is worse than taking in what an upstream has. */
const roles: Readonly<Record<string, { readonly severity: Severity; readonly says: string }>> = {
  administrator: { severity: "high", says: "publish packages and change the feed" },
  contributor: { severity: "high", says: "publish packages" },
  collaborator: { severity: "medium", says: "bring in packages from upstream sources" },
};

function publishAnswer(feed: FeedFact, organization: OrganizationFacts, settings: PostureSettings): PostureAnswer {
  const { people } = organization;
  const membership = people.is === "known" ? membershipOf(people.value) : undefined;
  const told = feed.permissions.flatMap((grant) => {
    const role = roles[grant.role.toLowerCase()];
    return role ? [{ grant, ...role, breadth: breadthOfGrant(grant, membership, settings) }] : [];
  });
  const broad = told.filter(({ breadth }) => isBroad(breadth));
  const worst = broad.find(({ severity }) => severity === "high") ?? broad[0];
  if (!worst) {
    const unknown = told.find(({ severity, breadth }) => severity === "high" && breadth.is === "unknown");
    if (!unknown) return pass;
    return notEvaluated(`How many people ${unknown.grant.name} lets publish is not known: ${unknown.breadth.because}.`);
  }
  const names = listed([...new Set(broad.map(({ grant }) => grant.name))]);
  return fail(worst.severity, `${worst.grant.name} may ${worst.says}`, {
    evidence: broad.slice(0, 20).map(({ grant, breadth }) => ({
      what: `feed ${feed.id}: permissions: ${grant.name} has the role ${grant.role}; ${breadth.because}`,
      url: feedSettings(feed.url),
      ...(organization.feeds.is === "known" && { at: organization.feeds.at }),
    })),
    fix: `Permissions: make ${names} "Feed Reader".`,
    ...(worst.severity !== "high" && { severityBecause: "new packages cannot be published with this role" }),
  });
}

/** The build service of a project publishes for its own pipelines; that of the organization for everybody's. */
function breadthOfGrant(
  grant: FeedFact["permissions"][number],
  membership: Membership | undefined,
  settings: PostureSettings,
) {
  const isForAll =
    membership?.users.get(grant.subject)?.buildsFor === "organization" ||
    /(?:^|\\)project collection build service\b/i.test(grant.name);
  if (isForAll) return { is: "everybody", because: "every pipeline of the organization may act as it" } as const;
  return breadthOf(grant, membership, settings);
}

function upstreamAnswer(
  { id, url, upstreams, packages, isCut }: FeedFact,
  { feeds }: OrganizationFacts,
): PostureAnswer {
  const open = new Set(upstreams.filter(({ isPublic }) => isPublic).map(({ protocol }) => protocol.toLowerCase()));
  const internals = packages.filter(({ isInternal, protocol }) => isInternal && open.has(protocol.toLowerCase()));
  const exposed = internals.filter(({ externalVersions }) => externalVersions === "allowed");
  if (exposed.length > 0) {
    const names = listed(exposed.map(({ name }) => name));
    return fail("high", `versions of ${names} may come from outside`, {
      evidence: exposed.slice(0, 20).map(({ name, protocol }) => ({
        what: `feed ${id}: ${protocol} package ${name}: versionsFromExternalUpstreams = allowExternalVersions`,
        url,
        ...(feeds.is === "known" && { at: feeds.at }),
      })),
      fix: `Switch off "Allow external versions" of ${names}.`,
    });
  }
  if (open.size === 0) return pass;
  const unasked = internals.filter(({ externalVersions }) => externalVersions === undefined);
  if (unasked.length > 0) {
    return notEvaluated(`Whether ${listed(unasked.map(({ name }) => name))} may come from outside was not read.`);
  }
  return isCut ? notEvaluated("The feed has more packages than were listed.") : pass;
}
