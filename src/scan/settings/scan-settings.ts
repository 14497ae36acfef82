import type { Allow } from "#model/allow.ts";
import type { PackageSettings } from "./package-settings.ts";
import type { SecretScanSettings } from "./parse-secret-settings.ts";

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
  /** Words of the file that an instance decides itself, where the server scans. */
  readonly ofInstance?: readonly { readonly word: string; readonly line: number }[];
}

export const noSettings: ScanSettings = { allow: [], skip: [] };

export interface SettingsMistake {
  readonly line: number;
  readonly message: string;
}
