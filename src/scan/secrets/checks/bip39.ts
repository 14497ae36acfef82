/** Checks seed phrases of wallets (BIP-39): 11 bits to a word, of which the last are the first bits of a SHA-256. */
import { createHash } from "node:crypto";
import { bip39Stems } from "./bip39-stems.ts";

let known: ReadonlyMap<string, number> | undefined;

function indexOfStem(): ReadonlyMap<string, number> {
  known ??= new Map(
    bip39Stems
      .trim()
      .split(/\s+/)
      .map((stem, index) => [stem, index]),
  );
  return known;
}

function isOfLength({ length }: readonly string[]): boolean {
  return length >= 12 && length <= 24 && length % 3 === 0;
}

/** Words as a wallet draws them, whatever the checksum says: nearly all different, and in no order. */
export function isPhraseOfList(words: readonly string[]): boolean {
  if (!isOfLength(words) || new Set(words).size < words.length - 1) return false;
  const steps = words.filter((word, index) => index > 0 && word > words[index - 1]!).length;
  return steps < words.length * 0.8 && words.every((word) => indexOfStem().has(word.slice(0, 4)));
}

/** What joins the words of a sentence; no list of a wallet has it. */
const ofSentences = /^(?:the|and|that|this|these|those|with|from|your|you|not|are|was|were|who|them|they|for|has|had)$/;

/** As many words of a list that another language or wallet has: half of them or more are not in ours. */
export function isPhraseOfOthers(words: readonly string[]): boolean {
  if (!isOfLength(words) || new Set(words).size < words.length - 1 || words.some((word) => ofSentences.test(word)))
    return false;
  return words.filter((word) => !indexOfStem().has(word.slice(0, 4))).length * 2 >= words.length;
}

export function isMnemonic(words: readonly string[]): boolean {
  if (!isOfLength(words)) return false;
  let bits = "";
  for (const word of words) {
    const index = indexOfStem().get(word.slice(0, 4));
    if (index === undefined) return false;
    bits += index.toString(2).padStart(11, "0");
  }
  const check = words.length / 3;
  const entropy = bits.slice(0, -check);
  const bytes = Buffer.alloc(entropy.length / 8);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(entropy.slice(at * 8, at * 8 + 8), 2);
  const hash = createHash("sha256").update(bytes).digest()[0] ?? 0;
  return hash >> (8 - check) === Number.parseInt(bits.slice(-check), 2);
}

/** The phrase of some random bytes (16 to 32). */
export function mnemonicOf(bytes: Buffer): readonly string[] {
  const stems = bip39Stems.trim().split(/\s+/);
  const check = bytes.length / 4;
  const hash = createHash("sha256").update(bytes).digest();
  const bits = [...bytes, hash[0] ?? 0].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const used = bits.slice(0, bytes.length * 8 + check);
  return (used.match(/.{11}/g) ?? []).map((group) => stems[Number.parseInt(group, 2)] ?? "");
}
