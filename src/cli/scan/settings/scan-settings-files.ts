/** Reads settings and baseline from disk; what is wrong with them is said with file and line. */
import { dirname, join, resolve } from "node:path";
import type { Baseline } from "#scan/settings/parse-baseline.ts";
import { noSettings, type ScanSettings } from "#scan/settings/scan-settings.ts";
import { UsageError } from "../../usage-error.ts";
import { treeOf } from "../scan-place.ts";
import { isHandedOver } from "./read-handed-pipe.ts";
import { readSettingsText } from "./read-settings-text.ts";

export interface LoadedSettings {
  /** The file, if there is one. */
  readonly file?: string;
  /** The folder of a file that a person named, or where they are if it came through a pipe: what it names in turn is theirs, too. */
  readonly namedIn?: string;
  readonly settings: ScanSettings;
}

/** `.sallyport.yml` of the scanned folder, unless another file is named. */
export async function loadSettings(folder: string, named: string | undefined): Promise<LoadedSettings> {
  const file = named ?? join(folder, ".sallyport.yml");
  const within = named === undefined ? treeOf(folder) : undefined;
  const text = readSettingsText({ path: file, longest: longestSettings, within });
  if (text === undefined && named !== undefined) throw missing(named);
  if (text === undefined) return { settings: noSettings };
  const { parseSettings } = await import("#scan/settings/parse-settings.ts");
  const parsed = parseSettings(text);
  if (parsed.is === "settings") {
    const { settings } = parsed;
    return named === undefined
      ? { file: ".sallyport.yml", settings }
      : { file: named, namedIn: isHandedOver(named) ? process.cwd() : dirname(resolve(named)), settings };
  }
  const [first] = parsed.mistakes;
  throw new UsageError(`${file}:${first?.line ?? 1}: ${first?.message ?? "cannot be read"}`);
}

export async function loadBaseline(file: string | undefined): Promise<Baseline> {
  if (file === undefined) return { entries: [] };
  const text = readSettingsText({ path: file, longest: longestBaseline });
  if (text === undefined) throw missing(file);
  const { parseBaseline } = await import("#scan/settings/parse-baseline.ts");
  const parsed = parseBaseline(text);
  if (parsed.is === "mistake") throw new UsageError(`${file}: ${parsed.message}`);
  return parsed;
}

const longestSettings = 1_000_000;
/** It may be a whole report. */
const longestBaseline = 256 * 1024 * 1024;

function missing(file: string): UsageError {
  return new UsageError(`${file} cannot be read (ENOENT)`);
}
