/** Writes a pnpm-lock.yaml from its parts, as pnpm lays it out; what did not change keeps its text. */
import { changedText, type TextChange } from "../../../text-edits.ts";
import type { Attribute, LockGraph } from "./lock-graph.ts";
import { type LockPart, partOf } from "./lock-parts.ts";
import { yamlScalar } from "./yaml-scalar.ts";

type Lists = Pick<LockGraph, "format" | "roots"> & {
  readonly entries: ReadonlyMap<string, readonly Attribute[]>;
  readonly packages: ReadonlyMap<string, readonly Attribute[]>;
};

/** Undefined if a key or a text cannot be written as pnpm would write it. */
export function writtenLock(text: string, lists: Lists, more: readonly TextChange[]): string | undefined {
  const { format, roots, entries, packages } = lists;
  const changes = [
    listChange(text, partOf(roots, "packages"), format === 9 ? packages : entries),
    ...(format === 9 ? [listChange(text, partOf(roots, "snapshots"), entries)] : []),
  ];
  const known = changes.filter((change) => change !== undefined);
  return known.length < changes.length ? undefined : changedText(text, [...known, ...more]);
}

function listChange(
  text: string,
  part: LockPart | undefined,
  entries: ReadonlyMap<string, readonly Attribute[]>,
): TextChange | undefined {
  const start = part?.parts[0]?.start;
  if (!part || start === undefined) return undefined;
  const old = text.slice(start, part.end);
  const blocks = [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, attributes]) => blockOf(id, attributes));
  if (blocks.includes(undefined)) return undefined;
  return { start, end: part.end, text: blocks.join("\n").trimEnd() + old.slice(old.trimEnd().length) };
}

function blockOf(id: string, attributes: readonly Attribute[]): string | undefined {
  const key = yamlScalar(id);
  if (key === undefined) return undefined;
  return attributes.length === 0 ? `  ${key}: {}\n` : `  ${key}:\n${attributes.map(({ text }) => text).join("")}`;
}

/** Another value behind the key of a line. */
export function valueChange({ lineEnd, value }: LockPart, now: string): TextChange | undefined {
  const written = yamlScalar(now);
  return written === undefined ? undefined : { start: lineEnd - value.length, end: lineEnd, text: written };
}

const beforeOverrides = new Set([
  "lockfileVersion",
  "settings",
  "catalogs",
  "neverBuiltDependencies",
  "onlyBuiltDependencies",
]);

/** A further override, among those that the lock file repeats. */
export function addedOverride(roots: readonly LockPart[], name: string, to: string): TextChange | undefined {
  const [key, value] = [yamlScalar(name), yamlScalar(to)];
  if (key === undefined || value === undefined) return undefined;
  const line = `  ${key}: ${value}\n`;
  const known = partOf(roots, "overrides");
  const next = known?.parts.find((one) => one.key > name);
  const last = known?.parts.at(-1);
  if (known && last) {
    const at = next ? next.start : last.lineEnd + 1;
    return { start: at, end: at, text: line };
  }
  const follower = roots.find((part) => !beforeOverrides.has(part.key));
  return known || !follower ? undefined : { start: follower.start, end: follower.start, text: `overrides:\n${line}\n` };
}
