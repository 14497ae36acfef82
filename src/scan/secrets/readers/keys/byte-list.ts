/**
 * Keys, vectors and salts of ciphers as bytes: in lists (`byte[] aesKey = {-7, 112, …}`, `let iv: [u8; 16] = [0x57, …]`) and in
 * texts of escapes (`key = b'\x13\xa7…'`, `AES.new(b'\x13\xa7…')`).
 */
import { nameKind, nameWords } from "../../assignments/name-words.ts";
import { placeholderReason } from "../../judgement/placeholders.ts";
import { isStockPassword } from "../../judgement/stock-passwords.ts";
import { ciphers, ofVectors } from "../../text/cipher-words.ts";
import { type Hit, type Proposal, refusedAtSight, type View, windowText } from "../../text/view.ts";
import { escapedBytes } from "./escaped-bytes.ts";
import type { WrittenBytes } from "./written-bytes.ts";

/** Bytes that look drawn and a name that promises them: many such lists are tables all the same. */
const byNameScore = 70;
/** Nobody writes so many escapes for anything else; surer than the model, which sees what they stand for. */
const byEscapesScore = 92;
/** Bytes of a name, of what opens a list, of a list, and of what stands around both. */
const longestName = 64;
const longestHead = 140;
const longestList = 1100;
const around = 240;

const byteType = "(?:(?:unsigned )?char|[us]?byte|u?int8(?:_t)?|u8|uchar)";
/** A size or type behind the name, and the sign. */
const assigned =
  "(?:\\[[\\w *+-]{0,40}\\])?(?:: ?(?<type>&?(?:'static )?\\[(?:u8|uint8)(?:; ?\\w{1,32})?\\]|uint8array|bytearray|bytes|number\\[\\])(?= ?=))?\\s{0,3}(?::?=|:)\\s{0,32}";
