/**
 * What a literal beside a name may be instead of a secret, whatever the model would say. The first row that fits decides:
 * `node scripts/why-no-secret.ts NAME VALUE` tells which one that is.
 */

import type { NamedLiteral } from "../assignments/read-named-literal.ts";
import { readsAsWords } from "../scoring/word-letters.ts";
import { isLabel, isTypeName } from "../text/joined-names.ts";
import { countsUp, isCipherBlock, isKeyOfEntry, isTypedBlindly, isUuid } from "../text/value-forms.ts";
import { isEncodedText, isReadableToken } from "./encoded-text.ts";
import { isPasswordOfDigits } from "./password-of-digits.ts";
import { standIns } from "./placeholders.ts";
import { firstRefusal, fits, type Reason, type Refusal } from "./refusal.ts";
import { bareRefusals, hasDrawnSigns, plainValue, stockRefusal, valueRefusals } from "./value-refusals.ts";
import { withoutGroups } from "./value-scores.ts";

/** Rows that ask for the value alone. */
function ofValue({ name, why, test }: Refusal<string>): Refusal<NamedLiteral> {
  return { name, why, test: ({ value }) => test(value) };
}

export const literalRefusals: readonly Refusal<NamedLiteral>[] = [
  {
    name: "repeats the name",
    why: "It is the name itself, or begins with it.",
    test: ({ value, assignment }) => value.toLowerCase().startsWith(assignment.name.toLowerCase()),
  },
  ofValue({
    name: "of a kind with its own rule",
    why: "Rules for Basic and Bearer headers and signed addresses know the published samples.",
    test: fits(/^(basic|bearer|digest|negotiate|aws4-\S+)\s|^\?|[?&]sig=/i),
  }),
  ofValue({
    name: "encoded text",
    why: "`eyJhbGciOiJIUzI1NiJ9.payload`: of a JSON Web Token the parts that everybody reads, and words in place of the rest.",
    test: isReadableToken,
  }),
  ofValue({
    name: "pattern",
    why: "It says what a value looks like.",
    test: fits(/^\^|\\[dws]\b|\\[<>()|.]|\[[^[\]]*[a-z0-9]-[a-z0-9]/i),
  }),
  ofValue({
    name: "brackets",
    why: "`)(` stands in random texts, and in patterns, which end as they begin.",
    test: fits(/\(\)|\[\]|\{\}|<>|[([{<]{2}|[)\]}>]{2}|^[<(].*[>)]$/),
  }),
  ofValue({
    name: "escaped bytes",
    why: "Three bytes or a character by their numbers, or colours of a terminal, are control sequences and tables.",
    test: fits(/\\x[0-9a-f]{2}(?:\\+x[0-9a-f]{2}){2}|\\u[0-9a-f]{4}|\\(?:x1b|033|e)\[\d/i),
  }),
  ofValue({
    name: "sentence",
    why: "White space twice; passwords that Google shows in four groups are none.",
    test: (value) => /\s.*\s/.test(withoutGroups(value.trim())),
  }),
  {
    name: "expression",
    why: "Without quotes `$NAME`, `%NAME%`, an option or a call is code.",
    test: ({ value, assignment }) => !assignment.quoted && isExpression(value),
  },
  {
    name: "identifier",
    why: "Some services call the key of an account `appid`, others a public number.",
    test: isPublicNumber,
  },
  {
    name: "pattern",
    why: "What some code calls `pat`, where it is no token.",
    test: ({ words, value }) => words.length === 1 && words[0] === "pat" && !/^[\w-]{20,}$/.test(value),
  },
  ofValue({
    name: "address of mail",
    why: "A user and a host.",
    test: fits(/^[\w.+-]+@[a-z\d-]+(\.[a-z\d-]+)*\.[a-z]{2,8}$/i),
  }),
  ofValue({
    name: "encrypted or hashed",
    why: "It begins with what has to open it, or has made it: `{cipher}`, `enc:`, `sha256:`.",
    test: fits(/^\{?(crypt|enc|encrypted|cipher|bcrypt|pbkdf2|sha\d*|md5|vault|hash)[:(}]/i),
  }),
  {
    name: "hash or identifier",
    why: "A key that says no more than that is hexadecimal where it finds something, or is numbered.",
    test: isFoundBy,
  },
  {
    name: "selector",
    why: "What a contract calls a function by.",
    test: ({ value, kind }) => kind !== "password" && /^0x[0-9a-f]{8}$/i.test(value),
  },
  {
    name: "name of something in code",
    why: "`heightAboveWGS84Geoid`: two capitals or more, each with a letter behind it that is none of theirs.",
    test: ({ value, kind }) => kind !== "password" && isNameInCode(value),
  },
  {
    name: "name of a type",
    why: "`ec2:Vpc`, `core/v1:Secret`; beside another name it may be a user and a password.",
    test: ({ value, kind }) => /key|token/.test(kind) && isTypeName(value),
  },
  {
    name: "another name",
    why: '`scrypt("password", "NaCl")`: four letters behind a name and a comma.',
    test: ({ value, assignment }) => assignment.syntax === "argument" && /^[A-Za-z]{4}$/.test(value),
  },
  {
    name: "number",
    why: "Keys and tokens have letters, too.",
    test: ({ value, kind }) => kind !== "password" && /^\d+$/.test(value),
  },
  ofValue({
    name: "lines of /etc/passwd",
    why: "What stands behind the first colon is a mark, or a list goes on behind it.",
    test: fits(/^[\w.-]{1,32}:(?:[x*!]*:\d+:\d+:|[^:\n]{1,64}:[^:\n]{1,32}(?::[^\n]*)?\\n[\w.-]{1,32}:)/),
  }),
  ofValue({
    name: "rule of a form",
    why: "`required|string|min:8`: what a form demands of one.",
    test: (value) =>
      value.includes("|") &&
      /(?:^|\|)(?:required|nullable|sometimes|string|confirmed|min:\d+|max:\d+)(?:$|\|)/.test(value),
  }),
  {
    name: "name of a test",
    why: "`--- PASS: TestName/part`: the words of a test's report.",
    test: ({ value, assignment }) =>
      assignment.name === "PASS" && !assignment.quoted && /[/_]|^[A-Z][a-z]+[A-Z]/.test(value),
  },
  {
    name: "address",
    why: "`://x-access-token:v@host`: addresses have a rule of their own.",
    test: ({ value, assignment }) =>
      assignment.lexical === "string" && !assignment.quoted && /@[\w-]+(\.[\w-]+)+(\/|:|$)/.test(value),
  },
  ofValue(stockRefusal),
  ofValue({
    name: "identifier",
    why: "Of an application in WeChat: its secret stands beside it.",
    test: fits(/^wx[0-9a-f]{16}$/),
  }),
  ofValue({
    name: "address on a chain",
    why: "Contracts and accounts have 20 bytes, their private keys 32; and as Polkadot writes them.",
    test: fits(/^(?:[\w-]{1,20}[:/-])?0x[0-9a-fA-F]{40}$|^5[1-9A-HJ-NP-Za-km-z]{47}$/),
  }),
  ofValue({
    name: "public key",
    why: "DER of a public key in base64, and OpenSSH's form.",
    test: fits(
      /^(MFkwEwYHKoZIzj0|MFYwEAYHKoZIzj0|MHYwEAYHKoZIzj0|MII[BC]IjANBgkq|MIGfMA0GCSq|MCowBQYDK2Vw|AAAA(?:[BCE]3NzaC1|E2VjZHNhLXNo|[GI]nNrL)|ssh-|ecdsa-)/,
    ),
  }),
  ofValue({
    name: "publishable key",
    why: "Keys of Mapbox, Stripe, Paystack, Datadog and Braintree that are meant for pages.",
    test: fits(/^pk(?:\.eyJ|_(?:live|test)_)|^pub[0-9a-f]{32}$|^(?:sandbox|production)_[a-z0-9]{8}_[a-z0-9]{16}$/),
  }),
  ofValue({
    name: "identifier",
    why: "What Stripe calls cards, customers, payments and the rest.",
    test: fits(/^(?:tok|pi|pm|src|ch|cus|sub|seti|card|price|prod|evt|acct)_[A-Za-z0-9]{8,}$/),
  }),
  {
    name: "constant",
    why: "A salt of so few digits, or a label as `shop:users:v2`, is written once for all.",
    test: ({ value, kind, words }) =>
      (kind === "salt" && /^[0-9a-f]{1,15}$/i.test(value)) || (words.at(-1) === "salt" && isLabel(value)),
  },
  ofValue({ name: "bytes that count up", why: "Test vectors of ciphers do.", test: countsUp }),
  {
    name: "not the characters of a token",
    why: "One or two signs amid letters and digits: a random text has more of them, a passphrase has words.",
    test: isBrokenToken,
  },
  {
    name: "typed on the keyboard's middle row",
    why: "`asdfkljh23490sdf`: fingers that rest there make up what looks random.",
    test: ({ value, kind }) => kind !== "password" && isTypedBlindly(value),
  },
  {
    name: "encoded text",
    why: "What base64 hides is a sentence, JSON, a stand-in, or `user:password` of both.",
    test: isEncodedText,
  },
  ofValue({
    name: "encrypted or a signature",
    why: "Base64 of a block of RSA; keys and tokens are shorter, or of other lengths.",
    test: isCipherBlock,
  }),
  {
    name: "identifier (UUID)",
    why: "`LockToken`, `ClientRequestToken`: tells one request, message or lock from the others.",
    test: ({ value, words }) => isUuid(value) && isOfRequest(words),
  },
  {
    name: "repeats the name",
    why: "It is the words of the name in one.",
    test: ({ value, kind, words }) => words.length > 1 && kind === "password" && value.toLowerCase() === words.join(""),
  },
  {
    name: "name of a cipher",
    why: "`TXT_DHE_PSK = 'DHE-PSK-CHACHA20'`: how ciphers call keys that both sides know.",
    test: ({ value, words }) => words.at(-1) === "psk" && value.toLowerCase().includes("psk"),
  },
  {
    name: "key of a test vector",
    why: "Of a handshake: in settings such a key of digits has no quotes.",
    test: ({ value, words, assignment }) =>
      assignment.quoted && words.join("") === "psk" && /^[0-9a-f]{40,}$/i.test(value),
  },
];

/** Why a literal beside a name is none whatever the model says; undefined if the model is to judge. */
export function refusalOf(literal: NamedLiteral): Reason | undefined {
  return firstRefusal(literalRefusals, literal) ?? firstRefusal(refusalsOfValue(literal), plainValue(literal.value));
}

const holdsUuid = new Set(["secret", "token", "key", "password"]);

function refusalsOfValue(literal: NamedLiteral): readonly Refusal<string>[] {
  const { value, kind, assignment } = literal;
  if (isUuid(value) && holdsUuid.has(kind)) return standIns;
  if (isPasswordOfDigits(literal)) return standIns;
  return assignment.quoted ? valueRefusals : bareRefusals;
}

/** `&appid=`: in capitals it is a key only in an address. */
function isPublicNumber({ words, value, assignment }: NamedLiteral): boolean {
  if (words.at(-1) !== "appid") return false;
  const mayBeKey = assignment.name.endsWith("appid") || assignment.lexical === "string";
  return !mayBeKey || !/^[0-9a-f]{32}$/.test(value);
}

function isExpression(value: string): boolean {
  return /^[$,]|^%\w+%$|^-/.test(value) || (/^[\w$.]+\(/.test(value) && !hasDrawnSigns(value));
}

function isFoundBy(literal: NamedLiteral): boolean {
  const { value, kind, assignment } = literal;
  if (kind !== "bare-key") return false;
  const isHex = /^[0-9a-f-]+$/i.test(value) && !isOfSettings(literal);
  return isHex || /\d$/.test(assignment.name) || isKeyOfEntry(value);
}

/** `MAPS_KEY=0a1b…`: of what a program is told by its environment, a key of so many digits is one of a service. */
function isOfSettings({ value, assignment }: NamedLiteral): boolean {
  return /^[A-Z][A-Z0-9_]{2,40}_KEY$/.test(assignment.name) && /^(?:[0-9a-f]{2}){16,32}$/i.test(value);
}

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

function isOfRequest(words: readonly string[]): boolean {
  return (
    words.at(-1) === "token" &&
    /^(?:lock|lease|request|client|continuation|correlation|action|update|idempotency)$/.test(words.at(-2) ?? "")
  );
}
