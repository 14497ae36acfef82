/** Who may use or administer one resource, of those that are everybody, many people, or what all builds act as. */
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import type { ResourceRole } from "#model/posture/resource-facts.ts";
import type { Severity } from "#model/severity.ts";
import { fail, notEvaluated, pass } from "../posture-rule.ts";
import type { PostureSettings } from "../posture-settings.ts";
import { breadthOfReference } from "./breadth-of-reference.ts";
import { isBroad } from "./broad-groups.ts";
import { resourceKey } from "./checks-of.ts";
import { indexed } from "./indexed.ts";
import type { Membership } from "./membership.ts";

export function rolesOn(
  roles: readonly ResourceRole[],
  kind: ResourceRole["kind"],
  id: string,
): readonly ResourceRole[] {
  return indexed(roles, "resource", (role) => resourceKey(role.kind, role.resourceId)).get(resourceKey(kind, id)) ?? [];
}

const strong: ReadonlySet<string> = new Set(["administrator", "user"]);

interface Asked {
  readonly roles: readonly ResourceRole[];
  readonly membership: Membership | undefined;
  readonly settings: PostureSettings;
  readonly severity: Severity;
  readonly severityBecause?: string;
  /** The resource's page: `Project settings > …`. */
  readonly page: string;
  readonly url?: string;
}

export function answerOnRoles({
  roles,
  membership,
  settings,
  severity,
  severityBecause,
  page,
  url,
}: Asked): PostureAnswer {
  if (roles.length === 0) return notEvaluated("Azure DevOps did not tell who has a role on it.");
  const asked = roles.filter(({ role }) => strong.has(role.toLowerCase()));
  const judged = asked.map((role) => ({ role, breadth: breadthOfReference(role.identity, membership, settings) }));
  const broad = judged.filter(({ breadth }) => isBroad(breadth));
  const [first] = broad;
  if (first) {
    const { identity, role } = first.role;
    return fail(severity, `${identity.name} has the role ${role}: ${first.breadth.because}`, {
      ...(severityBecause !== undefined && { severityBecause }),
      evidence: broad.map(({ role: one }) => ({ what: sayRole(one), ...(url !== undefined && { url }) })),
      fix: `${page}: take ${names(broad.map(({ role: one }) => one))} out, and give the role User to the team that needs it.`,
    });
  }
  const unsure = judged.find(({ breadth }) => breadth.is === "unknown");
  if (!unsure) return pass;
  return notEvaluated(`Whether ${unsure.role.identity.name} is a broad group is not known: ${unsure.breadth.because}.`);
}

function sayRole({ kind, resourceId, identity, role, isInherited }: ResourceRole): string {
  return `securityroles of ${kind} ${resourceId}: ${identity.name} is ${role}${isInherited ? " (inherited from the project)" : ""}`;
}

function names(roles: readonly ResourceRole[]): string {
  return [...new Set(roles.map(({ identity }) => identity.name))].slice(0, 5).join(", ");
}
