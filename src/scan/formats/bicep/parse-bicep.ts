/**
 * Parses Bicep and bicepparam files into statements with exact offsets. What is broken is a problem and the rest is kept:
 * the remaining statements, and the members around a broken one. Understands the whole language, resolves nothing.
 */
import type { TextFile } from "../text-file.ts";
import { parseExpression, parseResource } from "./parse-expression.ts";
import {
  beginsStatement,
  looksLikeStatement,
  readBetween,
  readDecorators,
  readName,
  skipToken,
} from "./parse-members.ts";
import { parseText } from "./parse-text.ts";
import { parseType } from "./parse-type.ts";
import type { Decorator, Expression, ParsedBicep, Statement } from "./syntax.ts";
import { advance, complain, expect, isWord, openTokens, type Tokens, takeWord } from "./tokens.ts";

export function parseBicep(file: TextFile): ParsedBicep {
  const parsed = parseStatements(file, false);
  if (parsed.problems.length === 0) return parsed;
  // A bracket that is never closed swallows the rest; read again with statements closing what is open.
  const strict = parseStatements(file, true);
  return strict.problems.length <= parsed.problems.length || strict.statements.length > parsed.statements.length
    ? strict
    : parsed;
}

function parseStatements(file: TextFile, strict: boolean): ParsedBicep {
  const tokens = openTokens(file, strict);
  const statements: Statement[] = [];
  while (tokens.kind !== "end") {
    tokens.troubled = false;
    const from = tokens.start;
    const statement = parseStatement(tokens);
    if (statement) statements.push(statement);
    const kind: string = tokens.kind;
    if (kind === "end" || (statement && tokens.newLine && tokens.start > from)) continue;
    complain(
      tokens,
      statement ? "the statement should end here" : "a statement such as param or resource was expected",
    );
    do skipToken(tokens);
    while (!isEnd(tokens) && !beginsStatement(tokens) && !(tokens.newLine && looksLikeStatement(tokens)));
  }
  return { statements, problems: tokens.problems };
}

function isEnd(tokens: Tokens): boolean {
  return tokens.kind === "end";
}

function parseStatement(tokens: Tokens): Statement | undefined {
  const decorators = readDecorators(tokens, parseExpression);
  if (tokens.kind !== "name") return undefined;
  const word = tokens.text.slice(tokens.start, tokens.end);
  switch (word) {
    case "param":
      return parseParameter(tokens, decorators);
    case "var":
    case "metadata":
    case "assert":
    case "targetScope":
      return parseValue(tokens, word, decorators);
    case "output":
      return parseOutput(tokens, decorators);
    case "resource":
      return parseResource(tokens, decorators);
    case "module":
      return parseModule(tokens, decorators);
    case "type":
      return parseTypeStatement(tokens, decorators);
    case "func":
      return parseFunction(tokens, decorators);
    case "import":
      return parseImport(tokens);
    case "extension":
    case "extensionConfig":
    case "provider":
      return parseExtension(tokens);
    case "test":
    case "stack":
    case "rule":
      return parseTest(tokens, decorators);
    case "using":
    case "extends":
      return parseFileStatement(tokens, word);
    default:
      return undefined;
  }
}

function parseParameter(tokens: Tokens, decorators: readonly Decorator[]): Statement {
  const { start } = tokens;
  advance(tokens);
  const name = readName(tokens);
  const typed = !tokens.newLine && tokens.kind !== "=" && tokens.kind !== "end";
  const type = typed ? parseType(tokens) : undefined;
  const value = takeValue(tokens);
  return { is: "param", decorators, name, type, value, start, end: tokens.before };
}

function takeValue(tokens: Tokens): Expression | undefined {
  if (tokens.kind !== "=") return undefined;
  advance(tokens);
  return parseExpression(tokens);
}

function parseValue(
  tokens: Tokens,
  is: "var" | "metadata" | "assert" | "targetScope",
  decorators: readonly Decorator[],
): Statement {
  const { start, end } = tokens;
  advance(tokens);
  const name = is === "targetScope" ? ({ is: "name", name: is, start, end } as const) : readName(tokens);
  // `var x string = 'y'`
  if (is === "var" && tokens.kind !== "=" && !tokens.newLine) parseType(tokens);
  expect(tokens, "=");
  const value = parseExpression(tokens);
  return { is, decorators, name, value, start, end: tokens.before };
}

