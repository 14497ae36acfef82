/** Judges values that no provider's shape explains: is this a secret, or a word, a path, an identifier, a label? */
import { entropy } from "../entropy.ts";
import { placeholderReason } from "../placeholders.ts";

const emptyWords =
  /^(null|nil|none|undefined|true|false|yes|no|on|off|void|string|str|int|number|bool|boolean|any|object|array|password|passwd|passwort|pwd|pass|secret|token|key|apikey|api[-_]?key|test|testing|literal|admin|root|user|username|default|empty|required|optional|hidden|masked|unknown|encrypted|plaintext|plain|basic|bearer|auto|value|values|env|config|input|prompt|text|file|new|old|current|disabled|enabled|abc|foo|bar|baz|n\/a|tbd)$/i;

/** Why the value cannot be a secret, whatever its name; undefined if it can. */
export function noSecretReason(value: string, quoted: boolean): string | undefined {
  if (emptyWords.test(value)) return "empty word";
  const placeholder = placeholderReason(value);
  if (placeholder !== undefined) return placeholder;
  if (/^[\w$]+(\.[\w$]+)+(\(.*)?$/.test(value) && !/\d.*\d/.test(value)) return "member access";
  if (/\w\(.*\)?$/.test(value) && !quoted) return "call";
  if (/^(process|os|env|System|Environment|config|settings|vault|secrets?|self|this)[.[]/i.test(value)) return "lookup";
  if (/^(https?|ftp|file|mailto|data|arn|urn|projects?|\.{0,2}\/|~\/|[A-Za-z]:\\)[:/\\]/i.test(value))
    return "address or path";
  if (/^(\/|\.\/|\.\.\/)[\w./-]+$/.test(value) || /\.(json|ya?ml|pem|key|crt|txt|js|ts|cs|py|html|xml)$/i.test(value))
    return "path";
  if (/^@Microsoft\.KeyVault|^(vault|keyvault|akv|ssm|secretsmanager|op|ref\+)[:+]/i.test(value))
    return "reference to a vault";
  if (/^\d+([.,:/-]\d+)*$/.test(value) && value.length < 16) return "number or date";
  if (/^\d{4}-\d\d-\d\d[T ]/.test(value)) return "number or date";
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return "identifier (UUID)";
  return /^\$(ANSIBLE_VAULT|2[aby]\$|argon2|6\$|5\$|1\$)|^\{(SSHA|bcrypt|noop|cipher)\}|^ENC[[(]|^sha\d+-|^AQAAANCMnd8BFdERjHoA|^\*SENSITIVE\*/i.test(
    value,
  )
    ? "encrypted or hashed"
    : undefined;
}

/** How random a token looks, 0 to 100: entropy for its length, mixture of characters, no words. */
export function tokenScore(whole: string): number {
  const value = whole.replace(/^django-insecure-/, "");
  if (value.length < 10 || /\s/.test(value) || /[^\x21-\x7e]/.test(value)) return 0;
  const bits = entropy(value);
  const hex = /^[0-9a-f-]+$/i.test(value);
  const ideal = Math.min(Math.log2(value.length), hex ? 4 : 6);
  const digits = value.replace(/\D/g, "").length;
  const letters = value.replace(/[^A-Za-z]/g, "").length;
  let score = 30 + Math.round(40 * Math.max(0, (bits / ideal - 0.7) / 0.3));
  // 32 or 64 whole bytes: a key and no text.
  if (/^[A-Za-z0-9+/]{43}=$|^[A-Za-z0-9+/]{86}==$/.test(value)) score += 30;
  if (digits === 0) score -= 35;
  if (letters === 0) score -= 35;
  if (value.length >= 20) score += 10;
  if (value.length < 16) score -= 10;
  if (!hex && /[a-z]/.test(value) && /[A-Z]/.test(value) && digits > 1) score += 10;
  // Long random text holds a few runs that read as words by chance.
  return clamp(score - 12 * Math.max(0, longWords(value) - Math.floor(value.length / 20)));
}

/** Letter runs that read as words (vowels and consonants mixed as in language): `access`, `token`, `response`. */
function longWords(value: string): number {
  const runs = value.match(/[A-Z]?[a-z]{4,}|[A-Z]{5,}/g) ?? [];
  return runs.filter((run) => {
    const vowels = run.replace(/[^aeiouyAEIOUY]/g, "").length;
    return vowels >= run.length * 0.25 && vowels <= run.length * 0.65 && !/[^aeiouy]{4}/i.test(run);
  }).length;
}

/** How much a value looks like a password somebody set, 0 to 100. Passwords are short and word-like: be modest. */
export function passwordScore(value: string, quoted: boolean): number {
  if (value.length < 5 || value.length > 128) return 0;
  const words = value.trim().split(/\s+/).length;
  if (words > 1) return quoted && words <= 2 && /\d/.test(value) && /[^\w\s]/.test(value) ? 50 : 10;
  const digit = /\d/.test(value);
  const lower = /[a-z]/.test(value);
  const upper = /[A-Z]/.test(value);
  const symbol = /[^A-Za-z0-9]/.test(value);
  let score = 25 + 15 * [digit, lower, upper, symbol].filter(Boolean).length;
  if (!digit && !symbol) score -= 25;
  if (!digit && /^[\w.-]+$/.test(value)) score -= 20;
  if (/[:;,.!?]$/.test(value) && !digit) score -= 25;
  if (/^[a-z]+([A-Z][a-z]+)+$/.test(value) || /^[a-z]+([-_.][a-z]+)+$/i.test(value)) score -= 20;
  if (/^[A-Z]+(_[A-Z0-9]+)+$/.test(value)) score -= 30;
  if (/[^\x20-\x7e]/.test(value)) score -= 20;
  if (/secret|passw|token/i.test(value)) score -= 25;
  if (value.length >= 8) score += 5;
  return clamp(score);
}

function clamp(score: number): number {
  return Math.max(0, Math.min(90, score));
}
