/** Reads the fields of rule files strictly: what is not understood is a mistake with its place, for a typo would hide secrets. */
import { child, itemsOf, type Node } from "../../formats/node.ts";
import { compileRegex } from "../../formats/patterns/compile-regex.ts";
import { type SearchablePattern, searchable } from "../../formats/patterns/search-pattern.ts";
import type { Place } from "../../formats/text-file.ts";
import type { LazyPattern } from "./user-rule.ts";

/** What is wrong, as the end of a sentence, and where. */
export class RuleMistake extends Error {
  readonly place: Place;

  constructor(place: Place, message: string) {
    super(message);
    this.place = place;
  }
}

const longestText = 4000;
const mostItems = 2000;

export function refuseStrangeKeys(node: Node, known: readonly string[], what: string): void {
  if (node.is !== "block") throw new RuleMistake(node.at, `${what} must be a mapping (${known.join(", ")})`);
  const strange = node.keys().find((key) => !known.includes(key));
  if (strange === undefined) return;
  throw new RuleMistake(
    node.get(strange)?.key ?? node.at,
    `${what} has no field "${strange.slice(0, 40)}"; known are ${known.join(", ")}`,
  );
}

export function textField(node: Node, key: string): string | undefined {
  const value = child(node, key);
  return value === undefined ? undefined : textIn(value, key);
}

function textIn(value: Node, key: string): string {
  const text = value.is === "scalar" && value.value !== null ? String(value.value) : undefined;
  if (text === undefined || text === "") throw new RuleMistake(value.at, `${key} must be a text`);
  if (text.length > longestText) throw new RuleMistake(value.at, `${key} has more than ${longestText} characters`);
  return text;
}

/** A list of texts; one text stands for a list of one. */
export function textsField(node: Node, key: string): readonly string[] {
  const items = itemsOf(child(node, key));
  if (items.length > mostItems) throw new RuleMistake(items[0]!.at, `${key} has more than ${mostItems} entries`);
  return items.map((item) => textIn(item, key));
}

export function numberField(node: Node, key: string, most: number): number | undefined {
  const value = child(node, key);
  if (value === undefined) return undefined;
  const number = value.is === "scalar" ? value.value : undefined;
  if (typeof number === "number" && number >= 0 && number <= most) return number;
  throw new RuleMistake(value.at, `${key} must be a number from 0 to ${most}`);
}

export function flagField(node: Node, key: string): boolean {
  const value = child(node, key);
  if (value === undefined) return false;
  if (value.is === "scalar" && typeof value.value === "boolean") return value.value;
  throw new RuleMistake(value.at, `${key} must be true or false`);
}

export function choiceField<T extends string>(node: Node, key: string, choices: readonly T[], otherwise: T): T {
  const text = textField(node, key)?.toLowerCase();
  const choice = choices.find((one) => one === text);
  if (choice !== undefined) return choice;
  if (text === undefined) return otherwise;
  throw new RuleMistake(child(node, key)?.at ?? node.at, `${key} must be one of ${choices.join(", ")}`);
}

export function patternField(node: Node, key: string): LazyPattern | undefined {
  const text = textField(node, key);
  return text === undefined ? undefined : patternIn(text, child(node, key)?.at ?? node.at, key);
}

export function patternsField(node: Node, key: string): readonly LazyPattern[] {
  return textsField(node, key).map((text, index) => {
    const item = itemsOf(child(node, key))[index];
    return patternIn(text, item?.at ?? node.at, key);
  });
}

export function patternIn(text: string, place: Place, key: string): LazyPattern {
  const program = compileRegex(text);
  if ("refused" in program) throw new RuleMistake(place, `${key}: ${program.refused}`);
  let made: SearchablePattern | undefined;
  return { program, ready: () => (made ??= searchable(program)) };
}
