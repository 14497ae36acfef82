/** The key that seals credentials and keys fingerprints: given, or kept in a file that only its owner may read. */
import { randomBytes } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeOnce } from "#store/write-once.ts";
import type { Config } from "../config.ts";
import { UsageError } from "../usage-error.ts";

export function masterKeyFile(config: Pick<Config, "dataFolder">): string {
  return join(config.dataFolder, "master.key");
}

/** Makes the file at first use. Two processes that start at once end with the same key. */
export async function readMasterKey(config: Pick<Config, "dataFolder" | "masterKey">): Promise<Uint8Array> {
  if (config.masterKey) return Buffer.from(config.masterKey.reveal(), "base64");
  const file = masterKeyFile(config);
  const text = (await readIfThere(file)) ?? (await makeKey(config.dataFolder, file));
  const key = Buffer.from(text.trim(), "base64");
  if (key.length < 32) throw new UsageError(`${file} holds no key of 32 bytes in base64: restore it from a backup`);
  return key;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function makeKey(folder: string, file: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeOnce(file, `${randomBytes(32).toString("base64")}\n`);
  return readFile(file, "utf8");
}
