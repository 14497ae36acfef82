/** The keys that are derived from the master key, one per purpose, so that no key serves two. */
import { hkdfSync } from "node:crypto";
import { inspect } from "node:util";

export interface Keys {
  readonly sealingKey: Uint8Array;
  /** Tells, without revealing it, which master key sealed a value. */
  readonly sealingKeyId: Buffer;
  /** For the keyed hash in fingerprints of secrets. */
  readonly fingerprintKey: Uint8Array;
  /** For the keyed hash that tells whether a token was given before. */
  readonly tokenKey: Uint8Array;
}

/** `masterKey` is 32 bytes or more of randomness. */
export function createKeys(masterKey: Uint8Array): Keys {
  if (masterKey.length < 32) throw new RangeError("the master key needs at least 32 bytes");
  const keys = {
    sealingKey: derive(masterKey, "sealing", 32),
    sealingKeyId: derive(masterKey, "sealing key id", 8),
    fingerprintKey: derive(masterKey, "fingerprints", 32),
    tokenKey: derive(masterKey, "hashes of tokens", 32),
  };
  // They are part of objects that may be logged.
  return Object.freeze(Object.assign(keys, { toJSON: () => "[hidden]", [inspect.custom]: () => "[hidden]" }));
}

function derive(masterKey: Uint8Array, purpose: string, length: number): Buffer {
  return Buffer.from(hkdfSync("sha256", masterKey, Buffer.alloc(0), `sallyport ${purpose}`, length));
}
