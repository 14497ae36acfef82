/** Branch policies of a project, of every type, with all that they say. What was deleted is left out. */
import type { BranchPolicyFact } from "#model/posture/code-facts.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { collect, pagesByHeader } from "../pages.ts";
import { readScope } from "../policy-configurations.ts";
import { inner, isWire, optionalText, requiredNumber, requiredText, type Wire } from "../read-wire.ts";
import type { CollectingProject } from "./collector.ts";

const where = "branch policies";

export async function readBranchPolicies(
  client: OrganizationClient,
  { project }: CollectingProject,
): Promise<readonly BranchPolicyFact[]> {
  const request = { path: path`/${project.id}/_apis/policy/configurations` };
  const policies = await collect(pagesByHeader(client, request, { top: 1000, where }), readPolicy);
  return policies.flat();
}

function readPolicy(wire: Wire): readonly BranchPolicyFact[] {
  if (wire.isDeleted === true) return [];
  const type = inner(wire, "type");
  const { scope, ...settings } = inner(wire, "settings");
  const scopes: readonly unknown[] = Array.isArray(scope) ? scope : [];
  return [
    {
      id: requiredNumber(wire, "id", where),
      typeId: requiredText(type, "id", where).toLowerCase(),
      typeName: optionalText(type, "displayName") ?? "",
      isEnabled: wire.isEnabled === true,
      isBlocking: wire.isBlocking === true,
      scopes: scopes.filter(isWire).map(readScope),
      settings,
    },
  ];
}
