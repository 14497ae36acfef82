/** The logic of a user's policy, read and checked but not yet compiled. */
import type { Node } from "../../formats/node.ts";
import type { Place } from "../../formats/text-file.ts";
import type { AttributeDemand } from "./attribute-condition.ts";

export type Definition =
  | { readonly is: "and" | "or"; readonly parts: readonly Definition[] }
  | { readonly is: "not"; readonly part: Definition }
  | { readonly is: "attribute"; readonly types: TypeSet; readonly isQuery: boolean; readonly demand: AttributeDemand }
  | {
      readonly is: "connection";
      readonly types: TypeSet;
      readonly to: TypeSet;
      readonly wants: "some" | "none" | "one";
    }
  /** Which resources the policy speaks about. */
  | { readonly is: "filter"; readonly types: readonly string[] }
  /** Resources of these types must not be there (or must be of these). */
  | { readonly is: "resource"; readonly types: TypeSet; readonly allowed: boolean };

export type TypeSet = "all" | "taggable" | readonly string[];

export function includesType(set: TypeSet, types: readonly string[]): boolean {
  return set === "all" || set === "taggable" || types.some((type) => set.includes(type));
}

/** What is wrong with a policy, as the end of a sentence, and where. */
export class Mistake extends Error {
  readonly place: Place;

  constructor(place: Place, message: string) {
    super(message);
    this.place = place;
  }
}

/** Refuses what is no mapping, and keys that mean nothing: a typo would switch a condition off. */
export function keysOf(node: Node, known: readonly string[], what: string): void {
  if (node.is !== "block") throw new Mistake(node.at, `${what} must be a mapping (${known.join(", ")})`);
  const strange = node.keys().find((key) => !known.includes(key));
  if (strange !== undefined) {
    throw new Mistake(
      node.get(strange)?.key ?? node.at,
      `${what} has no field '${strange}'; known: ${known.join(", ")}`,
    );
  }
}
