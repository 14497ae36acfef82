/** What a value that no provider's shape explains may be instead of a secret, told by the value alone. */

import type { PathFacts } from "../paths/path-facts.ts";
import { readsAsWords } from "../scoring/word-letters.ts";
import { isUuid } from "../text/value-forms.ts";
import { standIns } from "./placeholders.ts";
import { firstRefusal, fits, type Refusal } from "./refusal.ts";
import { isSealed } from "./sealed-value.ts";
import { isStockPassword } from "./stock-passwords.ts";

const emptyWords =
  /^(null|nil|none|undefined|true|false|yes|no|on|off|void|string|str|int|number|bool|boolean|any|object|array|password|passwd|passwort|pwd|pass|secret|token|key|apikey|api[-_]?key|test|testing|literal|admin|root|user|username|default|empty|required|optional|hidden|masked|unknown|encrypted|plaintext|plain|basic|bearer|auto|value|values|env|config|input|prompt|text|file|new|old|current|disabled?|enabled?|blank|stdin|keyring|keychain|kerberos|gssapi|ldap|pam|scram|ident|abc|foo|bar|baz|blah|n\/a|tbd)$/i;

/** How characters are written as bytes. */
const encodings =
  /^(?:utf[-_]?(?:8|16|32)(?:[-_]?(?:[lb]e|sig))?|latin[-_]?1|(?:us[-_]?)?ascii|iso[-_]?8859[-_]?\d{1,2}|cp\d{3,4}|windows[-_]?125\d|base64|hex|binary|idna|big5|gbk|gb2312|shift[-_]?jis)$/i;

/** Spring's sign for a password that is not hashed. */
const unhashed = /^\{noop\}/;

