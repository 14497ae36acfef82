/** What stands between a name and its value: signs, types, the accessors of a property. */
import { longestType } from "./limits.ts";
import { mayBeTyped } from "./may-assign.ts";

/** `{ get; set; }` between a property's name and its first value. */
export function accessors(bytes: Buffer, at: number): number {
  return (
    /^\{\s*(?:(?:private |protected |internal )?(?:get|set|init);\s*){1,2}\}\s*(?==)/.exec(
      bytes.toString("latin1", at, at + 48),
    )?.[0].length ?? 0
  );
}

/** `=`, `:`, `:=`, `=>`, `==`, `===`, `!=`, `?=`, `||=`, `+=`, `.=`: at most three characters, one of them `=` or `:`. */
export function skipOperator(
  bytes: Buffer,
  from: number,
): { readonly end: number; readonly compares: boolean } | undefined {
  // R assigns with an arrow, PHP and Perl append with a dot.
  if (bytes[from] === 0x3c && bytes[from + 1] === 0x2d) return { end: from + 2, compares: false };
  if (bytes[from] === 0x2e && bytes[from + 1] === 0x3d) return { end: from + 2, compares: false };
  let at = from;
  let seen = false;
  while (at < from + 3) {
    const byte = bytes[at];
    if (byte === 0x3d || byte === 0x3a) seen = true;
    else if (byte !== 0x3e && byte !== 0x3f && byte !== 0x7c && byte !== 0x2b && byte !== 0x21) break;
    at++;
  }
  // A value may itself begin with `!` or `+`: those stand before the sign, or are not part of it.
  while (at > from + 1 && bytes[at - 1] !== 0x3d && bytes[at - 1] !== 0x3a && bytes[at - 1] !== 0x3e) at--;
  if (!seen) return undefined;
  const compares = at > from + 1 && (bytes[from] === 0x3d || bytes[from] === 0x21) && isEqualSigns(bytes, from + 1, at);
  return { end: at, compares };
}

function isEqualSigns(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] !== 0x3d) return false;
  return true;
}

const annotation =
  /^(?:as[ \t]+)?[&*]?(?:'static[ \t]+)?[A-Za-z_&*[][\w.&*[\]<>?|]{0,40}(?:[ \t]*\|[ \t]*\w{1,12})?[ \t]*=(?!=)[ \t]*(?=[@$rbuL]?["'`]|Some\(["'`]|Field\((?:default=)?["'`])/i;

/** `: string = "v"`, `: Optional[str] = "v"`, `string = 'v'`, `: str = Field("v")`: a type and `=` between name and literal. */
export function skipTypeAnnotation(bytes: Buffer, from: number): number {
  if (!mayBeTyped(bytes, from)) return from;
  const match = annotation.exec(bytes.toString("latin1", from, from + longestType));
  return match === null ? from : from + match[0].length;
}
