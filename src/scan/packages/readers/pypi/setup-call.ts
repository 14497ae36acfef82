/**
 * The lists that a `setup.py` gives to `setup()`, as far as they stand there: lists, tuples, tables and texts, names of
 * variables that hold such, and sums of them. Nothing is run; what is computed is named as such.
 */
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { type PythonToken, pythonTokens } from "./python-tokens.ts";

export interface SetupText {
  readonly value: string;
  readonly at: Place;
  readonly contentAt?: number;
  /** Only a part of an expression: what it comes to is not known. */
  readonly isComputed: boolean;
}

export interface SetupList {
  /** `install_requires`, `extras_require` ... */
  readonly key: string;
  /** The extra. */
  readonly group?: string;
  readonly texts: readonly SetupText[];
}

export interface SetupCall {
  readonly name?: string;
  readonly version?: string;
  readonly lists: readonly SetupList[];
  /** Where something stands that is not written out. */
  readonly computed: readonly Place[];
}

const keys: ReadonlySet<string> = new Set(["install_requires", "setup_requires", "tests_require", "extras_require"]);
const openers = "([{";
const closers = ")]}";
const deepestVariable = 5;

interface Reading {
  readonly file: TextFile;
  readonly tokens: readonly PythonToken[];
  readonly variables: ReadonlyMap<string, number>;
  readonly computed: Place[];
  at: number;
  /** Words left to look at: variables may name each other, again and again. */
  turns: number;
}

export function readSetupCall(file: TextFile): SetupCall {
  const tokens = pythonTokens(file.text);
  const reading: Reading = {
    file,
    tokens,
    variables: variablesIn(tokens),
    computed: [],
    at: 0,
    turns: tokens.length * 2 + 1000,
  };
  const lists: SetupList[] = [];
  const texts = new Map<string, string>();
  let isInSetup = false;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token || token.is === "mark") continue;
    isInSetup ||= token.value === "setup" && isMark(tokens[index + 1], "(");
    const isNamed = isMark(tokens[index + 1], token.is === "name" ? "=" : ":") && !isMark(tokens[index + 2], "=");
    if (!isNamed) continue;
    const value = tokens[index + 2];
    if (isInSetup && value?.is === "text" && !value.isComputed && !texts.has(token.value))
      texts.set(token.value, value.value);
    if (!keys.has(token.value)) continue;
    reading.at = index + 2;
    for (const list of listsAt(reading, token.value)) lists.push(list);
  }
  const name = texts.get("name");
  const version = texts.get("version");
  return {
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
    lists: withoutRepeated(lists),
    computed: reading.computed,
  };
}

/** A variable that is named like its argument would be read twice. */
function withoutRepeated(lists: readonly SetupList[]): readonly SetupList[] {
  const seen = new Set<string>();
  return lists.map((list) => ({
    ...list,
    texts: list.texts.filter(({ at }) => {
      const key = `${list.key} ${list.group ?? ""} ${at.start}`;
      return !seen.has(key) && seen.add(key);
    }),
  }));
}

function isMark(token: PythonToken | undefined, value: string): boolean {
  return token?.is === "mark" && token.value === value;
}

/** Assignments outside of brackets: `requirements = [`. */
function variablesIn(tokens: readonly PythonToken[]): ReadonlyMap<string, number> {
  const variables = new Map<string, number>();
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.is === "mark" && openers.includes(token.value)) depth++;
    else if (token.is === "mark" && closers.includes(token.value)) depth--;
    else if (depth <= 0 && token.is === "name" && isMark(tokens[index + 1], "=") && !isMark(tokens[index + 2], "="))
      variables.set(token.value, index + 2);
  }
  return variables;
}

function listsAt(reading: Reading, key: string): readonly SetupList[] {
  if (key !== "extras_require") return [{ key, texts: textsAt(reading, 0) }];
  const [table, end] = tableAt(reading, 0);
  reading.at = end;
  return table.map(([group, texts]) => ({ key, group, texts }));
}

/** A sum of lists. The cursor is then behind it. */
function textsAt(reading: Reading, depth: number): readonly SetupText[] {
  const texts: SetupText[] = [];
  for (;;) {
    for (const text of operandAt(reading, depth)) texts.push(text);
    if (!isMark(reading.tokens[reading.at], "+")) return texts;
    reading.at++;
  }
}

