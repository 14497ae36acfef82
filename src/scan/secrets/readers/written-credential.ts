/**
 * Passwords and keys in writings that assign nothing: steps and expectations of tests, sentences and lists of a document.
 * Each anchor ends where such a writing leaves the name; what follows tells whether a value stands there.
 */
import { mayBe } from "../path-facts.ts";
import { readsAsWords } from "../scoring/word-letters.ts";
import { asBytes, inSmallLetters } from "../small-letters.ts";
import { type Hit, noProposal, type Proposal, refusedAtSight, type View } from "../view.ts";
import { judgeLiteral } from "./generic.ts";
import { type NameKind, nameKind, nameWords } from "./name-words.ts";

interface Writing {
  /** From the end of the anchor on. Groups: `value`, or `bare` for one that nothing encloses; `name` if that comes next. */
  readonly after: RegExp;
  /** The text up to the name's end; anything if absent. */
  readonly before?: RegExp;
  /** What the value is called, if the name at the anchor does not say it. */
  readonly kind?: NameKind;
  /** Documents only: elsewhere the signs mean something else. */
  readonly isProse?: true;
  /** What must be spoken of around it. */
  readonly company?: RegExp;
  /** One of these comes next, behind white space if it is none itself: most places are left after a look at it. */
  readonly next?: string;
}

const quote = "[\"'`]";
/** One literal; `""` and what a backslash goes on with are none. */
const literal = "(?<open>[\"'`])(?<value>[^\"'`\\\\\\n]{4,90})\\k<open>";
/** In a document: within quotes, backticks or bold, or alone up to the end of its line or cell. */
const marked =
  "(?:(?<open>[\"'`]|\\*\\*|<code>)(?<value>[^\\s\"'`*<\\\\]{4,64})(?:\\k<open>|</code>)|(?<bare>[^\\s\"'`*<|,;()\\\\]{6,64}?))(?=[.,;)]?(?:\\s|<|\\||$))";
/** What parts two cells of Robot Framework, and a cell that holds no variable. */
const gap = "(?: {2,}|\\t+)";
const cell = "(?<value>(?![$%@&]\\{|#)\\S(?:(?![$%@&]\\{)\\S){3,63})(?= {2}|\\t|\\s*\\n|\\s*$)";

