/** Checks of tokens that decode to something their issuer alone would write; proves the kind, says nothing of validity. */
import { base58Length } from "./base58.ts";
import { jwtFacts } from "./jwt-facts.ts";
import type { CheckResult } from "./run-check.ts";

export type StructureCheck =
  /** Base58 of exactly so many bytes. */
  | { readonly is: "base58"; readonly bytes: number }
  /** What stands after `skip` characters decodes from base64 to something that holds one of the texts. */
  | { readonly is: "base64-holds"; readonly texts: readonly string[]; readonly skip?: number }
  /** What stands after `skip` characters decodes from base64 to a decimal number and a colon. */
  | { readonly is: "base64-numbered"; readonly skip?: number }
  /** A JSON Web Token whose claims hold one of the texts. */
  | { readonly is: "jwt-holds"; readonly texts: readonly string[] };

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
      );
    }
    case "base64-numbered":
      return holding(/^\d{6,20}:/.test(decodedFrom(value, check.skip)), "decodes to a number and random bytes");
    case "jwt-holds": {
      const payload = JSON.stringify(jwtFacts(value)?.payload ?? {});
      return holding(
        check.texts.some((text) => payload.includes(text)),
        "its claims name the issuer",
      );
    }
  }
}

function holding(holds: boolean, signal: string): CheckResult {
  return holds ? { verdict: "valid", signal } : { verdict: "malformed", signal: `not true of it: ${signal}` };
}

function decodedFrom(value: string, skip = 0): string {
  return Buffer.from(value.slice(skip), "base64").toString("latin1");
}
