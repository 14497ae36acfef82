/** Tells values that another key has to open from secrets: whoever reads them has nothing yet. */

/** `Salted__` as `openssl enc` writes it, the header of age, and blobs of AWS KMS (01, 1 or 2, 02 00, then 0x78). */
const sealedText = /^(U2FsdGVkX1[89+/]|YWdlLWVuY3J5cHRpb24ub3JnL3Yx|AQ[EI]CAH[g-j])/;

const shortest = 40;

/** A password as Solr hashes it: 32 bytes and a salt of 32. */
const hashedBySolr = /^[\w+/]{43}= [\w+/]{43}=$/;

/** True for base64 of something encrypted or hashed whose own structure says so. */
export function isSealed(value: string): boolean {
  if (hashedBySolr.test(value)) return true;
  if (value.length < shortest || !/^[\w+/-]+={0,2}$/.test(value)) return false;
  if (sealedText.test(value) || isSealedSecret(value)) return true;
  const head = Buffer.from(value.slice(0, 32), "base64");
  return isOpenPgpMessage(head) || isEnvelopedData(head) || isIdentityHash(head, value);
}

/** A password as ASP.NET Core Identity hashes it: 1, function, rounds, length of the salt (big-endian), salt and 32 bytes of a key. */
function isIdentityHash(head: Buffer, { length }: string): boolean {
  return length === 84 && head[0] === 1 && head.readUInt32BE(1) <= 2 && head.readUInt32BE(9) === 16;
}

/** Of Bitnami's SealedSecret: two bytes say that a key of 512 bytes, encrypted by RSA, comes first. */
function isSealedSecret(value: string): boolean {
  return value.length > 690 && /^Ag[A-D]/.test(value);
}

/** Algorithms a session key is encrypted with (RFC 9580, 9.1): RSA, Elgamal, ECDH, X25519, X448. */
const sessionAlgorithms = new Set([1, 2, 16, 18, 25, 26]);

/** Begins with a session key for a recipient: packet 1, version 3, eight bytes of a key id, an algorithm (RFC 9580, 5.1). */
function isOpenPgpMessage(head: Buffer): boolean {
  const tag = head[0] ?? 0;
  const length = head[1] ?? 0;
  // Old format says the size of its length in the tag, new format in the length's first byte.
  const at = tag === 0x84 ? 2 : tag === 0x85 ? 3 : tag !== 0xc1 ? 0 : length < 192 ? 2 : length < 224 ? 3 : 0;
  return at > 0 && head[at] === 3 && sessionAlgorithms.has(head[at + 9] ?? 0);
}

/** A CMS message of the type enveloped-data (RFC 5652, 6): 1.2.840.113549.1.7.3 behind the sequence's length. */
function isEnvelopedData(head: Buffer): boolean {
  return head[0] === 0x30 && head.subarray(0, 16).includes(Buffer.from("06092a864886f70d010703", "hex"));
}
