/** The seed phrase of a wallet: 12 to 24 words of the BIP-39 list whose checksum fits, behind a word that says so. */
import { isMnemonic } from "../checks/bip39.ts";
import { type Hit, noProposal, type Proposal, type View } from "../view.ts";

const longest = 360;

const counts = [24, 21, 18, 15, 12];

/** The hit is `mnemonic`, `seed phrase` or their like. */
export function readMnemonic(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const text = bytes.toString("latin1", hit.end, Math.min(bytes.length, hit.end + longest));
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
  const count = counts.find((size) => words.length >= size && isMnemonic(words.slice(0, size).map((one) => one.text)));
  if (count === undefined) return noProposal;
  const from = hit.end + start.index + start[0].length;
  const end = hit.end + words[count - 1]!.end;
  const signals = [`${count} words of the BIP-39 list with a valid checksum`];
  return { candidates: [{ start: from, end, proven: true, score: 95, signals }], skipTo: end };
}
