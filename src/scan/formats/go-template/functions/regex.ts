/** Sprig's regular expressions, in Go's syntax and in linear time. */

import { matchAll, replaceAll } from "../../hcl/functions/regex/match-regex.ts";
import { compileRegex, type RegexProgram } from "../../patterns/compile-regex.ts";
import type { Room } from "../room.ts";
import { type FunctionTable, strictly, TemplateFailure, type TemplateFunction } from "../template-function.ts";
import { changedText, plainText, type Text } from "../traced-text.ts";
import { bool, list } from "../value.ts";
import { type Args, intArgument, stringArgument, textArgument } from "./arguments.ts";

function compiled(pattern: string): RegexProgram {
  const program = compileRegex(pattern);
  if ("refused" in program) throw new TemplateFailure(`the pattern cannot be used: ${program.refused}`);
  return program;
}

/** What a pattern finds, whole: its groups are not told apart. */
function findAll(pattern: string, text: string, room: Room): readonly string[] {
  const program = compiled(`(${pattern.replace(/\(\?P?<\w+>/g, "(")})`);
  room.spend((program.steps.length * text.length) / 10);
  const found = matchAll(program, text);
  if (!Array.isArray(found)) throw new TemplateFailure("the text is too long for this pattern");
  return found.map((groups) => String(Array.isArray(groups) ? groups[0] : groups));
}

function replaced(args: Args, room: Room, isLiteral: boolean): Text {
  const text = textArgument(args, 1);
  const program = compiled(stringArgument(args, 0));
  const by = stringArgument(args, 2);
  room.spend((program.steps.length * text.text.length) / 10);
  const result = replaceAll(program, text.text, isLiteral ? by.replaceAll("$", "$$$$") : by);
  if (typeof result !== "string") throw new TemplateFailure("the text is too long for this pattern");
  return changedText(text, result);
}

function limited(found: readonly string[], most: number): readonly string[] {
  return most < 0 ? found : found.slice(0, most);
}

function split(pattern: string, text: string, most: number, room: Room): readonly string[] {
  if (most === 0) return [];
  const parts: string[] = [];
  let start = 0;
  for (const separator of findAll(pattern, text, room)) {
    if (most > 0 && parts.length === most - 1) break;
    const at = text.indexOf(separator, start);
    if (separator === "") {
      if (start + 1 >= text.length) break;
      parts.push(text.slice(start, start + 1));
      start += 1;
    } else {
      parts.push(text.slice(start, at));
      start = at + separator.length;
    }
  }
  return [...parts, text.slice(start)];
}

const table: Readonly<Record<string, TemplateFunction>> = {
  regexMatch: (args, { room }) => bool(findAll(stringArgument(args, 0), stringArgument(args, 1), room).length > 0),
  regexFind: (args, { room }) => {
    const text = textArgument(args, 1);
    return changedText(text, findAll(stringArgument(args, 0), text.text, room)[0] ?? "");
  },
  regexFindAll: (args, { room }) =>
    list(limited(findAll(stringArgument(args, 0), stringArgument(args, 1), room), intArgument(args, 2)).map(plainText)),
  regexReplaceAll: (args, { room }) => replaced(args, room, false),
  regexReplaceAllLiteral: (args, { room }) => replaced(args, room, true),
  regexSplit: (args, { room }) =>
    list(split(stringArgument(args, 0), stringArgument(args, 1), intArgument(args, 2), room).map(plainText)),
};

export const regexFunctions: FunctionTable = strictly({
  ...table,
  ...Object.fromEntries(Object.entries(table).map(([name, run]) => [`mustR${name.slice(1)}`, run])),
  regexQuoteMeta: (args) => {
    const text = textArgument(args, 0);
    return changedText(text, text.text.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&"));
  },
});
