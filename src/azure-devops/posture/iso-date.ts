/** A date of an answer as facts keep it: ISO 8601, or nothing where there is none. */
import { optionalDate, type Wire } from "../read-wire.ts";

export function isoDate(wire: Wire, field: string): string | undefined {
  return optionalDate(wire, field)?.toISOString();
}
