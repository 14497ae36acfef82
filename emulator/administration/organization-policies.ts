/** Policies of an organization, as its page of settings groups them. */
import type { OrganizationState } from "../world.ts";

interface PolicyKind {
  readonly name: `Policy.${string}`;
  readonly category: "applicationConnection" | "security" | "user" | "privacy";
  readonly description: string;
  readonly atFirst: boolean;
  /** Its name says what is forbidden, its switch on the page what is allowed. */
  readonly isInverted?: true;
}

export const policyKinds = [
  {
    name: "Policy.DisallowOAuthAuthentication",
    category: "applicationConnection",
    description: "Third-party application access via OAuth",
    atFirst: false,
    isInverted: true,
  },
  {
    name: "Policy.DisallowSecureShell",
    category: "applicationConnection",
    description: "SSH authentication",
    atFirst: false,
    isInverted: true,
  },
  { name: "Policy.LogAuditEvents", category: "security", description: "Log Audit Events", atFirst: false },
  { name: "Policy.AllowAnonymousAccess", category: "security", description: "Allow public projects", atFirst: false },
  {
    name: "Policy.ArtifactsExternalPackageProtectionToken",
    category: "security",
    description: "Additional protections when using public package registries",
    atFirst: true,
  },
  {
    name: "Policy.EnforceAADConditionalAccess",
    category: "security",
    description: "Enable IP Conditional Access policy validation on non-interactive flows",
    atFirst: false,
  },
  {
    name: "Policy.DisallowAadGuestUserAccess",
    category: "user",
    description: "External guest access",
    atFirst: false,
    isInverted: true,
  },
  {
    name: "Policy.AllowTeamAdminsInvitationsAccessToken",
    category: "user",
    description: "Allow team and project administrators to invite new users",
    atFirst: true,
  },
  { name: "Policy.AllowRequestAccessToken", category: "user", description: "Request access", atFirst: true },
  { name: "Policy.AllowFeedbackCollection", category: "privacy", description: "Feedback", atFirst: true },
] as const satisfies readonly PolicyKind[];

export type PolicyName = (typeof policyKinds)[number]["name"];

const set = new WeakMap<OrganizationState, Map<PolicyName, boolean>>();

export function setOrganizationPolicies(
  organization: OrganizationState,
  values: Readonly<Partial<Record<PolicyName, boolean>>>,
): void {
  const known = set.get(organization) ?? new Map<PolicyName, boolean>();
  set.set(organization, known);
  for (const { name } of policyKinds) {
    const value = values[name];
    if (value !== undefined) known.set(name, value);
  }
}

export function organizationPoliciesOf(
  organization: OrganizationState,
): readonly (PolicyKind & { readonly name: PolicyName; readonly value: boolean; readonly isDefined: boolean })[] {
  const known = set.get(organization);
  return policyKinds.map((kind) => ({
    ...kind,
    value: known?.get(kind.name) ?? kind.atFirst,
    isDefined: known?.has(kind.name) ?? false,
  }));
}
