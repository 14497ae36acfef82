/** What a deno.json imports, with its places. */
import type { Problem } from "#model/scan-result.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { eachMember, isText, type JsonCursor, jsonCursor, readText } from "../../reading/json-cursor.ts";
import { endOfJson } from "../../reading/json-problems.ts";
import { type DenoPackage, denoPackageOf } from "./deno-specifier.ts";

export interface DenoImport {
  readonly specifier: string;
  readonly asked: DenoPackage;
  readonly whole: Place;
  readonly rangeAt?: Place;
}

export interface DenoConfig {
  readonly name?: string;
  readonly version?: string;
  readonly imports: readonly DenoImport[];
  readonly problems: readonly Problem[];
}

export function readDenoConfig(file: TextFile): DenoConfig {
  const cursor = jsonCursor(file);
  const imports: DenoImport[] = [];
  const about: { name?: string; version?: string } = {};
  eachMember(cursor, (key) => {
    if (key === "name" || key === "version") {
      const text = readText(cursor);
      if (text) about[key] = text;
    } else if (key === "imports") readImports(cursor, imports);
    else if (key === "scopes") eachMember(cursor, () => readImports(cursor, imports));
  });
  return { ...about, imports, problems: endOfJson(cursor) };
}

function readImports(cursor: JsonCursor, imports: DenoImport[]): void {
  const { file } = cursor;
  eachMember(cursor, (_, start) => {
    if (!isText(cursor)) return;
    const valueStart = cursor.at + 1;
    const specifier = readText(cursor) ?? "";
    const asked = denoPackageOf(specifier);
    if (!asked) return;
    const { rangeAt } = asked;
    const whole = { file, start, end: cursor.at };
    const range = rangeAt && { file, start: valueStart + rangeAt.start, end: valueStart + rangeAt.end };
    imports.push({ specifier, asked, whole, ...(range ? { rangeAt: range } : {}) });
  });
}
