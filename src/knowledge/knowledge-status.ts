/** How old the local copy is, where it comes from, and what is wrong with it: shown wherever its answers are. */
import type { Ecosystem } from "#model/ecosystem.ts";

export interface KnowledgeStatus {
  /** Absent for the sample. */
  readonly folder?: string;
  /** To be shown first, if there is one: that it is a sample. */
  readonly notice?: string;
  /** Other than before when answers may be others: what was judged is to be judged again. */
  readonly version: string;
  readonly ecosystems: readonly EcosystemStatus[];
  readonly sources: readonly SourceStatus[];
  readonly exploitLikelihood?: ListStatus;
  readonly knownExploited?: ListStatus;
  readonly runtimes?: ListStatus;
  /** Files that could not be used, and what to do about them. */
  readonly problems: readonly string[];
}

/** An ecosystem that is not in the list has no data. */
export interface EcosystemStatus {
  readonly ecosystem: Ecosystem;
  readonly advisories: number;
  readonly packages: number;
  readonly malicious: number;
  /** Records that could not be read. */
  readonly unreadable: number;
  readonly bytes: number;
  /** ISO time. */
  readonly built: string;
  /** When the oldest of its sources was last known to be current. */
  readonly asOf?: string;
}

export interface ListStatus {
  readonly rows: number;
  /** ISO date that the list names; empty if it names none. */
  readonly asOf: string;
}

export interface SourceStatus {
  readonly name: string;
  readonly kind: string;
  readonly licence: string;
  /** To be printed with what comes from it. */
  readonly attribution?: string;
  /** Address or folder. */
  readonly from: string;
  readonly isRequired: boolean;
  /** ISO time when it was last known to be current. */
  readonly checked?: string;
  readonly bytes: number;
  /** What went wrong since. */
  readonly problems: readonly { readonly at: string; readonly message: string }[];
}
