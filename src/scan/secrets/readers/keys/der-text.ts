/** Private keys in DER as base64, without header and footer: `merchant_private_key = "MIIC…"`. */
import { derKeyFacts } from "../../keystores/binary-keys.ts";
import { openScore } from "../../keystores/keystore.ts";
import {
  type Candidate,
  type Hit,
  type Proposal,
  refusedAtSight,
  runEnd,
  startsToken,
  type View,
} from "../../text/view.ts";
import { lookalike } from "./lookalike.ts";

const longest = 16_000;
/** Of what stands between a header of PEM and its body: those have a rule of their own. */
const longestGap = 60;
/** Whole keys and the lines of longer ones have so many characters. */
const leastLine = 60;
/** Where a version follows a length of two bytes: `MIIEpA`, and then the anchor. */
const versionAt = 6;

/** The hit is what a key begins with, or follows the length at its beginning. */
export function readDerText(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const start = bytes[hit.start] === 0x4d ? hit.start : hit.start - versionAt;
  if (runEnd(bytes, "base64", start, leastLine) < start + leastLine) return refusedAtSight;
  const before = bytes.toString("latin1", Math.max(0, start - longestGap), start);
  if (!startsToken(bytes, start) || /-----(?:\W|\\[nrt])*$/.test(before)) return refusedAtSight;
  const { text, end, isWhole, isExact } = textOfKey(bytes, start);
  const read = { skipTo: start + end, cost: end };
  const facts = isExact ? derKeyFacts(Buffer.from(text, "base64")) : undefined;
  if (facts?.is !== "key") return { candidates: lookalike(text, isWhole, start, start + end), ...read };
  const candidate: Candidate = {
    ...{ start, end: start + end, normalised: facts.identity, proven: true, score: openScore },
    signals: ["decodes as a private key"],
  };
  return { candidates: [candidate], ...read };
}

/** From one literal or line to the next. */
const joint =
  /(?:(?:\\[rn]){0,2}["'`][ \t]{0,4}[+.&\\_]{0,2}[ \t]{0,4}\r?\n[ \t]{0,60}(?:[+.&][ \t]{0,4})?["'`]|(?:\\{1,2}[rn]){1,2}|&#x[AD];|\r?\n[ \t]{0,60})(?=[A-Za-z0-9+/])/y;
const piece = /[A-Za-z0-9+/]+={0,2}/y;

interface TextOfKey {
  readonly text: string;
  /** Behind its last character. */
  readonly end: number;
  /** As long as its own first bytes say, or longer. */
  readonly isWhole: boolean;
  readonly isExact: boolean;
}

/** Base64 over lines, literals and escaped line breaks, as far as its own first bytes say that it goes. */
function textOfKey(bytes: Buffer, start: number): TextOfKey {
  const size = sizeOf(Buffer.from(bytes.toString("latin1", start, start + 8), "base64"));
  // Some leave the padding out.
  const least = Math.ceil((size * 4) / 3);
  const window = bytes.toString("latin1", start, start + Math.min(longest, 3 * least));
  let text = "";
  let end = 0;
  for (let at = 0; text.length < least; at = joint.lastIndex) {
    piece.lastIndex = at;
    const found = piece.exec(window)?.[0];
    if (found === undefined) break;
    text += found;
    end = at + found.length;
    joint.lastIndex = end;
    if (!joint.test(window)) break;
  }
  const isExact = text.length === least || text.length === Math.ceil(size / 3) * 4;
  return { text, end, isExact, isWhole: text.length >= least };
}

/** Of the element of DER that begins with these bytes. */
function sizeOf(head: Buffer): number {
  const first = head[1] ?? 0;
  if (first === 0x82) return 4 + head.readUInt16BE(2);
  return first === 0x81 ? 3 + head[2]! : 2 + first;
}
