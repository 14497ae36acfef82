import type { CicdRule } from "../cicd-rule.ts";
import type { PackageUnit } from "./package-unit.ts";

/** A rule on how a repository gets its packages; all it needs is in the files. */
export interface PackageRule extends CicdRule<PackageUnit> {
  readonly id: `cicd/${"npm" | "packages"}-${string}`;
}