const nextLiteral: Writing = { next: "\"'`", after: new RegExp(`^\\s{0,3}${literal}`, "d") };
const setter: Writing = {
  next: ").",
  after: new RegExp(
    `^\\)?\\.(?:(?:type|fill|val|press_?sequentially|set_?value|send_?keys)\\(\\s*|value\\s*=\\s*)${literal}`,
    "di",
  ),
};
const expected: Writing = {
  after: new RegExp(`^(?:[a-z]{0,14}|[. ](?:be|eql?|equal)(?:\\.\\w{2,6})?)\\(\\s*${literal}`, "di"),
};
const bold: Writing = { after: new RegExp(`^\\s{0,3}${marked}`, "d"), isProse: true };
const boldName: Writing = { after: new RegExp(`^\\s?[:=-]\\s{0,3}${marked}`, "d"), isProse: true };
const said: Writing = { after: new RegExp(`^(?!${quote})${marked}`, "d") };
/** `fireEvent.change(passwordInput, { target: { value: 'v' } })` */
const typed: Writing = {
  after: new RegExp(
    `^\\.change\\(passw[^\\n,]{0,30},\\s{0,9}\\{\\s{0,9}target:\\s?\\{\\s{0,9}value:\\s?${literal}`,
    "d",
  ),
  kind: "password",
};
/** `let(:api_key) { 'v' }` */
const defined: Writing = { after: new RegExp(`^(?<name>\\w{3,40})\\)\\s?\\{\\s?${literal}\\s?\\}`, "d") };
const robotVariable: Writing = {
  next: " \t=",
  before: /(?:^|\n)[ \t]*\$\{[\w -]{0,40}$/,
  after: new RegExp(
    `^[ \\t]?=?${gap}(?:set (?:test |suite |global )?variable${gap}(?:\\$\\{[\\w ]{1,40}\\}${gap})?)?${cell}`,
    "di",
  ),
};
const robotInput: Writing = { after: new RegExp(`^${gap}\\S{1,60}${gap}${cell}`, "d"), kind: "password" };
const robotText: Writing = { after: new RegExp(`^${gap}\\S{0,40}passw\\S{0,30}${gap}${cell}`, "di"), kind: "password" };
const vector: Writing = {
  before: /(?:^|[^A-Za-z0-9])(?:iv|IV)$|[a-z](?:IV|Iv)$/,
  after: new RegExp(
    `^\\s?(?:\\[\\]byte\\(|new \\w+\\(|[\\w.]{0,20}getbytes\\(|buffer\\.from\\(|bytes\\.fromhex\\()?b?${literal}`,
    "di",
  ),
  kind: "salt",
  company: /\baes|cipher|crypt|\bcbc\b|\b3?des\b|["'`][a-z0-9+/]{16}["'`]|["'`][a-f0-9]{32}["'`]/,
};

const forms: readonly (readonly [string, Writing])[] = [
  ['" to ', nextLiteral],
  ['" ->', nextLiteral],
  [", <<", nextLiteral],
  [").to", expected],
  ["**", boldName],
  [":**", bold],
  ["</b>", boldName],
  [":</b>", bold],
  ["</strong>", boldName],
  [":</strong>", bold],
  ["}", robotVariable],
];
/** `{"Password", "v"}` of C#, `attribute :password, 'v'` of Ruby. */
const inBraces: Writing = { before: /\{\s{0,20}"[\w.:-]{0,40}$/, after: new RegExp(`^\\s?${literal}\\s?\\}`, "d") };
const behindSymbol: Writing = { after: new RegExp(`^\\s?(?:with: ?)?${literal}`, "d") };
/** `basic_auth 'user', 'v'` */
const second: Writing = {
  after: new RegExp(`^[ (]["'][^"'\\n]{1,50}["'], ?${literal}`, "d"),
  kind: "password",
};

/** `getByLabelText(/password/i), 'v')`, and what `fireEvent.change` hands over there. */
const behindField: Writing = {
  after: new RegExp(`^\\s{0,3}(?:\\{\\s{0,9}target:\\s?\\{\\s{0,9}value:\\s?)?${literal}`, "d"),
};

/** `user, password = "shop", "v"`: two names, and a value for each. */
const both: Writing = {
  next: "\"'(",
  before: /(?:^|\n)[ \t(]*[\w.]{1,40}, ?(?:\w{1,20}\.)?[\w-]{3,30}$/,
  after: new RegExp(`^\\(?["'][^"'\\n]{0,60}["'], ?${literal}`, "d"),
};

/** `Login / Password:`, and `user / v` in its line or the next. */
const ofAccount: Writing = {
  after:
    /^[:*]{0,3}[^\n]{0,8}\n?[\s>*`-]{0,6}[\w.@-]{2,40}\s?\/\s?(?<value>(?=\S*\d)(?=\S*[A-Za-z])[^\s"'`*<|,;()\\/]{6,64})(?=[`.,;)]?(?:\s|$))/d,
  kind: "password",
  isProse: true,
};
/** `Пароль: v` in a document, a comment or YAML. */
const inOtherWords: Writing = {
  after: new RegExp(`^\\*{0,2}\\s?(?::|${asBytes("：")})\\*{0,2}\\s{0,3}${marked}`, "d"),
  kind: "password",
};
const otherWords = [
  "пароль",
  "Пароль",
  "ПАРОЛЬ",
  "密码",
  "密碼",
  "비밀번호",
  "パスワード",
  "mot de passe",
  "wachtwoord",
  "hasło",
  "şifre",
  "Şifre",
];

const fields = ["]')", ']")', "\"]')", "']\")", "')", '")'];
const vectors = ["=", " =", " :=", ":", '":', "':", "' =>", '" =>', "'] =", '"] ='];

/** By the anchor in small letters; the name is its first word, or ends with it. */
export const writings: Readonly<Record<string, Writing>> = {
  ...Object.fromEntries(
    ["password", "secret", "token", "key"].flatMap((name) => forms.map(([form, how]) => [`${name}${form}`, how])),
  ),
  ...Object.fromEntries(
    ["password", "passwd", "pwd"].flatMap((name) => fields.map((form) => [`${name}${form}`, setter])),
  ),
  ...Object.fromEntries(vectors.map((form) => [`iv${form}`, vector])),
  "pwd}": robotVariable,
  'password",': inBraces,
  ":password,": behindSymbol,
  basic_auth: second,
  'password" with ': nextLiteral,
  'password" field with ': nextLiteral,
  "password/i),": behindField,
  ...Object.fromEntries(["password", "passphrase", "token", "key"].map((name) => [`${name} is `, said])),
  ...Object.fromEntries(
    ["password", "passwd", "pwd", "pass", "secret", "token"].flatMap((name) => [
      [`${name} = `, both],
      [`${name}) = `, both],
    ]),
  ),
  ...Object.fromEntries(otherWords.map((word) => [inSmallLetters(asBytes(word)), inOtherWords])),
  ...Object.fromEntries(
    [
      "login / password",
      "login/password",
      "user / password",
      "username / password",
      "username/password",
      "user/pass",
    ].map((head) => [head, ofAccount]),
  ),
  fireevent: typed,
  "let(:": defined,
  "input password": robotInput,
  "input text": robotText,
  "fill text": robotText,
};

/** Bytes looked at before and behind an anchor. */
const before = 64;
const after = 126;
const around = 160;

export function readWrittenCredential(view: View, hit: Hit): Proposal {
  const { bytes, facts } = view;
  const anchor = bytes.toString("latin1", hit.start, hit.end);
  const writing = writings[inSmallLetters(anchor)];
  if (writing === undefined || (writing.isProse === true && !mayBe(facts, "text"))) return refusedAtSight;
  if (writing.next !== undefined && !goesOn(bytes, hit.end, writing.next)) return refusedAtSight;
  const word = /^:?\w+/.exec(anchor)?.[0] ?? "";
  const text = bytes.toString("latin1", Math.max(0, hit.start - before), hit.start) + word;
  if (writing.before?.test(text) === false) return refusedAtSight;
  const behind = bytes.toString("latin1", hit.end, Math.min(bytes.length, hit.end + after));
  const match = writing.after.exec(behind);
  const spans = match?.indices?.groups;
  const [from, to] = spans?.value ?? spans?.bare ?? [0, 0];
  if (to === 0 || (spans?.value === undefined && !looksMade(behind.slice(from, to)))) return noProposal;
  const named = match?.groups?.name ?? nameOf(text, writing);
  const words = nameWords(named);
  const kind = writing.kind ?? nameKind(words);
  if (kind === undefined) return noProposal;
  const name = named === "" ? kind : named;
  const start = hit.end + from;
  const end = hit.end + to;
  const { company } = writing;
  if (company?.test(bytes.toString("latin1", Math.max(0, hit.start - around), end + 120).toLowerCase()) === false)
    return noProposal;
  const assignment = { name, start, end, quoted: true, place: "plain", syntax: "assignment" } as const;
  const { score, signals } = judgeLiteral({ assignment, words, kind, value: bytes.toString("utf8", start, end) }, view);
  return score === 0 ? noProposal : { candidates: [{ start, end, score, signals }], skipTo: end };
}

function goesOn(bytes: Buffer, from: number, next: string): boolean {
  let at = from;
  while (!next.includes(" ") && at < from + 3 && (bytes[at] === 0x20 || bytes[at] === 0x0a)) at++;
  return at < bytes.length && next.includes(String.fromCharCode(bytes[at]!));
}

/** `**API Key**`, `${DB_PASSWORD}`, `"adminPassword"`: with the words before it where such a writing has some. */
function nameOf(text: string, { isProse }: Writing): string {
  return (isProse === true ? /[\w -]{1,30}$/ : /[\w-]{1,48}$/).exec(text)?.[0].trim() ?? "";
}

/** Nothing encloses the value: it must look like none of the words of a sentence. */
function looksMade(value: string): boolean {
  return /\d/.test(value) && /[A-Za-z]/.test(value) && !readsAsWords(value);
}
