/** Sprig's functions over texts. What cuts or indents keeps the origin of every letter. */
import { quoteGo } from "../go-literals.ts";
import type { Room } from "../room.ts";
import { argument, type FunctionTable, strictly, type TemplateFunction } from "../template-function.ts";
import { changedText, joinedText, plainText, slicedText, type Text } from "../traced-text.ts";
import { bool, isUnknown, list } from "../value.ts";
import { type Args, intArgument, numberOf, stringArgument, textArgument } from "./arguments.ts";

function indented(args: Args, room: Room): Text {
  const width = Math.min(Math.max(intArgument(args, 0), 0), 1000);
  const text = textArgument(args, 1);
  const padding = plainText(" ".repeat(width));
  // Something unknown that is put on lines of its own stands for members of a block.
  if (isUnknown(text) && text.text.length === 1) return joinedText([padding, text, plainText(": "), text]);
  const parts: Text[] = [];
  let start = 0;
  for (let end = text.text.indexOf("\n"); start <= text.text.length; end = text.text.indexOf("\n", start)) {
    const next = end < 0 ? text.text.length : end + 1;
    room.reserve(next - start + width);
    parts.push(padding, slicedText(text, start, next));
    if (end < 0) break;
    start = next;
  }
  return joinedText(parts);
}

function quoted(args: Args, quote: (text: Text) => Text): Text {
  const parts = args.flatMap((value, position) => (value.is === "nil" ? [] : [quote(textArgument(args, position))]));
  return joinedWith(parts, " ");
}

export function joinedWith(parts: readonly Text[], separator: string): Text {
  if (parts.length === 0) return plainText("");
  const between = plainText(separator);
  return joinedText(parts.flatMap((part, position) => (position > 0 ? [between, part] : [part])));
}

function doubleQuoted(text: Text): Text {
  const written = quoteGo(text.text);
  if (written.length !== text.text.length + 2) return changedText(text, written);
  return joinedText([plainText('"'), text, plainText('"')]);
}

function singleQuoted(text: Text): Text {
  return joinedText([plainText("'"), text, plainText("'")]);
}

function trimmed(text: Text): Text {
  const { text: written } = text;
  return slicedText(text, written.length - written.trimStart().length, Math.max(written.trimEnd().length, 0));
}

function trimmedOf(letters: string, text: Text): Text {
  let start = 0;
  let end = text.text.length;
  while (start < end && letters.includes(text.text[start] ?? "")) start++;
  while (end > start && letters.includes(text.text[end - 1] ?? "")) end--;
  return slicedText(text, start, end);
}

function truncated(length: number, text: Text): Text {
  const all = text.text.length;
  return length < 0 ? slicedText(text, Math.max(0, all + length), all) : slicedText(text, 0, Math.min(length, all));
}

function substring(start: number, end: number, text: Text): Text {
  const all = text.text.length;
  if (start < 0) return slicedText(text, 0, Math.min(Math.max(end, 0), all));
  return slicedText(text, Math.min(start, all), end < 0 || end > all ? all : Math.max(end, start));
}

function change(run: (text: string, args: Args) => string, position = 0): TemplateFunction {
  return (args) => {
    const text = textArgument(args, position);
    return changedText(text, run(text.text, args));
  };
}

function replaced(args: Args, room: Room): Text {
  const text = textArgument(args, 2);
  const old = stringArgument(args, 0);
  if (old !== "" && !text.text.includes(old)) return text;
  const by = stringArgument(args, 1);
  const parts = text.text.split(old);
  room.reserve(text.text.length + parts.length * by.length);
  return changedText(text, old === "" ? by + parts.join(by) + by : parts.join(by));
}

function words(text: string): readonly string[] {
  return text
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[\s_\-.]+/)
    .filter((word) => word !== "");
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function wrapped(text: string, width: number, separator: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length <= width || line === "") line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].join(separator);
}

function abbreviated(width: number, text: string): string {
  return width < 4 || text.length <= width ? text : `${text.slice(0, width - 3)}...`;
}

function abbreviatedBoth(offset: number, width: number, text: string): string {
  if (width < 4 || (offset > 0 && width < 7) || text.length <= width) return text;
  const start = Math.min(Math.max(offset, 0), text.length);
  const from = text.length - start < width - 3 ? text.length - (width - 3) : start;
  if (from <= 4) return `${text.slice(0, width - 3)}...`;
  if (from + width - 3 < text.length) return `...${abbreviated(width - 3, text.slice(from))}`;
  return `...${text.slice(text.length - (width - 3))}`;
}

