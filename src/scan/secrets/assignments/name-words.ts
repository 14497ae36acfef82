/** Splits names into words and tells what kind of secret a name holds, or that it only says something about one. */
import { remembered, rememberedOf } from "../text/remembered.ts";

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

const about = new Set(
  (
    "url uri urls name names id ids guid path paths file files filename dir folder type types kind length len size count min max " +
    "field fields label hint placeholder policy regex regexp pattern header headers expiry expires expiration ttl " +
    "timeout date time at version format enabled disabled required valid invalid error errors message messages text title " +
    "description prompt input button form page link reset forgot forgotten strength rule rules validator validators validation class " +
    "style icon color endpoint host port scope scopes provider manager service store factory handler callback ref reference " +
    "refs index position start line column list map set algorithm alg method mode status state env var variable " +
    "param parameter parameters arn usage budget cost limit limits location source prefix suffix separator delimiter " +
    "permission permissions role roles action actions audience issuer exists changed change updated created encryption " +
    "property properties selector resource resources schema template tab view component dialog screen route help info doc arg args used last " +
    "docs flow grant verify verification request response result generator generated attempts age history owner user users email " +
    "check checks tooltip caption confirmation mismatch match matches show hide visible visibility toggle api apis " +
    "review reviews ring pair pairs vault spec kid rotation lookup event code press down up tree filter alias aliases symbol cmd command fn func function " +
    "scan scans scanning scanner scanners detection detector detectors commit revision rev"
  ).split(" "),
);

const anywhere = new Set(
  (
    "websocket socket csrftoken recv keyserver " +
    "public pub csrf xsrf design syntax lexer parser tokenizer tokenize stop pad eos bos unk cancellation cancel next page " +
    "continuation pagination authenticity mint css theme i18n translation foreign partition sort cache sha sha1 sha256 md5 hash hashed digest checksum " +
    "checksums srcrev fingerprint etag badge placeholder locale lang invalid wrong missing forgot forgotten author authors authored encrypted sealed"
  ).split(" "),
);

const questions = new Set(
  "is has no existing show hide require requires allow allows num max min can should needs mask".split(" "),
);

/** True if the name speaks about a secret (its address, its length, its error message) and does not hold one. */
function isAboutSecret(words: readonly string[]): boolean {
  const last = words.at(-1) ?? "";
  return (
    (about.has(last) && !isOfOwner(words)) ||
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

/** `passwordConfirmation`, `API_KEY_USER`: the last word tells who types it, or whose it is. */
function isOfOwner(words: readonly string[]): boolean {
  return /(?:^|\s)(?:password confirmation|api key user)$/.test(words.slice(-3).join(" "));
}

/** `CSRF_SECRET`, `hashSalt`: what such things are made with, and not they themselves. */
function makesSecret(word: string, next: string | undefined): boolean {
  return /^(?:[cx]srf|hash|sha\d*|md5)$/.test(word) && /^(?:secret|salt|key|iv)$/.test(next ?? "");
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

const passwordWords =
  /^(requirepass|stapsk|appsk|masterauth|password|passwd|passwort|pwd|pw|pass|psw|pswd|passphrase|passcode|userpwd|passwords|pwds|motdepasse|senha|contrasena|contrasenia|clave|mdp|kennwort|wachtwoord|haslo|heslo|parola|salasana|jelszo|lozinka|sifre|passw|pword|pasword|passsword|passwrd|authtok)\d*$/;
const passwordTail =
  /(password|passwd|passphrase|pwd|passwort|kennwort|wachtwoord|contrasena|senha|(bind|root|admin|user|db|smtp|ftp|ldap|mysql)pw)\d*$|(?<!by|com|tres|sur|encom)pass\d*$/;

const secretWords = /^(secret|secrets|apisecret|clientsecret|credential|credentials|cred|creds)\d*$|secret\d*$/;
const tokenWords = /^(token|tokens|bearer|jwt|pat)\d*$|token\d*$/;
const keyWords =
  /^(apikey|apikeys|appid|passkey|authkey|appkey|accesskey|secretkey|privatekey|masterkey|encryptionkey|signingkey|sharedkey)\d*$|(apikey|secretkey|accesskey|privkey|prikey|authkey)\d*$/;
const authWords = /^(auth|authorization|authentication|authtoken|oauth)\d*$/;
const saltWords = /^(salt|nonce|pepper)\d*$/;

const writtenAs = new Set("bytes string str hex base64 b64 data text".split(" "));

const keyKinds = new Set(
  (
    "api access auth secret private priv pri signing signature encryption decryption encrypt master shared account host admin service app " +
    "application license licence client webhook crypto cipher hmac jwt session cookie subscription aes des rsa deploy server user " +
    "integration ingest write read consumer mac fernet blowfish"
  ).split(" "),
);

const passes = new Set(
  "single multi first second third one two low high band render full final shadow filter function module loop machine analysis".split(
    " ",
  ),
);

/** A key of these is the place of something in a table, a store or a list: nobody hides it. */
const keyedThings = new Set(
  (
    "row column record table index object item entity entry element node leaf block document doc file image photo video media " +
    "asset blob bucket upload dedup dedupe deduplication idempotency unique composite natural candidate group map dict json " +
    "query metric tag state redux react routing ordering shard resource feature experiment step tree search menu nav screen hot " +
    "arrow short shortcut keyboard topic queue channel room chat thread comment issue project build artifact component class " +
    "site gpg pgp method prop attr attribute registry sub parent child top data meta value time date year country region location option " +
    "setting storage local preference pref mint send"
  ).split(" "),
);

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
    isAnywhere: anywhere.has(word) || /^[cx]srf/.test(word),
    isPass: /^(pass|pw|psk)\d*$/.test(word),
    isPassword: passwordWords.test(word) || passwordTail.test(word),
    isSecret: secretWords.test(word),
    isToken: tokenWords.test(word),
    isKey: keyWords.test(word) || (word.endsWith("key") && keyKinds.has(word.slice(0, -3))),
    isBareKey: /^keys?\d*$/.test(word),
    isSalt: saltWords.test(word),
  }));
const wordFacts = remembered<WordFacts>();

/** "Pass" is a password at the end of a name only, and not after the words that say a pass of something. */
function isPassword(word: string, words: readonly string[], index: number): boolean {
  if (word === "pass" && words[index + 1] === "word") return true;
  // `mot_de_passe`, `palavra_passe`
  if (word === "passe" && /^(?:de|palavra)$/.test(words[index - 1] ?? "")) return true;
  // `matKhau`, `kata_sandi`
  if ((word === "khau" && words[index - 1] === "mat") || (word === "sandi" && words[index - 1] === "kata")) return true;
  const facts = factsOf(word);
  if (!facts.isPass) return facts.isPassword;
  return index >= words.length - 1 && !passes.has(words[index - 1] ?? "");
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