/** From the name's end to the first number: also what makes bytes of numbers. */
const opener = new RegExp(
  `^${assigned}&?` +
    `(?<maker>(?:new )?\\(?${byteType}? ?\\[\\w{0,24}\\]\\)? ?${byteType}?\\s{0,24}(?=\\{)|(?:bytes|bytearray|buffer\\.from|bytearrayof|(?:new )?uint8array(?:\\.(?:from|of))?)(?=\\())?` +
    "[({[](?:[[(]|\\{(?=\\s))?",
  "i",
);
/** From the name's end to a text, whose prefix or maker may say that it is one of bytes. */
const textOpener = new RegExp(
  `^["']?${assigned}(?<maker>(?:\\[\\]byte|bytes|bytearray)\\(\\s{0,24})?(?<prefix>b)?(?=["'])`,
  "i",
);
/** Up to a text that begins with an escape: `aes_key[16] = `, `'iv': `. */
const nameOfText = /(?<name>\w{1,64})(?:\[[\w *+-]{0,40}\])?(?:["']\]?)?(?::? ?= ?|: )$/;
/** The type before a name: `byte[] `, `static const uint8_t `. */
const typeBefore = new RegExp(`\\b${byteType}(?: ?\\[\\])?[\\s*]{1,4}$`, "i");

const notes = "\\s{0,60}(?:(?://[^\\n]{0,80}\\n|/\\*[^*\\n]{0,60}\\*/)\\s{0,60}){0,2}";
/** An element, and the comma or bracket behind it. */
const element = new RegExp(
  `${notes}(?:\\((?:byte|char|uint8_t|u8)\\) ?)?(?<number>-?0x[0-9a-f]{1,2}|-?\\d{1,3}|byte\\.m(?:in|ax)_value)(?:_?u8|u|\\.tobyte\\(\\))?${notes}(?<sign>,|[}\\])])`,
  "iy",
);
const named: Readonly<Record<string, number>> = { "byte.min_value": 0x80, "byte.max_value": 0x7f };

/**
 * The hit begins with a name, or its end, and goes on with the sign behind it; or it is the sign and a text's first escape; or
 * the end of a call whose first argument is a key.
 */
export function readByteList(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const head = headAt(view, hit);
  if (head === undefined) return refusedAtSight;
  const { name, nameEnd, from, isList } = head;
  const text = bytes.toString("latin1", from, Math.min(bytes.length, from + longestList));
  const written = isList ? listIn(text) : escapedBytes(text);
  const cost = longestHead + (written?.end ?? 0);
  if (written === undefined) return { candidates: [], cost };
  const { numbers } = written;
  const count = numbers.length;
  const end = from + written.end;
  const before = windowText(view, nameEnd - around, nameEnd);
  const isTyped =
    head.isTyped || (!isList && count >= longKey) || typeBefore.test(before.slice(0, before.length - name.length));
  const beside = `${before}\n${windowText(view, end, end + around)}`;
  const isPromised = head.isArgument === true ? keySizes.has(count) : promises({ name, isTyped, beside, count });
  if (ofVectors.test(beside) || !isDrawn(numbers) || !isPromised) return { candidates: [], skipTo: end, cost };
  const signals = [`${count} bytes ${isList ? "in a list" : "as escapes"}, and the name is "${name}"`];
  const normalised = numbers.toString("hex");
  const score = isList ? byNameScore : byEscapesScore;
  return { candidates: [{ start: from + written.start, end, normalised, score, signals }], skipTo: end, cost };
}

interface Head {
  readonly name: string;
  readonly nameEnd: number;
  /** Where the first number stands, or the text begins. */
  readonly from: number;
  readonly isList: boolean;
  /** A type, or what makes bytes, stands between name and value. */
  readonly isTyped: boolean;
  readonly isArgument?: true;
}

function headAt(view: View, hit: Hit): Head | undefined {
  const { bytes } = view;
  const anchor = bytes.toString("latin1", hit.start, hit.end);
  if (anchor.startsWith(".")) return callAt(view, { start: hit.start, end: hit.start + ".new(".length });
  const nameEnd = hit.start + (/^\w+/.exec(anchor)?.[0].length ?? 0);
  if (nameEnd === hit.start) return nameBefore(view, hit);
  const text = bytes.toString("latin1", nameEnd, Math.min(bytes.length, nameEnd + longestHead));
  const ofText = textOpener.exec(text);
  const head = ofText ?? opener.exec(text);
  if (head === null) return undefined;
  const { type, maker, prefix } = head.groups ?? {};
  const name = /\w{1,64}$/.exec(bytes.toString("latin1", Math.max(0, nameEnd - longestName), nameEnd))?.[0] ?? "";
  const from = nameEnd + head[0].length;
  return { name, nameEnd, from, isList: ofText === null, isTyped: (type ?? maker ?? prefix) !== undefined };
}

/** `= "\`: what the text is given to. */
function nameBefore({ bytes }: View, { end }: Hit): Head | undefined {
  const from = end - 2;
  const before = bytes.toString("latin1", Math.max(0, from - longestHead), from);
  const match = nameOfText.exec(before);
  const { name = "" } = match?.groups ?? {};
  if (match === null || (nameKind(nameWords(name)) === undefined && !isVector(nameWords(name)))) return undefined;
  const nameEnd = from - before.length + match.index + name.length;
  return { name, nameEnd, from, isList: false, isTyped: false };
}

/** Calls of libraries for ciphers that make one of its key. */
const makers = /\b(?:AES|DES3?|ARC[24]|Blowfish|CAST|ChaCha20|Salsa20|(?:hmac|HMAC))$/;

function callAt({ bytes }: View, { start, end }: Hit): Head | undefined {
  const name = makers.exec(bytes.toString("latin1", Math.max(0, start - 12), start))?.[0];
  if (name === undefined) return undefined;
  return { name, nameEnd: start, from: end, isList: false, isTyped: true, isArgument: true };
}

const mostNumbers = 64;

/** Undefined unless it is nothing but bytes. */
function listIn(text: string): WrittenBytes | undefined {
  const numbers: number[] = [];
  let [start, end, at] = [-1, 0, 0];
  while (numbers.length <= mostNumbers) {
    element.lastIndex = at;
    const match = element.exec(text);
    const { number = "", sign } = match?.groups ?? {};
    if (match === null) return undefined;
    const value = named[number.toLowerCase()] ?? Number(number.replace("-", "")) * (number.startsWith("-") ? -1 : 1);
    if (value < -128 || value > 255) return undefined;
    numbers.push(value & 0xff);
    const from = at + match[0].indexOf(number);
    if (start < 0) start = from;
    end = from + number.length;
    at += match[0].length;
    if (sign !== "," || /^\s{0,60}[}\])]/.test(text.slice(at, at + 64)))
      return { numbers: Buffer.from(numbers), start, end };
  }
  return undefined;
}

