import type { Finding } from "#model/finding.ts";
import { branchName } from "./branch-name.ts";

/** Short names of the branches besides `ref` that held a secret when its history was read. */
export function otherBranches({ origin }: Finding, ref: string): string[] {
  return (origin?.branches ?? []).filter((name) => name !== branchName(ref));
}
