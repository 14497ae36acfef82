/** A literal beside a name that says password, secret, token or key: what the scoring judges. */

import { mayBe, surely } from "../paths/path-facts.ts";
import { alphabetTable } from "../text/alphabets.ts";
import { textAt } from "../text/match-parts.ts";
import { isDescription } from "../text/value-forms.ts";
import { type Hit, isIn, type View, windowText } from "../text/view.ts";
import { isIdOfRecord, isKeptKey, isNameOfElement } from "./bare-key.ts";
import { behindScheme } from "./behind-scheme.ts";
import { type NameKind, nameKind, nameWords } from "./name-words.ts";
import { isThing, namedThingEnd } from "./named-thing.ts";
import { type Assignment, assignedName, placeOfName, readAssignment } from "./read-assignment.ts";
import { endsLine, isBlank, isQuote } from "./read-literal.ts";
import { valueInPieces } from "./value-in-pieces.ts";

export interface NamedLiteral {
  readonly assignment: Assignment;
  readonly words: readonly string[];
  readonly kind: NameKind;
  readonly value: string;
  /** The second of a user and a password: the name said "credentials" of both. */
  readonly paired?: true;
  /** The text between its ends holds more than the value. */
  readonly inPieces?: true;
}

const shortest = 4;
/** What a user beside it tells. */
const shortestPassword = 3;
const nameCharacters = alphabetTable("base64Url");

/** `pieces`: of a value that is written in several. */
export function readNamedLiteral(view: View, hit: Hit, pieces: "all" | "first" = "all"): NamedLiteral | undefined {
  if (view.facts.kind === "data") return undefined;
  const name = assignedName(view, hit);
  if (name === undefined) return undefined;
  const words = nameWords(name);
  const kind = nameKind(words);
  if (kind === "bare-key" && namedThingEnd(view.bytes, placeOfName(view.bytes, hit)) !== undefined) return undefined;
  if (kind === undefined || isLabel(view, hit) || isTypeName(view, hit) || isHashOf(view, hit)) return undefined;
  const read = readAssignment(view, hit);
  if (read === undefined) return undefined;
  const second = read.syntax === "assignment" && ofPairs.has(words.at(-1) ?? "") ? secondOfPair(view, read) : undefined;
  if (second !== undefined) {
    const value = view.bytes.toString("utf8", second.start, second.end);
    return { assignment: { ...read, ...second }, words, kind: "password", value, paired: true };
  }
  const joined = pieces === "all" && read.syntax === "assignment" ? valueInPieces(view, hit, read) : undefined;
  if (joined !== undefined) {
    const assignment = { ...read, end: joined.end };
    return { assignment, words, kind, value: joined.text, inPieces: true };
  }
  if (read.end - read.start < (kind === "password" ? shortestPassword : shortest)) return undefined;
  const assignment = firstOfList(view, withoutExpansion(view, read));
  const sent = kind === "auth" ? behindScheme(view, assignment) : undefined;
  if (sent !== undefined) {
    const value = view.bytes.toString("latin1", sent.start, sent.end);
    return { assignment: sent, words, kind: "token", value };
  }
  const isValue =
    assignment.quoted || isBareValue(view, assignment) || (kind !== "bare-key" && isTextOfElement(view, assignment));
  if (!isValue || isLookup(assignment, words) || isLookedUp(view, hit) || isRefusedByForms(words)) return undefined;
  if (isVerb(view, hit, assignment)) return undefined;
  const value = view.bytes.toString("utf8", assignment.start, assignment.end);
  // `Authorization: "Token v"`: what stands before the token says how it is sent.
  const scheme =
    kind === "auth" ? /^(?:token|api-?key|key|oauth|jwt|bot|geniekey|splunk)[ =]+(?=\S{8})/i.exec(value) : null;
  if (scheme !== null) {
    const start = assignment.start + scheme[0].length;
    return { assignment: { ...assignment, start }, words, kind: "token", value: value.slice(scheme[0].length) };
  }
  if (kind === "salt" && isNonceOfPage(view, hit, assignment.end)) return undefined;
  if (isOfSample(view, hit) || isOfResource(view, assignment)) return undefined;
  // `<add key="ApiKey" value="v">`: what the key names is a name, and its own value follows.
  if (kind === "bare-key" && /^[\w.-]+$/.test(value) && nameKind(nameWords(value)) !== undefined) return undefined;
  if (kind === "bare-key" && !assignment.quoted && isThing(value)) return undefined;
  // `if key != "pkl_vrf":`, `[?key=='cpuid.SSBD']`: the name of an entry.
  if (kind === "bare-key" && assignment.syntax === "comparison" && !/\d/.test(value)) return undefined;
  if (kind === "bare-key" && isIdOfRecord(view, hit, assignment)) return undefined;
  const isKept = kind === "bare-key" && isKeptKey(view, hit, assignment);
  if (kind === "bare-key" && !isKept && isNameOfElement(value)) return undefined;
  return { assignment, words, kind: isKept ? "key" : kind, value };
}

