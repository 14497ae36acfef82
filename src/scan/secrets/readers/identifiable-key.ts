/** A key of Azure around its signature, as it is or escaped for an address, JSON or XML. The checksum decides. */
import { alphabetTable } from "../alphabets.ts";
import { isIdentifiableKey } from "../checks/marvin32.ts";
import { identifiableKeys, type KeyBytes, type KeySignature, keyLayouts } from "../identifiable-keys.ts";
import { type Candidate, type Hit, isIn, noProposal, type Proposal, startsToken, type View } from "../view.ts";
import { readBackward, readForward } from "./escaped-text.ts";

const afterSignature = 6;

function isSignature(text: string): text is KeySignature {
  return Object.hasOwn(identifiableKeys, text);
}

/** The hit is the signature; its `+` may be escaped (`%2BASt`) or that of base64url (`-ASt`). */
export function readIdentifiableKey(view: View, hit: Hit): Proposal {
  const text = view.bytes.toString("latin1", hit.start, hit.end);
  const signature = isSignature(text) ? text : `+${text.slice(-3)}`;
  if (!isSignature(signature)) return noProposal;
  const { bytes, seeds } = identifiableKeys[signature];
  let formatOnly: Candidate | undefined;
  for (const length of bytes) {
    const found = keyAt(view, hit, signature, length, seeds);
    if (found?.proven === true) return { candidates: [found], skipTo: found.end };
    formatOnly ??= found;
  }
  return formatOnly === undefined ? noProposal : { candidates: [formatOnly], skipTo: formatOnly.end };
}

function keyAt(
  view: View,
  hit: Hit,
  signature: KeySignature,
  length: KeyBytes,
  seeds: readonly string[],
): Candidate | undefined {
  const { at, padding } = keyLayouts[length];
  const after = readForward(view.bytes, hit.end, afterSignature);
  if (after.text.length < afterSignature || after.text.includes("=")) return undefined;
  const pad = readForward(view.bytes, after.offset, padding.length);
  const padded = pad.text === padding;
  // Text that goes on is no key: said before the way back, which is long.
  if (isIn(alphabetTable("base62"), view.bytes[padded ? pad.offset : after.offset])) return undefined;
  const before = readBackward(view.bytes, hit.start, at);
  if (before === undefined) return undefined;
  const key = `${before.text}${signature}${after.text}`.replaceAll("-", "+").replaceAll("_", "/");
  const start = before.offset;
  const end = padded ? pad.offset : after.offset;
  const normalised = key + padding;
  if (isIdentifiableKey(key, seeds)) {
    return { start, end, normalised, proven: true, score: 97, signals: ["checksum valid"] };
  }
  // Without the checksum's word the form must be whole: what stands around must not go on with it.
  if (!padded || !startsToken(view.bytes, start)) return undefined;
  return { start, end, normalised, formatOnly: true, signals: ["checksum wrong: right format only"] };
}
