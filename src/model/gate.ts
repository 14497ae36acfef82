/** A gate: the branch policy of Azure DevOps that keeps a pull request from being completed until our status agrees. */
import type { RepositoryId } from "./ids.ts";

/** Why a red scan would not block on a branch. The words stand beside it in `GateFlaw`. */
export type GateFlawCode =
  | "no-gate"
  | "disabled"
  | "optional"
  | "other-status"
  | "any-author"
  | "other-author"
  | "kept-after-push"
  | "only-if-posted"
  | "files-left-out"
  | "other-branches"
  | "not-evaluated"
  | "status-off"
  | "not-scanned"
  | "refused"
  | "unread";

export interface GateFlaw {
  readonly code: GateFlawCode;
  /** What is the matter and what to do, in sentences. */
  readonly said: string;
}

/** `waiting`: asked for and not made yet; `effective`: a red scan blocks; `unread`: it could not be looked at. */
export type GateState = "waiting" | "effective" | "ineffective" | "refused" | "unread";

export const gateStates = [
  "waiting",
  "effective",
  "ineffective",
  "refused",
  "unread",
] as const satisfies readonly GateState[];

/** Somebody, or a group, whom the gate does not hold, or who may take it away. */
export interface Bypasser {
  readonly name: string;
  readonly isGroup: boolean;
  /** As Azure DevOps' page for permissions names them. */
  readonly permissions: readonly string[];
}

/** What Azure DevOps says of the gate on an open pull request. */
export interface GateEvaluation {
  readonly pullRequest: number;
  readonly status: "queued" | "running" | "approved" | "rejected" | "notApplicable" | "broken";
  /** ISO text. */
  readonly at: string;
}

export interface GatedBranch {
  readonly repositoryId: RepositoryId;
  /** Full name, `refs/heads/main`; or a folder of branches, those of the future too: `refs/heads/release/*`. */
  readonly ref: string;
}

/** The longest name of a ref that git keeps well. */
const longestRef = 400;

/** As people write it (`main`, `release/*`, `refs/heads/main`) to the full name; undefined if it is neither a branch nor a folder. */
export function gatedRef(written: string): string | undefined {
  const name = written.trim().replace(/^refs\/heads\//, "");
  const plain = name.endsWith("/*") ? name.slice(0, -2) : name;
  if (plain === "" || plain.length > longestRef || plain.startsWith("/") || plain.endsWith("/")) return undefined;
  const isOdd = /[\s~^:?*[\\\p{Cc}]|\.\.|\/\/|@\{/u.test(plain);
  return isOdd ? undefined : `refs/heads/${name}`;
}

/** The folder that a pattern means, with its slash; undefined of a branch. */
export function folderOf(ref: string): string | undefined {
  return ref.endsWith("/*") ? ref.slice(0, -1) : undefined;
}
