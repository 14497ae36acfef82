/** Edits of YAML mappings that leave everything else as it is: a value, members that are added, a member that is removed. */
import type { Place } from "../../formats/text-file.ts";
import { lineEndOf, type TextChange, withWholeLines } from "../../iac/fixes/text-change.ts";

/** Members as they are to be written; values are YAML already. */
export interface Members {
  readonly [key: string]: string | Members;
}

/** Only where a plain or quoted value stands on the line of its key: what an expression or a default gives is not edited. */
export function withValue(key: Place, value: Place, text: string): TextChange | undefined {
  const { file, start, end } = value;
  if (key.file.path !== file.path || !/^["']?[ \t]*:[ \t]+$/.test(file.text.slice(key.end, start))) return undefined;
  return /^(?:"[\w.-]*"|'[\w.-]*'|[\w.-]+)$/.test(file.text.slice(start, end)) ? { place: value, text } : undefined;
}

/** Whether a text belongs to a mapping as it is written, and was not brought in by an alias or a loop. */
export function isWithin(inner: Place, outer: Place): boolean {
  return inner.file.path === outer.file.path && inner.start >= outer.start && inner.end <= outer.end;
}

/** Whether a key is one of the mapping's own, and not one that is there only under a condition. */
export function isOwnKey(key: Place, { file, start, end }: Place): boolean {
  if (!isWithin(key, { file, start, end })) return false;
  const columnOf = (at: number): number => at - file.text.lastIndexOf("\n", at - 1);
  return file.text[start] === "{" || columnOf(key.start) === columnOf(start);
}

/** Behind the last member of a mapping. */
export function withMembers({ file, start, end }: Place, members: Members): TextChange | undefined {
  const { text } = file;
  if (text[start] === "{") return withFlowMembers({ file, start, end }, members);
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  // The first key may follow the dash of a list; the others stand under it.
  if (!/^(?:[ \t]|- )*$/.test(before)) return undefined;
  const written = start + text.slice(start, end).trimEnd().length;
  // A comment after the last value stays beside it.
  const last = written + (/^[ \t]+#[^\r\n]*/.exec(text.slice(written, written + 2000))?.[0].length ?? 0);
  const lineEnd = lineEndOf(text);
  const lines = linesOf(members, before.replaceAll("-", " "));
  return { place: { file, start: last, end: last }, text: lineEnd + lines.join(lineEnd) };
}

/** Before the line on which a member of the top begins, and before the comments right above it. */
export function withMembersBefore({ file, start }: Place, members: Members): TextChange | undefined {
  const { text } = file;
  if (start > 0 && text[start - 1] !== "\n") return undefined;
  let at = start;
  for (let lines = 0; at > 0 && lines < 100; lines++) {
    const line = text.lastIndexOf("\n", at - 2) + 1;
    if (text[line] !== "#") break;
    at = line;
  }
  const lineEnd = lineEndOf(text);
  return { place: { file, start: at, end: at }, text: [...linesOf(members, ""), "", ""].join(lineEnd) };
}

function withFlowMembers({ file, start, end }: Place, members: Members): TextChange | undefined {
  if (file.text[end - 1] !== "}") return undefined;
  const last = start + file.text.slice(start, end - 1).trimEnd().length;
  const comma = file.text[last - 1] === "{" ? " " : ", ";
  const added = flowOf(members);
  const space = file.text[last] === "}" && comma === " " ? " " : "";
  return { place: { file, start: last, end: last }, text: `${comma}${added}${space}` };
}

function linesOf(members: Members, indent: string): readonly string[] {
  return Object.entries(members).flatMap(([key, value]) =>
    typeof value === "string" ? [`${indent}${key}: ${value}`] : [`${indent}${key}:`, ...linesOf(value, `${indent}  `)],
  );
}

function flowOf(members: Members): string {
  return Object.entries(members)
    .map(([key, value]) => `${key}: ${typeof value === "string" ? value : `{ ${flowOf(value)} }`}`)
    .join(", ");
}

/** A member or item, what it stands in, and the member that holds this; that goes, too, if nothing is left in it. */
export interface Part {
  readonly own: Place;
  readonly within: Place;
  readonly holder: Place;
}

export function withoutPart({ own, within, holder }: Part): TextChange | undefined {
  const { file } = own;
  if (within.file.path !== file.path || holder.file.path !== file.path) return undefined;
  const { text } = file;
  const item = withDash(own);
  const rest =
    text.slice(holder.start, within.start).replace(/^[^:]*:/, "") +
    text.slice(within.start, Math.max(within.start, item.start)) +
    text.slice(own.end, within.end);
  const isLast = /^[\s{}[\]-]*$/.test(rest);
  // What is commented out would go with it, or hold nothing up.
  if (!isLast && /^[\s{}[\]-]*$/.test(rest.replaceAll(/(?<=^|\s)#[^\n]*/g, ""))) return undefined;
  const isFlow = /[{[]/.test(text[within.start] ?? "");
  if (isFlow && !isLast) return withoutFlowPart(own);
  const place = withWholeLines(withComment(isLast ? holder : item));
  const isWhole = place.start === 0 || text[place.start - 1] === "\n";
  return isWhole && (place.end === text.length || text[place.end - 1] === "\n") ? { place, text: "" } : undefined;
}

/** The dash belongs to the item; a first key behind it does not make the dash its own. */
function withDash({ file, start, end }: Place): Place {
  const before = file.text.slice(file.text.lastIndexOf("\n", start - 1) + 1, start);
  const dash = /-[ \t]+$/.exec(before);
  return dash ? { file, start: start - dash[0].length, end } : { file, start, end };
}

function withComment({ file, start, end }: Place): Place {
  const last = start + file.text.slice(start, end).trimEnd().length;
  const comment = /^[ \t]+#[^\r\n]*/.exec(file.text.slice(last, last + 2000));
  return { file, start, end: last + (comment?.[0].length ?? 0) };
}

function withoutFlowPart({ file, start, end }: Place): TextChange | undefined {
  const after = /^\s*,\s*/.exec(file.text.slice(end, end + 200));
  if (after) return { place: { file, start, end: end + after[0].length }, text: "" };
  const before = /,\s*$/.exec(file.text.slice(Math.max(0, start - 200), start));
  return before ? { place: { file, start: start - before[0].length, end }, text: "" } : undefined;
}
