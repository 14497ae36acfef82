import type { BranchKind } from "./policy.ts";

/** All kinds that a branch is of; `other` if it is of none. `name` is short: `release/2.0`. */
export function branchKindsOf(branch: {
  readonly name: string;
  readonly isDefault: boolean;
  /** Whether a blocking branch policy protects it. */
  readonly isProtected: boolean;
}): readonly BranchKind[] {
  const kinds: BranchKind[] = [
    ...(branch.isDefault ? (["default"] as const) : []),
    ...(branch.isProtected ? (["protected"] as const) : []),
    ...(/^releases?\//i.test(branch.name) ? (["release"] as const) : []),
  ];
  return kinds.length > 0 ? kinds : ["other"];
}
