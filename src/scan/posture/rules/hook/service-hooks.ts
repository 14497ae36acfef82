/** Where Azure DevOps sends what happens, and whether others can read it on the way. */
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { HookFact } from "#model/posture/organization-settings.ts";
import type { PostureAnswer, PostureResource } from "#model/posture/posture-result.ts";
import { organizationPage, projectPage } from "../../facts/pages-of.ts";
import { fail, notEvaluated, onOrganization, type PostureRule, pass } from "../../posture-rule.ts";

function hooked(given: Partial<HookFact>) {
  const hook: HookFact = {
    id: "55555555-1111-4111-8111-111111111111",
    event: "git.push",
    consumer: "webHooks",
    scheme: "https",
    host: "hooks.contoso.example",
    acceptsUntrustedCertificates: false,
    hasBasicPassword: false,
    status: "enabled",
    isOurs: false,
    ...given,
  };
  return { organization: { hooks: [hook] } };
}

export const rules: readonly PostureRule[] = [
  onOrganization({
    id: "cicd/hook-readable-on-the-way",
    aliases: ["ado-hook-insecure"],
    category: "hook",
    title: "A service hook sends events that others can read or change on the way",
    severity: "medium",
    risks: ["CICD-SEC-8", "CICD-SEC-10"],
    why: "Names, code changes and comments are sent in the clear, and with them the password of the receiver, if it has one.",
    abuse:
      "Somebody in the network between reads the events, takes the password, and sends the receiver events of their own.",
    fix: 'Project settings > Service hooks > the subscription > Edit: give an address with https, and switch off "Accept untrusted SSL certificates".',
    links: ["https://learn.microsoft.com/azure/devops/service-hooks/services/webhooks"],
    needs: ["hooks"],
    checkOrganization: ({ hooks, organization }, { settings }) =>
      hooks
        .filter(({ status }) => !/^disabledByUser$/i.test(status))
        .map((hook) => ({
          resource: hookResource(hook, organization),
          answer: hookAnswer(hook, organization, settings.trustedHosts),
        })),
    examples: {
      bad: [
        hooked({ scheme: "http" }),
        hooked({ scheme: "http", hasBasicPassword: true }),
        hooked({ acceptsUntrustedCertificates: true }),
        { ...hooked({}), settings: { trustedHosts: ["other.example"] } },
      ],
      good: [
        hooked({}),
        hooked({ hasBasicPassword: true }),
        hooked({ scheme: "http", host: "127.0.0.1:8700", hasBasicPassword: true }),
        { ...hooked({ host: "hooks.contoso.example:8443" }), settings: { trustedHosts: ["contoso.example"] } },
        { ...hooked({ isOurs: true }), settings: { trustedHosts: ["other.example"] } },
      ],
    },
  }),
];

function hookResource({ id, projectId, event, host }: HookFact, organization: OrganizationFacts): PostureResource {
  const project = organization.projects.find((one) => one.id.toLowerCase() === projectId?.toLowerCase());
  const url = project ? projectPage(organization, project, "serviceHooks") : organizationPage(organization, "projects");
  const name = host === undefined ? event : `${event} to ${host}`;
  return { kind: "service-hook", id, name, ...(project && { projectId: project.id }), url };
}

/** Hosts are compared only where somebody has said which are trusted: without a list every receiver would be a stranger. */
function hookAnswer(hook: HookFact, organization: OrganizationFacts, trustedHosts: readonly string[]): PostureAnswer {
  const { id, consumer, scheme, host, acceptsUntrustedCertificates, hasBasicPassword, isOurs } = hook;
  const evidence = (what: string) => ({
    what: `subscription ${id}: ${what}`,
    ...(organization.hooks.is === "known" && { at: organization.hooks.at }),
  });
  // A stand-in on the same machine: nothing goes through any network.
  if (host !== undefined && /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host)) return pass;
  if (scheme?.toLowerCase() === "http") {
    return fail(
      hasBasicPassword ? "high" : "medium",
      `events are sent to ${host ?? "their receiver"} without encryption`,
      {
        evidence: [
          evidence(`consumerInputs.url begins with http://${host ?? ""}`),
          ...(hasBasicPassword ? [evidence("consumerInputs.basicAuthPassword is set")] : []),
        ],
        fix: "Give an address that begins with https://.",
        ...(hasBasicPassword && { severityBecause: "a password is sent along in the clear" }),
      },
    );
  }
  if (acceptsUntrustedCertificates) {
    return fail("medium", `whoever stands between may pretend to be ${host ?? "the receiver"}`, {
      evidence: [evidence("consumerInputs.acceptUntrustedCerts = true")],
      fix: 'Switch off "Accept untrusted SSL certificates", and give the receiver a certificate that others trust.',
    });
  }
  if (consumer === "webHooks" && scheme === undefined) return notEvaluated("Azure DevOps does not show its address.");
  if (host === undefined || isOurs || trustedHosts.length === 0 || isTrusted(host, trustedHosts)) return pass;
  return fail("low", `events are sent to ${host}, which nobody has named as trusted`, {
    evidence: [evidence(`consumerInputs.url is at ${host}`)],
    fix: `Delete the subscription, or name ${host} among the trusted hosts in the settings of Sallyport.`,
    severityBecause: "the way there is encrypted",
  });
}

/** Itself or a name below it, on any port. */
function isTrusted(host: string, trustedHosts: readonly string[]): boolean {
  const name = host.toLowerCase().replace(/:\d+$/, "");
  return trustedHosts.some((one) => name === one.toLowerCase() || name.endsWith(`.${one.toLowerCase()}`));
}
