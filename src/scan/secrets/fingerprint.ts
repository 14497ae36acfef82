import { createHmac } from "node:crypto";

/** The name of a secret that tells nothing about it to anyone without the key; the same wherever the secret stands. */
export function fingerprintOf(key: Uint8Array, family: string, normalised: string): string {
  return createHmac("sha256", key).update(`${family}\0${normalised}`).digest("hex");
}
