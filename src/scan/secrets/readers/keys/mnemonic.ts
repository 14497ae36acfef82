/**
 * The seed phrase of a wallet behind a word that says so: 12 to 24 words of the BIP-39 list, nearly always with a checksum that
 * fits, as many words of a list of another language or wallet, or the bytes that such words stand for, in hexadecimal.
 */

import { isQuote } from "../../assignments/read-literal.ts";
import { isMnemonic, isPhraseOfList, isPhraseOfOthers } from "../../checks/bip39.ts";
import { placeholderReason } from "../../judgement/placeholders.ts";
import { type Candidate, type Hit, noProposal, type Proposal, type View } from "../../text/view.ts";

const longest = 360;

/** Of words without a checksum that fits, and of bytes, which have none: the name in front vouches for them. */
const unprovenScore = 70;
/** Of words whose checksum fits: one in 16 to 256 does by chance. */
const checkedScore = 95;

const counts = [24, 21, 18, 15, 12];

/** The hit is `mnemonic`, `seed phrase` or their like. */
export function readMnemonic(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const text = bytes.toString("latin1", hit.end, Math.min(bytes.length, hit.end + longest));
  const seed = seedOf(text, hit.end);
  if (seed !== undefined) return { candidates: [seed], skipTo: seed.end };
  const word = /[a-z]{3,8}(?=[\s"'`,;)<\\]|$)/g;
  const start = /[=:>("'`]\s{0,12}["'`]?\s{0,4}(?=[a-z]{3,8}[ ,])/.exec(text.slice(0, 60));
  if (start === null) return noProposal;
  word.lastIndex = start.index + start[0].length;
  const words: { readonly text: string; readonly end: number }[] = [];
  let expected = word.lastIndex;
  for (let match = word.exec(text); match !== null && words.length < 24; match = word.exec(text)) {
    if (match.index - expected > (words.length === 0 ? 0 : 4) || /[^\s,"'`]/.test(text.slice(expected, match.index)))
      break;
    expected = match.index + match[0].length;
    words.push({ text: match[0], end: expected });
  }
  const texts = words.map((one) => one.text);
  const count = counts.find((size) => words.length >= size && isMnemonic(texts.slice(0, size)));
  const from = hit.end + start.index + start[0].length;
  if (count === undefined) {
    const end = from + texts.join(" ").length;
    const isWhole = isQuote(bytes[from - 1]) && bytes[end] === bytes[from - 1] && end === hit.end + expected;
    const signal = isWhole ? signalOf(texts) : undefined;
    if (signal === undefined) return noProposal;
    return { candidates: [{ start: from, end, score: unprovenScore, signals: [signal] }], skipTo: end };
  }
  const end = hit.end + words[count - 1]!.end;
  const signals = [`${count} words of the BIP-39 list with a valid checksum`];
  return { candidates: [{ start: from, end, proven: true, score: checkedScore, signals }], skipTo: end };
}

function signalOf(words: readonly string[]): string | undefined {
  if (isPhraseOfList(words)) return "words of the BIP-39 list";
  return isPhraseOfOthers(words) ? `${words.length} words, as a wallet draws them` : undefined;
}

/** `MNEMONIC = "…"`: 16 or 32 bytes in hexadecimal. */
function seedOf(text: string, from: number): Candidate | undefined {
  const match =
    /^(?:["']?\s{0,3}(?::=|=>|[:=])\s{0,3}(?<quote>["'])(?<value>[0-9a-f]{64}|[0-9a-f]{32})\k<quote>|=(?<value>[0-9a-f]{64}|[0-9a-f]{32})(?=\s|$))/d.exec(
      text,
    );
  const value = match?.groups?.value ?? "";
  const span = match?.indices?.groups?.value;
  if (span === undefined || !/\d/.test(value) || !/[a-f]/.test(value) || placeholderReason(value) !== undefined)
    return undefined;
  const signals = ["the bytes of a seed phrase"];
  return { start: from + span[0], end: from + span[1], score: unprovenScore, signals };
}