/** Sizes of keys and of vectors, in bytes. */
const keySizes = new Set([8, 16, 20, 24, 32, 48, 64]);
const vectorSizes = new Set([8, 12, 16, 32]);
const leastSalt = 8;
const leastMask = 16;
/** Beside the salt of a password or key; others are constants of a protocol. */
const derives = /pass|pwd|pbkdf2|scrypt|bcrypt|\bpbe|rfc2898|cipher|crypt|\baes|derive/;
/** So many drawn numbers need no type that says what they are. */
const longKey = 32;

interface Named {
  readonly name: string;
  readonly isTyped: boolean;
  readonly beside: string;
  readonly count: number;
}

function isVector(words: readonly string[]): boolean {
  return words.at(-1) === "iv";
}

/** A name that no more than says `key` counts where something is encrypted, or for bytes of a key's usual sizes. */
function promises({ name, isTyped, beside, count }: Named): boolean {
  const words = nameWords(name);
  if (isVector(words)) return vectorSizes.has(count) && ciphers.test(beside);
  const kind = nameKind(words);
  // What hides a text from a glance.
  if (words.includes("xor") && count < leastMask) return false;
  if (kind === "salt") return words.includes("salt") && count >= leastSalt && derives.test(beside);
  if (!keySizes.has(count)) return false;
  if (kind === "key" || kind === "secret") return isTyped || count >= longKey || ciphers.test(beside);
  return kind === "bare-key" && (ciphers.test(beside) || (isTyped && words.length === 1 && count >= 16));
}

/** Whether chance or somebody chose the bytes: tables have small numbers, rows of them, and the same ones again. */
function isDrawn(numbers: Buffer): boolean {
  const { length } = numbers;
  const text = numbers.toString("latin1");
  const distinct = new Set(numbers).size;
  if (/^[!-~]+$/.test(text)) return isChosenText(text) && distinct >= Math.max(6, length * 0.4);
  if (length < 8 || distinct < length * 0.7 || !numbers.some((byte) => byte >= 0x80)) return false;
  const steps = Array.from(numbers.subarray(1), (byte, index) => byte - numbers[index]!);
  const rising = steps.filter((step) => step > 0).length;
  const mostEqual = Math.max(
    ...Map.groupBy(steps, (step) => step)
      .values()
      .map((group) => group.length),
  );
  return mostEqual <= length / 4 && rising > length * 0.15 && rising < length * 0.85;
}

/** Codes of letters and digits for the most part, and no word of a stand-in. */
function isChosenText(text: string): boolean {
  if (text.length < 8 || !/[A-Za-z]/.test(text) || text.replace(/[^A-Za-z0-9]+/g, "").length < text.length * 0.75)
    return false;
  return (
    placeholderReason(text) === undefined &&
    !isStockPassword(text) &&
    !/key|secret|test|pass|salt|init|vector/i.test(text)
  );
}
