/** What a name that says no more than "key" is of: a table, a cache, a piano, or something that nobody may know. */

import { mayBe } from "../paths/path-facts.ts";
import { noVectors } from "../text/cipher-words.ts";
import { asBytes } from "../text/small-letters.ts";
import { type Hit, type View, windowText } from "../text/view.ts";
import type { Assignment } from "./read-assignment.ts";

/** True where the code around it says that it is one to hide. */
export function isKeptKey(view: View, hit: Hit, assignment: Assignment): boolean {
  return (
    isKeyOfPath(view, hit) ||
    isOfSignature(view, assignment) ||
    isAmongCiphers(view, assignment) ||
    (assignment.end - assignment.start >= shortestSaid &&
      (isSentAlong(view, assignment) || isSaidSecret(view, assignment))) ||
    isOfPayment(view, assignment) ||
    isOfService(view, hit, assignment)
  );
}

/** `aws.secret.key=v` of settings: the path says what the key is for. */
function isKeyOfPath({ bytes, facts }: View, { start }: Hit): boolean {
  if (bytes[start - 1] !== 0x2e || !mayBe(facts, "config")) return false;
  return /(?:^|[^a-z])(?:secret|api|access|private|encryption|signing|jwt)\.$/i.test(
    bytes.toString("latin1", Math.max(0, start - 16), start),
  );
}

/** A "key" may be of a table, a cache, a piano; where the code around it encrypts or calls a service, it is one to hide. */
function isAmongCiphers(view: View, { start, end }: Assignment): boolean {
  const text = `${windowText(view, start - 160, start)} ${windowText(view, end, end + 120)}`;
  if (/\baes|cipher|crypt|\bhmac|fernet|blowfish|\b3?des\b|\brc4|\bxor\w{0,12}\(|api[-_ ]?key/.test(text)) return true;
  // Standards and tests print keys, vectors and what comes out of both.
  return /(?<![a-z])iv\s?=\s?[a-z.]{0,24}[("']/.test(text) && noVectors.test(text);
}

/** Of what no cipher takes, shorter ones are ids. */
const shortestSaid = 12;

/** `params={"key": "v"`, `headers: { key: "v" }`: of a request. */
function isSentAlong(view: View, { start }: Assignment): boolean {
  return /\b(?:params|headers)["']?\s?[:=]\s?(?:new \w{1,20}\()?\{[^{}]*$/.test(windowText(view, start - 160, start));
}

const secrecy =
  "[^\\n]*(?:\\b(?:secret|confidential|credentials?|do not (?:share|commit|publish)|(?:private|encryption|licen[cs]e|activation|signing) key|" +
  `(?:clave|chave|llave) (?:secreta|privada))\\b|${asBytes("密钥|秘钥|私钥|密鑰|私鑰")})`;
const besideIt = new RegExp(`^["'\`]?[ \\t;,)}\\]]{0,8}(?:#|//|--|/\\*)${secrecy}`);
const aboveIt = new RegExp(`(?:^|\\n)[ \\t]*(?:#|//|--|/?\\*)${secrecy}[^\\n]*\\n[^\\n]*$`);

/** `key = "v"  # keep it secret`, or the same in a comment above. */
function isSaidSecret(view: View, { start, end }: Assignment): boolean {
  return besideIt.test(windowText(view, end, end + 120)) || aboveIt.test(windowText(view, start - 160, start));
}

const shortest = 16;

/** `key: "10wcwx"`, `key="tlx_energy_today"`: tells an element of a list from the others. */
export function isNameOfElement(value: string): boolean {
  return value.length < shortest || /^[A-Za-z]+\d{0,4}(?:[_/.-][a-z]{3,})+$/.test(value);
}

/** `"key": "v", "component": "shop", "severity": "MAJOR"`: which finding of a report it is. */
export function isIdOfRecord(view: View, hit: Hit, { start, end }: Assignment): boolean {
  if (view.bytes[hit.end] !== 0x22) return false;
  return /"(?:component|module_?key|rule|rule_?key|severity|qualifier|assignee|resolution)" {0,2}: {0,2}"/.test(
    `${/[^{}]*$/.exec(windowText(view, start - 160, start))?.[0]}\n${/^[^{}]*/.exec(windowText(view, end, end + 120))?.[0]}`,
  );
}

/** `md5("amount=7" + "&key=" + "v")`, `sign = md5(text + key)`: what a text is signed with stands at its end. */
function isOfSignature(view: View, { start, end }: Assignment): boolean {
  if (/(?:md5|sign|sha\d{1,3})[^\n]*&key=["']\s?[+.]\s?["']$/.test(windowText(view, start - 160, start))) return true;
  return /sign\w*\s?:?=\s?[\w.$:>-]{0,30}(?:md5|sha\d{1,3})\w{0,8}\([^\n]*[+.]\s?\$?key\)/.test(
    windowText(view, end, end + 120),
  );
}

/** `'mch_id' => '1230055202', 'key' => 'v'`: 32 characters with which a merchant signs its orders. */
function isOfPayment(view: View, { start, end }: Assignment): boolean {
  if (!/^[0-9A-Za-z]{32}$/.test(view.bytes.toString("latin1", start, end))) return false;
  return /mch_?id/.test(windowText(view, start - 160, start) + windowText(view, end, end + 120));
}

/** `key = "v"` and `"https://api.…/forecast?q="`: 32 digits that a service asks for; of a record both may be found there. */
function isOfService(view: View, hit: Hit, { start, end }: Assignment): boolean {
  if (view.bytes[hit.end] === 0x22 || !/^[0-9a-f]{32}$/.test(view.bytes.toString("latin1", start, end))) return false;
  return /["'`]https?:\/\/api\.[a-z]/.test(windowText(view, start - 160, start) + windowText(view, end, end + 120));
}
