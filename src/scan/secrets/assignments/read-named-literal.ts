/** A literal beside a name that says password, secret, token or key: what the scoring judges. */
import { alphabetTable } from "../alphabets.ts";
import { mayBe, surely } from "../path-facts.ts";
import { textAt } from "../search/match-parts.ts";
import { type Hit, isIn, type View, windowText } from "../view.ts";
import { type NameKind, nameKind, nameWords } from "./name-words.ts";
import { type Assignment, assignedName, readAssignment } from "./read-assignment.ts";
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
const nameCharacters = alphabetTable("base64Url");

/** `pieces`: of a value that is written in several. */
export function readNamedLiteral(view: View, hit: Hit, pieces: "all" | "first" = "all"): NamedLiteral | undefined {
  if (view.facts.kind === "data") return undefined;
  const name = assignedName(view, hit);
  if (name === undefined) return undefined;
  const words = nameWords(name);
  const kind = nameKind(words);
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
  if (read.end - read.start < shortest) return undefined;
  const assignment = firstOfList(view, withoutExpansion(view, read));
  if (isLookup(assignment, words) || (!assignment.quoted && !isBareValue(view, assignment))) return undefined;
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
  if (kind === "bare-key" && view.bytes[hit.end] === 0x22 && isIdOfRecord(view, assignment)) return undefined;
  const told =
    kind === "bare-key" &&
    (isKeyOfPath(view, hit) || isOfSignature(view, assignment) || isAmongCiphers(view, assignment))
      ? "key"
      : kind;
  return { assignment, words, kind: told, value };
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

/** `aws.secret.key=v` of settings: the path says what the key is for. */
function isKeyOfPath({ bytes, facts }: View, { start }: Hit): boolean {
  if (bytes[start - 1] !== 0x2e || !mayBe(facts, "config")) return false;
  return /(?:^|[^a-z])(?:secret|api|access|private|encryption|signing|jwt)\.$/i.test(
    bytes.toString("latin1", Math.max(0, start - 16), start),
  );
}

/** A "key" may be of a table, a cache, a piano; where the code around it encrypts or calls a service, it is one to hide. */
function isAmongCiphers(view: View, { start, end }: Assignment): boolean {
  return /\baes|cipher|crypt|\bhmac|fernet|blowfish|\b3?des\b|\brc4|api[-_ ]?key/.test(
    `${windowText(view, start - 160, start)} ${windowText(view, end, end + 120)}`,
  );
}

/** `"key": "v", "component": "shop", "severity": "MAJOR"`: which finding of a report it is. */
function isIdOfRecord(view: View, { start, end }: Assignment): boolean {
  return /"(?:component|module_?key|rule|rule_?key|severity|qualifier|assignee|resolution)" {0,2}: {0,2}"/.test(
    `${/[^{}]*$/.exec(windowText(view, start - 160, start))?.[0]}\n${/^[^{}]*/.exec(windowText(view, end, end + 120))?.[0]}`,
  );
}

/** `md5("amount=7" + "&key=" + "v")`: what a text is signed with stands at its end. */
function isOfSignature(view: View, { start }: Assignment): boolean {
  return /(?:md5|sign|sha\d{1,3})[^\n]*&key=["']\s?[+.]\s?["']$/.test(windowText(view, start - 160, start));
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
 * `badge.svg?token=v`: shows a figure to everybody who opens a page, and does nothing else; `https://example.com/?key=v`:
 * nobody is there.
 */
function isOfSample({ bytes }: View, { start }: Hit): boolean {
  let at = start;
  while (at > start - 48 && isIn(nameCharacters, bytes[at - 1])) at--;
  if (bytes[at - 1] !== 0x3f && bytes[at - 1] !== 0x26) return false;
  return /badges?\b[\w./-]*\?[\w.=&%-]*$|\/\/(?:[\w-]+\.)*example\.(?:com|org|net)\b[^\s"'`]*$/i.test(
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

/** A word without quotes is a value in configuration, shells, comments and addresses; in code it is a name. */
function isBareValue({ bytes, facts }: View, { start, end, place, syntax }: Assignment): boolean {
  if (place === "string") return true;
  const shell = mayBe(facts, "shell", "dockerfile");
  const property = isOfJava(bytes, start);
  const ends = shell || property || syntax === "flag" || endsLine(bytes, end) || facts.kind === "any";
  if (!ends && !isWordOfCommand(bytes, start, end) && !isOfHelm(bytes, start) && !isWordOfLog(bytes, start))
    return false;
  if (surely(facts, "yaml", "pipeline") && /[!*&|>[{]/.test(String.fromCharCode(bytes[start]!))) return false;
  if (place === "comment" || shell || property || syntax === "default") return true;
  // `--password=v` in a text of several lines: no language has such a sign.
  if (syntax === "flag" && bytes[start - 1] === 0x3d) return true;
  return mayBe(facts, "config", "text", "plain") && !surely(facts, "json", "hcl", "toml", "xml", "nuget", "maven");
}
