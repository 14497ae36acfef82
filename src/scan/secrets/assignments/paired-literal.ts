/** `user, password = "ops", "v"`: names and values in the same order, as Python, Go, Ruby and Lua assign them. */
import { longestLine, longestPair } from "./limits.ts";
import { type Literal, quotedAt } from "./read-literal.ts";

/** What begins a statement, and the names before the last one. */
const namesBefore =
  /\n[ \t]*(?:(?:#|\/\/|--)[ \t]*)?(?:(?:local|my|var|const)[ \t]+)?\(?((?:[A-Za-z_][\w.]{0,40}[ \t]*,[ \t]*){1,6})$/;

/** A text in quotes, a call, or anything else up to the next comma. */
const element =
  /[ \t]*(?:[@$bBrRuUfF]{0,2}(["'`])(?:(?!\1)[^\\\n]|\\.)*\1|[\w.-]+(?:\[[^[\]\n]*\]|\([^()\n]*\))*)[ \t]*/y;
const endsStatement = /\)?[ \t]*(?:#[^\n]*|\/\/[^\n]*|--[^\n]*)?(?:\r?\n|$)/y;

/**
 * The value of a name that stands last of several. `false` where they have a value each and that of the name is no literal;
 * undefined where values are not given so: `String user, password = "v";` gives one to the last alone.
 */
export function pairedLiteral(bytes: Buffer, pathStart: number, valuesAt: number): Literal | false | undefined {
  const before = bytes[pathStart - 1] === 0x20 ? bytes[pathStart - 2] : bytes[pathStart - 1];
  if (before !== 0x2c) return undefined;
  const from = Math.max(0, pathStart - longestLine);
  const head = `${from === 0 ? "\n" : ""}${bytes.toString("latin1", from, pathStart)}`;
  const count = namesBefore.exec(head)?.[1]?.split(",").length;
  if (count === undefined) return undefined;
  const text = bytes.toString("latin1", valuesAt, Math.min(bytes.length, valuesAt + longestPair));
  const starts = startsOf(text);
  if (starts?.length !== count) return undefined;
  return quotedAt(bytes, valuesAt + starts.at(-1)!) ?? false;
}

/** Where each of the values up to the end of the statement begins. */
function startsOf(text: string): readonly number[] | undefined {
  const starts: number[] = [];
  let at = /^[ \t]*\(?/.exec(text)![0].length;
  for (;;) {
    element.lastIndex = at;
    const found = element.exec(text);
    if (found === null) return undefined;
    starts.push(at + found[0].length - found[0].trimStart().length);
    at = element.lastIndex;
    if (text[at] === ",") at++;
    else break;
  }
  endsStatement.lastIndex = at;
  return endsStatement.test(text) ? starts : undefined;
}
