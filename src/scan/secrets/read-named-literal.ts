/** A literal beside a name that says password, secret, token or key: what the scoring judges. */
import { alphabetTable } from "./alphabets.ts";
import { mayBe, surely } from "./path-facts.ts";
import { type Assignment, assignedName, readAssignment } from "./read-assignment.ts";
import { endsLine } from "./read-literal.ts";
import { type NameKind, nameKind, nameWords } from "./readers/name-words.ts";
import { type Hit, isIn, type View, windowText } from "./view.ts";

export interface NamedLiteral {
  readonly assignment: Assignment;
  readonly words: readonly string[];
  readonly kind: NameKind;
  readonly value: string;
}

const shortest = 4;
const nameCharacters = alphabetTable("base64Url");

export function readNamedLiteral(view: View, hit: Hit): NamedLiteral | undefined {
  if (view.facts.kind === "data") return undefined;
  const name = assignedName(view, hit);
  if (name === undefined) return undefined;
  const words = nameWords(name);
  const kind = nameKind(words);
  if (kind === undefined || isLabel(view, hit)) return undefined;
  const assignment = readAssignment(view, hit);
  if (assignment === undefined || assignment.end - assignment.start < shortest) return undefined;
  if (isLookup(assignment, words) || (!assignment.quoted && !isBareValue(view, assignment))) return undefined;
  const value = view.bytes.toString("utf8", assignment.start, assignment.end);
  // `Authorization: "Token v"`: what stands before the token says how it is sent.
  const scheme =
    kind === "auth" ? /^(?:token|api-?key|key|oauth|jwt|bot|geniekey|splunk)[ =]+(?=\S{8})/i.exec(value) : null;
  if (scheme !== null) {
    const start = assignment.start + scheme[0].length;
    return { assignment: { ...assignment, start }, words, kind: "token", value: value.slice(scheme[0].length) };
  }
  // `<add key="ApiKey" value="v">`: what the key names is a name, and its own value follows.
  if (kind === "bare-key" && /^[\w.-]+$/.test(value) && nameKind(nameWords(value)) !== undefined) return undefined;
  const told = kind === "bare-key" && isAmongCiphers(view, assignment) ? "key" : kind;
  return { assignment, words, kind: told, value };
}

/** A "key" may be of a table, a cache, a piano; where the code around it encrypts or calls a service, it is one to hide. */
function isAmongCiphers(view: View, { start, end }: Assignment): boolean {
  return /\baes|cipher|crypt|\bhmac|fernet|blowfish|\b3?des\b|\brc4|api[-_ ]?key/.test(
    `${windowText(view, start - 160, start)} ${windowText(view, end, end + 120)}`,
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

const askingVerbs = new Set(
  (
    "get find read load fetch create make generate gen new parse hash verify check validate compare lookup resolve require import from " +
    "decode encode encrypt decrypt delete remove list test it describe t translate assert expect by to on handle build mask request issue"
  ).split(" "),
);

/** `getPassword("main")` asks for a secret by name; `setPassword("v")` and `("password", "v")` hand one over. */
function isLookup({ syntax }: Assignment, words: readonly string[]): boolean {
  return syntax === "call" && askingVerbs.has(words[0] ?? "");
}

/** `docker run -e DB_PASSWORD=v image`, wherever a command is written: more words follow, and none belongs to the value. */
function isWordOfCommand(bytes: Buffer, start: number, end: number): boolean {
  if (bytes[start - 1] !== 0x3d) return false;
  // `mysql_user: name=shop password=v priv=ALL`, `ansible_ssh_pass=v ansible_port=22`
  if (/^[ \t]+\w{1,32}=\S/.test(bytes.toString("latin1", end, end + 40))) return true;
  return /(?:^|\s)(?:-e|--env|--build-arg|--set|export|env|sudo(?: -E)?)[ =][A-Z][A-Z0-9_]{2,47}=$/.test(
    bytes.toString("latin1", Math.max(0, start - 64), start),
  );
}

/** A word without quotes is a value in configuration, shells, comments and addresses; in code it is a name. */
function isBareValue({ bytes, facts }: View, { start, end, place, syntax }: Assignment): boolean {
  if (place === "string") return true;
  const shell = mayBe(facts, "shell", "dockerfile");
  const ends = shell || syntax === "flag" || endsLine(bytes, end) || facts.kind === "any";
  if (!ends && !isWordOfCommand(bytes, start, end)) return false;
  if (surely(facts, "yaml", "pipeline") && /[!*&|>[{]/.test(String.fromCharCode(bytes[start]!))) return false;
  if (place === "comment" || shell || syntax === "default") return true;
  return mayBe(facts, "config", "text", "plain") && !surely(facts, "json", "hcl", "toml", "xml", "nuget", "maven");
}
