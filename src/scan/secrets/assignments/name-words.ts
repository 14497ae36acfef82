/** Splits names into words and tells what kind of secret a name holds, or that it only says something about one. */
import { remembered, rememberedOf } from "../text/remembered.ts";
import { aboutSecrets, keyedThings, keyKinds, ofOthers, passwordEnds, promisingWords } from "./words-of-names.ts";

/** `dbPassword`, `DB_PASSWORD`, `db-password` become `db`, `password`. */
export function nameWords(name: string): readonly string[] {
  return wordsOf(name, () => splitName(name));
}

/** The same few names stand in a repository again and again: remembered, they cost a tenth. */
const wordsOf = remembered<readonly string[]>();
const kinds = rememberedOf<readonly string[], NameKind | undefined>();

function splitName(name: string): readonly string[] {
  return withoutAccents(name)
    .replace(/ETag/g, "Etag")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[A-Z](?=[A-Z][a-z])/g, "$& ")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** `contraseña`: names are bytes of UTF-8, one for each character. */
function withoutAccents(name: string): string {
  if (!/[\x80-\xff]/.test(name)) return name;
  return Buffer.from(name, "latin1").toString("utf8").normalize("NFD").replace(/\p{M}/gu, "");
}

/** What a name promises. `bare-key` is a key of no known purpose, and nearly always something else than a secret. */
export const nameKinds = ["password", "secret", "token", "key", "auth", "salt", "bare-key"] as const;
export type NameKind = (typeof nameKinds)[number];

const questions = new Set(
  "is has no existing show hide require requires allow allows num max min can should needs mask".split(" "),
);

/** True if the name speaks about a secret (its address, its length, its error message) and does not hold one. */
function isAboutSecret(words: readonly string[]): boolean {
  const last = words.at(-1) ?? "";
  return (
    (aboutSecrets.has(last) && !isOfOwner(words)) ||
    // Of a signed request: `X-Amz-Credential` is key id and region.
    (last === "credential" && /^(amz|goog)$/.test(words.at(-2) ?? "")) ||
    words.some(
      (word, index) =>
        factsOf(word).isAnywhere && !makesSecret(word, words[index + 1]) && !isApiHash(word, words[index - 1]),
    ) ||
    (words.length > 1 && questions.has(words[0] ?? "")) ||
    isOfReading(words) ||
    (last === "secret" &&
      words.some((word) => handshakes.has(word) || (word === "exporter" && words.includes("master"))))
  );
}

/** `passwordConfirmation`, `API_KEY_USER`, `passCode`: the last word tells who types it, whose it is, or what it is in two words. */
function isOfOwner(words: readonly string[]): boolean {
  return /(?:^|\s)(?:password confirmation|api key user|pass code)$/.test(words.slice(-3).join(" "));
}

/** `CSRF_SECRET`, `hashSalt`: what such things are made with, and not they themselves. */
function makesSecret(word: string, next: string | undefined): boolean {
  return /^(?:[cx]srf|hash|sha\d*|md5)$/.test(word) && /^(?:secret|salts?|key|iv)$/.test(next ?? "");
}

/** `api_hash`: what Telegram calls the key of an application. */
function isApiHash(word: string, before: string | undefined): boolean {
  return word === "hash" && before === "api";
}

/** What stands behind the name of a secret and says only where, or for what, it is: `DB_PASS_PROD`, `password.eu`. */
const places = new Set(
  (
    "prod production prd live dev develop development tst testing stage staging stg qa uat preprod local sandbox ci int integration " +
    "eu us uk emea apac primary secondary backup main master internal external test"
  ).split(" "),
);

export function isPlaceWord(word: string): boolean {
  return places.has(word) || /^\d{1,3}$/.test(word);
}

/** `DB_PASS_PROD` without its last word: of abbreviations and bare keys only the end of a name counts. */
function withoutPlace(words: readonly string[]): readonly string[] {
  const last = words.at(-1) ?? "";
  return words.length > 1 && places.has(last) && last !== "test" ? words.slice(0, -1) : words;
}

/** A pass of these is a step, a filter or a ticket: `render_pass`, `lowpass`. */
const passes = (
  "by single multi first second third one two low high hi lo lp hp band notch render shader blur shadow forward backward pre full " +
  "final filter function module loop machine analysis over under season boarding battle ski hall"
).split(" ");
const otherPasses = new Set(passes);

