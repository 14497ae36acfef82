/** Secrets that open a door to whoever holds them (sessions, API tokens, one-time links): made here, kept only as a hash. */
import { createHash, randomBytes } from "node:crypto";

/** 256 random bits; a plain hash is enough for those, nobody can guess them. */
export function newBearerSecret(prefix = ""): string {
  return prefix + randomBytes(32).toString("base64url");
}

export function hashBearerSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