/** Of values that surely are text: quotes or their place say so. */
export const valueRefusals: readonly Refusal<string>[] = [
  {
    name: "empty word",
    why: "It says that nothing is there, or what is to be there.",
    test: fits(emptyWords),
  },
  {
    name: "its name again and again",
    why: "`saltSALTsalt`: what functions are tried with that make keys of passwords.",
    test: fits(/^(password|passwd|pass|secret|salt|key|token|test)\1+$/i),
  },
  {
    name: "name of an encoding",
    why: '`password.encode("utf-8")`: what it is written in.',
    test: fits(encodings),
  },
  ...standIns,
  {
    name: "member access",
    why: "`settings.smtp` is code, whatever stands around it.",
    test: (value) => isMemberAccess(value) && readsAsWords(value),
  },
  {
    name: "lookup",
    why: "It says where the value comes from: `env:NAME`, `config.NAME`.",
    test: (value) =>
      /^(?:env|file|fd):/.test(value) ||
      /^(process|os|env|System|Environment|config|settings|vault|secrets?|self|this)[.[]/i.test(value),
  },
  {
    name: "address or path",
    why: "It begins as addresses and paths do.",
    test: fits(/^(https?|ftp|file|mailto|data|arn|urn|projects?|\.{0,2}\/|~\/|[A-Za-z]:\\)[:/\\]/i),
  },
  {
    name: "path",
    why: "It is one from its first slash to its last, or ends as files do.",
    test: (value) =>
      /^(\/|\.\/|\.\.\/)[\w./-]+$/.test(value) ||
      /\.(json|ya?ml|pem|key|crt|txt|js|ts|cs|py|html|xml)$/i.test(value) ||
      /^[\w./ -]+\.(?:zip|t?gz|tar|[jw]ar|png|jpe?g|gif|svg|pdf|csv|exe|dll|iso|ova|log|cfg|conf|ini|cer|der|p12|pfx|jks|keystore)$/i.test(
        value,
      ),
  },
  {
    name: "reference to a vault",
    why: "It says where a vault keeps the value.",
    test: fits(/^@Microsoft\.KeyVault|^(vault|keyvault|akv|ssm|secretsmanager|op|ref\+)[:+]/i),
  },
  {
    name: "address or path",
    why: "`authentication.k8s.io/v1beta1`, `ghcr.example/team/image`: all small, a host and a path.",
    test: (value) => /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+(\/[a-z0-9._-]+)+$/.test(value) && readsAsWords(value),
  },
  {
    name: "words",
    why: "`Secret/API Key/Token` is a label.",
    test: (value) => /^[A-Za-z]{2,}(?:[ /][A-Za-z]{2,})+$/.test(value) && readsAsWords(value),
  },
  {
    name: "words",
    why: "`Jelszó`, `пароль`: letters beyond ASCII and nothing else label a field.",
    test: (value) => /^\p{L}+(?:[ -]\p{L}+)*$/u.test(value) && /[^ -~]/.test(value),
  },
  {
    name: "words",
    why: "`Kodeord:`: so do words before a colon.",
    test: fits(/^\p{L}+(?:[ -]\p{L}+)*:$/u),
  },
  {
    name: "number or date",
    why: "Digits with the signs of numbers, versions and dates.",
    test: (value) => (/^\d+([.,:/-]\d+)*$/.test(value) && value.length < 16) || /^\d{4}-\d\d-\d\d[T ]/.test(value),
  },
  {
    name: "name of a migration",
    why: "`0002_auto_20260226_1747`: which one it is, and what it does.",
    test: fits(/^\d{4}_[a-z]+(?:_[a-z\d]+)+$/),
  },
  {
    name: "identifier (UUID)",
    why: "It says which one of many things is meant.",
    test: isUuid,
  },
  {
    name: "encrypted or hashed",
    why: "Its own structure says that another key has to open it.",
    test: isSealed,
  },
  {
    name: "encrypted or hashed",
    why: "It begins with the name of what made it: `$2a$`, `{SSHA}`, `$ANSIBLE_VAULT`.",
    test: fits(
      /^\$(ANSIBLE_VAULT|2[aby]\$|argon2|6\$|5\$|1\$)|^\{(SSHA|bcrypt|cipher)\}|^\{[A-Za-z0-9+/]{11,}=+\}$|^ENC[[(]|^sha\d+-|^h1:[\w+/]{43}=$|^md5[0-9a-f]{32}$|^\*[0-9a-f]{40}$|^SCRAM-SHA-|^AQAAANCMnd8BFdERjHoA|^\*SENSITIVE\*|^(?:sha\d+|md5|pbkdf2(?:[:_]sha\d+)?|bcrypt(?:_sha\d+)?|scrypt|argon2\w*)[$:]\S*\$/i,
    ),
  },
];

/** Of what may be code, for no quotes tell: `settings.smtp`, `read(file)`. */
export const bareRefusals: readonly Refusal<string>[] = [
  {
    name: "member access",
    why: "Names with dots between are code where no quotes stand.",
    test: isMemberAccess,
  },
  {
    name: "call",
    why: "A bracket behind a name calls it, unless the value is drawn from all signs.",
    test: (value) => /\w\(.*$/.test(value) && !hasDrawnSigns(value),
  },
  ...valueRefusals,
];

/** What people write where some value must stand. */
export const stockRefusal: Refusal<string> = {
  name: "stands where some value must stand",
  why: "Everybody writes it, or knows it.",
  test: isStockPassword,
};

/** Without what says how a value is written, not what it is. */
export function plainValue(written: string): string {
  return written.replace(unhashed, "");
}

/** Why the value cannot be a secret, whatever its name; undefined if it can. It surely is text: quotes or its place say so. */
export function noSecretReason(written: string): string | undefined {
  return firstRefusal(valueRefusals, plainValue(written))?.name;
}

/** The same where one that everybody knows is none, either. */
export function noChosenReason(written: string): string | undefined {
  return noSecretReason(written) ?? (stockRefusal.test(written) ? stockRefusal.name : undefined);
}

/** The same of what may be code. */
export function noBareSecretReason(written: string): string | undefined {
  return firstRefusal(bareRefusals, plainValue(written))?.name;
}

/** The same where nothing but a password can stand: six digits or more may be one. */
export function noPasswordReason(value: string): string | undefined {
  return /^\d{6,15}$/.test(value) ? firstRefusal(standIns, value)?.name : noSecretReason(value);
}

/** `1234`, `20260101`: whatever number a program signs in with, it does; tests and documents show some. */
export function isNumberInUse(value: string, { sample }: PathFacts): boolean {
  return !sample && /^\d{4,15}$/.test(value);
}

function isMemberAccess(value: string): boolean {
  return /^[\w$]+(\.[\w$]+)+(\(.*)?$/.test(value) && !/\d.*\d/.test(value);
}

/** `9k!z@m(q7%x)=b`, as Django draws its keys: signs of several kinds amid digits and letters, not all of them of calls and formulas. */
export function hasDrawnSigns(value: string): boolean {
  const kinds = new Set(value.match(/[!@#%^*+]/g));
  return kinds.size >= 2 && /[!@#]/.test(value) && /\d/.test(value) && !readsAsWords(value);
}
