/** A key of Azure around its signature, as it is or escaped for an address, JSON or XML. The checksum decides. */

import { identifiableKeys, type KeySignature, keyLayouts } from "../../checks/identifiable-keys.ts";
import { isIdentifiableKey } from "../../checks/marvin32.ts";
import { alphabetTable } from "../../text/alphabets.ts";
import { type Candidate, type Hit, isIn, noProposal, type Proposal, startsToken, type View } from "../../text/view.ts";
import { type EscapedText, readBackward, readForward } from "./escaped-text.ts";

const afterSignature = 6;
/** Its signature stands where it belongs, and its checksum fits: hardly any other text has both. */
const checkedScore = 97;
/** Of the way back and the checksums, in bytes looked at. */
const costOfKey = 1000;

function isSignature(text: string): text is KeySignature {
  return Object.hasOwn(identifiableKeys, text);
}

/** The hit is the signature; its `+` may be escaped (`%2BASt`) or that of base64url (`-ASt`). */
export function readIdentifiableKey(view: View, hit: Hit): Proposal {
  const text = view.bytes.toString("latin1", hit.start, hit.end);
  const signature = isSignature(text) ? text : `+${text.slice(-3)}`;
  if (!isSignature(signature)) return noProposal;
  const { bytes, seeds } = identifiableKeys[signature];
  const after = readForward(view.bytes, hit.end, afterSignature);
  if (after.text.length < afterSignature || after.text.includes("=")) return noProposal;
  let formatOnly: Candidate | undefined;
  let before: EscapedText | undefined = { text: "", offset: hit.start };
  for (const length of bytes) {
    const { at, padding } = keyLayouts[length];
    const pad = readForward(view.bytes, after.offset, padding.length);
    const padded = pad.text === padding;
    const end = padded ? pad.offset : after.offset;
    // Text that goes on is no key: said before the way back, which is long. Longer keys go on where shorter ones began.
    if (isIn(alphabetTable("base62"), view.bytes[end])) continue;
    before = readBackward(view.bytes, before, at);
    if (before === undefined) break;
    const key = `${before.text}${signature}${after.text}`.replaceAll("-", "+").replaceAll("_", "/");
    const found = { start: before.offset, end, normalised: key + padding };
    if (isIdentifiableKey(key, seeds)) {
      const candidate = { ...found, proven: true, score: checkedScore, signals: ["checksum valid"] };
      return { candidates: [candidate], skipTo: end, cost: costOfKey };
    }
    // Without the checksum's word the form must be whole: what stands around must not go on with it.
    if (padded && startsToken(view.bytes, found.start))
      formatOnly ??= { ...found, formatOnly: true, signals: ["checksum wrong: right format only"] };
  }
  if (formatOnly === undefined) return { ...noProposal, cost: costOfKey };
  return { candidates: [formatOnly], skipTo: formatOnly.end, cost: costOfKey };
}