export const textFunctions: FunctionTable = {
  indent: (args, { room }) => indented(args, room),
  nindent: (args, { room }) => joinedText([plainText("\n"), indented(args, room)]),
  quote: (args) => quoted(args, doubleQuoted),
  squote: (args) => quoted(args, singleQuoted),
  cat: (args) =>
    joinedWith(
      args.flatMap((value, n) => (value.is === "nil" ? [] : [textArgument(args, n)])),
      " ",
    ),
  toString: (args: Args) => textArgument(args, 0),
  trim: (args) => trimmed(textArgument(args, 0)),
  trimAll: (args) => trimmedOf(stringArgument(args, 0), textArgument(args, 1)),
  trimall: (args) => trimmedOf(stringArgument(args, 0), textArgument(args, 1)),
  trimSuffix: (args) => {
    const [ending, text] = [stringArgument(args, 0), textArgument(args, 1)];
    return text.text.endsWith(ending) ? slicedText(text, 0, text.text.length - ending.length) : text;
  },
  trimPrefix: (args) => {
    const [beginning, text] = [stringArgument(args, 0), textArgument(args, 1)];
    return text.text.startsWith(beginning) ? slicedText(text, beginning.length, text.text.length) : text;
  },
  trunc: (args) => truncated(intArgument(args, 0), textArgument(args, 1)),
  substr: (args) => substring(intArgument(args, 0), intArgument(args, 1), textArgument(args, 2)),
  repeat: (args, { room }) => {
    const text = stringArgument(args, 1);
    const count = Math.max(0, intArgument(args, 0));
    room.reserve(count * text.length);
    return changedText(textArgument(args, 1), text.repeat(count));
  },
  replace: (args, { room }) => replaced(args, room),
  upper: change((text) => text.toUpperCase()),
  lower: change((text) => text.toLowerCase()),
  title: change((text) =>
    text.replace(/(^|[^\p{L}\p{N}_'])(\p{L})/gu, (_, before, letter) => before + letter.toUpperCase()),
  ),
  untitle: change((text) => text.replace(/(^|\s)(\p{L})/gu, (_, before, letter) => before + letter.toLowerCase())),
  nospace: change((text) => text.replace(/\s+/g, "")),
  ...strictly({
    abbrev: change((text, args) => abbreviated(intArgument(args, 0), text), 1),
    abbrevboth: change((text, args) => abbreviatedBoth(intArgument(args, 0), intArgument(args, 1), text), 2),
    initials: change((text) =>
      text
        .split(/\s+/)
        .map((word) => word.charAt(0))
        .join(""),
    ),
    swapcase: change((text) =>
      text.replace(/\p{L}/gu, (letter) =>
        letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
      ),
    ),
    snakecase: change((text) => words(text).join("_").toLowerCase()),
    kebabcase: change((text) => words(text).join("-").toLowerCase()),
    camelcase: change((text) =>
      text
        .split(/[\s_-]+/)
        .map(capital)
        .join(""),
    ),
    wrap: change((text, args) => wrapped(text, intArgument(args, 0), "\n"), 1),
    wrapWith: change((text, args) => wrapped(text, intArgument(args, 0), stringArgument(args, 1)), 2),
    contains: (args) => bool(stringArgument(args, 1).includes(stringArgument(args, 0))),
    hasPrefix: (args) => bool(stringArgument(args, 1).startsWith(stringArgument(args, 0))),
    hasSuffix: (args) => bool(stringArgument(args, 1).endsWith(stringArgument(args, 0))),
    plural: (args) => textArgument(args, numberOf(argument(args, 2)) === 1 ? 0 : 1),
    splitList: (args, { room }) => list(splitText(textArgument(args, 1), stringArgument(args, 0), room)),
    split: (args, { room }) => numbered(splitText(textArgument(args, 1), stringArgument(args, 0), room)),
    splitn: (args, { room }) =>
      numbered(splitText(textArgument(args, 2), stringArgument(args, 0), room, intArgument(args, 1))),
  }),
};

function numbered(parts: readonly Text[]) {
  return { is: "dict" as const, entries: new Map(parts.map((value, n) => [`_${n}`, { value }] as const)) };
}

function splitText(text: Text, separator: string, room: Room, most = Number.POSITIVE_INFINITY): readonly Text[] {
  room.spend(text.text.length / 8);
  const parts: Text[] = [];
  let start = 0;
  while (parts.length + 1 < most) {
    const end = separator === "" ? start + 1 : text.text.indexOf(separator, start);
    if (end < 0 || (separator === "" && end >= text.text.length)) break;
    parts.push(slicedText(text, start, end));
    start = end + separator.length;
  }
  return [...parts, slicedText(text, start, text.text.length)];
}
