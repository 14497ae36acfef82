/** Judges values that no provider's shape explains: is this a secret, or a word, a path, an identifier, a label? */

import type { NamedLiteral } from "../assignments/read-named-literal.ts";
import { reportedScore } from "../scoring/score.ts";
import { scoreValue } from "../scoring/score-literal.ts";
import { readsAsWords } from "../scoring/word-letters.ts";
import { isKeyOfEntry, isUuid } from "../text/value-forms.ts";
import { placeholderReason } from "./placeholders.ts";
import { isSealed } from "./sealed-value.ts";
import { isStockPassword } from "./stock-passwords.ts";

const emptyWords =
  /^(null|nil|none|undefined|true|false|yes|no|on|off|void|string|str|int|number|bool|boolean|any|object|array|password|passwd|passwort|pwd|pass|secret|token|key|apikey|api[-_]?key|test|testing|literal|admin|root|user|username|default|empty|required|optional|hidden|masked|unknown|encrypted|plaintext|plain|basic|bearer|auto|value|values|env|config|input|prompt|text|file|new|old|current|disabled|enabled|abc|foo|bar|baz|n\/a|tbd)$/i;

/** Spring's sign for a password that is not hashed. */
const unhashed = /^\{noop\}/;

/** Why the value cannot be a secret, whatever its name; undefined if it can. It surely is text: quotes or its place say so. */
export function noSecretReason(written: string): string | undefined {
  const value = written.replace(unhashed, "");
  if (emptyWords.test(value)) return "empty word";
  const placeholder = placeholderReason(value);
  if (placeholder !== undefined) return placeholder;
  if (isMemberAccess(value) && readsAsWords(value)) return "member access";
  if (/^(?:env|file|fd):/.test(value)) return "lookup";
  if (/^(process|os|env|System|Environment|config|settings|vault|secrets?|self|this)[.[]/i.test(value)) return "lookup";
  if (/^(https?|ftp|file|mailto|data|arn|urn|projects?|\.{0,2}\/|~\/|[A-Za-z]:\\)[:/\\]/i.test(value))
    return "address or path";
  if (/^(\/|\.\/|\.\.\/)[\w./-]+$/.test(value) || /\.(json|ya?ml|pem|key|crt|txt|js|ts|cs|py|html|xml)$/i.test(value))
    return "path";
  if (/^@Microsoft\.KeyVault|^(vault|keyvault|akv|ssm|secretsmanager|op|ref\+)[:+]/i.test(value))
    return "reference to a vault";
  // `authentication.k8s.io/v1beta1`, `ghcr.example/team/image`: all small, a host and a path.
  if (/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+(\/[a-z0-9._-]+)+$/.test(value) && readsAsWords(value))
    return "address or path";
  // `Secret/API Key/Token`: a label.
  if (/^[A-Za-z]{2,}(?:[ /][A-Za-z]{2,})+$/.test(value) && readsAsWords(value)) return "words";
  if (/^\d+([.,:/-]\d+)*$/.test(value) && value.length < 16) return "number or date";
  if (/^\d{4}-\d\d-\d\d[T ]/.test(value)) return "number or date";
  if (isUuid(value)) return "identifier (UUID)";
  if (isSealed(value)) return "encrypted or hashed";
  return /^\$(ANSIBLE_VAULT|2[aby]\$|argon2|6\$|5\$|1\$)|^\{(SSHA|bcrypt|cipher)\}|^\{[A-Za-z0-9+/]{11,}=+\}$|^ENC[[(]|^sha\d+-|^md5[0-9a-f]{32}$|^\*[0-9a-f]{40}$|^SCRAM-SHA-|^AQAAANCMnd8BFdERjHoA|^\*SENSITIVE\*|^(?:sha\d+|md5|pbkdf2(?:[:_]sha\d+)?|bcrypt(?:_sha\d+)?|scrypt|argon2\w*)[$:]\S*\$/i.test(
    value,
  )
    ? "encrypted or hashed"
    : undefined;
}

/** The same of what may be code, for no quotes tell: `settings.smtp`, `read(file)`. */
export function noBareSecretReason(written: string): string | undefined {
  const value = written.replace(unhashed, "");
  if (isMemberAccess(value)) return "member access";
  return /\w\(.*$/.test(value) && !hasDrawnSigns(value) ? "call" : noSecretReason(value);
}

function isMemberAccess(value: string): boolean {
  return /^[\w$]+(\.[\w$]+)+(\(.*)?$/.test(value) && !/\d.*\d/.test(value);
}

/** `9k!z@m(q7%x)=b`, as Django draws its keys: signs of several kinds amid digits and letters, not all of them of calls and formulas. */
function hasDrawnSigns(value: string): boolean {
  const kinds = new Set(value.match(/[!@#%^*+]/g));
  return kinds.size >= 2 && /[!@#]/.test(value) && /\d/.test(value) && !readsAsWords(value);
}

/** The same where nothing but a password can stand: six digits or more may be one. */
export function noPasswordReason(value: string): string | undefined {
  return /^\d{6,15}$/.test(value) ? placeholderReason(value) : noSecretReason(value);
}

const holdsUuid = new Set(["secret", "token", "key", "password"]);

/** `LockToken`, `ClientRequestToken`: tells one request, message or lock from the others. */
function isOfRequest(words: readonly string[]): boolean {
  return (
    words.at(-1) === "token" && /^(?:lock|lease|request|client|continuation|correlation)$/.test(words.at(-2) ?? "")
  );
}

/** DER of a public key in base64, and OpenSSH's form. */
function isPublicKey(value: string): boolean {
  return /^(MFkwEwYHKoZIzj0|MFYwEAYHKoZIzj0|MHYwEAYHKoZIzj0|MII[BC]IjANBgkq|MIGfMA0GCSq|MCowBQYDK2Vw|AAAA(?:[BCE]3NzaC1|E2VjZHNhLXNo|[GI]nNrL)|ssh-|ecdsa-)/.test(
    value,
  );
}

/** What base64 or hexadecimal of printable text says. */
function decodedText(value: string): string | undefined {
  if (value.length < 8 || value.length % 4 === 1 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return undefined;
  const hex = value.length >= 16 && value.length % 2 === 0 && /^[0-9a-f]+$/i.test(value);
  const text = Buffer.from(value, hex ? "hex" : "base64").toString("latin1");
  return /^[\x20-\x7e\r\n\t]+$/.test(text) ? text : undefined;
}

/** `asdfkljh23490sdf`: fingers that rest on the middle row make up what looks random. */
function isTypedBlindly(value: string): boolean {
  if (/[A-Z]/.test(value) || /^[0-9a-f-]+$/.test(value)) return false;
  const letters = value.replace(/[^a-z]/g, "");
  return letters.length >= 6 && letters.replace(/[asdfghjkl]/g, "").length <= letters.length * 0.15;
}

/** Bytes that count up, as test vectors of ciphers do. */
function countsUp(value: string): boolean {
  if (value.length < 16 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return false;
  const bytes = Buffer.from(value, "base64");
  return bytes.every((byte, index) => index === 0 || byte === bytes[index - 1]! + 1);
}

/** Why what base64 hides is no secret: a sentence, JSON, a stand-in, `user:password` of both. */
function encodedReason({ value, kind }: NamedLiteral): string | undefined {
  const text = decodedText(value);
  if (text === undefined) return undefined;
  if (/\s\S+\s|^\{"/.test(text)) return "encoded text";
  const inner = text.slice(text.indexOf(":") + 1).trim();
  if (isStockPassword(inner) || noSecretReason(inner) !== undefined) return "encoded text";
  // What tokens are signed with is a text of 32 characters, of words, too.
  const isPhrase = kind === "secret" && /^\w{32,}$/.test(text) && !standInWord.test(text);
  return readsAsWords(inner) && !isPhrase ? "encoded text" : undefined;
}

/** Base64 of a block of RSA: something encrypted, or a signature. Keys and tokens are shorter, or of other lengths. */
function isCipherBlock(value: string): boolean {
  return [172, 344, 684].includes(value.length) && /^[A-Za-z0-9+/]+=+$/.test(value);
}

/** Google's passwords for programs, as its page shows them: four groups of four small letters. */
export function withoutGroups(value: string): string {
  return /^[a-z]{4}(?: [a-z]{4}){3}$/.test(value) ? value.replaceAll(" ", "") : value;
}

/** Words of stand-ins, samples and defaults: only what else a value holds can make it a secret. */
const standInWord =
  /passw|pass(?![a-z])|pwd|secret|token|(?<![a-z])key|test|demo|sample|example|your|user|admin|root|foo|bar|default|dummy|strong|secure|change|local|tiger|vagrant|raspberry|alpine|toor|calvin|guest|value|string|hunter2|senha|contrase|(?<![a-z])clave(?![a-z])|kennwort|wachtwoord|haslo|heslo|parola|salasana|jelszo|lozinka|sifre|mot_?de_?passe/i;

/**
 * How likely a value is a password where nothing else can stand, 0 to 90. There a plain word is one, too, unless it
 * says what it stands in for.
 */
export function placedScore(value: string, evidence: number): number {
  const score = scoreValue(value, "password", { evidence });
  return standInWord.test(value) || !isTyped(value) ? score : Math.max(score, reportedScore + 2);
}

/** No white space; a letter of another script amid digits is somebody's choice, a word of such letters a stand-in. */
function isTyped(value: string): boolean {
  if (!/^[!-~\p{L}]{4,64}$/u.test(value)) return false;
  const others = value.replace(/[!-~]+/g, "").length;
  return others === 0 || (/\d/.test(value) && others <= value.length / 4);
}

/** `MAPS_KEY=0a1b…`: of what a program is told by its environment, a key of so many digits is one of a service. */
function isOfSettings({ value, assignment }: NamedLiteral): boolean {
  return /^[A-Z][A-Z0-9_]{2,40}_KEY$/.test(assignment.name) && /^(?:[0-9a-f]{2}){16,32}$/i.test(value);
}

/** `DB_PASSWORD=`, `password: 472569`: what stands there is text, with quotes or without; not a date, and no round number. */
function mayBeDigits({ value, words, assignment }: NamedLiteral): boolean {
  if (/^[A-Z][A-Z0-9_]{0,40}_(?:PASSWORD|PASSWD|PASS|PWD)$/.test(assignment.name)) return true;
  if (assignment.syntax !== "assignment" || !/^(?:password|passwd|passwort|senha|contrasena)$/.test(words.at(-1) ?? ""))
    return false;
  return value.length < 10 && !/^(?:19|20)\d\d[01]\d[0-3]\d$|000$/.test(value);
}

/** `heightAboveWGS84Geoid`: two capitals or more, each with a letter behind it that is none of theirs. */
function isNameInCode(value: string): boolean {
  return /^[a-z]{2,}[A-Z][A-Za-z][a-z]*[A-Z][A-Za-z]+(?:\d{1,4}[A-Za-z]*)?$/.test(value) && readsAsWords(value);
}

/** `6kXf…?q2…`: one or two signs amid letters and digits. No token is written so, a random text has more of them, a passphrase has words. */
function isBrokenToken(literal: NamedLiteral): boolean {
  const { value, kind } = literal;
  if (kind === "password" || kind === "salt" || isKeyOfCipher(literal)) return false;
  if (value.length < 20 || !/^[\w+/=.~:-]{3}.*[\w+/=.~:-]{3}$/.test(value)) return false;
  // `&` and `%` are of addresses.
  const signs = value.match(/[^\w+/=.~:|&%@,-]/g)?.length ?? 0;
  return signs > 0 && signs < 3 && /\d/.test(value) && !readsAsWords(value);
}

/** As long as a cipher takes them, such keys are of any characters. */
function isKeyOfCipher({ value, kind, words }: NamedLiteral): boolean {
  const isLong = value.length === 24 || value.length === 32;
  return kind === "key" && isLong && /^key$|aes|crypt|cipher|hmac/.test(words.join(" "));
}

/** Forms of what may be known. */
function publicReason(value: string): string | undefined {
  // Of an application in WeChat: its secret stands beside it.
  if (/^wx[0-9a-f]{16}$/.test(value)) return "identifier";
  // Of 20 bytes, as contracts and accounts of chains have them; their private keys have 32. And as Polkadot writes them.
  if (/^(?:[\w-]{1,20}[:/-])?0x[0-9a-fA-F]{40}$|^5[1-9A-HJ-NP-Za-km-z]{47}$/.test(value)) return "address on a chain";
  if (isPublicKey(value)) return "public key";
  // Of Mapbox, Stripe and Paystack: meant for pages.
  if (/^pk(?:\.eyJ|_(?:live|test)_)/.test(value)) return "publishable key";
  // What Stripe calls cards, customers, payments and the rest.
  return /^(?:tok|pi|pm|src|ch|cus|sub|seti|card|price|prod|evt|acct)_[A-Za-z0-9]{8,}$/.test(value)
    ? "identifier"
    : undefined;
}

/** Names of one word that promise a secret of one form only. */
function ofOneWord({ words, value, assignment }: NamedLiteral): string | undefined {
  const [word, ...others] = words;
  if (others.length > 0) return undefined;
  // `&appid=`: some services call the key of an account so, others a public number; in capitals it is one only in an address.
  if (word === "appid") {
    const mayBeKey = assignment.name === "appid" || assignment.place === "string";
    return mayBeKey && /^[0-9a-f]{32}$/.test(value) ? undefined : "identifier";
  }
  // What some code calls a pattern.
  return word === "pat" && !/^[\w-]{20,}$/.test(value) ? "pattern" : undefined;
}

/** Of what stands without quotes: `$NAME`, `%NAME%`, an option, a call. */
function isExpression(value: string): boolean {
  return /^[$,]|^%\w+%$|^-/.test(value) || (/^[\w$.]+\(/.test(value) && !hasDrawnSigns(value));
}

/** Why a literal beside a name is none whatever the model says; undefined if the model is to judge. */
export function refusal(literal: NamedLiteral): string | undefined {
  const { value, kind, words, assignment } = literal;
  const folded = value.toLowerCase();
  if (folded.startsWith(assignment.name.toLowerCase())) return "repeats the name";
  // JSON Web Tokens, Basic and Bearer headers have rules of their own, which know the published samples.
  if (/^eyJ[\w-]+(\.eyJ|\.?$)|^(basic|bearer|digest|negotiate|aws4-\S+)\s|^\?|[?&]sig=/i.test(value)) {
    return "of a kind with its own rule";
  }
  if (/^\^|\\[dws]\b|\\[<>()|.]|\[[^[\]]*[a-z0-9]-[a-z0-9]/i.test(value)) return "pattern";
  // `)(` stands in random texts, and in patterns, which end as they begin.
  if (/\(\)|\[\]|\{\}|<>|[([{<]{2}|[)\]}>]{2}|^[<(].*[>)]$/.test(value)) return "brackets";
  if (/\\x[0-9a-f]{2}(?:\\+x[0-9a-f]{2}){2}|\\u[0-9a-f]{4}/i.test(value)) return "escaped bytes";
  if (/\s.*\s/.test(withoutGroups(value.trim()))) return "sentence";
  if (!assignment.quoted && isExpression(value)) return "expression";
  const short = ofOneWord(literal);
  if (short !== undefined) return short;
  if (/^[\w.+-]+@[a-z\d-]+(\.[a-z\d-]+)*\.[a-z]{2,8}$/i.test(value)) return "address of mail";
  if (/^\{?(crypt|enc|encrypted|cipher|bcrypt|pbkdf2|sha\d*|md5|vault|hash)[:(}]/i.test(value))
    return "encrypted or hashed";
  if (kind === "bare-key" && ((/^[0-9a-f-]+$/i.test(value) && !isOfSettings(literal)) || /\d$/.test(assignment.name)))
    return "hash or identifier";
  if (kind === "bare-key" && isKeyOfEntry(value)) return "hash or identifier";
  // What a contract calls a function by.
  if (kind !== "password" && /^0x[0-9a-f]{8}$/i.test(value)) return "selector";
  if (kind !== "password" && isNameInCode(value)) return "name of something in code";
  if (kind !== "password" && /^\d+$/.test(value)) return "number";
  if (/^[\w.-]{1,32}:(?:[x*!]*:\d+:\d+:|[^:\n]{1,64}:[^:\n]{1,32}(?::[^\n]*)?\\n[\w.-]{1,32}:)/.test(value))
    return "lines of /etc/passwd";
  // `'required|string|min:8'`: what a form demands of one.
  if (
    /(?:^|\|)(?:required|nullable|sometimes|string|confirmed|min:\d+|max:\d+)(?:$|\|)/.test(value) &&
    value.includes("|")
  )
    return "rule of a form";
  // `--- PASS: TestName/part`: the words of a test's report.
  if (assignment.name === "PASS" && !assignment.quoted && /[/_]|^[A-Z][a-z]+[A-Z]/.test(value)) return "name of a test";
  // `://x-access-token:v@host`: addresses have a rule of their own.
  if (assignment.place === "string" && !assignment.quoted && /@[\w-]+(\.[\w-]+)+(\/|:|$)/.test(value)) return "address";
  if (isStockPassword(value)) return "stands where some value must stand";
  const known = publicReason(value);
  if (known !== undefined) return known;
  if (kind === "salt" && /^[0-9a-f]{1,15}$/i.test(value)) return "number";
  if (countsUp(value)) return "bytes that count up";
  if (isBrokenToken(literal)) return "not the characters of a token";
  if (kind !== "password" && isTypedBlindly(value)) return "typed on the keyboard's middle row";
  const encoded = encodedReason(literal);
  if (encoded !== undefined) return encoded;
  if (isCipherBlock(value)) return "encrypted or a signature";
  if (isUuid(value) && holdsUuid.has(kind)) return isOfRequest(words) ? "identifier (UUID)" : placeholderReason(value);
  // Six digits may be a password where a name says so; as anything else they are a number.
  if (/^\d{6,15}$/.test(value) && kind === "password" && (assignment.quoted || mayBeDigits(literal)))
    return placeholderReason(value);
  if (words.length > 1 && kind === "password" && folded === words.join("")) return "repeats the name";
  // `TXT_DHE_PSK = "DHE-PSK-CHACHA20"`: how ciphers call keys that both sides know.
  if (words.at(-1) === "psk" && folded.includes("psk")) return "name of a cipher";
  // Of a handshake: in settings such a key of digits has no quotes.
  if (assignment.quoted && words.join("") === "psk" && /^[0-9a-f]{40,}$/.test(folded)) return "key of a test vector";
  return assignment.quoted ? noSecretReason(value) : noBareSecretReason(value);
}

/** How likely a value is a token, 0 to 90, by its characters alone. */
export function tokenScore(value: string): number {
  return value.length < 10 || /\s|[^\x21-\x7e]/.test(value) ? 0 : scoreValue(value, "token");
}

/** How likely a value is a password somebody set, 0 to 90, by its characters alone. */
export function passwordScore(value: string, { quoted = true }: { readonly quoted?: boolean } = {}): number {
  if (value.length < 4 || value.length > 128 || /\s.*\s/.test(value.trim())) return 0;
  return scoreValue(value, "password", { quoted });
}