const ofPairs = new Set(["auth", "authorization", "credential", "credentials", "cred", "creds"]);

/** `auth = ("shop", "v")`, `"credentials": ["shop", "v"]`: a user, and the password behind it. */
function secondOfPair(
  { bytes }: View,
  { start, end, quoted }: Assignment,
): { readonly start: number; readonly end: number } | undefined {
  const quote = bytes[start - 1];
  if (!quoted || quote === undefined || !isQuote(quote) || bytes[end] !== quote) return undefined;
  let before = start - 2;
  while (before > start - 20 && isBlank(bytes[before])) before--;
  if (bytes[before] !== 0x28 && bytes[before] !== 0x5b) return undefined;
  // `auth=("shop", "v")` has a rule of its own.
  if (bytes[before - 1] === 0x3d && bytes[before] === 0x28) return undefined;
  const match = /^["'`]\s{0,20},\s{0,20}(["'`])([^"'`\\\n]{4,80})\1\s{0,20},?\s{0,20}[)\]]/.exec(
    bytes.toString("latin1", end, end + 160),
  );
  if (match === null) return undefined;
  const from = end + match[0].indexOf(match[1]!, 1) + 1;
  return { start: from, end: from + match[2]!.length };
}

/** `arn:aws:secretsmanager:*:*:secret:shop/*`: the name of something in AWS. */
function isOfResource({ bytes }: View, { start }: Assignment): boolean {
  if (bytes[start - 1] !== 0x3a) return false;
  return /\barn:[\w*-]*:[^\s"'`]*$/.test(bytes.toString("latin1", Math.max(0, start - 120), start));
}

/** `<script nonce="v">`, `Digest realm="shop", nonce="v"`: made anew for each page or answer, and seen by everybody who asks. */
function isNonceOfPage(view: View, { start }: Hit, end: number): boolean {
  return (
    /<(?:script|style|link)\b[^<>]*$|\bdigest\b[^\n]*$|\brealm=[^\n]*$/.test(windowText(view, start - 160, start)) ||
    /^["'\\]{0,3}, {0,2}(?:uri|qop|nc|cnonce|opaque|algorithm)=/.test(windowText(view, end, end + 24))
  );
}

/** `PASS="${1:-v}"`, `password: ${DB_PW:v}` of Spring: what stands in for an argument or a variable that is not given. */
function withoutExpansion({ bytes }: View, assignment: Assignment): Assignment {
  const { start, end } = assignment;
  if (bytes[start] !== 0x24 || bytes[start + 1] !== 0x7b || bytes[end - 1] !== 0x7d) return assignment;
  const head =
    /^\$\{(?:\w{1,40}:?[-=]|(?:[A-Z][A-Z0-9_]{0,40}|[\w-]{1,40}(?:\.[\w-]{1,40}){1,6}):)(?=[^${}]{4,}\}$)/.exec(
      bytes.toString("latin1", start, end),
    )?.[0];
  return head === undefined ? assignment : { ...assignment, start: start + head.length, end: end - 1, quoted: true };
}

/** `--set dbPassword=v,user=ops` without the entries behind it. */
function firstOfList({ bytes }: View, assignment: Assignment): Assignment {
  const { start, end, quoted } = assignment;
  if (quoted || !isOfHelm(bytes, start)) return assignment;
  const comma = bytes.subarray(start, end).indexOf(0x2c);
  return comma < 0 ? assignment : { ...assignment, end: start + comma };
}

/**
 * `badge.svg?token=v`, `photo.jpg?alt=media&token=v`: shows a figure or picture to everybody who opens a page, and does nothing
 * else; `https://example.com/?key=v`: nobody is there.
 */
function isOfSample({ bytes }: View, { start }: Hit): boolean {
  let at = start;
  while (at > start - 48 && isIn(nameCharacters, bytes[at - 1])) at--;
  if (bytes[at - 1] !== 0x3f && bytes[at - 1] !== 0x26) return false;
  return /(?:badges?\b[\w./-]*|\.svg)\?[\w.=&%-]*$|\?alt=media&$|\/\/(?:[\w-]+\.)*example\.(?:com|org|net)\b[^\s"'`]*$/i.test(
    bytes.toString("latin1", Math.max(0, at - 160), at),
  );
}

/** `loc.input.label.password`: what a form or a message says about one. */
function isLabel({ bytes }: View, { start }: Hit): boolean {
  let dot = start - 1;
  while (isIn(nameCharacters, bytes[dot]) && start - dot < 42) dot--;
  if (bytes[dot] !== 0x2e) return false;
  const before = bytes.toString("latin1", Math.max(0, start - 48), start);
  return /\b(labels?|help|messages?|tooltips?|placeholders?|i18n|descriptions?|errors?|titles?)\.[\w-]{0,40}$/i.test(
    before,
  );
}

/** `"AWS::AppSync::ApiKey": v`: a quoted path of capitalised parts names a type, and what it maps to is about the type. */
function isTypeName({ bytes }: View, { start }: Hit): boolean {
  let at = start;
  while (at > start - 42 && isIn(nameCharacters, bytes[at - 1])) at--;
  if (bytes[at - 1] !== 0x3a || bytes[at - 2] !== 0x3a) return false;
  return (
    /["'](?:[A-Z]\w{0,40}::){1,6}$/.test(bytes.toString("latin1", Math.max(0, at - 80), at)) &&
    /^[A-Z]\w{0,48}["']/.test(bytes.toString("latin1", at, at + 50))
  );
}

/** `checksum/secret: v` of Helm: tells when what it names has changed. */
function isHashOf({ bytes }: View, { start }: Hit): boolean {
  return bytes[start - 1] === 0x2f && textAt(bytes, start - 9, "checksum/", false);
}

const askingVerbs = new Set(
  (
    "get find read load fetch create make generate gen new parse hash verify check validate compare lookup resolve require import from " +
    "decode encode encrypt decrypt delete remove list test it describe t translate assert expect by to on handle build mask request issue"
  ).split(" "),
);

/** `getPassword("main")`, Jenkins' `credentials("main")` ask for a secret by name; `setPassword("v")` and `("password", "v")` hand one over. */
function isLookup({ syntax, name }: Assignment, words: readonly string[]): boolean {
  return syntax === "call" && (askingVerbs.has(words[0] ?? "") || name === "credentials");
}

/** `lookup('shop.vault.db_password', 'v')` of Ansible: what finds one by its name. */
function isLookedUp({ bytes }: View, { start }: Hit): boolean {
  return /\b(?:lookup|query)\(\s{0,4}["'][\w.]{0,80}$/.test(bytes.toString("latin1", Math.max(0, start - 100), start));
}

/** `badPasswords = ["v", "v"]`: what nobody may choose. */
function isRefusedByForms(words: readonly string[]): boolean {
  return (
    words.at(-1) === "passwords" &&
    words.some((word) => /^(?:bad|weak|common|banned|blocked|forbidden|disallowed|worst)$/.test(word))
  );
}

/** "Pass `includeV2` to the node": of what is handed over no user is told. */
function isVerb({ bytes }: View, { start }: Hit, { name, syntax, start: valueStart }: Assignment): boolean {
  if (syntax !== "separated" || bytes[valueStart - 1] !== 0x60 || name.toLowerCase() !== "pass") return false;
  return !/user|login|account|name|admin/i.test(bytes.toString("latin1", Math.max(0, start - 60), start));
}

/** `docker run -e DB_PASSWORD=v image`, wherever a command is written: more words follow, and none belongs to the value. */
function isWordOfCommand(bytes: Buffer, start: number, end: number): boolean {
  if (bytes[start - 1] !== 0x3d) return false;
  // `mysql_user: name=shop password=v priv=ALL`, `ansible_ssh_pass=v ansible_port=22`
  if (/^[ \t]+\w{1,32}=\S/.test(bytes.toString("latin1", end, end + 40))) return true;
  return /(?:^|\s)(?:(?:-e|--env|--build-arg|--set|export|env|sudo(?: -E)?)[ =][A-Z][A-Z0-9_]{2,47}|(?:-F|-d|--form|--data\S{0,10})[ =]["']?[\w.-]{2,40}|[@"']?(?:PGPASSWORD|MYSQL_PWD|RSYNC_PASSWORD|SSHPASS|BORG_PASSPHRASE|RESTIC_PASSWORD))=$/.test(
    bytes.toString("latin1", Math.max(0, start - 64), start),
  );
}

/** `helm install shop --set user=ops,dbPassword=v`: entries of a list, which a comma ends. */
function isOfHelm(bytes: Buffer, start: number): boolean {
  if (bytes[start - 1] !== 0x3d) return false;
  return /\s--set(?:-string)?[ =]["']?(?:[\w.[\]-]{1,60}=[^\s,"']{0,60},){0,6}[\w.[\]-]{2,60}=$/.test(
    bytes.toString("latin1", Math.max(0, start - 160), start),
  );
}

/** `-Ddb.password=v`: a property of Java, wherever its command is written. */
function isOfJava(bytes: Buffer, start: number): boolean {
  return (
    bytes[start - 1] === 0x3d &&
    /(?:^|[\s"'`>=])-D[\w.-]{3,60}=$/.test(bytes.toString("latin1", Math.max(0, start - 64), start))
  );
}

/** `level=info user=shop password=v attempt=2`: words of a line of a log, each with its sign. */
function isWordOfLog(bytes: Buffer, start: number): boolean {
  return /(?:^|\s)[\w.-]{1,32}=[^\s=]{1,64}[ \t]+[\w.-]{1,48}=$/.test(
    bytes.toString("latin1", Math.max(0, start - 160), start),
  );
}

/** `Password: v  (hashed with bcrypt)`: words in brackets, and no more in the line; `varchar255 (not null)` is a field's type. */
function isRemarked(bytes: Buffer, start: number, end: number): boolean {
  if (!/^[ \t]{1,4}\([^()\r\n]{1,90}\)[ \t]{0,4}(?:\r?\n|$)/.test(bytes.toString("latin1", end, end + 104)))
    return false;
  return !isDescription(bytes.toString("latin1", start, end));
}

/** `<li>Password: v</li>`, `<p>Password: <code>v</code></p>`: what a page, or a component of one, tells. */
function isTextOfElement({ bytes }: View, { start, end }: Assignment): boolean {
  if (!/^\s{0,40}<\//.test(bytes.toString("latin1", end, end + 48))) return false;
  return (
    bytes.subarray(start, end).indexOf(0x7b) < 0 &&
    />[^<>{}=;"`]{3,80}: {0,3}(?:<\w{1,8}(?: [^<>\n]{0,80})?>)?$/.test(
      bytes.toString("latin1", Math.max(0, start - 150), start),
    )
  );
}

/** A call that is still open, and what declares a variable. */
const openCall = /[\w\]]\((?:[^()\n]|\([^()\n]*\))*$/;
const declaration =
  /(?:^|[^\w$])(?:const|let|var|val|final|auto|my|local|(?:std::)?[Ss]tring|char) [\w$*, ]{1,60}=\s*$/;

/** `# connect(user=usr, passwd=pw)`, `// const password = pw;`: code that no longer runs, or that a text shows, has names there. */
function isNameInShownCode(
  { bytes, facts }: View,
  { start, end, lexical }: Pick<Assignment, "start" | "end" | "lexical">,
) {
  const isText = surely(facts, "text") && bytes[start - 1] === 0x3d;
  if (!isText && (lexical !== "comment" || facts.kind !== "code")) return false;
  if (!/^[A-Za-z_$][\w$]*$/.test(bytes.toString("latin1", start, end))) return false;
  const before = bytes.toString("latin1", Math.max(0, start - 160), start);
  return openCall.test(before) || (!isText && declaration.test(before));
}

/** A word without quotes is a value in configuration, shells, comments and addresses; in code it is a name. */
function isBareValue({ bytes, facts }: View, { start, end, lexical, syntax }: Assignment): boolean {
  if (lexical === "string") return true;
  const shell = mayBe(facts, "shell", "dockerfile");
  const property = isOfJava(bytes, start);
  const ends =
    shell ||
    property ||
    syntax === "flag" ||
    endsLine(bytes, end) ||
    facts.kind === "any" ||
    isRemarked(bytes, start, end);
  if (!ends && !isWordOfCommand(bytes, start, end) && !isOfHelm(bytes, start) && !isWordOfLog(bytes, start))
    return false;
  if (surely(facts, "yaml", "pipeline") && /[!*&|>[{]/.test(String.fromCharCode(bytes[start]!))) return false;
  if (!shell && isNameInShownCode({ bytes, facts }, { start, end, lexical })) return false;
  if (lexical === "comment" || shell || property || syntax === "default") return true;
  // `--password=v` in a text of several lines: no language has such a sign.
  if (syntax === "flag" && bytes[start - 1] === 0x3d) return true;
  return mayBe(facts, "config", "text", "plain") && !surely(facts, "json", "hcl", "toml", "xml", "nuget", "maven");
}
