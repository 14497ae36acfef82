/** Tells whether a mark stands in a comment, of whatever language: then it is meant, and not only written about. */
import { surely } from "../paths/path-facts.ts";
import { beginsLine, latinText, lineEnd, lineStart, type View } from "../text/view.ts";

const longestBefore = 120;
const longestBlock = 2000;

/** What begins a comment. A sign that is an operator, a quote or a bullet elsewhere needs the line's beginning or a blank before it. */
const sign =
  String.raw`(?:(?:^|[^\w/&:])#|(?<!:)\/\/|\/\*|<!--|\{[-#]|\{\{!|\(\*|@\*|"""|''')` +
  String.raw`|(?:^|\s|<%)(?:--(?=[\s[-])|;|%|'|rem\b|dnl\b)|^\s{0,80}(?:--|\*|!|"|::|\.\.)`;
/** Nothing but more signs stands between the sign and the mark. */
const opens = new RegExp(String.raw`(?:${sign})[\s#/*!;%[-]*$`, "i");
/** Headings and items of lists. */
const ofDocument = /^\s*(?:#{2,}|\*)/;

/** What begins a comment that has an end, and that end. */
export const blocks = [
  ["/*", "*/"],
  ["<!--", "-->"],
  ["{#", "#}"],
  ["{-", "-}"],
  ["(*", "*)"],
  ["<#", "#>"],
  ["--[[", "]]"],
] as const;
const quotes = ['"""', "'''"];

/** A quote begins a comment in Basic or Vim, and elsewhere a text that it ends, too. */
export function isInComment(view: View, { start, end }: { readonly start: number; readonly end: number }): boolean {
  const from = lineStart(view, start, longestBefore);
  const before = `${beginsLine(view, from) ? "" : "\uffff"}${latinText(view.bytes, from, start)}`;
  if (before.trim() === "") return isInBlock(view, from);
  if (surely(view.facts, "text") && ofDocument.test(before)) return false;
  const quote = /(?<!["'])["'](?=\s*$)/.exec(before)?.[0];
  const behind = latinText(view.bytes, end, lineEnd(view, end, longestBefore));
  return opens.test(before) && (quote === undefined || !behind.includes(quote));
}

/** Of a mark that begins its line: whether a comment began in the lines before. */
function isInBlock({ bytes }: View, line: number): boolean {
  const text = latinText(bytes, Math.max(0, line - longestBlock), line);
  return (
    blocks.some(([open, close]) => text.lastIndexOf(open) > text.lastIndexOf(close)) ||
    quotes.some((three) => text.split(three).length % 2 === 0)
  );
}
