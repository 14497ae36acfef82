/**
 * `node scripts/compare-hcl.ts FOLDER`: reads every HCL file below a folder with our parser and with an independent one
 * (the parser of HashiCorp, compiled to WebAssembly), and prints where they do not understand the same.
 */

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseHcl } from "../src/scan/formats/hcl/parse-hcl.ts";
import type { Body, Expression, TemplatePart } from "../src/scan/formats/hcl/syntax.ts";

/** Its types bring those of the browser, which are in the way of Node's everywhere. */
const { parse } = createRequire(import.meta.url)("@cdktf/hcl2json") as {
  readonly parse: (name: string, text: string) => Promise<Record<string, unknown>>;
};

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** `same`; `both refuse`: neither reads the file; else what differs. */
export async function compareHcl(path: string, text: string): Promise<string> {
  const ours = parseHcl({ path, text });
  let theirs: Json;
  try {
    theirs = (await parse(path, text)) as Json;
  } catch (error) {
    return ours.problems.length > 0 ? "both refuse" : `only they refuse: ${String(error).slice(0, 200)}`;
  }
  const [problem] = ours.problems;
  if (problem) return `only we refuse: ${problem.message}, at ${text.slice(problem.at, problem.at + 40)}`;
  return difference(normal(bodyJson(ours.body)), normal(theirs), "") ?? "same";
}

/** In the form of the other parser: expressions are texts. */
function bodyJson(body: Body): Json {
  const result: Record<string, Json> = {};
  for (const item of body.items) {
    if (item.is === "attribute") result[item.name] = expressionJson(item.value);
    else addBlock(result, [item.type, ...item.labels.map(({ text }) => text)], bodyJson(item.body));
  }
  return result;
}

function addBlock(into: Record<string, Json>, names: readonly string[], body: Json): void {
  const [name = "", ...rest] = names;
  const before = into[name];
  if (rest.length === 0) into[name] = [...(Array.isArray(before) ? before : []), body];
  else {
    const inner = before ?? {};
    into[name] = inner;
    addBlock(inner as Record<string, Json>, rest, body);
  }
}

function expressionJson(expression: Expression): Json {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- every other kind is told by its text
  switch (expression.is) {
    case "literal":
      return typeof expression.value === "string" ? escaped(expression.value) : expression.value;
    case "unary":
      if (expression.of.is === "literal" && typeof expression.of.value === "number") return -expression.of.value;
      return `\${${sourceOf(expression)}}`;
    case "list":
      return expression.items.map(expressionJson);
    case "object":
      return Object.fromEntries(expression.entries.map(({ key, value }) => [textOf(key), expressionJson(value)]));
    case "template":
      return expression.parts.map((part) => choiceText(part) ?? partText(part)).join("");
    default:
      return `\${${sourceOf(expression)}}`;
  }
}

function textOf(expression: Expression): string {
  const json = expressionJson(expression);
  return typeof json === "string" ? json : JSON.stringify(json);
}

/** They write `a${b ? 1 : 2}` as a directive. */
function choiceText(part: TemplatePart): string | undefined {
  if (part.is !== "interpolation" || part.value.is !== "conditional") return undefined;
  const { test, yes, no } = part.value;
  return `%{if ${sourceOf(test)}}${textOf(yes)}%{else}${textOf(no)}%{endif}`;
}

function partText(part: TemplatePart): string {
  if (part.is === "text") return escaped(part.value);
  if (part.is === "interpolation") return `\${${sourceOf(part.value)}}`;
  if (part.is === "when") {
    const no = part.no.length > 0 ? `%{else}${part.no.map(partText).join("")}` : "";
    return `%{if ${sourceOf(part.test)}}${part.yes.map(partText).join("")}${no}%{endif}`;
  }
  const names = [part.keyName, part.valueName].filter((name) => name !== undefined).join(", ");
  return `%{for ${names} in ${sourceOf(part.collection)}}${part.parts.map(partText).join("")}%{endfor}`;
}

function sourceOf({ file, start, end }: Expression): string {
  return file.text.slice(start, end);
}

function escaped(text: string): string {
  return text.replace(/[$%](?=\{)/g, (character) => character + character);
}

/** Blanks and grouping parentheses of expressions are not kept by both. */
function normal(value: Json): Json {
  if (typeof value === "string") return normalText(value);
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [normalText(key), normal(item)]));
}

function normalText(text: string): string {
  return /[$%]\{/.test(text) ? text.replace(/[\s()]/g, "") : text;
}

function difference(ours: Json, theirs: Json, path: string): string | undefined {
  if (ours === theirs) return undefined;
  if (typeof ours === "object" && ours && typeof theirs === "object" && theirs) {
    for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
      const [a, b] = [Object(ours)[key] as Json | undefined, Object(theirs)[key] as Json | undefined];
      const found =
        a === undefined || b === undefined
          ? `${path}.${key} is missing in ${a === undefined ? "ours" : "theirs"}`
          : difference(a, b, `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return `${path}: ours ${JSON.stringify(ours)}, theirs ${JSON.stringify(theirs)}`;
}

async function compareFolder(folder: string): Promise<void> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && /\.(?:tf|tofu|tfvars|hcl)$/.test(entry.name),
  );
  const counts = new Map<string, number>();
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name);
    const result = await compareHcl(path, readFileSync(path, "utf8"));
    const kind = result === "same" || result === "both refuse" ? result : (result.split(":")[0] ?? result);
    const shown = kind.startsWith("only") || kind === result ? kind : "different";
    counts.set(shown, (counts.get(shown) ?? 0) + 1);
    if (result !== "same") console.log(`${path}: ${result}`);
  }
  console.log(`${files.length} files: ${[...counts].map(([kind, count]) => `${count} ${kind}`).join(", ")}`);
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  if (folder) await compareFolder(folder);
  else {
    console.error("compare-hcl: name a folder");
    process.exit(2);
  }
}
