/**
 * Goes through a lock file of npm, Yarn or pnpm once, and keeps what no strong hash vouches for and whence packages come. What
 * cannot be read is left out: the scanner of packages tells of it.
 */
import { deepestNesting } from "../../formats/format-problem.ts";
import type { Place, TextFile } from "../../formats/text-file.ts";
import { lockLines } from "../../packages/readers/npm/lock-lines.ts";
import {
  eachMember,
  isObject,
  isText,
  type JsonCursor,
  jsonCursor,
  readText,
  readTrue,
} from "../../packages/reading/json-cursor.ts";
import type { LockedPackage, Source } from "./package-unit.ts";

export interface LockRead {
  readonly weak: LockedPackage[];
  readonly sources: Source[];
}

interface Entry {
  readonly name: string;
  resolved?: Written;
  integrity?: Written;
  /** It comes with another package, or lies in the repository. */
  isOwn?: boolean;
}

interface Written {
  readonly text: string;
  readonly at: Place;
}

export function readLock(file: TextFile): LockRead {
  const read: LockRead = { weak: [], sources: [] };
  if (file.path.endsWith(".json")) readNpm(file, read);
  else if (file.path.endsWith("pnpm-lock.yaml")) readPnpm(file, read);
  else if (file.path.endsWith("yarn.lock") && !/^__metadata:/m.test(file.text.slice(0, 10_000))) readYarn(file, read);
  return read;
}

/** The newer form has both lists, and says everything in the first. */
function readNpm(file: TextFile, read: LockRead): void {
  const cursor = jsonCursor(file);
  let isNew = false;
  eachMember(cursor, (key) => {
    if (key === "packages" && isObject(cursor)) {
      isNew = true;
      readEntries(cursor, read, 0);
    } else if (key === "dependencies" && !isNew && isObject(cursor)) readEntries(cursor, read, 0);
  });
}

function readEntries(cursor: JsonCursor, read: LockRead, depth: number): void {
  eachMember(cursor, (path) => {
    if (!isObject(cursor) || depth > deepestNesting / 2) return;
    const entry: Entry = { name: path.replace(/^.*node_modules\//, "") };
    eachMember(cursor, (key) => {
      if (key === "resolved" && isText(cursor)) entry.resolved = written(cursor);
      else if (key === "integrity" && isText(cursor)) entry.integrity = written(cursor);
      else if (key === "link" || key === "inBundle" || key === "bundled")
        entry.isOwn = readTrue(cursor) || (entry.isOwn ?? false);
      else if (key === "dependencies" && isObject(cursor)) readEntries(cursor, read, depth + 1);
    });
    keep(entry, read);
  });
}

function written(cursor: JsonCursor): Written {
  const start = cursor.at + 1;
  const text = readText(cursor) ?? "";
  return { text, at: { file: cursor.file, start, end: Math.max(start, cursor.at - 1) } };
}

/** Each entry is a line without indentation, and what belongs to it below. */
function readYarn(file: TextFile, read: LockRead): void {
  let entry: Entry | undefined;
  lockLines(file.text, (indent, start, end) => {
    if (indent === 0) {
      if (entry) keep(entry, read);
      const named = /^"?(@?[^@"]{1,214})@/.exec(file.text.slice(start, Math.min(end, start + 300)));
      entry = { name: named?.[1] ?? "" };
    } else if (indent === 2 && entry) {
      const match = /^(resolved|integrity) "?([^"]{1,2000})/.exec(file.text.slice(start, Math.min(end, start + 2020)));
      if (!match) return;
      const [whole, key, text = ""] = match;
      const from = start + whole.length - text.length;
      entry[key as "resolved" | "integrity"] = { text, at: { file, start: from, end: from + text.length } };
    }
  });
  if (entry) keep(entry, read);
}

function readPnpm(file: TextFile, read: LockRead): void {
  let name = "";
  lockLines(file.text, (indent, start, end) => {
    const line = file.text.slice(start, Math.min(end, start + 3000));
    if (indent === 2) name = line.replace(/^['"]?\/?/, "").replace(/(?<=.)[@/][^@/]*:?$/, "");
    if (!line.startsWith("resolution:")) return;
    const entry: Entry = { name };
    for (const [key, field] of [
      ["integrity", "integrity"],
      ["tarball", "resolved"],
    ] as const) {
      const match = new RegExp(String.raw`\b${key}: ['"]?([^,}\s'"]{1,2000})`).exec(line);
      if (!match?.[1]) continue;
      const from = start + match.index + match[0].length - match[1].length;
      entry[field] = { text: match[1], at: { file, start: from, end: from + match[1].length } };
    }
    keep(entry, read);
  });
}

const mostKept = 10_000;

function keep({ name, resolved, integrity, isOwn }: Entry, { weak, sources }: LockRead): void {
  if (resolved?.text.startsWith("http://") && sources.length < mostKept) {
    sources.push({ path: resolved.at.file.path, address: resolved.text, at: resolved.at, isLocked: true });
  }
  if (isOwn || weak.length >= mostKept) return;
  if (integrity) {
    if (!/\bsha(?:256|384|512)-/.test(integrity.text) && /^(?:sha1|md5)-/.test(integrity.text.trim()))
      weak.push({ name, at: integrity.at, why: "sha1" });
  } else if (
    resolved &&
    /^https?:\/\//.test(resolved.text) &&
    !/[/#=][\da-f]{40}(?:$|[/.?])/.test(withoutHash(resolved.text))
  ) {
    weak.push({ name, at: resolved.at, why: /#[\da-f]{40}$/.test(resolved.text) ? "sha1" : "nothing" });
  }
}

/** Yarn writes the SHA-1 of the file behind `#`; in the address itself such digits name a commit. */
function withoutHash(address: string): string {
  return address.replace(/#[\da-f]{40}$/, "");
}
