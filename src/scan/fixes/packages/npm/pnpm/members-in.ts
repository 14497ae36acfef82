/** The members of a list in an entry of a pnpm-lock.yaml, by name. */
import { plain } from "../../../../packages/readers/npm/yaml-members.ts";
import type { Attribute } from "./lock-graph.ts";

export function membersIn(attributes: readonly Attribute[], list: string): ReadonlyMap<string, string> {
  const text = attributes.find(({ key }) => key === list)?.text ?? "";
  const members = [...text.matchAll(/^ {6}('(?:[^'\n]|'')+'|[^\s'"][^\n]*?): ([^\n]*)$/gm)];
  return new Map(members.map(([, key = "", value = ""]) => [plain(key), plain(value)]));
}

/** The items of a list in an entry. */
export function itemsIn(attributes: readonly Attribute[], list: string): readonly string[] {
  const text = attributes.find(({ key }) => key === list)?.text ?? "";
  return [...text.matchAll(/^ {6}- ([^\n]*)$/gm)].map(([, item = ""]) => plain(item));
}
