/**
 * The call by which the pages of Azure DevOps read and set what no documented call does: policies of the organization, and
 * its settings of pipelines. Microsoft describes it nowhere; it answers as public tools that use it have seen it.
 */
import { isRecord, record } from "../pull-requests/request-body.ts";
import { mayAct } from "../rights.ts";
import { type Answer, type Call, Refusal, type Route } from "../route.ts";
import type { World } from "../world.ts";
import { organizationPoliciesOf } from "./organization-policies.ts";
import { pipelineSettings, pipelineSettingsOf, setPipelineSettings } from "./pipeline-settings.ts";

const policies = "ms.vss-admin-web.organization-policies-data-provider";
const pipelines = "ms.vss-build-web.pipelines-org-settings-data-provider";

function policyData(call: Call, world: World): Record<string, unknown> {
  const all = organizationPoliciesOf(call.organization);
  const isTurned = world.switches.invertedPolicyValues === "turned";
  const shape = (one: (typeof all)[number]) => ({
    policy: {
      name: one.name,
      value: one.value,
      effectiveValue: isTurned && one.isInverted ? !one.value : one.value,
      ...(one.isDefined ? {} : { isValueUndefined: true }),
      enforce: false,
    },
    learnMoreLink: "https://aka.ms/vstspolicy",
    description: one.description,
    applicableServiceHost: 3,
  });
  const categories = [...new Set(all.map(({ category }) => category))];
  return {
    policies: Object.fromEntries(
      categories.map((category) => [category, all.filter((one) => one.category === category).map(shape)]),
    ),
    invertedPolicies: all.filter(({ isInverted }) => isInverted).map(({ name }) => name),
  };
}

/** Properties of the request that are settings change them; the answer is what holds then. */
function pipelineData(call: Call): Record<string, unknown> {
  const isAdministrator = mayAct(call.organization, call.user.id, "collection administrators");
  const asked = record(record(record(call.body).dataProviderContext).properties);
  if (isAdministrator)
    for (const name of pipelineSettings) {
      const wanted = String(asked[name]).toLowerCase();
      if (wanted === "true" || wanted === "false")
        setPipelineSettings(call.organization, { [name]: wanted === "true" });
    }
  return { ...pipelineSettingsOf(call.organization), hasManagePipelinePoliciesPermission: isAdministrator };
}

function requireCredential(call: Call, world: World): void {
  const { portalCalls } = world.switches;
  const isGood =
    portalCalls === "any credential" || (portalCalls === "full access" && call.token.scopes.includes("full"));
  if (isGood) return;
  throw new Refusal(
    401,
    "UnauthorizedRequestException",
    `TF400813: The user '${call.user.id}' is not authorized to access this resource.`,
  );
}

/** A provider that may not be read is no error of the call: it is told beside the others. */
function queryHierarchy(call: Call, world: World): Answer {
  requireCredential(call, world);
  const { contributionIds } = isRecord(call.body) ? call.body : {};
  const dataProviders: Record<string, unknown> = { "ms.vss-web.component-data": {}, "ms.vss-web.shared-data": null };
  const dataProviderExceptions: Record<string, unknown> = {};
  for (const id of Array.isArray(contributionIds) ? contributionIds.map(String) : []) {
    if (id === pipelines) dataProviders[id] = pipelineData(call);
    if (id !== policies) continue;
    if (mayAct(call.organization, call.user.id, "collection administrators")) {
      dataProviders[id] = policyData(call, world);
      continue;
    }
    const message = `Access Denied: ${call.user.displayName} needs the following permission(s) on the resource Collection to perform this action: Edit instance-level information`;
    dataProviderExceptions[id] = { exceptionType: "AccessCheckException", message };
  }
  return {
    body: {
      dataProviderSharedData: {},
      dataProviders,
      ...(Object.keys(dataProviderExceptions).length > 0 ? { dataProviderExceptions } : {}),
    },
  };
}

const at = "/{organization}/_apis/Contribution/HierarchyQuery";

export const portalRoutes: readonly Route[] = [
  { method: "POST", path: at, preview: true, handle: queryHierarchy },
  { method: "POST", path: `${at}/{scopeName}/{scopeValue}`, preview: true, handle: queryHierarchy },
];
