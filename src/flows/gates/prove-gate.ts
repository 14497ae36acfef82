/** Whether a red scan blocks on a branch, from the policies of its project: pure, so that every way of not blocking can be tested. */
import type { BranchPolicy, PolicyScope } from "#azure-devops/policy-configurations.ts";
import { folderOf, type GatedBranch, type GateFlaw } from "#model/gate.ts";
import { statusContext } from "../give-feedback/pull-request-status.ts";
import { flawsOf, noGate, otherBranches } from "./gate-flaws.ts";

export interface BranchFacts extends GatedBranch {
  readonly isDefault: boolean;
}

export interface GateProof {
  /** Empty: a red scan blocks. */
  readonly flaws: readonly GateFlaw[];
  /** The policy that holds, or comes nearest to it. */
  readonly gate?: BranchPolicy;
  /** Nothing demands a pull request: whoever may contribute pushes to the branch directly. */
  readonly directPushes: boolean;
}

export function proveGate(
  branch: BranchFacts,
  policies: readonly BranchPolicy[],
  ours: { readonly authorId: string; readonly remoteId?: number | undefined },
): GateProof {
  const applying = policies.filter(({ scopes }) => scopes.some((scope) => covers(scope, branch)));
  const candidates = applying.flatMap((gate) =>
    gate.status && (gate.id === ours.remoteId || isAboutUs(gate.status))
      ? [{ gate, flaws: flawsOf(gate, gate.status, ours.authorId) }]
      : [],
  );
  // One that holds is enough; of those that do not, the one with the least amiss.
  const [best] = candidates.toSorted((one, other) => one.flaws.length - other.flaws.length);
  const directPushes = !applying.some(({ isEnabled, isBlocking }) => isEnabled && isBlocking);
  if (best) return { ...best, directPushes };
  const strayed = policies.some(({ id }) => id === ours.remoteId);
  return { flaws: [strayed ? otherBranches() : noGate(ours.remoteId !== undefined)], directPushes };
}

/** Near enough to be meant as the gate: what differs is then said. */
function isAboutUs({
  statusGenre,
  statusName,
}: {
  readonly statusGenre: string;
  readonly statusName: string;
}): boolean {
  const genre = statusGenre.toLowerCase();
  return genre === statusContext.genre || (genre === "" && statusName.toLowerCase() === statusContext.name);
}

/**
 * Settings of a repository as a whole (sizes and names of files) demand no pull request and are no policies of a branch.
 * A folder of branches is covered only by a scope that holds all of it.
 */
export function covers(scope: PolicyScope, { repositoryId, ref, isDefault }: BranchFacts): boolean {
  if (scope.repositoryId !== undefined && scope.repositoryId !== repositoryId.toLowerCase()) return false;
  if (scope.match === "default-branch") return isDefault;
  if (scope.refName === undefined) return false;
  const folder = folderOf(ref);
  if (scope.match === "exact") return folder === undefined && scope.refName === ref;
  // Whether a prefix ends within a name is not told: it counts for whole folders only.
  const prefix = scope.refName.endsWith("/") ? scope.refName : `${scope.refName}/`;
  return (folder ?? ref).startsWith(prefix) || ref === scope.refName;
}
