/** Writes changed entries into a packages.lock.json: in NuGet's order, laid out as the file is. */
import { isDeepStrictEqual } from "node:util";
import { type JsonSlice, slicesOf } from "../../../packages/reading/json-slices.ts";
import type { TextChange } from "../../text-edits.ts";
import { jsonAs, replaced, withoutMembers } from "../json-members.ts";
import { entryKinds, type LockEntries, type LockEntry, type LockSection } from "./nuget-lock.ts";

export function sectionChanges(text: string, section: LockSection, after: LockEntries): readonly TextChange[] {
  const { entries, slices, slice } = section;
  const old = (name: string) => entries.get(name);
  const stays = (name: string) => after.get(name)?.type === old(name)?.type && after.has(name);
  const kept = slices.filter(({ key }) => stays(key.toLowerCase()));
  const added = [...after.values()].filter(({ name }) => !stays(name.toLowerCase()));
  if (kept.length === 0 && added.length > 0)
    return [
      replaced(slice, jsonAs(text, slice.at, Object.fromEntries(added.map((one) => [one.name, membersOf(one)])))),
    ];
  const changes = kept.flatMap((place) => {
    const [before, now] = [old(place.key.toLowerCase()), after.get(place.key.toLowerCase())];
    return before && now ? entryChanges(text, place, before, now) : [];
  });
  const gone = withoutMembers(slices, ({ key }) => !stays(key.toLowerCase()));
  const placed = kept.flatMap((place) => {
    const entry = after.get(place.key.toLowerCase());
    return entry ? [{ place, entry }] : [];
  });
  return [...changes, ...gone, ...added.flatMap((one) => insertion(text, placed, one))];
}

/** As NuGet has it: what is absent is not written. */
function membersOf(entry: LockEntry): Readonly<Record<string, unknown>> {
  const { type, requested, resolved, contentHash, dependencies } = entry;
  return {
    type,
    ...(requested !== undefined && { requested }),
    ...(resolved !== undefined && { resolved }),
    ...(contentHash !== undefined && { contentHash }),
    ...(Object.keys(dependencies).length > 0 && { dependencies }),
  };
}

/** What is written the same stays; where members come or go the entry is written anew. */
function entryChanges(text: string, place: JsonSlice, before: LockEntry, now: LockEntry): readonly TextChange[] {
  const [old, value] = [membersOf(before), membersOf(now)];
  const isSame = isDeepStrictEqual(Object.keys(old), Object.keys(value));
  if (!isSame) return [replaced(place, jsonAs(text, place.at, value))];
  return slicesOf(text, place.start, place.end)
    .slices.filter(({ key }) => !isDeepStrictEqual(old[key], value[key]))
    .map((member) => replaced(member, jsonAs(text, member.at, value[member.key])));
}

interface Placed {
  readonly place: JsonSlice;
  readonly entry: LockEntry;
}

function insertion(text: string, placed: readonly Placed[], one: LockEntry): readonly TextChange[] {
  const next = placed.find(({ entry }) => isBefore(one, entry));
  const last = placed.at(-1);
  const at = next?.place.at ?? last?.place.at ?? 0;
  const lineStart = text.lastIndexOf("\n", at - 1);
  const before = text.slice(lineStart + 1, at);
  // With the line end of the line before, and as far in.
  const lineEnd = text[lineStart - 1] === "\r" ? "\r\n" : "\n";
  const gap = lineStart >= 0 && before.trim() === "" ? `${lineEnd}${before}` : "";
  const colon = gap === "" ? ":" : ": ";
  const written = `${JSON.stringify(one.name)}${colon}${jsonAs(text, at, membersOf(one))}`;
  if (next) return [{ start: at, end: at, text: `${written},${gap}` }];
  return last ? [{ start: last.place.end, end: last.place.end, text: `,${gap}${written}` }] : [];
}

/** By kind, then by name without regard to case. */
function isBefore(one: LockEntry, other: LockEntry): boolean {
  const [kind, otherKind] = [entryKinds.indexOf(one.type), entryKinds.indexOf(other.type)];
  return kind !== otherKind ? kind < otherKind : one.name.toUpperCase() < other.name.toUpperCase();
}
