/** What a scan of a whole history takes and gives, for the command line and the server. */
import type { Mirror } from "#git/mirror.ts";
import type { Finding } from "#model/finding.ts";
import type { Problem } from "#model/scan-result.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import type { SecretSettings } from "#scan/secrets/secret-settings.ts";
import type { ScanPool } from "../scan-files/scan-pool.ts";

/** Whoever waits may see how far it is; `to` is told often. */
export interface HistoryProgress {
  to(done: number): void;
  end(): void;
}

export interface HistoryRequest {
  readonly repository: Pick<Mirror, "history" | "listRefs" | "listTree" | "readBlobs" | "resolve">;
  readonly pool: Pick<ScanPool, "scan">;
  /** Threads that read packs. */
  readonly threads: number;
  /** Report from this score on. */
  readonly minimumScore?: number | undefined;
  /** Rules of the owner's own: only the ordinary scanner knows them, so git reads the history. */
  readonly secrets?: SecretSettings | undefined;
  /** Only what is or was below this folder, whose name ends with a slash; places are told from there. */
  readonly prefix?: string;
  /** Where ids are kept for the next scan; without it each scan reads everything. */
  readonly keptIn?: string | undefined;
  /** What was found in objects that are gone by now is still reported: whoever had them may have the secret. */
  readonly remembersGone?: boolean;
  readonly signal?: AbortSignal;
  /** Asked for twice: for the packs, and for the versions that may hold a secret. */
  readonly openProgress?: ((total: number, what: string) => Promise<HistoryProgress>) | undefined;
  /** "deltas" if nothing is said. */
  readonly read?: HistoryReading;
}

/**
 * How the objects of a history come to be known. "deltas": from the packs, each only where it differs from the one it is
 * built on. "git": each is asked of git and scanned like any file, as rules of the owner's own demand, which nothing else
 * knows. "objects": from the packs, each whole; only tests ask for it, to compare with the deltas.
 */
export type HistoryReading = "deltas" | "git" | "objects";

export interface HistoryScan {
  /** One for each secret and path, at the newest version that holds it. */
  readonly findings: readonly HistoryFinding[];
  readonly silenced: readonly SilencedFinding[];
  readonly problems: readonly Problem[];
  /** Paths of which some version is larger than what is read. */
  readonly tooLarge: readonly string[];
  readonly stats: HistoryStats;
}

export interface HistoryFinding {
  readonly finding: Finding;
  /** The blob in which it stands at the finding's place. */
  readonly objectId: string;
  /** All versions of the path that hold it. */
  readonly versions: readonly string[];
}

export interface HistoryStats {
  /** Blobs judged in this scan; those that were known are not among them. */
  readonly objects: number;
  /** Their bytes. */
  readonly bytes: number;
  /** Bytes of them that had to be looked at. */
  readonly looked: number;
  readonly known: number;
  readonly suspects: number;
  readonly milliseconds: number;
}