/** One of these words, with digits behind it or without. */
const patternOf = (words: readonly string[]) => new RegExp(`^(?:${words.join("|")})\\d*$`);
const passWords = patternOf(promisingWords.pass);
const passwordWords = patternOf(promisingWords.password);
const passwordTail = new RegExp(
  `(?:${passwordEnds.join("|")}|(?:bind|root|admin|user|db|smtp|ftp|ldap|mysql)pw|(?<!by|com|tres|sur|encom|ask|kee|^(?:${passes.join("|")}))pass)\\d*$`,
);
const secretWords = patternOf(promisingWords.secret);
const tokenWords = patternOf(promisingWords.token);
const keyWords = patternOf(promisingWords.key);
const bareKeyWords = patternOf(promisingWords.bareKey);
const authWords = patternOf(promisingWords.auth);
const saltWords = patternOf(promisingWords.salt);
const keyTail = /(?:apikey|secretkey|accesskey|privkey|prikey|authkey)\d*$/;

const writtenAs = new Set("bytes string str hex base64 b64 data text".split(" "));

/** A secret of these is agreed on for one connection, or is a step on the way there: logs and test vectors of TLS name it so. */
const handshakes = new Set("traffic handshake resumption premaster".split(" "));

/** A token of these says where somebody stopped reading, or that a request was sent before. */
const readingTokens = new Set("sync delta resume skip scroll change cursor idempotency dedup trace span".split(" "));

/** `nextToken` of a list, `ClientRequestToken` of a call that may be repeated. */
function isOfReading(words: readonly string[]): boolean {
  const at = words.length - 1;
  if (!/^tokens?$/.test(words[at] ?? "")) return false;
  const before = words[at - 1] ?? "";
  return readingTokens.has(before) || (before === "request" && words[at - 2] === "client");
}

/** What one word says, wherever it stands in a name. */
interface WordFacts {
  readonly isAnywhere: boolean;
  /** `pass`, `pw`, `psk`: a password at the end of a name only. */
  readonly isPass: boolean;
  readonly isPassword: boolean;
  readonly isSecret: boolean;
  readonly isToken: boolean;
  readonly isKey: boolean;
  readonly isBareKey: boolean;
  readonly isSalt: boolean;
}

/** Names are many, their words are few: the patterns are asked once for each. */
const factsOf = (word: string) =>
  wordFacts(word, () => ({
    isAnywhere: ofOthers.has(word) || /^[cx]srf/.test(word),
    isPass: passWords.test(word),
    isPassword: passwordWords.test(word) || passwordTail.test(word),
    isSecret: secretWords.test(word) || /secret\d*$/.test(word),
    isToken: tokenWords.test(word) || /token\d*$/.test(word),
    isKey: keyWords.test(word) || keyTail.test(word) || (word.endsWith("key") && keyKinds.has(word.slice(0, -3))),
    isBareKey: bareKeyWords.test(word),
    isSalt: saltWords.test(word),
  }));
const wordFacts = remembered<WordFacts>();

/** "Pass" is a password at the end of a name only, and not after the words that say a pass of something. */
function isPassword(word: string, words: readonly string[], index: number): boolean {
  if (word === "pass" && /^(?:word|code|phrase)$/.test(words[index + 1] ?? "")) return true;
  // `mot_de_passe`, `palavra_passe`
  if (word === "passe" && /^(?:de|palavra)$/.test(words[index - 1] ?? "")) return true;
  // `matKhau`, `kata_sandi`
  if ((word === "khau" && words[index - 1] === "mat") || (word === "sandi" && words[index - 1] === "kata")) return true;
  const facts = factsOf(word);
  if (!facts.isPass) return facts.isPassword;
  return index >= words.length - 1 && !otherPasses.has(words[index - 1] ?? "");
}

/** The kind of secret that the name holds; undefined if it holds none, or only speaks about one. */
export function nameKind(words: readonly string[]): NameKind | undefined {
  return kinds(words, () => (isAboutSecret(words) ? undefined : kindOf(words)));
}

function kindOf(all: readonly string[]): NameKind | undefined {
  const words = withoutPlace(all);
  if (words.some((word, index) => isPassword(word, words, index))) return "password";
  // SQL: `IDENTIFIED BY 'v'`.
  if (words.length === 2 && words[0] === "identified" && words[1] === "by") return "password";
  if (words.some((word) => factsOf(word).isSecret)) return "secret";
  if (words.some((word) => factsOf(word).isToken)) return "token";
  let bare = false;
  for (const [index, word] of words.entries()) {
    if (isApiHash(word, words[index - 1])) return "key";
    const { isKey, isBareKey } = factsOf(word);
    if (isKey) return "key";
    if (!isBareKey) continue;
    if (keyKinds.has(words[index - 1] ?? "")) return "key";
    bare = true;
  }
  const last = words.at(-1) ?? "";
  if (authWords.test(last)) return "auth";
  if (words.some((word) => factsOf(word).isSalt)) return "salt";
  // `keyBytes`, `keyHex`: what the key is written as.
  const at = words.length - (writtenAs.has(last) ? 2 : 1);
  return bare && factsOf(words[at] ?? "").isBareKey && !keyedThings.has(words[at - 1] ?? "") ? "bare-key" : undefined;
}