function operandAt(reading: Reading, depth: number): readonly SetupText[] {
  const token = reading.tokens[reading.at];
  if (!token || reading.turns-- <= 0) return [];
  if (isMark(token, "[") || isMark(token, "(")) return itemsAt(reading);
  if (token.is === "text") {
    reading.at++;
    return linesOfText(reading, token);
  }
  const next = reading.tokens[reading.at + 1];
  const isAlone = !isMark(next, "(") && !isMark(next, ".") && !isMark(next, "[");
  const variable = token.is === "name" && isAlone ? reading.variables.get(token.value) : undefined;
  if (variable === undefined || depth >= deepestVariable) {
    reading.computed.push({ file: reading.file, start: token.start, end: token.end });
    return [];
  }
  const behind = reading.at + 1;
  reading.at = variable;
  const texts = textsAt(reading, depth + 1);
  reading.at = behind;
  return texts;
}

/** `install_requires="""a\nb"""` is a list of its lines. */
function linesOfText({ file }: Reading, token: PythonToken): readonly SetupText[] {
  const { value, contentAt, isComputed = false } = token;
  let offset = contentAt ?? token.start;
  return value.split("\n").flatMap((line) => {
    const start = offset;
    offset += line.length + 1;
    if (line.trim() === "" || line.trim().startsWith("#")) return [];
    const at = contentAt === undefined ? token : { start, end: start + line.trimEnd().length };
    return [
      {
        value: line,
        at: { file, start: at.start, end: at.end },
        ...(contentAt === undefined ? {} : { contentAt: start }),
        isComputed,
      },
    ];
  });
}

/** The items of the list that begins here. */
function itemsAt(reading: Reading): readonly SetupText[] {
  const { file, tokens } = reading;
  const texts: SetupText[] = [];
  let depth = 0;
  let item: PythonToken[] = [];
  const finish = (): void => {
    const text = textOfItem(file, item);
    const [first] = item;
    if (text) texts.push(text);
    else if (first) reading.computed.push({ file, start: first.start, end: item.at(-1)?.end ?? first.end });
    item = [];
  };
  for (; reading.turns-- > 0; reading.at++) {
    const token = tokens[reading.at];
    if (!token) break;
    const { is, value } = token;
    if (is === "mark" && openers.includes(value) && depth++ === 0) continue;
    if (is === "mark" && closers.includes(value) && --depth === 0) {
      finish();
      reading.at++;
      return texts;
    }
    if (is === "mark" && value === "," && depth === 1) finish();
    else item.push(token);
  }
  finish();
  return texts;
}

function textOfItem(file: TextFile, item: readonly PythonToken[]): SetupText | undefined {
  const [first, ...others] = item;
  if (first?.is !== "text") return undefined;
  const isOneText = others.every(({ is }) => is === "text");
  const at = { file, start: first.start, end: item.at(-1)?.end ?? first.end };
  const isComputed = !isOneText || item.some((token) => token.isComputed === true);
  const value = isOneText ? item.map((token) => token.value).join("") : first.value;
  return {
    value,
    at,
    ...(others.length === 0 && first.contentAt !== undefined ? { contentAt: first.contentAt } : {}),
    isComputed,
  };
}

type Table = readonly (readonly [group: string, texts: readonly SetupText[]])[];

/** `{"extra": [...]}`, or a variable that holds it; and where it ends. */
function tableAt(reading: Reading, depth: number): readonly [table: Table, end: number] {
  const { tokens, variables } = reading;
  const start = reading.at;
  const token = tokens[start];
  if (!isMark(token, "{")) {
    const variable = token?.is === "name" ? variables.get(token.value) : undefined;
    if (variable === undefined || depth >= deepestVariable) {
      if (token) reading.computed.push({ file: reading.file, start: token.start, end: token.end });
      return [[], start + 1];
    }
    reading.at = variable;
    return [tableAt(reading, depth + 1)[0], start + 1];
  }
  const table: (readonly [string, readonly SetupText[]])[] = [];
  reading.at++;
  while (reading.at < tokens.length && !isMark(tokens[reading.at], "}")) {
    const key = tokens[reading.at];
    if (key?.is === "text" && isMark(tokens[reading.at + 1], ":")) {
      reading.at += 2;
      table.push([key.value, textsAt(reading, depth)]);
    } else reading.at++;
  }
  return [table, reading.at + 1];
}
