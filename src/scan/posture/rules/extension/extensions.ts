/** What programs of others may do in the organization, and whether anybody still looks after them. */
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { ExtensionFact } from "#model/posture/organization-settings.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import { organizationPage } from "../../facts/pages-of.ts";
import { listed } from "../../makers/access-rule.ts";
import { fail, notEvaluated, onOrganization, type PostureRule, pass, type ResourceAnswer } from "../../posture-rule.ts";
import type { PostureSettings } from "../../posture-settings.ts";

const links = ["https://learn.microsoft.com/azure/devops/marketplace/install-extension"];
const decorator = "ms.azure-pipelines.pipeline-decorator";

function installed(given: Partial<ExtensionFact>) {
  const extension: ExtensionFact = {
    publisherId: "northwind",
    publisherName: "Northwind",
    extensionId: "boards-export",
    name: "Boards Export",
    version: "1.4.0",
    flags: [],
    scopes: ["vso.work"],
    lastPublished: "2026-01-10T00:00:00Z",
    contributionTypes: ["ms.vss-web.hub"],
    isDisabled: false,
    ...given,
  };
  return { organization: { extensions: [extension] } };
}

export const rules: readonly PostureRule[] = [
  onOrganization({
    id: "cicd/extension-with-wide-rights",
    aliases: ["ado-ext-risky-scopes", "ADO_Organization_SI_Review_Installed_Extensions"],
    category: "extension",
    title: "An extension may change code, run pipelines or manage access",
    severity: "high",
    risks: ["CICD-SEC-8"],
    why: "Whoever takes over its publisher gets these rights in every organization that has it, with the next version.",
    abuse: "Somebody buys or breaks into the publisher's account and publishes a version that pushes to repositories.",
    fix: "Organization settings > Extensions: remove it, or replace it by one that asks for less; if it has to stay, name its publisher among the trusted ones in the settings of Sallyport.",
    links,
    needs: ["extensions"],
    checkOrganization: ({ extensions, organization }, context) =>
      answers(extensions, organization, (extension) => scopeAnswer(extension, organization, context.settings)),
    examples: {
      bad: [
        installed({ scopes: ["vso.code_write"] }),
        installed({ scopes: ["vso.code", "vso.serviceendpoint_manage"] }),
        installed({ scopes: ["vso.securefiles_read"] }),
        installed({ scopes: ["vso.graph_manage"] }),
        installed({ scopes: ["vso.packaging_write"] }),
      ],
      good: [
        installed({ scopes: ["vso.code", "vso.build"] }),
        installed({ publisherId: "ms-devlabs", scopes: ["vso.code_manage"] }),
      ],
    },
  }),
  onOrganization({
    id: "cicd/extension-injects-steps",
    aliases: ["ado-ext-decorator", "ADO_Organization_SI_Review_Auto_Injected_Extensions"],
    category: "extension",
    title: "An extension puts steps of its own into every job",
    severity: "high",
    risks: ["CICD-SEC-8"],
    why: "Its code runs in all pipelines, beside their secrets, and no YAML file shows it.",
    abuse:
      "Somebody publishes a version whose step reads what the job holds, and sends it away from every pipeline at once.",
    fix: "Organization settings > Extensions: look at what its decorator does; remove it, or name its publisher among the trusted ones in the settings of Sallyport.",
    links: ["https://learn.microsoft.com/azure/devops/extend/develop/add-pipeline-decorator"],
    needs: ["extensions"],
    checkOrganization: ({ extensions, organization }, context) =>
      answers(extensions, organization, (extension) => decoratorAnswer(extension, organization, context.settings)),
    examples: {
      bad: [installed({ contributionTypes: ["ms.vss-web.hub", decorator] })],
      good: [installed({}), installed({ contributionTypes: [decorator], publisherId: "microsoft" })],
    },
  }),
  onOrganization({
    id: "cicd/extension-unmaintained",
    aliases: ["ado-ext-unmaintained"],
    category: "extension",
    title: "An extension is no longer looked after, or not finished",
    severity: "medium",
    risks: ["CICD-SEC-8"],
    why: "Nobody mends what is found in it, while it goes on running with its rights.",
    abuse: "Somebody uses a known hole in a library that the extension has carried along for years.",
    fix: "Organization settings > Extensions: remove it, or replace it by one that is looked after.",
    links,
    needs: ["extensions"],
    checkOrganization: ({ extensions, organization }, context) =>
      answers(extensions, organization, (extension) => careAnswer(extension, organization, context.now)),
    examples: {
      bad: [
        installed({ lastPublished: "2023-02-01T00:00:00Z" }),
        installed({ flags: ["preview"] }),
        installed({ name: "Boards Export (Deprecated)" }),
        installed({ flags: ["private"] }),
      ],
      good: [installed({}), installed({ flags: ["trusted"], lastPublished: "2025-01-01T00:00:00Z" })],
    },
  }),
];