function parseOutput(tokens: Tokens, decorators: readonly Decorator[]): Statement {
  const { start } = tokens;
  advance(tokens);
  const name = readName(tokens);
  const type = tokens.kind === "=" ? undefined : parseType(tokens);
  expect(tokens, "=");
  const value = parseExpression(tokens);
  return { is: "output", decorators, name, type, value, start, end: tokens.before };
}

function parseModule(tokens: Tokens, decorators: readonly Decorator[]): Statement {
  const { start } = tokens;
  advance(tokens);
  const name = readName(tokens);
  const path = readPath(tokens);
  expect(tokens, "=");
  const value = parseExpression(tokens);
  return { is: "module", decorators, name, path, value, start, end: tokens.before };
}

/** `test name 'file' = { params: ... }`, `stack name 'file' = ...`: nothing in this file is deployed by it. */
function parseTest(tokens: Tokens, decorators: readonly Decorator[]): Statement {
  const { start } = tokens;
  advance(tokens);
  const name = readName(tokens);
  readPath(tokens);
  expect(tokens, "=");
  const value = parseExpression(tokens);
  return { is: "assert", decorators, name, value, start, end: tokens.before };
}

function readPath(tokens: Tokens): Expression {
  if (tokens.kind === "text") return parseText(tokens, parseExpression);
  complain(tokens, "a path in quotes was expected");
  return { is: "broken", start: tokens.start, end: tokens.start };
}

function parseTypeStatement(tokens: Tokens, decorators: readonly Decorator[]): Statement {
  const { start } = tokens;
  advance(tokens);
  const name = readName(tokens);
  expect(tokens, "=");
  const value = parseType(tokens);
  return { is: "type", decorators, name, value, start, end: tokens.before };
}

/** `func name(a string, b int) string => ...` */
function parseFunction(tokens: Tokens, decorators: readonly Decorator[]): Statement {
  const { start } = tokens;
  advance(tokens);
  const name = readName(tokens);
  const parameters: string[] = [];
  if (tokens.kind === "(") {
    readBetween(tokens, ")", () => {
      parameters.push(readName(tokens).name);
      parseType(tokens);
    });
  } else complain(tokens, "'(' was expected");
  if (tokens.kind !== "=>") parseType(tokens);
  expect(tokens, "=>");
  const body = parseExpression(tokens);
  return { is: "func", decorators, name, parameters, body, start, end: tokens.before };
}

/** `import { a, b as c } from 'file'`, `import * as x from 'file'`, and of old `import 'extension@1.0' as x`. */
function parseImport(tokens: Tokens): Statement {
  const { start } = tokens;
  advance(tokens);
  if (tokens.kind === "text") return parseExtensionRest(tokens, start);
  let names: string | { name: string; as: string }[] = [];
  if (tokens.kind === "*") {
    advance(tokens);
    takeWord(tokens, "as");
    names = readName(tokens).name;
  } else if (tokens.kind === "{") {
    const list: { name: string; as: string }[] = [];
    readBetween(tokens, "}", () => {
      list.push(readImported(tokens));
    });
    names = list;
  } else complain(tokens, "'{' or '*' was expected");
  if (!takeWord(tokens, "from")) complain(tokens, "'from' was expected");
  const path = readPath(tokens);
  return { is: "import", path, names, start, end: tokens.before };
}

function readImported(tokens: Tokens): { name: string; as: string } {
  const quoted = tokens.kind === "text" ? parseText(tokens, parseExpression) : undefined;
  const name = quoted?.is === "literal" ? String(quoted.value) : readName(tokens).name;
  return { name, as: takeWord(tokens, "as") ? readName(tokens).name : name };
}

function parseExtension(tokens: Tokens): Statement {
  const { start } = tokens;
  advance(tokens);
  return parseExtensionRest(tokens, start);
}

function parseExtensionRest(tokens: Tokens, start: number): Statement {
  let as: string | undefined;
  if (tokens.kind === "text") parseText(tokens, parseExpression);
  else as = readName(tokens).name;
  if (takeWord(tokens, "with")) parseExpression(tokens);
  if (takeWord(tokens, "as")) as = readName(tokens).name;
  return { is: "extension", as, start, end: tokens.before };
}

function parseFileStatement(tokens: Tokens, is: "using" | "extends"): Statement {
  const { start } = tokens;
  advance(tokens);
  let path: Expression | undefined;
  if (isWord(tokens, "none")) advance(tokens);
  else path = readPath(tokens);
  if (takeWord(tokens, "with")) parseExpression(tokens);
  return { is, path, start, end: tokens.before };
}
