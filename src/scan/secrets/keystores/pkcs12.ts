/**
 * PKCS#12 (RFC 7292): whether a bundle holds a key, and whether a password that everybody tries first opens it, which its
 * own checksum (MacData) tells.
 */
import { createHmac, hash } from "node:crypto";
import { type DerElement, derAt, derInside, derTags } from "./der.ts";
import { type Keystore, lockedScore, openScore, sayPassword, usualPasswords } from "./keystore.ts";

/** Object identifiers of a key in the clear and of an encrypted one: 1.2.840.113549.1.12.10.1.1 and .2. */
const keyBags = ["2a864886f70d010c0a0101", "2a864886f70d010c0a0102"].map((hex) => Buffer.from(hex, "hex"));

export interface Pkcs12Facts {
  /** `unknown`: all that it holds is encrypted, or written in a way that is not read here. */
  readonly holds: "open-key" | "locked-key" | "unknown";
  /** One of the usual passwords; undefined if none is right, or nothing tells. */
  readonly password: string | undefined;
  /** Every certificate that can be read in it is of a host that exists nowhere. */
  readonly isOfNobody: boolean;
}

/** Undefined if it is no whole bundle of version 3. */
export function pkcs12Facts(bytes: Buffer): Pkcs12Facts | undefined {
  const outer = derAt(bytes);
  if (outer?.tag !== derTags.sequence)
    return isIndefinite(bytes)
      ? { holds: holdsOf(bytes), password: undefined, isOfNobody: isOfNobody(bytes) }
      : undefined;
  const [version, safe, mac] = derInside(outer);
  if (version?.tag !== derTags.integer || version.content[0] !== 3 || safe?.tag !== derTags.sequence) return undefined;
  const password = mac === undefined ? undefined : passwordOf(safe, mac);
  return { holds: holdsOf(bytes), password, isOfNobody: isOfNobody(bytes) };
}

/** The identifier of a common name, 2.5.4.3; a string follows: tag, length, text. */
const commonName = Buffer.from("0603550403", "hex");
/** Names reserved for no one (RFC 2606, RFC 6761). */
const hostOfNobody = /^(?:\*\.)?(?:[\w-]+\.)*(?:localhost|example(?:\.(?:com|net|org))?|test|invalid)$/i;
const mostNames = 64;

function isOfNobody(bytes: Buffer): boolean {
  const names: string[] = [];
  for (
    let at = bytes.indexOf(commonName);
    at >= 0 && names.length < mostNames;
    at = bytes.indexOf(commonName, at + 1)
  ) {
    const start = at + commonName.length + 2;
    names.push(bytes.toString("latin1", start, start + (bytes[start - 1] ?? 0)));
  }
  return names.length > 0 && names.every((name) => hostOfNobody.test(name));
}

/** Some programs write lengths as "until its end": 30 80 02 01 03. */
function isIndefinite(bytes: Buffer): boolean {
  return bytes.length > 200 && bytes.readUInt32BE(0) === 0x30800201 && bytes[4] === 3;
}

function holdsOf(bytes: Buffer): Pkcs12Facts["holds"] {
  const [open, locked] = keyBags.map((bag) => bytes.includes(bag));
  return open === true ? "open-key" : locked === true ? "locked-key" : "unknown";
}

/** A file of it. One in which no key is seen is most likely a list of certificates to trust, as Java writes it. */
export function readPkcs12File(bytes: Buffer): Keystore | undefined {
  if (bytes[0] !== derTags.sequence || bytes.length < 100) return undefined;
  const facts = pkcs12Facts(bytes);
  if (facts === undefined || facts.holds === "unknown") return undefined;
  const { holds, password } = facts;
  const isOpen = holds === "open-key" || password !== undefined;
  return {
    rule: "secrets/pkcs12-file",
    identity: bytes.toString("base64"),
    score: isOpen ? openScore : lockedScore,
    signals: ["whole bundle with a private key", protectionOf(facts)],
    isOfNobody: facts.isOfNobody,
  };
}

export function protectionOf({ holds, password }: Pkcs12Facts): string {
  if (holds === "open-key") return "the key is in the clear";
  return password === undefined ? "protected by a password" : sayPassword(password);
}

const hashes: ReadonlyMap<string, { readonly name: string; readonly length: number }> = new Map([
  ["2b0e03021a", { name: "sha1", length: 20 }],
  ["608648016503040201", { name: "sha256", length: 32 }],
]);
const block = 64;
/** Each try costs its rounds: 2,048 of most programs, up to 10,000 of Java. */
const tried = usualPasswords.slice(0, 3);
const mostRounds = 40_000;

function passwordOf(safe: DerElement, mac: DerElement): string | undefined {
  const [, explicit] = derInside(safe);
  const content = explicit && derInside(explicit)[0];
  const [digestInfo, salt, iterations] = derInside(mac);
  const [algorithm, digest] = digestInfo === undefined ? [] : derInside(digestInfo);
  const identifier = algorithm && derInside(algorithm)[0];
  const kind = hashes.get(identifier?.content.toString("hex") ?? "");
  const rounds = iterations === undefined ? 1 : numberOf(iterations.content);
  if (!content || !salt || !digest || !kind || rounds * (tried.length + 1) > mostRounds) return undefined;
  const isRight = (password: Buffer) => {
    const key = macKey(kind, { password, salt: salt.content, rounds });
    return createHmac(kind.name, key).update(content.content).digest().equals(digest.content);
  };
  // No password at all and an empty one differ by a terminating character.
  if (isRight(Buffer.alloc(0))) return "";
  return tried.find((password) => isRight(Buffer.from(`${password}\0`, "utf16le").swap16()));
}

function numberOf(bytes: Buffer): number {
  return bytes.length === 0 || bytes.length > 4 ? Number.POSITIVE_INFINITY : bytes.readUIntBE(0, bytes.length);
}

/** RFC 7292, appendix B.2, with the purpose 3; one hash is as long as the key. */
export function macKey(
  { name, length }: { readonly name: string; readonly length: number },
  given: { readonly password: Buffer; readonly salt: Buffer; readonly rounds: number },
): Buffer {
  const { password, salt, rounds } = given;
  const filled = (bytes: Buffer) => Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes);
  let key = Buffer.concat([
    Buffer.alloc(block, 3),
    salt.length > 0 ? filled(salt) : salt,
    password.length > 0 ? filled(password) : password,
  ]);
  for (let round = 0; round < rounds; round++) key = hash(name, key, "buffer");
  return key.subarray(0, length);
}
