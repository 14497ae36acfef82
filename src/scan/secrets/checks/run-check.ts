import { isAdoPat } from "./ado-pat.ts";
import { checkStructure, type StructureCheck } from "./check-structure.ts";
import { crc32Base36, crc32Base62, crc32Hex } from "./crc32.ts";

/** Offline checks that a rule may name. */
export type Check =
  /** The last six characters are the base62 CRC-32 of what stands between `prefix` and them. */
  | { readonly is: "crc32-base62"; readonly prefix: string }
  /** The last eight characters are the hexadecimal CRC-32 of all before them (without `_` at the seam, if `skip`). */
  | { readonly is: "crc32-hex"; readonly skip?: number }
  | { readonly is: "ado-pat" }
  /** base64 of a token of Azure DevOps, or of `user:token`. */
  | { readonly is: "encoded-ado-pat" }
  /** Year and month of an annotated key (JQQJ99) are letters of their range; provider data and signature do not end with one of `except`. */
  | { readonly is: "annotated-key"; readonly except?: readonly string[] }
  /** The part before the first dot, in base64, is a number: a Discord user id. */
  | { readonly is: "base64-number" }
  /** The last seven characters are the base36 CRC-32 of all before; older tokens have none. */
  | { readonly is: "crc32-base36" }
  | StructureCheck;

export interface CheckResult {
  /** `invalid`: a checksum is wrong, the form is right. `malformed`: it cannot be a token of this kind. */
  readonly verdict: "valid" | "invalid" | "malformed" | "unknown";
  readonly signal: string;
}

const valid: CheckResult = { verdict: "valid", signal: "checksum valid" };
const invalid: CheckResult = { verdict: "invalid", signal: "checksum wrong: right format only" };

export function runCheck(check: Check, value: string): CheckResult {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the rest is decided, exhaustively, by checkStructure
  switch (check.is) {
    case "crc32-base62": {
      const body = value.slice(check.prefix.length);
      return body.length === 36
        ? verdict(crc32Base62(body.slice(0, -6)) === body.slice(-6))
        : unknown("no checksum known");
    }
    case "crc32-hex": {
      const before = value.slice(0, -8 - (check.skip ?? 0));
      return verdict(crc32Hex(before) === value.slice(-8).toLowerCase());
    }
    case "ado-pat":
      return verdict(isAdoPat(value));
    case "encoded-ado-pat":
      return isAdoPat(Buffer.from(value, "base64").toString("latin1").split(":").at(-1) ?? "")
        ? { verdict: "valid", signal: "decodes to a valid token" }
        : { verdict: "malformed", signal: "decodes to no token" };
    case "annotated-key":
      if (check.except?.some((mark) => value.slice(72, 80).endsWith(mark)) === true) {
        return { verdict: "malformed", signal: "a kind with a rule of its own" };
      }
      return /^[A-Z]$/.test(value.charAt(58)) && /^[A-L]$/.test(value.charAt(59))
        ? { verdict: "valid", signal: "marker, date and signature in place" }
        : { verdict: "invalid", signal: "no date of an annotated key: right format only" };
    case "base64-number":
      return /^\d{15,20}$/.test(Buffer.from(value.split(".")[0] ?? "", "base64").toString("latin1"))
        ? { verdict: "valid", signal: "user id decodes" }
        : { verdict: "invalid", signal: "user id does not decode: right format only" };
    case "crc32-base36":
      return crc32Base36(value.slice(0, -7)) === value.slice(-7) ? valid : unknown("no checksum known");
    default:
      return checkStructure(check, value);
  }
}

function verdict(passes: boolean): CheckResult {
  return passes ? valid : invalid;
}

function unknown(signal: string): CheckResult {
  return { verdict: "unknown", signal };
}
