/**
 * Reads licence expressions as people write them: SPDX in any case, names, addresses, Python's classifiers, npm's objects.
 * What it cannot read it gives back as unknown text, never as a guess; it never throws.
 */
import { combine, type LicenseExpression, type NamedLicense } from "./license-expression.ts";
import { expressionOfAddress, expressionOfName, isAddress } from "./license-names.ts";
import { exceptionId, licenseId } from "./spdx-ids.ts";

const longestText = 2000;
const deepest = 30;
const mostParts = 200;

/** A lock file says the same few expressions thousands of times. */
const recent = new Map<string, LicenseExpression>();
const mostRecent = 1000;
const longestRecent = 100;

export function parseExpression(text: string): LicenseExpression {
  const known = recent.get(text);
  if (known) return known;
  const expression = parse(text);
  if (text.length <= longestRecent) {
    if (recent.size >= mostRecent) recent.clear();
    recent.set(text, expression);
  }
  return expression;
}

function parse(text: string): LicenseExpression {
  const trimmed = text.replace(/\s+/g, " ").trim();
  if (trimmed.length > longestText) return unknown(trimmed);
  return readWhole(trimmed) ?? unknown(trimmed);
}

function unknown(text: string): LicenseExpression {
  return { is: "unknown", text: text.length > 200 ? `${text.slice(0, 199)}…` : text };
}

function readWhole(text: string): LicenseExpression | undefined {
  if (text === "" || /^(?:see licen[sc]e|none$|noassertion$|unknown$|other$)/i.test(text)) return undefined;
  if (/^[[{]/.test(text)) return readJson(text);
  if (isAddress(text)) return readKnown(expressionOfAddress(text));
  const classifier = /^License ::(?:.*::)? ?([^:]+)$/i.exec(text);
  if (classifier) return readKnown(expressionOfName(classifier[1] ?? ""));
  return readName(text) ?? readGrammar(text) ?? readBars(text) ?? readSlashes(text);
}

/** From our own tables: SPDX expressions. */
function readKnown(expression: string | undefined): LicenseExpression | undefined {
  return expression === undefined ? undefined : readGrammar(expression);
}

function readName(text: string): LicenseExpression | undefined {
  return readLicense(text) ?? readKnown(expressionOfName(text));
}

/** One licence by its id. */
function readLicense(text: string): NamedLicense | undefined {
  if (/^(?:DocumentRef-[\w.-]+:)?LicenseRef-[\w.-]+$/i.test(text))
    return { is: "license", id: canonicalReference(text) };
  if (text === "UNLICENSED") return { is: "license", id: text };
  const orLater = text.endsWith("+");
  const id = licenseId(text) ?? licenseId(orLater ? text.slice(0, -1) : text);
  if (id === undefined) return undefined;
  const [license = id, exception] = id.split(" WITH ");
  const isPlus = orLater && licenseId(text) === undefined && !license.endsWith("-or-later");
  return { is: "license", id: license, ...(isPlus && { orLater: true }), ...(exception && { exception }) };
}

function canonicalReference(text: string): string {
  return text.replace(/documentref-/i, "DocumentRef-").replace(/licenseref-/i, "LicenseRef-");
}

/** npm's old forms: `{type, url}`, and lists, of which any may be taken. */
function readJson(text: string): LicenseExpression | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const all = Array.isArray(value) ? (value as unknown[]).slice(0, mostParts) : [value];
  const parts = all.flatMap((one) => {
    const words = typeof one === "string" ? one : wordsOf(one);
    return words === undefined ? [] : [parseExpression(words.startsWith("{") || words.startsWith("[") ? "" : words)];
  });
  return parts.length === 0 ? undefined : combine("or", parts);
}

function wordsOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { type, name, url } = value as Readonly<Record<string, unknown>>;
  return [type, name, url].find((one) => typeof one === "string");
}

interface Reading {
  readonly tokens: readonly string[];
  at: number;
}

