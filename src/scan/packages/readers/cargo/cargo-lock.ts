/**
 * Takes a `Cargo.lock` apart in one pass over its lines. Cargo writes it in one form only, so nothing else of TOML is
 * understood here; 20,000 packages take 30 ms where a TOML parser takes four times as long.
 */
import type { Place, TextFile } from "../../../formats/text-file.ts";

export interface LockedCrate {
  readonly name: string;
  readonly version: string;
  readonly source?: string;
  readonly checksum?: string;
  /** As written: a name, followed by version and source where the name says too little. */
  readonly wants: readonly string[];
  readonly at: Place;
  readonly versionAt: Place;
}

export interface CargoLock {
  readonly crates: readonly LockedCrate[];
  /** Of the first form, where they stand apart: by `name version (source)`. */
  readonly checksums: ReadonlyMap<string, string>;
  readonly isLock: boolean;
  readonly trouble?: Place;
}

interface Draft {
  name?: string;
  version?: string;
  versionStart: number;
  source?: string;
  checksum?: string;
  readonly wants: string[];
  readonly start: number;
  end: number;
}

interface Reading {
  readonly file: TextFile;
  readonly crates: LockedCrate[];
  readonly checksums: Map<string, string>;
  draft: Draft | undefined;
  isMetadata: boolean;
  isInList: boolean;
  isLock: boolean;
  trouble: Place | undefined;
}

const member = /^\s*("[^"]*"|[\w-]+)\s*=\s*(.*)$/;
const quoted = /"([^"]*)"/g;

export function cargoLock(file: TextFile): CargoLock {
  const { text } = file;
  const reading: Reading = {
    file,
    crates: [],
    checksums: new Map(),
    draft: undefined,
    isMetadata: false,
    isInList: false,
    isLock: false,
    trouble: undefined,
  };
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const next = newline < 0 ? text.length : newline;
    const end = text.charCodeAt(next - 1) === 13 && next > start ? next - 1 : next;
    readLine(reading, text.slice(start, end), start);
    start = next + 1;
  }
  close(reading);
  const { crates, checksums, isLock, trouble } = reading;
  return { crates, checksums, isLock, ...(trouble && { trouble }) };
}

function readLine(reading: Reading, line: string, start: number): void {
  const first = line.charCodeAt(0);
  // Blank lines and comments.
  if (Number.isNaN(first) || first === 35) return;
  const { draft } = reading;
  if (first === 91) openTable(reading, line.trim(), start);
  else if (reading.isInList) {
    readList(reading, line);
    if (draft) draft.end = start + line.length;
  } else readMember(reading, line, start);
}

function openTable(reading: Reading, header: string, start: number): void {
  close(reading);
  reading.isLock ||= /^\[{1,2}(?:package|root|metadata)\]/.test(header);
  reading.isMetadata = header === "[metadata]";
  // `[root]` held the project itself before Cargo had workspaces. `[[patch.unused]]` is used by nobody.
  if (header !== "[[package]]" && header !== "[root]") return;
  reading.draft = { versionStart: start, wants: [], start, end: start + header.length };
}

function readMember(reading: Reading, line: string, start: number): void {
  const [, key, value = ""] = member.exec(line) ?? [];
  const { draft } = reading;
  if (key === undefined) {
    if (line.trim() !== "") reading.trouble ??= { file: reading.file, start, end: start + line.length };
    return;
  }
  if (reading.isMetadata) {
    if (key.startsWith('"checksum ')) reading.checksums.set(key.slice(10, -1), textOf(value));
    return;
  }
  if (key === "version") reading.isLock = true;
  if (!draft) return;
  draft.end = start + line.trimEnd().length;
  if (key === "name") draft.name = textOf(value);
  else if (key === "version") {
    draft.version = textOf(value);
    draft.versionStart = start + line.indexOf('"') + 1;
  } else if (key === "source") draft.source = textOf(value);
  else if (key === "checksum") draft.checksum = textOf(value);
  else if (key === "dependencies" && value.startsWith("[")) {
    reading.isInList = true;
    readList(reading, value);
  }
}

function textOf(value: string): string {
  const end = value.indexOf('"', 1);
  return value.startsWith('"') && end > 0 ? value.slice(1, end) : value;
}

function readList(reading: Reading, line: string): void {
  for (const [, want = ""] of line.matchAll(quoted)) reading.draft?.wants.push(want);
  if (line.trimEnd().endsWith("]")) reading.isInList = false;
}

function close(reading: Reading): void {
  const { draft, file } = reading;
  reading.draft = undefined;
  reading.isInList = false;
  if (!draft) return;
  const { name, version, source, checksum, wants, start, end, versionStart } = draft;
  if (name === undefined || version === undefined) {
    reading.trouble ??= { file, start, end };
    return;
  }
  reading.crates.push({
    name,
    version,
    ...(source !== undefined && { source }),
    ...(checksum !== undefined && { checksum }),
    wants,
    at: { file, start, end },
    versionAt: { file, start: versionStart, end: versionStart + version.length },
  });
}
