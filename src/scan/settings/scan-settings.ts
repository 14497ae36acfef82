import type { PackageSettings } from "./package-settings.ts";
import type { SecretScanSettings } from "./parse-secret-settings.ts";

/** What a person decided not to be told, with a reason. Every given part must fit; at least one is given. */
export interface Allow {
  readonly rule?: string;
  /** A glob over the path, relative to the scanned folder: `test/**`. */
  readonly path?: string;
  readonly fingerprint?: string;
  readonly reason: string;
  /** Last day, `YYYY-MM-DD`. */
  readonly until?: string;
  /** Line of the file that says so; 0 if no line says it of this alone. */
  readonly line: number;
}

/** A scan's settings file (`.sallyport.yml`). */
export interface ScanSettings {
  readonly allow: readonly Allow[];
  /** Globs of paths that are not scanned at all. */
  readonly skip: readonly string[];
  /** Secrets: report from this score on. */
  readonly minimumScore?: number;
  /** Rules of one's own, whose marks are honoured, values that are known. */
  readonly secrets?: SecretScanSettings;
  /** How packages are judged, if the file says so. */
  readonly packages?: PackageSettings;
}

export const noSettings: ScanSettings = { allow: [], skip: [] };

export interface SettingsMistake {
  readonly line: number;
  readonly message: string;
}
