/** Single keys in binary: DER (PKCS#1, PKCS#8, SEC1), and the files of GnuPG's `private-keys-v1.d`. */
import { createHash } from "node:crypto";
import { derAt, derInside, derTags } from "./der.ts";
import { type Keystore, lockedScore, lockedSignal, openScore, openSignal } from "./keystore.ts";
import { type PrivateKeyFacts, privateKeyFacts } from "./private-key.ts";

const largestKey = 20_000;
/** PBES2 and the older schemes of PKCS#5 and PKCS#12: 1.2.840.113549.1.5 and 1.2.840.113549.1.12.1. */
const encryptions = ["2a864886f70d0105", "2a864886f70d010c01"].map((hex) => Buffer.from(hex, "hex"));

/** The whole file is one element, and the element one of the forms in which a key is written. */
export function readDerKey(bytes: Buffer): Keystore | undefined {
  const facts = derKeyFacts(bytes);
  if (facts === undefined || facts.is === "none" || facts.is === "no-secret") return undefined;
  // What looks like a key in the clear and cannot be read may be any list of numbers.
  if (facts.is === "unread" && !facts.encrypted) return undefined;
  return {
    rule: "secrets/private-key-file",
    identity: facts.is === "key" ? facts.identity : bytes.toString("base64"),
    score: facts.encrypted ? lockedScore : openScore,
    signals: ["decodes as a private key", ...(facts.encrypted ? [lockedSignal] : [])],
  };
}

/** Undefined if the bytes are more or less than one such element. */
export function derKeyFacts(bytes: Buffer): PrivateKeyFacts | undefined {
  if (bytes[0] !== derTags.sequence || bytes.length < 40 || bytes.length > largestKey) return undefined;
  const outer = derAt(bytes);
  if (outer?.end !== bytes.length) return undefined;
  const label = labelOf(derInside(outer, 3));
  return label === undefined ? undefined : privateKeyFacts(label, bytes.toString("base64"), "");
}

function labelOf([first, second, third]: ReturnType<typeof derInside>): string | undefined {
  if (first?.tag === derTags.sequence && second?.tag === derTags.octets && third === undefined) {
    const identifier = derInside(first, 1)[0];
    const isLocked =
      identifier?.tag === derTags.identifier && encryptions.some((one) => identifier.content.indexOf(one) === 0);
    return isLocked ? "ENCRYPTED PRIVATE KEY" : undefined;
  }
  if (first?.tag !== derTags.integer || first.content.length !== 1) return undefined;
  if (second?.tag === derTags.sequence && third?.tag === derTags.octets) return "PRIVATE KEY";
  if (second?.tag === derTags.octets) return "EC PRIVATE KEY";
  return second?.tag === derTags.integer && third?.tag === derTags.integer ? "RSA PRIVATE KEY" : undefined;
}

const gnupgOpen = Buffer.from("(11:private-key(");
const gnupgLocked = Buffer.from("(21:protected-private-key(");

/** A canonical S-expression, as libgcrypt writes it. */
export function readGnupgKey(bytes: Buffer): Keystore | undefined {
  const isOpen = bytes.subarray(0, gnupgOpen.length).equals(gnupgOpen);
  const isLocked = bytes.subarray(0, gnupgLocked.length).equals(gnupgLocked);
  if ((!isOpen && !isLocked) || bytes.length > largestKey || bytes.length < 80) return undefined;
  return {
    rule: "secrets/openpgp-key-file",
    identity: createHash("sha256").update(bytes).digest("hex"),
    score: isLocked ? lockedScore : openScore,
    signals: ["key file of GnuPG", isLocked ? lockedSignal : openSignal],
  };
}
