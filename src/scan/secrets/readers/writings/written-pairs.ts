/** Passwords and keys in tables of code that say whose they are: `users = {"ops": "v"}`, `passwords = [("ops", "v")]`. */

import { type NameKind, nameKind, nameWords } from "../../assignments/name-words.ts";
import { isUuid } from "../../text/value-forms.ts";
import {
  type Candidate,
  type Hit,
  latinText,
  noProposal,
  type Proposal,
  refusedAtSight,
  type View,
} from "../../text/view.ts";
import { judgeNamed } from "../named-literal.ts";

/** Bytes of the table that are read; bytes before the anchor that may belong to the name. */
const longestTable = 3000;
const longestName = 48;
/** What it takes to read an entry, and to judge one, in bytes looked at. */
const entryCost = 60;
const judgementCost = 150;

/** What a table begins with: its bracket, or a letter of what makes it. */
export const tableBegins = "{[(mandHLM";
/** What makes a table, and its bracket. */
const opener =
  /^\s{0,3}(?:map\[string\]string|array ?|(?:new )?(?:Hash|Linked)?Map(?:<[\w, ]{0,30}>)?(?:\.of|::from\(|\()?|new Dictionary<[\w, ]{0,30}>\s?(?:\(\)\s?)?|dict)?[{[(]\s{0,24}/;
/** Comments, and white space around them. */
const between = "\\s{0,60}(?:(?:(?:#|//)[^\\n]{0,160}\\n|/\\*(?:(?!\\*/)[^]){0,160}\\*/)\\s{0,60}){0,6}";
/** What a literal of Python, C# or SQL may begin with. */
const prefix = "[@bBrRuUfF]{0,2}";
/** `"ops"`, `ops` before a colon, `:ops =>` of Ruby, `ops =>` of Perl, and the sign behind it. */
const user = `(?:${prefix}(?<quote>["'])(?<user>(?:(?!\\k<quote>)[^\\\\\n]){1,80})\\k<quote>|:?(?<bare>\\w{1,40})(?=:|\\s{0,12}=>))\\s{0,12}(?<sign>:|=>|->|,)`;
/** `None`, `env("OPS")`, `process.env.OPS`: who has no password here does not end the table, anything else tells of a record. */
const elsewhere =
  "(?:None|null|nil|NULL|undefined|[\\w.:]{0,40}(?:[eE]nv|ENV)[\\w.:]{0,60}(?:[([][^()[\\]{}\\n]{0,60}[)\\]])?)";
/** What is too long or escaped to be judged does not end the table, either. */
const value = `(?:${prefix}(?<open>["'\`])(?:(?<value>(?:(?!\\k<open>)[^\\\\\n]){0,90})|(?:(?!\\k<open>)[^\\\\\n]|\\\\.)*)\\k<open>|${elsewhere})`;
/** `"ops": "v"`, `'ops' => 'v'`, `ops: "v"`, `("ops", "v")`, `{"ops", "v"}` */
const entry = new RegExp(
  `${between}(?<bracket>[([{]\\s{0,3})?${user}\\s{0,12}${value}\\s{0,3}(?<close>[)\\]}])?(?:${between},|\\s{0,3}(?=[)\\]};\\n#/]|$))`,
  "dy",
);

/** A name of a pair that is no table; of `credentials` and `auth` the readers of names know it. */
const ofOnePair = /(?:creds?|user_?pass(?:word)?)$/i;
/** No key of a service is shorter. */
const shortestKey = 16;
/** Names of wireless networks: `wifiNetworks[] = {{"harbor", "v"}}` of a controller's program. */
const ofNetworks = /(?:wi-?fi|wlan|known|my)_?networks$/i;
/** Names of those who sign in: only what looks like a password is one. */
const ofUsers = /(?:^|[^a-z])(?:users|accounts|logins)$/i;
/**
 * What else such tables hold of a user: a name with blanks, a number of an account (`GB29NWBK6016`, `U02ABC123DE`), an
 * id with its prefix (`usr_01H8XK7Z`, `auth0|5f7c8e`), a handle (`octocat42`), a place in a directory (`ou=ops,dc=shop`).
 */
const isOfUser = /\s|^[A-Z\d]+$|^[a-z]{1,5}\d{0,2}[._:-][A-Za-z\d]+$|^[\w-]{2,24}\||^[a-z]+\d{1,4}$|^(?:cn|dc|ou|uid)=/;
/** Names of what holds a user, and the password behind it. */
const ofPairs = /(?:creds?|credentials?|auth|user_?pass(?:word)?)$/i;
/** What a record holds, and no user is called. */
const fields =
  /^(?:_?id|key|type|name|label|title|role|roles|status|url|uri|host|port|path|email|mail|phone|image|icon|avatar|user_?(?:name|id)?|login|first_?name|last_?name|default|description|[\w-]*(?:_id|Id|_url|Url|_name|Name|[_-]type))$/i;
/** The last word of what was computed from a package or file, or says which state of it: no user, and no service. */
const ofFiles = /^(?:hash|sha\d*|md5|digest|checksums?|integrity|fingerprint|thumbprint|etag|commit|revision|version)$/;

interface Table {
  readonly name: string;
  readonly words: readonly string[];
  readonly kind: NameKind;
}

/** The hit ends with the sign between the name and its table. */
export function readWrittenPairs(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const text = latinText(bytes, hit.end, hit.end + longestTable);
  const head = opener.exec(text)?.[0];
  if (head === undefined) return refusedAtSight;
  const table = tableAt(latinText(bytes, Math.max(0, hit.start - longestName), hit.end));
  if (table === undefined) return noProposal;
  const candidates: Candidate[] = [];
  entry.lastIndex = head.length;
  let skipTo = hit.end;
  let cost = 0;
  for (let index = 0; ; index++) {
    const match = entry.exec(text);
    if (match === null || !isEntry(match.groups ?? {}, table, index)) return { candidates, skipTo, cost };
    skipTo = hit.end + match.index + match[0].length;
    cost += entryCost;
    const span = match.indices?.groups?.value;
    if (span === undefined) continue;
    cost += judgementCost;
    candidates.push(...judged(view, table, { start: hit.end + span[0], end: hit.end + span[1] }, match.groups ?? {}));
  }
}

function tableAt(text: string): Table | undefined {
  const name = /([\w-]{2,48})(?:["'}\]]|\[\])?\s?(?:=|:|=>|:=)?$/.exec(text)?.[1] ?? "";
  if (ofUsers.test(name) || ofNetworks.test(name)) return { name, words: ["password"], kind: "password" };
  const words = nameWords(name);
  const kind = ofPairs.test(name) ? "password" : nameKind(words);
  return kind === undefined ? undefined : { name, words, kind };
}

/**
 * Of several things in a row only brackets tell that two belong together. A record has fields, and is none of users; one
 * with a sum is of a package, whatever that is called (`"Contoso.Tokens": { "resolved": "8.0.0", "contentHash": "v" }`).
 */
function isEntry(
  { sign, bracket, close, user = "", bare = "" }: Partial<Record<string, string>>,
  { name, kind }: Table,
  index: number,
): boolean {
  if (sign === ",")
    return (
      (bracket !== undefined && close !== undefined) || (index === 0 && close !== undefined && ofOnePair.test(name))
    );
  const owner = `${user}${bare}`;
  if (ofFiles.test(nameWords(owner).at(-1) ?? "")) return false;
  return bracket === undefined && (kind !== "password" || !fields.test(owner));
}

function judged(
  view: View,
  { name, words, kind }: Table,
  place: Hit,
  { sign, user = "", bare = "" }: Partial<Record<string, string>>,
): readonly Candidate[] {
  const value = view.bytes.toString("utf8", place.start, place.end);
  const owner = `${user}${bare}`;
  // `api_key: "v"` has a name of its own, and a user's own name is what a new account begins with.
  if (value.length < 4 || value.toLowerCase() === owner.toLowerCase() || nameKind(nameWords(owner)) !== undefined)
    return [];
  if (ofUsers.test(name) && (isOfUser.test(value) || isUuid(value))) return [];
  // `tokens = [("word", "x7")]`: what a scanner of a language reads has a kind and a text.
  if (sign === "," && kind !== "password" && value.length < shortestKey) return [];
  return judgeNamed(view, { name, words, kind, ...place });
}
