/**
 * Skips written as comments: `sallyport:skip=ID,ID:reason`, the same with `checkov`, `bridgecrew` or `cortex`, and
 * `trivy:ignore:ID`. Such a mark holds for the resource inside whose lines it stands; trivy's also from the line above.
 */
import type { TextFile } from "../formats/text-file.ts";
import type { Resource, SkipMark } from "./resource.ts";

/** Tools whose skips are honoured, in comments and in the data of a resource. */
export const skipTools: readonly string[] = ["sallyport", "checkov", "bridgecrew", "cortex"];

const skip = String.raw`(?:${skipTools.join("|")})\s*:\s*skip\s*=\s*([\w./-]+(?:\s*,\s*[\w./-]+)*)(?:\s*:[ \t]*([^\r\n]*))?`;
const ignore = String.raw`(?:trivy|tfsec):ignore:([\w.-]+)[ \t]*([^\r\n]*)`;
const mark = new RegExp(String.raw`\b(?:${skip}|${ignore})`, "g");

const known = new WeakMap<TextFile, readonly SkipMark[]>();

/** One mark per id, in the order of the text. */
export function marksIn(file: TextFile): readonly SkipMark[] {
  const before = known.get(file);
  if (before) return before;
  const marks = readMarks(file);
  known.set(file, marks);
  return marks;
}

function readMarks(file: TextFile): readonly SkipMark[] {
  if (!/:\s*skip|:ignore:/.test(file.text)) return [];
  return [...file.text.matchAll(mark)].flatMap(({ index, 0: all, 1: ids, 2: reason, 3: ignored, 4: after }) => {
    const text = (reason ?? after ?? "").replace(/(?:\*\/|-->).*$|\}\}\s*$/, "").trim();
    const at = { file, start: index, end: index + all.length };
    const named = ids === undefined ? [longTrivyId(ignored ?? "")] : ids.split(",").map((id) => id.trim());
    return named.map((id): SkipMark => ({ id, at, ...(text !== "" && { reason: text }) }));
  });
}

/** Trivy knows `AVD-AZU-0011` as `AZU-0011` too. */
function longTrivyId(id: string): string {
  return /^[A-Z]+-\d{4}$/i.test(id) ? `AVD-${id}`.toUpperCase() : id.toUpperCase();
}

/** The marks that hold for a resource: within its lines, within those of the calls that made it, and its own data. */
export function marksFor(resource: Resource): readonly SkipMark[] {
  const places = [resource.at, ...resource.calledFrom];
  const comments = places.flatMap(({ file, start, end }) =>
    marksIn(file).filter(({ at }) => (at.start >= start && at.start < end) || isLineAbove(at, file, start)),
  );
  return comments.length === 0 ? resource.skips : [...resource.skips, ...comments];
}

/** Only comments, and at least one line end, stand between the mark and the resource. */
function isLineAbove(at: SkipMark["at"], { text }: TextFile, start: number): boolean {
  if (at.end > start || start - at.end > 400 || !text.startsWith(":ignore:", text.indexOf(":", at.start))) return false;
  return /^[^\n]*\n(?:[ \t]*(?:#|\/\/)[^\n]*\n)*[ \t]*$/.test(text.slice(at.end, start));
}
