/** Texts and numbers as Go writes them. */

const escapes: Readonly<Record<string, string>> = { a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

export function unescapeGo(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|(.))/gs,
    (_, hex, short, long, octal, letter) => {
      const digits: string | undefined = hex ?? short ?? long;
      if (digits !== undefined) return letterOf(Number.parseInt(digits, 16));
      if (octal !== undefined) return letterOf(Number.parseInt(octal, 8));
      return escapes[letter] ?? letter;
    },
  );
}

function letterOf(code: number): string {
  return code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
}

/** In double quotes, as `%q` writes it. */
export function quoteGo(text: string): string {
  const escaped = text.replace(/["\\\p{Cc}]/gu, (letter) => {
    const short = Object.entries(escapes).find(([, meant]) => meant === letter)?.[0];
    if (letter === '"' || letter === "\\") return `\\${letter}`;
    return short === undefined ? `\\x${letter.charCodeAt(0).toString(16).padStart(2, "0")}` : `\\${short}`;
  });
  return `"${escaped}"`;
}

/** Undefined if the text is no number. */
export function numberOfGo(text: string): { readonly value: number; readonly float: boolean } | undefined {
  const [, sign, digits] = /^([-+]?)(.*)$/.exec(text.replaceAll("_", "")) ?? [];
  if (digits === undefined || digits === "") return undefined;
  const isOldOctal = /^0[0-7]+$/.test(digits);
  const value = Number(isOldOctal ? `0o${digits.slice(1)}` : digits);
  if (Number.isNaN(value)) return undefined;
  return { value: sign === "-" ? -value : value, float: !/^0[xXbBoO]/.test(digits) && /[.eE]/.test(digits) };
}

/** The shortest form, with an exponent from a million on: what Go prints for a floating-point number. */
export function printFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  const exponent = value === 0 ? 0 : Number(value.toExponential().split("e")[1]);
  return exponent < -4 || exponent > 5 ? withExponent(value.toExponential()) : String(value);
}

/** Go writes at least two digits of an exponent. */
export function withExponent(text: string): string {
  return text.replace(/e([-+])(\d)$/, "e$10$2");
}
