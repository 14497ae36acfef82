/** Tells values that stand in for a secret from secrets. */

import { areDigitsInOrder } from "../text/value-forms.ts";
import { undressed } from "./leet.ts";
import { isNotice } from "./notice-words.ts";
import { firstRefusal, fits, type Refusal } from "./refusal.ts";

const words =
  /example|placeholder|change[-_ ]?(me|in|this|it|before)(?![a-z])|change[-_ ]?your|redacted|replace[-_]?(me|with|this)|insert[-_]|your[-_ ]|^(votre|tu|sua|seu|dein|ihr|twoje)[-_]|my[-_](secret|token|key|pass)|my[-_]?super[-_]{0,2}secret|blah[-_]?blah|not[-_]?a?[-_]?real|x{6,}|\.{3}|\*{3}|test[-_]?(token|key|secret|value|data|string)|foo[-_]?bar|deadbeef|0{8}|1{8}|a{8}|123456789|01020304|abcdefgh|qwertyui|abcdef12345|a1b2c3d4|1a2b3c4d|1234abcd|1122334455667788|8899aabbccdd/i;

/** `yourSecretKeyHere`, `keyOfAtLeast256Bits`, `optional; leave empty if not used`: what a key must be, in place of one. */
const toldKey =
  /^[yY]our[A-Z]\w*(?:Secret|Key|Token|Pass|Password)(?![a-z])|[aA]t[-_]?[lL]east[-_]?\d+|\d[-_]?[bB]its?[-_]?(?:[lL]ong|[lL]ength)|\b[lL]eave (?:it )?(?:empty|blank)\b/;

/** Short enough to occur in a random value: they count at its ends and beside other characters than letters. */
const shortWords =
  /(?<![A-Za-z0-9])(fake|mock|todo|dummy|sample|lorem|xxxx)|(fake|mock|todo|dummy|sample|lorem|xxxx)(?![A-Za-z0-9])/i;

/** As Django draws its keys: any two of its signs may stand together in one. */
const drawnByDjango = /^(?:django-insecure-)?[a-z\d!@#$%^&*(_=+)-]{50}$/;

/** Stand-ins that are literals all the same, and what something fills in later. */
export const standIns: readonly Refusal<string>[] = [
  {
    name: "template",
    why: "It holds the signs between which something is put in: `{{v}}`, `<%v%>`.",
    test: (value) =>
      /\$\{|\$\(|\$\[|\{\{|\}\}|<%|%>|#\{|\[\[|^@@|@@[\w.-]*@@|@@$/.test(value) && !drawnByDjango.test(value),
  },
  {
    name: "template",
    why: "It is a variable, macro or tag from its first character to its last: `$NAME`, `%NAME%`, `<name>`.",
    test: fits(
      /^%[^%\s]+%$|^<[^<>]*>$|^__.+__$|^\$[A-Za-z_][\w.:-]*$|^\{[\w.:-]*\}$|^\[.*\]$|^@[A-Za-z][\w.]*\(|^\[[a-zA-Z]+\(|^@\{|^@[A-Z]\w*\.[A-Z]\w*$|^&lt;|^<[^<>]*$|^\*[^*]+\*$/,
    ),
  },
  {
    name: "template",
    why: "A variable of a script within a script: each of them takes a backslash away.",
    test: fits(/^\\+\$(?:[A-Z_][A-Z0-9_]*|[A-Za-z_]+)$/),
  },
  {
    name: "template",
    why: "Something is written into it, as `%s` and `{0}` say; a long value may hold one by chance.",
    test: (value) => /%[sdv]\b|\{\d*\}|\{[A-Za-z_]\w*\}/.test(value) && value.length < 40,
  },
  {
    name: "placeholder word or sequence",
    why: "A word in it says that it stands for another value, or characters that nobody draws follow each other.",
    test: (value) => words.test(value) || toldKey.test(value) || shortWords.test(value),
  },
  {
    name: "placeholder word or sequence",
    why: "It is the word for what it holds, dressed up: `P@ssw0rd1`.",
    test: isLeetOfNothing,
  },
  {
    name: "placeholder word or sequence",
    why: "It says what is to be written in its place: `a_long_random_secret`.",
    test: isNotice,
  },
  {
    name: "runs of one character",
    why: "More than half of its characters are those before them.",
    test: isMostlyOneCharacter,
  },
  {
    name: "the same characters again and again",
    why: "`a0da0da0da0d`: nothing but a few characters in turn.",
    test: isRepetition,
  },
  {
    name: "alphabet or keyboard walk",
    why: "Each character is the next one of the alphabet or the digits.",
    test: isWalk,
  },
];

/** Why the value stands in for another. */
export function placeholderReason(value: string): string | undefined {
  return firstRefusal(standIns, value)?.name;
}

/** Four digits or more at the end that are no year, do not count, and are none again and again: somebody chose them. */
function endsInChosenNumber(value: string): boolean {
  const digits = /\D(\d{4,12})\D*$/.exec(value)?.[1];
  if (digits === undefined || /^(?:19|20)\d\d$|^(?:(\d)\1)+$|^(\d{1,3})\2+$/.test(digits)) return false;
  return !areDigitsInOrder(digits) && !isWalk(digits);
}

function isLeetOfNothing(value: string): boolean {
  if (endsInChosenNumber(value)) return false;
  const word = withoutTail(value).toLowerCase();
  if (word.length < 4 || word.length > 16) return false;
  const plain = undressed(word, /[4@310$57!]/g);
  return /^(my|test|your|admin|user|root|super|the|new|old)?[-_]?(passa?word|passwd|passwort|passw|pass|pwd|secret|token|letmein|welcome|changeit|admin|qwerty|secure|access)$/.test(
    plain,
  );
}

/** Without the digits and signs at its end. */
function withoutTail(value: string): string {
  let end = value.length;
  while (end > 0 && "0123456789!@#$%._-".includes(value.charAt(end - 1))) end--;
  return value.slice(0, end);
}

function isMostlyOneCharacter(value: string): boolean {
  let repeats = 0;
  for (let index = 1; index < value.length; index++) if (value[index] === value[index - 1]) repeats++;
  return value.length >= 6 && repeats > value.length / 2;
}

function isRepetition(value: string): boolean {
  const unit = /^(.{1,4}?)\1{2,}/.exec(value)?.[1] ?? "";
  return unit !== "" && unit.repeat(Math.ceil(value.length / unit.length)).startsWith(value);
}

/** Each character next to the one before, up or down, for most of the value: `abcdefg1234567`; for all of it: `abcde`. */
export function isWalk(value: string): boolean {
  if (isInOrder(value)) return true;
  let steps = 0;
  for (let index = 1; index < value.length; index++) {
    if (Math.abs(value.charCodeAt(index) - value.charCodeAt(index - 1)) === 1) steps++;
  }
  const least = /^\d+$/.test(value) ? 6 : 8;
  return value.length >= least && steps > (value.length - 1) * 0.6;
}

/** Four letters or more, each the next one of the alphabet. */
function isInOrder(value: string): boolean {
  return value.length >= 4 && "abcdefghijklmnopqrstuvwxyz".includes(value.toLowerCase());
}
