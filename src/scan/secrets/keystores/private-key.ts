import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import { openPgpFacts } from "./openpgp.ts";

/** What a PEM block turned out to be. `identity` is the same for every encoding of one key. */
export type PrivateKeyFacts =
  | { readonly is: "key"; readonly identity: string; readonly encrypted: boolean }
  /** Right outside, but the body is no key that we can read (an old cipher, damaged). */
  | { readonly is: "unread"; readonly encrypted: boolean }
  /** A stub of GnuPG: the key itself is on a card, or elsewhere. */
  | { readonly is: "no-secret" }
  | { readonly is: "none" };

/** `label` is what stands between BEGIN and the dashes, `body` the base64 without white space. */
export function privateKeyFacts(label: string, body: string, headers: string): PrivateKeyFacts {
  const encrypted = label.startsWith("ENCRYPTED") || headers.includes("ENCRYPTED");
  // What follows an armour's body is its checksum.
  const bytes = Buffer.from(body.replace(/=[A-Za-z0-9+/]{4}$/, ""), "base64");
  if (bytes.length < 40) return { is: "none" };
  if (label === "OPENSSH PRIVATE KEY") return openSshFacts(bytes);
  if (label.startsWith("PGP")) {
    const facts = openPgpFacts(bytes);
    return facts.is === "none" ? { is: "unread", encrypted: false } : facts;
  }
  // Headers of RFC 1421 say that the body itself is encrypted; some ciphers fill whole blocks of eight bytes, or of sixteen.
  if (headers.includes("ENCRYPTED"))
    return bytes.length % 8 === 0 || !/-(?:CBC|ECB)\b/.test(headers) ? { is: "unread", encrypted } : { is: "none" };
  // Every other kind is one DER SEQUENCE whose stated length must be there: a shortened sample is no key.
  if (bytes[0] !== 0x30 || derLength(bytes) > bytes.length) return { is: "none" };
  if (encrypted) return { is: "unread", encrypted };
  try {
    const pem = `-----BEGIN ${label}-----\n${body.replace(/.{64}/g, "$&\n")}\n-----END ${label}-----\n`;
    const spki = createPublicKey(createPrivateKey(pem)).export({ type: "spki", format: "der" });
    return { is: "key", identity: hashOf(spki), encrypted: false };
  } catch {
    return { is: "unread", encrypted };
  }
}

/** Length of the outer DER element with its header; Infinity if the header itself is cut. */
function derLength(bytes: Buffer): number {
  const first = bytes[1] ?? 0;
  if (first < 0x80) return first + 2;
  const count = first & 0x7f;
  if (count === 0 || count > 4 || bytes.length < 2 + count) return Number.POSITIVE_INFINITY;
  return bytes.readUIntBE(2, count) + 2 + count;
}

const openSshMagic = "openssh-key-v1\0";

/** OpenSSH's own container: magic, cipher, kdf, kdf options, number of keys, public key. */
function openSshFacts(bytes: Buffer): PrivateKeyFacts {
  if (bytes.subarray(0, openSshMagic.length).toString("latin1") !== openSshMagic) return { is: "none" };
  const fields: Buffer[] = [];
  let offset = openSshMagic.length;
  for (let index = 0; index < 4; index++) {
    if (index === 3) offset += 4;
    if (offset + 4 > bytes.length) return { is: "none" };
    const length = bytes.readUInt32BE(offset);
    offset += 4;
    if (length > bytes.length - offset) return { is: "none" };
    fields.push(bytes.subarray(offset, offset + length));
    offset += length;
  }
  const encrypted = fields[0]?.toString("latin1") !== "none";
  return { is: "key", identity: sshIdentity(fields[3] ?? Buffer.alloc(0)), encrypted };
}

/** Of a public key as SSH sends it. */
export function sshIdentity(publicKey: Uint8Array): string {
  return hashOf(publicKey);
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