/** Left out is what every organization has, and what is switched off. */
function answers(
  extensions: readonly ExtensionFact[],
  organization: OrganizationFacts,
  check: (extension: ExtensionFact) => PostureAnswer,
): readonly ResourceAnswer[] {
  const url = `${organizationPage(organization, "extensions")}?tab=installed`;
  return extensions
    .filter(({ flags, isDisabled }) => !isDisabled && !hasFlag(flags, "builtin"))
    .map((extension) => ({
      resource: { kind: "extension", id: fullId(extension), name: extension.name, url },
      answer: check(extension),
    }));
}

function fullId({ publisherId, extensionId }: ExtensionFact): string {
  return `${publisherId}.${extensionId}`;
}

function hasFlag(flags: readonly string[], name: string): boolean {
  return flags.some((flag) => flag.toLowerCase() === name);
}

function isTrusted({ publisherId }: ExtensionFact, { trustedPublishers }: PostureSettings): boolean {
  return trustedPublishers.some((one) => one.toLowerCase() === publisherId.toLowerCase());
}

const wideScopes: ReadonlySet<string> = new Set(
  [
    ...["code_write", "code_manage", "code_full", "build_execute", "release_execute", "release_manage"],
    ...[
      "serviceendpoint_manage",
      "variablegroups_manage",
      "securefiles_read",
      "securefiles_write",
      "securefiles_manage",
    ],
    ...["variablegroups_write", "taskgroups_write", "taskgroups_manage", "packaging_write", "packaging_manage"],
    ...["agentpools_manage", "machinegroup_manage", "security_manage", "tokens", "tokenadministration"],
    ...["extension_manage", "graph_manage", "identity_manage", "authorization_grant"],
    ...["memberentitlementmanagement_write", "project_manage", "environment_manage", "pipelineresources_manage"],
  ].map((scope) => `vso.${scope}`),
);

function scopeAnswer(
  extension: ExtensionFact,
  organization: OrganizationFacts,
  settings: PostureSettings,
): PostureAnswer {
  const wide = extension.scopes.filter((scope) => wideScopes.has(scope.toLowerCase()));
  if (wide.length === 0 || isTrusted(extension, settings)) return pass;
  return fail("high", `${extension.name} of ${extension.publisherName} holds ${listed(wide, 3)}`, {
    evidence: [evidenceOf(extension, organization, `scopes = ${wide.join(" ")}`)],
    fix: `Remove ${extension.name}, or name ${extension.publisherId} among the trusted publishers.`,
  });
}

function decoratorAnswer(
  extension: ExtensionFact,
  organization: OrganizationFacts,
  settings: PostureSettings,
): PostureAnswer {
  if (!extension.contributionTypes.includes(decorator) || isTrusted(extension, settings)) return pass;
  return fail("high", `${extension.name} of ${extension.publisherName} runs steps in every job`, {
    evidence: [evidenceOf(extension, organization, `contributions[].type = ${decorator}`)],
    fix: `Remove ${extension.name}, or name ${extension.publisherId} among the trusted publishers.`,
  });
}

const twoYears = 2 * 365 * 86_400_000;

/** Where Azure DevOps does not call a publisher verified, that says nothing: most answers leave it out. */
function careAnswer(extension: ExtensionFact, organization: OrganizationFacts, now: Date): PostureAnswer {
  const { name, flags, lastPublished, scopes, contributionTypes } = extension;
  const published = lastPublished === undefined ? Number.NaN : Date.parse(lastPublished);
  const signs = [
    ...(now.getTime() - published > twoYears
      ? [{ says: `was last published on ${lastPublished?.slice(0, 10)}`, field: `lastPublished = ${lastPublished}` }]
      : []),
    ...(hasFlag(flags, "deprecated") || /\b(?:deprecated|obsolete|retired)\b/i.test(name)
      ? [{ says: "is called deprecated", field: `extensionName = ${name}, flags = ${flags.join(", ")}` }]
      : []),
    ...(hasFlag(flags, "preview") || /\b(?:preview|beta|alpha)\b/i.test(name)
      ? [{ says: "is a preview", field: `extensionName = ${name}, flags = ${flags.join(", ")}` }]
      : []),
    ...(hasFlag(flags, "private") ? [{ says: "is shared privately", field: `flags = ${flags.join(", ")}` }] : []),
  ];
  if (signs.length === 0) {
    return Number.isNaN(published) ? notEvaluated("Azure DevOps does not say when it was last published.") : pass;
  }
  const isHarmless = scopes.length === 0 && !contributionTypes.includes(decorator);
  return fail(isHarmless ? "low" : "medium", `${name} ${signs.map(({ says }) => says).join(" and ")}`, {
    evidence: signs.map(({ field }) => evidenceOf(extension, organization, field)),
    fix: `Remove ${name}, or replace it.`,
    ...(isHarmless && { severityBecause: "it holds no rights of its own" }),
  });
}

function evidenceOf(extension: ExtensionFact, organization: OrganizationFacts, what: string) {
  const { extensions } = organization;
  return {
    what: `extension ${fullId(extension)} ${extension.version}: ${what}`,
    url: `https://marketplace.visualstudio.com/items?itemName=${encodeURIComponent(fullId(extension))}`,
    ...(extensions.is === "known" && { at: extensions.at }),
  };
}
