/** Checks of tokens that decode to something their issuer alone would write; proves the kind, says nothing of validity. */

import { base58Length } from "./base58.ts";
import { isBech32 } from "./bech32.ts";
import { jwtFacts } from "./jwt-facts.ts";
import { isNkeySeed } from "./nkey.ts";
import type { CheckResult } from "./run-check.ts";

/** `sure`: what fails is something else, and no token of the kind. */
export type StructureCheck =
  /** Base58 of exactly so many bytes. */
  | { readonly is: "base58"; readonly bytes: number }
  /** What stands after `skip` characters decodes from base64 to something that holds one of the texts. */
  | { readonly is: "base64-holds"; readonly texts: readonly string[]; readonly skip?: number; readonly sure: boolean }
  /** What stands after `skip` characters decodes from base64 to a decimal number and a colon. */
  | { readonly is: "base64-numbered"; readonly skip?: number; readonly sure: boolean }
  /** Base64 of two words of so many characters with a colon between. */
  | { readonly is: "base64-pair"; readonly first: number; readonly second: number }
  /** A JSON Web Token whose claims hold one of the texts. */
  | { readonly is: "jwt-holds"; readonly texts: readonly string[] }
  /** A NATS seed, whose checksum fits. */
  | { readonly is: "nkey" }
  /** Bech32, whose checksum fits. */
  | { readonly is: "bech32" }
  /** What stands after `skip` characters is of base32: digits from 2 to 7. */
  | { readonly is: "base32"; readonly skip: number }
  /** No name of small words joined by signs: random text of that length practically always has a digit or a capital. */
  | { readonly is: "no-words" };

export function checkStructure(check: StructureCheck, value: string): CheckResult {
  switch (check.is) {
    case "base58":
      return base58Length(value) === check.bytes
        ? { verdict: "valid", signal: "decodes to the right number of bytes" }
        : { verdict: "invalid", signal: "does not decode: right format only" };
    case "base64-holds": {
      const decoded = decodedFrom(value, check.skip);
      return holding(
        check.texts.some((text) => decoded.includes(text)),
        "decodes to what its issuer writes",
        check.sure,
      );
    }
    case "base64-numbered":
      return holding(
        /^\d{6,20}:/.test(decodedFrom(value, check.skip)),
        "decodes to a number and random bytes",
        check.sure,
      );
    case "base64-pair": {
      const [first, second, more] = decodedFrom(value).split(":");
      const fits = first?.length === check.first && second?.length === check.second && more === undefined;
      return holding(fits && /^[\w-]+$/.test(first + second), "decodes to an id and a key", true);
    }
    case "nkey":
      return holding(isNkeySeed(value), "its checksum fits", false);
    case "bech32":
      return holding(isBech32(value), "its checksum fits", false);
    case "base32":
      return /^[A-Z2-7]+$/.test(value.slice(check.skip))
        ? { verdict: "unknown", signal: "characters of base32" }
        : { verdict: "invalid", signal: "characters that base32 has not: right format only" };
    case "no-words":
      return /^[a-z]+(?:[-_.]+[a-z]+)*$/.test(value)
        ? { verdict: "malformed", signal: "a name made of words" }
        : { verdict: "unknown", signal: "not made of words" };
    case "jwt-holds": {
      const payload = JSON.stringify(jwtFacts(value)?.payload ?? {});
      return holding(
        check.texts.some((text) => payload.includes(text)),
        "its claims name the issuer",
        true,
      );
    }
  }
}

function holding(holds: boolean, signal: string, sure: boolean): CheckResult {
  if (holds) return { verdict: "valid", signal };
  return { verdict: sure ? "malformed" : "invalid", signal: `not true of it: ${signal}` };
}

function decodedFrom(value: string, skip = 0): string {
  return Buffer.from(value.slice(skip), "base64").toString("latin1");
}
