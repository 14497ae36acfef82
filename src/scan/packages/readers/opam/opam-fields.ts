/** Fields of an opam file: texts, and lists of quoted names with their filters in braces. */
import type { TextFile } from "../../../formats/text-file.ts";

export interface OpamItem {
  readonly text: string;
  /** From the opening quote to the end of the filter. */
  readonly start: number;
  readonly end: number;
  /** What stands in braces behind it. */
  readonly filter: string;
}

export function opamText(file: TextFile, field: string): string | undefined {
  return new RegExp(`^${field}:\\s*"([^"\\n]*)"`, "m").exec(file.text)?.[1];
}

/** The items of a list, groups in parentheses opened; undefined if there is no such field. */
export function opamField(file: TextFile, field: string): readonly OpamItem[] | undefined {
  const found = new RegExp(`^${field}:\\s*`, "m").exec(file.text);
  if (!found) return undefined;
  const start = found.index + found[0].length;
  const isList = file.text[start] === "[";
  return itemsFrom(file.text, isList ? start + 1 : start, isList);
}

function itemsFrom(text: string, from: number, isList: boolean): readonly OpamItem[] {
  const items: OpamItem[] = [];
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === "]") break;
    if (char === "#") at = endOf(text, "\n", at);
    else if (char === '"') {
      const item = itemAt(text, at);
      items.push(item);
      at = item.end - 1;
      if (!isList) break;
    } else if (!isList && char === "\n") break;
  }
  return items;
}

function itemAt(text: string, start: number): OpamItem {
  const close = endOf(text, '"', start + 1);
  const name = text.slice(start + 1, close);
  let brace = close + 1;
  while (brace < text.length && /\s/.test(text[brace] ?? "")) brace++;
  if (text[brace] !== "{") return { text: name, start, end: Math.min(close + 1, text.length), filter: "" };
  const end = endOf(text, "}", brace);
  return { text: name, start, end: Math.min(end + 1, text.length), filter: text.slice(brace + 1, end) };
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found;
}
