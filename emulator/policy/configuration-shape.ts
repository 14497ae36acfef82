/** How answers show a policy configuration, and its revisions. */
import { identityRef, organizationUrl } from "../shapes.ts";
import type { OrganizationState, PolicyState, World } from "../world.ts";
import { policyKind, policyNames } from "./policy-types.ts";

const revisions = new WeakMap<PolicyState, PolicyState[]>();

/** Keeps the state as it is now as a revision; call it after each change. */
export function keepRevision(policy: PolicyState): void {
  const kept = revisions.get(policy) ?? [];
  revisions.set(policy, [...kept, { ...policy, settings: structuredClone(policy.settings) }]);
}

export function revisionsOf(policy: PolicyState): readonly PolicyState[] {
  return revisions.get(policy) ?? [policy];
}

export function policyTypeShape(base: string, typeId: string): Record<string, unknown> {
  const kind = policyKind(typeId);
  return {
    id: typeId,
    url: `${base}/_apis/policy/types/${typeId}`,
    displayName: kind ? policyNames[kind].displayName : "Unknown",
  };
}

/** The answer to a POST writes its date without `Z`, every other one with it. */
export function configurationShape(
  world: World,
  organization: OrganizationState,
  policy: PolicyState,
  dates: "with Z" | "without Z" = "with Z",
): Record<string, unknown> {
  const base = `${organizationUrl(world, organization)}/${policy.projectId}`;
  const url = `${base}/_apis/policy/configurations/${policy.id}`;
  const date = policy.createdDate.toISOString().replace("Z", "0000");
  return {
    createdBy: identityRef(world, policy.createdBy, organization),
    createdDate: dates === "with Z" ? `${date}Z` : date,
    isEnabled: policy.isEnabled,
    isBlocking: policy.isBlocking,
    isDeleted: policy.isDeleted,
    settings: policy.settings,
    isEnterpriseManaged: false,
    _links: {
      self: { href: url },
      policyType: { href: `${base}/_apis/policy/types/${policy.typeId}` },
    },
    revision: policy.revision,
    id: policy.id,
    url,
    type: policyTypeShape(base, policy.typeId),
  };
}
