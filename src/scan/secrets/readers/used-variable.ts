/**
 * Passwords and keys in variables whose names do not say so, told by what takes them: `chiave = "v"` and `Fernet(chiave)`,
 * `key = "v"` and `"…?appid=" + key`. Where the name says it, it is read where the literal stands.
 */

import { callArguments } from "../assignments/call-arguments.ts";
import { nameKind, nameWords } from "../assignments/name-words.ts";
import {
  type Candidate,
  type Hit,
  latinText,
  noProposal,
  type Proposal,
  refusedAtSight,
  type View,
} from "../text/view.ts";
import { credentialCalls } from "./calls/credential-calls.ts";
import { judgeNamed } from "./named-literal.ts";

/** Bytes before an anchor in which a literal is assigned to the variable, and behind it in which the variable stands. */
const before = 800;
const behind = 160;

interface Taker {
  /** The argument that is the credential, counted from 0. */
  readonly at: number | "last";
  readonly as: "password" | "api_key";
}

/** By the name of the call in small letters. */
export const takers: ReadonlyMap<string, Taker> = new Map([
  ...Object.entries(credentialCalls).flatMap(([name, [call]]): [string, Taker][] => {
    if (call === undefined || call.sure !== "everywhere" || call.holds === "drawn") return [];
    if (typeof call.at !== "number" && call.at !== "last") return [];
    return [[name, { at: call.at, as: call.holds === "key" ? "api_key" : "password" }]];
  }),
  ["newcipher", { at: 0, as: "api_key" }],
]);

/** Names of parameters that services ask for. */
export const parameters = ["appid", "apikey", "api_key", "api-key", "access_key", "?key", "&key", "?token", "&token"];

const path = String.raw`(?:[\w$]{1,24}(?:\.|->|::)){0,3}\$?`;
const name = String.raw`(?<name>[A-Za-z_]\w{0,40})`;
/** `k`, `self.k`, `k.encode()`, `[]byte(k)`, `Buffer.from(k, "hex")` */
const argument = new RegExp(
  String.raw`^(?:\[\]byte\(|(?:[\w.]{1,40}\.)?(?:from|getbytes|encode|parse|bytes|unhexlify|fromhex|b64decode|str)\()?[$@&*]?${path}${name}(?:\.\w{1,20}\([^()]{0,40}\))?(?:,\s?["'][\w-]{1,12}["'])?\)?$`,
  "i",
);
/** `=$k`, `=${k}`, `=" + k`, `": k`; what goes on with a bracket or dot is another thing, and with a sign the next setting. */
const parameter = new RegExp(
  String.raw`^(?:=(?:\$\{?|[#$]?\{|\\\(|["'\x60]\s?[+.]\s?)|["']?(?:\s?:|\s?=>|,)\s)\$?${path}${name}(?![\w.([]|->|\s?\(|:|\s?=(?!=))`,
);

/** The hit ends with the bracket that opens a call, or is the name of a parameter. */
export function readUsedVariable(view: View, hit: Hit): Proposal {
  const use = view.bytes[hit.end - 1] === 0x28 ? takenBy(view, hit) : askedWith(view, hit);
  if (use === undefined) return refusedAtSight;
  const said = nameKind(nameWords(use.variable));
  if (said !== undefined && said !== "bare-key") return refusedAtSight;
  const candidates = literalsOf(view, hit, use);
  return candidates.length === 0 ? noProposal : { candidates };
}

interface Use {
  readonly variable: string;
  /** What a name would say that tells it. */
  readonly as: "password" | "api_key" | "appid";
}

function takenBy(view: View, { start, end }: Hit): Use | undefined {
  const taker = takers.get(view.bytes.toString("latin1", start, end - 1).toLowerCase());
  if (taker === undefined) return undefined;
  const seen = view.bytes.subarray(0, end + behind);
  const found = callArguments({ ...view, bytes: seen }, end);
  const { code = "", start: from } = found.at(taker.at === "last" ? -1 : taker.at) ?? { start: end };
  // The last that is seen is not the last of all.
  if (taker.at === "last" && (found.length < 2 || !closes.test(seen.toString("latin1", from).replace(code, ""))))
    return undefined;
  const variable = argument.exec(code)?.groups?.name;
  return variable === undefined ? undefined : { variable, as: taker.as };
}

const closes = /^\s*\)/;

function askedWith({ bytes }: View, { start, end }: Hit): Use | undefined {
  const variable = parameter.exec(latinText(bytes, end, end + behind))?.groups?.name;
  if (variable === undefined) return undefined;
  // `appId`: others call a public number so.
  const told = bytes.toString("latin1", start, end);
  if (/^appid$/i.test(told)) return /[a-z][A-Z]/.test(told) ? undefined : { variable, as: "appid" };
  return { variable, as: "api_key" };
}

/** What is assigned, and the quote if that is a literal. */
const assigned =
  /^["']?\s{0,12}(?::\s?[\w<>?]{1,20}\s?)?(?::?=(?![=>])|:)\s{0,12}(?:(?:[bru@]{1,2}|(?:\[\]byte|[\w.]{0,30}(?:from|bytes|encode|parse))\(b?)?(?<open>["'`]))?/i;
const longest = 128;

/** The literal that was assigned to the variable last, whatever else it may have held before. */
function literalsOf(view: View, { start }: Hit, { variable, as }: Use): readonly Candidate[] {
  const from = Math.max(0, start - before);
  const text = latinText(view.bytes, from, start);
  for (let at = text.lastIndexOf(variable); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(variable, at - 1)) {
    const behindName = at + variable.length;
    if (/[\w-]/.test(text.charAt(at - 1))) continue;
    const found = assigned.exec(text.slice(behindName, behindName + 90));
    if (found === null) continue;
    const quote = found.groups?.open;
    const value = behindName + found[0].length;
    const end = quote === undefined ? -1 : text.indexOf(quote, value);
    if (end < value + 4 || end > value + longest || /[\\\n]/.test(text.slice(value, end))) return [];
    const kind = as === "password" ? "password" : "key";
    return judgeNamed(view, { start: from + value, end: from + end, name: as, words: nameWords(as), kind });
  }
  return [];
}
