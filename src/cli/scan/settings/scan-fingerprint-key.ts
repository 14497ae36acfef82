/**
 * The key that names secrets in reports and baselines. With SALLYPORT_KEY it is the server's, so that a team's machines
 * and its server give one secret one name; otherwise it is random, made once per user and kept in the home folder.
 */
import { createHmac, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createKeys } from "#store/keys.ts";
import { writeOnce } from "#store/write-once.ts";
import { readConfig } from "../../config.ts";
import { makeFolder } from "../../serve/make-folder.ts";
import { userFolder } from "../../user-folder.ts";

export interface FingerprintKey {
  readonly key: Uint8Array;
  /** False if the key could not be kept: fingerprints of this run fit no other. */
  readonly lasting: boolean;
}

export async function readFingerprintKey(
  file: string = join(userFolder(), "fingerprint.key"),
): Promise<FingerprintKey> {
  const { masterKey } = readConfig();
  if (masterKey !== undefined) {
    return { key: createKeys(Buffer.from(masterKey.reveal(), "base64")).fingerprintKey, lasting: true };
  }
  const kept = await readKey(file);
  if (kept !== undefined) return { key: kept, lasting: true };
  const fresh = randomBytes(32);
  try {
    await makeFolder({ folder: dirname(file), setting: "the folder of the key", mode: 0o700 });
    if (await writeOnce(file, `${fresh.toString("base64")}\n`)) return { key: fresh, lasting: true };
  } catch {
    // The folder is read-only.
  }
  // Somebody was faster.
  const theirs = await readKey(file);
  return theirs === undefined ? { key: fresh, lasting: false } : { key: theirs, lasting: true };
}

/** By which a baseline tells whose fingerprints it holds: a hash of the key, from which nobody gets back to it. */
export function keyName(key: Uint8Array): string {
  return createHmac("sha256", key).update("name of the fingerprint key").digest("hex").slice(0, 16);
}

async function readKey(file: string): Promise<Uint8Array | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  const key = Buffer.from(text?.trim() ?? "", "base64");
  return key.length >= 32 ? key : undefined;
}
