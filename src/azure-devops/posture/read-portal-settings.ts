/**
 * Settings of an organization that only Azure DevOps' own pages read, by a call that is not documented. An answer of another
 * shape is an error and never an empty list: what nobody could read is not the same as what nobody set.
 */
import type { OrganizationPipelineSettings, OrganizationPolicyFact } from "#model/posture/organization-settings.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { inner, isWire, optionalText, type Wire, wireObject } from "../read-wire.ts";
import type { Collecting } from "./collector.ts";

const policies = { contribution: "ms.vss-admin-web.organization-policies-data-provider", page: "organizationPolicy" };
const pipelines = { contribution: "ms.vss-build-web.pipelines-org-settings-data-provider", page: "pipelinessettings" };

export async function readOrganizationPolicies(
  client: OrganizationClient,
  given: Pick<Collecting, "organization">,
): Promise<readonly OrganizationPolicyFact[]> {
  const data = await askPage(client, given, policies);
  const inverted = new Set<unknown>(Array.isArray(data.invertedPolicies) ? data.invertedPolicies : []);
  const byCategory = isWire(data.policies) ? Object.values(data.policies) : [data.policies];
  const found = byCategory
    .flatMap((list): readonly unknown[] => (Array.isArray(list) ? list : []))
    .filter(isWire)
    .flatMap((wire) => readPolicy(wire, inverted));
  if (found.length === 0) throw changed(policies.page, "policies");
  return found;
}

/**
 * What counts is the value in the end: the policy's own, or the one that stands above. Of those whose switch on the page says
 * the opposite of their name, answers were seen where that value is turned, too; their own one never is.
 */
function readPolicy(wire: Wire, inverted: ReadonlySet<unknown>): readonly OrganizationPolicyFact[] {
  const policy = isWire(wire.policy) ? wire.policy : wire;
  const name = optionalText(policy, "name");
  const { value: own, effectiveValue } = policy;
  const [first, second] = inverted.has(name) ? [own, effectiveValue] : [effectiveValue, own];
  const value = typeof first === "boolean" ? first : second;
  return name === undefined || typeof value !== "boolean" ? [] : [{ name, value }];
}

const pipelineSettings = [
  "enforceJobAuthScope",
  "enforceJobAuthScopeForReleases",
  "enforceReferencedRepoScopedToken",
  "enforceSettableVar",
] as const satisfies readonly (keyof OrganizationPipelineSettings)[];

export async function readOrganizationPipelines(
  client: OrganizationClient,
  given: Pick<Collecting, "organization">,
): Promise<OrganizationPipelineSettings> {
  const data = await askPage(client, given, pipelines);
  const found = pipelineSettings.flatMap((name) => {
    const value = data[name];
    return typeof value === "boolean" ? [[name, value] as const] : [];
  });
  if (found.length === 0) throw changed(pipelines.page, "settings");
  return Object.fromEntries(found);
}

/** Asks for what the page shows. It reads, although it is a POST. */
async function askPage(
  client: OrganizationClient,
  { organization }: Pick<Collecting, "organization">,
  { contribution, page }: { readonly contribution: string; readonly page: string },
): Promise<Wire> {
  const routeValues = { adminPivot: page, controller: "ContributedPage", action: "Execute" };
  const sourcePage = {
    url: `${organization.url}/_settings/${page}`,
    routeId: "ms.vss-admin-web.collection-admin-hub-route",
    routeValues,
  };
  const { body } = await client.request({
    method: "POST",
    path: path`/_apis/Contribution/HierarchyQuery`,
    apiVersion: "5.0-preview.1",
    body: { contributionIds: [contribution], dataProviderContext: { properties: { sourcePage } } },
    isRepeatable: true,
  });
  const answer = wireObject(body, `the page ${page}`);
  const data = inner(answer, "dataProviders")[contribution];
  if (isWire(data)) return data;
  const refusal = optionalText(inner(inner(answer, "dataProviderExceptions"), contribution), "message");
  if (refusal !== undefined) {
    const message = `Azure DevOps does not show the page ${page} to this credential: ${refusal}`;
    throw new RemoteError("forbidden", message, { details: { page } });
  }
  throw changed(page, "data");
}

function changed(page: string, what: string): RemoteError {
  const message = `Azure DevOps answered for its page ${page} without ${what} in a form that is known. The call is not documented and may have changed.`;
  return new RemoteError("unexpected", message, { details: { page, what } });
}
