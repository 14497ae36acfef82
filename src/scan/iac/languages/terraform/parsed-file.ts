/**
 * The syntax of a file, parsed once however often its unit is read: for its links, for its resources, and again for every
 * fix that is tried on other files.
 */
import type { SourceFile } from "#model/source-file.ts";
import { type ParsedHcl, parseHcl } from "../../../formats/hcl/parse-hcl.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { parseTerraformJson } from "./parse-terraform-json.ts";

const known = new WeakMap<SourceFile, ParsedHcl>();
const flawless = new WeakSet<TextFile>();

/** Undefined if the file is no text. */
export function parsedFile(source: SourceFile, kind: "configuration" | "values"): ParsedHcl | undefined {
  const before = known.get(source);
  if (before) return before;
  const text = source.text();
  if (text === undefined) return undefined;
  const file = { path: source.path, text };
  const parsed = file.path.endsWith(".json") ? parseTerraformJson(file, kind) : parseHcl(file);
  known.set(source, parsed);
  if (parsed.problems.length === 0) flawless.add(parsed.file);
  return parsed;
}

/** True if everything in the file could be read. */
export function isFlawless(file: TextFile): boolean {
  return flawless.has(file);
}
