import type { HookEventId, InstanceId, RepositoryId, ScanId } from "./ids.ts";

/** What a scan looks at. */
export type ScanTarget =
  | { readonly is: "branch"; readonly ref: string }
  | { readonly is: "pull-request"; readonly number: number; readonly iteration: number }
  /** What was built. Its findings are of the scan alone: issues are those of the default branch. */
  | { readonly is: "commit"; readonly build: number }
  /** All that the branches ever held: on record only where it could not be read to its end. */
  | { readonly is: "history" };

export type Because =
  | { readonly is: "hook"; readonly event: HookEventId }
  | { readonly is: "schedule" }
  | { readonly is: "connected" }
  | { readonly is: "person"; readonly name: string };

/** `partial`: findings are there, but something could not be read; `superseded`: cut off, and another of the same target took over. */
export type ScanOutcome = "complete" | "partial" | "failed" | "superseded";

/** Files beside those that were looked at. */
export interface NotScanned {
  /** Of a kind that no scanner reads, by their names or their bytes: pictures, programs, archives. */
  readonly binary: number;
  readonly tooLarge: number;
}

export interface ScanStats {
  readonly files: number;
  /** Where they were counted. */
  readonly notScanned?: NotScanned;
  readonly bytes: number;
  readonly milliseconds: number;
  readonly cache: { readonly hits: number; readonly misses: number };
}

export interface Scan {
  readonly id: ScanId;
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly target: ScanTarget;
  readonly commit: string;
  readonly because: Because;
  readonly started: Date;
  readonly finished?: Date;
  readonly outcome?: ScanOutcome;
  readonly stats?: ScanStats;
}
