/**
 * Secrets at rest: an AES-256-GCM envelope. Each value has its own data key, sealed by the master key; the row's id is
 * authenticated with both, so that a sealed value moved to another row does not open.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type SecretValue, secretValue } from "#model/secret-value.ts";
import type { Keys } from "./keys.ts";

// Layout: version 1 byte, key id 8, sealed data key (nonce 12, text 32, tag 16), sealed value (nonce 12, text n, tag 16).
const version = 1;
const keyIdLength = 8;
const nonceLength = 12;
const tagLength = 16;
const dataKeyLength = 32;
const valueOffset = 1 + keyIdLength + nonceLength + dataKeyLength + tagLength;

export class SealError extends Error {
  override readonly name = "SealError";
}

export function seal(keys: Keys, plaintext: string, rowId: string): Buffer {
  const header = Buffer.concat([Buffer.of(version), keys.sealingKeyId]);
  const dataKey = randomBytes(dataKeyLength);
  const context = Buffer.concat([header, Buffer.from(rowId)]);
  return Buffer.concat([
    header,
    encrypt(keys.sealingKey, dataKey, context),
    encrypt(dataKey, Buffer.from(plaintext), context),
  ]);
}

/** Throws a SealError if the value is of another key or another row, or was changed. */
export function open(keys: Keys, sealed: Uint8Array, rowId: string): SecretValue {
  const bytes = Buffer.from(sealed);
  if (bytes.length < valueOffset + nonceLength + tagLength || bytes[0] !== version) {
    throw new SealError("this is no sealed value, or of a newer version of Sallyport");
  }
  const header = bytes.subarray(0, 1 + keyIdLength);
  if (!header.subarray(1).equals(keys.sealingKeyId)) {
    throw new SealError("this value was sealed with another master key: start with that key, or connect again");
  }
  const context = Buffer.concat([header, Buffer.from(rowId)]);
  const dataKey = decrypt(keys.sealingKey, bytes.subarray(header.length, valueOffset), context);
  return secretValue(decrypt(dataKey, bytes.subarray(valueOffset), context).toString("utf8"));
}

function encrypt(key: Uint8Array, plaintext: Uint8Array, context: Uint8Array): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(context);
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, sealed: Buffer, context: Uint8Array): Buffer {
  const nonce = sealed.subarray(0, nonceLength);
  const text = sealed.subarray(nonceLength, sealed.length - tagLength);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength }).setAAD(context);
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength));
  try {
    return Buffer.concat([decipher.update(text), decipher.final()]);
  } catch (cause) {
    throw new SealError("this sealed value belongs to another row or was changed", { cause });
  }
}
