/** What a credential may do, on the wire: the model's preflight. */
import { type Static, Type } from "typebox";
import { scopes } from "#model/scopes.ts";
import { nullable } from "./nullable.ts";
import { time } from "./time.ts";

const verdict = Type.Enum(["granted", "missing", "unknown"] as const);

export const preflightShape = Type.Object({
  checkedAt: time,
  scopes: Type.Array(
    Type.Object({
      scope: Type.Enum(scopes.map(({ name }) => name)),
      verdict,
      reason: Type.String({ description: "Which call told it, or why none can" }),
    }),
  ),
  roles: Type.Array(
    Type.Object({
      role: Type.Enum(["collection-administrator", "project-administrator"] as const),
      /** Of a project administrator. */
      project: nullable(Type.Object({ id: Type.String(), name: Type.String() })),
      verdict,
      reason: Type.String(),
    }),
  ),
  features: Type.Array(
    Type.Object({
      feature: Type.Enum([
        "discover",
        "scan",
        "comment",
        "status",
        "fix",
        "work-items",
        "hooks",
        "builds",
        "permissions-report",
        "posture",
      ] as const),
      works: Type.Enum(["yes", "in-part", "no", "unknown"] as const),
      reason: Type.String({ description: "What works and what does not" }),
      missing: Type.Array(Type.String({ description: "A scope or a right that would make it work" })),
    }),
  ),
});
export type PreflightOnWire = Static<typeof preflightShape>;
