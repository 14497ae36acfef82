/** Who wanted a fix, in words. */
import type { FixRow } from "#api/fixes/contract.ts";

export function sayAsker({ is, name }: FixRow["askedBy"]): string {
  if (is === "policy") return `Policy ${name}`;
  return is === "reply" ? `${name}, by a reply` : name;
}
