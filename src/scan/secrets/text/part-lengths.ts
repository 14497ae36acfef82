/** How many characters a part of a token has: rules write one number where it is fixed. */
import type { Part } from "../rule/secret-rule.ts";

type PartOfAlphabet = Extract<Part, { readonly alphabet: unknown }>;

export function leastOf({ length }: Pick<PartOfAlphabet, "length">): number {
  return typeof length === "number" ? length : length[0];
}

export function mostOf({ length }: Pick<PartOfAlphabet, "length">): number {
  return typeof length === "number" ? length : length[1];
}