function readGrammar(text: string): LicenseExpression | undefined {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  if (tokens.length > mostParts) return undefined;
  const reading: Reading = { tokens, at: 0 };
  const expression = readOr(reading, 0);
  return reading.at === tokens.length && expression !== undefined && namesSome(expression) ? expression : undefined;
}

/** An expression in which no licence is known is text. */
function namesSome(expression: LicenseExpression): boolean {
  if (expression.is === "unknown") return false;
  return expression.is === "license" || expression.parts.some(namesSome);
}

function readOr(reading: Reading, depth: number): LicenseExpression | undefined {
  return readSequence(reading, "or", () => readSequence(reading, "and", () => readOperand(reading, depth)));
}

function readSequence(
  reading: Reading,
  operator: "and" | "or",
  readPart: () => LicenseExpression | undefined,
): LicenseExpression | undefined {
  const parts: LicenseExpression[] = [];
  do {
    const part = readPart();
    if (part === undefined) return undefined;
    parts.push(part);
  } while (take(reading, operator));
  return combine(operator, parts);
}

function take(reading: Reading, word: string): boolean {
  if (reading.tokens[reading.at]?.toLowerCase() !== word) return false;
  reading.at++;
  return true;
}

function readOperand(reading: Reading, depth: number): LicenseExpression | undefined {
  if (take(reading, "(")) {
    const inner = depth < deepest ? readOr(reading, depth + 1) : undefined;
    return inner !== undefined && take(reading, ")") ? inner : undefined;
  }
  const license = readWords(reading);
  if (license === undefined || !take(reading, "with")) return license;
  const exception = readException(reading);
  if (license.is !== "license" || exception === undefined) return undefined;
  return { ...license, exception };
}

/** Several words are one name: `Apache License 2.0 OR MIT License`. */
function readWords(reading: Reading): LicenseExpression | undefined {
  const start = reading.at;
  while (reading.at < reading.tokens.length && !/^(?:and|or|with|[()])$/i.test(reading.tokens[reading.at] ?? "")) {
    reading.at++;
  }
  // `or later` is part of a name.
  if (/^or$/i.test(reading.tokens[reading.at] ?? "") && /^later$/i.test(reading.tokens[reading.at + 1] ?? "")) {
    reading.at += 2;
  }
  const words = reading.tokens.slice(start, reading.at).join(" ");
  if (words === "") return undefined;
  // `MIT OR BSD`: what one word does not tell, the other may. Several words that tell nothing are prose.
  return readName(words) ?? readSlashes(words) ?? (/^[\w.+-]+$/.test(words) ? unknown(words) : undefined);
}

function readException(reading: Reading): string | undefined {
  const word = reading.tokens[reading.at] ?? "";
  const id = exceptionId(word) ?? (/^(?:DocumentRef-[\w.-]+:)?AdditionRef-[\w.-]+$/i.test(word) ? word : undefined);
  if (id !== undefined) reading.at++;
  return id;
}

/** R's way: `GPL (>= 2) | file LICENSE`, `MIT + file LICENSE`. */
function readBars(text: string): LicenseExpression | undefined {
  if (!/[|&]|>=|\+ ?file/i.test(text)) return undefined;
  const parts = text.split(/\s*\|+\s*/).map((part) => {
    const name = part
      .replace(/\s*\+\s*file\s+LICEN[SC]E$/i, "")
      .replace(/\(?>=\s*([\d.]+)\)?/, "$1 or later")
      .trim();
    return readName(name);
  });
  const known = parts.filter((part) => part !== undefined);
  return known.length > 0 && known.length === parts.length ? combine("or", known) : undefined;
}

/** `MIT/Apache-2.0` is a choice, as Cargo had it. */
function readSlashes(text: string): LicenseExpression | undefined {
  if (!text.includes("/")) return undefined;
  const parts = text.split("/").map((part) => readName(part.trim()));
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length && known.length <= mostParts ? combine("or", known) : undefined;
}
