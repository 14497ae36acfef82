import type { Preflight } from "#model/preflight.ts";
import type { PreflightOnWire } from "./preflight.ts";

/** A preflight as the wire carries it: exactly the fields of the contract. */
export function preflightOf({ checkedAt, scopes, roles, features }: Preflight): PreflightOnWire {
  return {
    checkedAt: checkedAt.toISOString(),
    scopes: scopes.map(({ scope, verdict, reason }) => ({ scope, verdict, reason })),
    roles: roles.map(({ role, project, verdict, reason }) => ({
      role,
      project: project ? { id: project.id, name: project.name } : null,
      verdict,
      reason,
    })),
    features: features.map(({ feature, works, reason, missing }) => ({
      feature,
      works,
      reason,
      missing: [...missing],
    })),
  };
}
