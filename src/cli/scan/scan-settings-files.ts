/** Reads settings and baseline from disk; what is wrong with them is said with file and line. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Baseline } from "#scan/settings/parse-baseline.ts";
import { noSettings, type ScanSettings } from "#scan/settings/scan-settings.ts";
import { decodeText } from "../decode-text.ts";
import { UsageError } from "../usage-error.ts";

export interface LoadedSettings {
  /** The file, if there is one. */
  readonly file?: string;
  readonly settings: ScanSettings;
}

/** `.sallyport.yml` of the scanned folder, unless another file is named. */
export async function loadSettings(folder: string, named: string | undefined): Promise<LoadedSettings> {
  const file = named ?? join(folder, ".sallyport.yml");
  const text = await readText(file, named !== undefined);
  if (text === undefined) return { settings: noSettings };
  const { parseSettings } = await import("#scan/settings/parse-settings.ts");
  const parsed = parseSettings(text);
  if (parsed.is === "settings") return { file: named ?? ".sallyport.yml", settings: parsed.settings };
  const [first] = parsed.mistakes;
  throw new UsageError(`${file}:${first?.line ?? 1}: ${first?.message ?? "cannot be read"}`);
}

export async function loadBaseline(file: string | undefined): Promise<Baseline> {
  if (file === undefined) return { entries: [] };
  const text = (await readText(file, true)) ?? "";
  const { parseBaseline } = await import("#scan/settings/parse-baseline.ts");
  const parsed = parseBaseline(text);
  if (parsed.is === "mistake") throw new UsageError(`${file}: ${parsed.message}`);
  return parsed;
}

async function readText(file: string, demanded: boolean): Promise<string | undefined> {
  try {
    return decodeText(await readFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!demanded && (code === "ENOENT" || code === "ENOTDIR")) return undefined;
    throw new UsageError(`${file} cannot be read (${code ?? "unknown error"})`);
  }
}
