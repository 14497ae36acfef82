/** Forms that say nothing of what a value is for: sums and ids are written so, and some keys are, too. */

export function isHash(value: string): boolean {
  return [32, 40, 64, 96, 128].includes(value.length) && /^[0-9a-f]+$/i.test(value);
}

export function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value);
}

const leastDistinct = 9;
const mostSteps = 18;

/** False of one that somebody typed: of few digits, or of those that follow each other. */
export function isDrawnUuid(value: string): boolean {
  if (!isUuid(value)) return false;
  const digits = value.replaceAll("-", "").toLowerCase();
  let steps = 0;
  for (let at = 1; at < digits.length; at++)
    if (Math.abs(digits.charCodeAt(at) - digits.charCodeAt(at - 1)) === 1) steps++;
  return steps <= mostSteps && new Set(digits).size >= leastDistinct;
}

/** `cache.page.home.<digest>`, `shop:shop:<UUID>:page.cs`: an entry of a store, or a part of a project. */
export function isKeyOfEntry(value: string): boolean {
  return (
    /^[a-z]\w*(?:[.:/-][a-z]\w*)+[.:/_-][0-9a-f]{32,64}$/i.test(value) ||
    /^[a-z][\w.-]*(?::[a-z][\w.-]*)*:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:$|:)/i.test(value)
  );
}

const dataType = /^(?:n?var)?(?:char|string|int|text)\d{0,4}$/i;
const algorithm = /^(?:bcrypt|scrypt|argon2\w{0,2}|pbkdf2|md|sha)[-_]?\d{0,4}$/i;
const keyChord = /^(?:ctrl|alt|shift|cmd|meta|option)[-+][\w+-]{1,12}$/i;
/** `Base64(SHA1)`, `cubic-bezier(0.4,0,0.2,1)`, and lengths before a colour: `0_1px_2px_rgba(0,0,0,.1)`. */
const call =
  /^(?:-?[\d.]+[a-z%]{0,4}[_ ,]){0,6}[a-z][a-z-]{0,19}[a-z]\d{0,4}\([^()]{0,80}(?:\([^()]{0,40}\))?[^()]{0,40}\)$/i;
/** `0x3B4FE6ACC0B21F32`: which key of OpenPGP. */
const keyId = /^0x(?:[\da-f]{8}){1,2}$/i;
const word = "[a-z]+\\d{0,2}";
/** `kv2/data/app7/db`, `kv-prod-eu2/db-pw`: where a vault keeps something. */
const path = new RegExp(`^${word}(?:[-_]${word})*(?:/${word}(?:[-_]${word})*)+$`);

/** `varchar255`, `bcrypt12`, `Ctrl-F4`, calls, paths and ids: what tables of fields, of the keyboard and of a design hold below names like those of secrets. */
export function isDescription(value: string): boolean {
  return (
    keyId.test(value) ||
    dataType.test(value) ||
    algorithm.test(value) ||
    keyChord.test(value) ||
    call.test(value) ||
    path.test(value)
  );
}

/** What base64 or hexadecimal of printable text says. */
export function decodedText(value: string): string | undefined {
  if (value.length < 8 || value.length % 4 === 1 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return undefined;
  const hex = value.length >= 16 && value.length % 2 === 0 && /^[0-9a-f]+$/i.test(value);
  const text = Buffer.from(value, hex ? "hex" : "base64").toString("latin1");
  return /^[\x20-\x7e\r\n\t]+$/.test(text) ? text : undefined;
}

/** `asdfkljh23490sdf`: typed on the middle row, where fingers rest. */
export function isTypedBlindly(value: string): boolean {
  if (/[A-Z]/.test(value) || /^[0-9a-f-]+$/.test(value)) return false;
  const letters = value.replace(/[^a-z]/g, "");
  return letters.length >= 6 && letters.replace(/[asdfghjkl]/g, "").length <= letters.length * 0.15;
}

const inOrder = "01234567890, 09876543210";

/** `1234`, `54321` */
export function areDigitsInOrder(value: string): boolean {
  return inOrder.includes(value);
}

/** Bytes that count up. */
export function countsUp(value: string): boolean {
  if (value.length < 16 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return false;
  const bytes = Buffer.from(value, "base64");
  return bytes.every((byte, index) => index === 0 || byte === bytes[index - 1]! + 1);
}

/** Base64 of as many bytes as RSA encrypts or signs with. */
export function isCipherBlock(value: string): boolean {
  return [172, 344, 684].includes(value.length) && /^[A-Za-z0-9+/]+=+$/.test(value);
}
