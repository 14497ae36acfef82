/** Reads what is in a tar archive, as npm packs it: ustar, with long names by pax or GNU. Refuses what is damaged. */

export interface TarEntry {
  readonly path: string;
  /** `file`, `folder`, `link` (symbolic); others are told as `other`. */
  readonly is: "file" | "folder" | "link" | "other";
  readonly mode: number;
  readonly target: string;
  readonly content: Buffer;
}

const block = 512;
const mostEntries = 100_000;
const kinds: Readonly<Record<string, TarEntry["is"]>> = {
  ...{ "0": "file", "\0": "file", "": "file", "2": "link", "5": "folder" },
};

/** Undefined if it is damaged, or has more than anybody packs. */
export function tarEntries(archive: Buffer): readonly TarEntry[] | undefined {
  const entries: TarEntry[] = [];
  let more: ReadonlyMap<string, string> = new Map();
  for (let at = 0; at + block <= archive.length; ) {
    const header = archive.subarray(at, at + block);
    if (header.every((byte) => byte === 0)) return entries;
    const [size, mode] = [numberAt(header, 124, 12), numberAt(header, 100, 8)];
    if (size === undefined || !hasRightSum(header) || entries.length >= mostEntries) return undefined;
    const start = at + block;
    if (start + size > archive.length) return undefined;
    const content = archive.subarray(start, start + size);
    at = start + Math.ceil(size / block) * block;
    const kind = textAt(header, 156, 1);
    if (kind === "g") continue;
    if (kind === "x") {
      const read = paxRecords(content);
      if (!read) return undefined;
      more = new Map([...more, ...read]);
    } else if (kind === "L" || kind === "K") {
      more = new Map([...more, [kind === "L" ? "path" : "linkpath", textAt(content, 0, content.length)]]);
    } else {
      if (Number(more.get("size") ?? size) !== size) return undefined;
      const path = more.get("path") ?? pathIn(header);
      const target = more.get("linkpath") ?? textAt(header, 157, 100);
      // An old file whose name ends so is a folder.
      const is = path.endsWith("/") && (kinds[kind] ?? "other") === "file" ? "folder" : (kinds[kind] ?? "other");
      entries.push({ path, is, mode: mode ?? 0, target, content });
      more = new Map();
    }
  }
  return undefined;
}

function pathIn(header: Buffer): string {
  const name = textAt(header, 0, 100);
  const isUstar = header.toString("latin1", 257, 262) === "ustar";
  const prefix = isUstar ? textAt(header, 345, header.toString("latin1", 257, 265) === "ustar  \0" ? 0 : 155) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

function textAt(bytes: Buffer, start: number, length: number): string {
  const part = bytes.subarray(start, start + length);
  const end = part.indexOf(0);
  return (end < 0 ? part : part.subarray(0, end)).toString("utf8");
}

/** Octal; the binary form of sizes over eight gigabytes is refused. */
function numberAt(header: Buffer, start: number, length: number): number | undefined {
  const text = textAt(header, start, length).trim();
  return /^[0-7]{0,12}$/.test(text) ? Number.parseInt(text || "0", 8) : undefined;
}

function hasRightSum(header: Buffer): boolean {
  let sum = 0;
  for (const [at, byte] of header.entries()) sum += at >= 148 && at < 156 ? 32 : byte;
  return numberAt(header, 148, 8) === sum;
}

/** Lines of their length, a key and a value. */
function paxRecords(content: Buffer): ReadonlyMap<string, string> | undefined {
  const records = new Map<string, string>();
  for (let at = 0; at < content.length; ) {
    const [, digits, key] = /^(\d{1,8}) ([^=\n]{1,200})=/.exec(content.toString("utf8", at, at + 300)) ?? [];
    const length = Number(digits);
    if (digits === undefined || key === undefined || length < digits.length + key.length + 3) return undefined;
    if (at + length > content.length) return undefined;
    const start = at + digits.length + 1 + Buffer.byteLength(key) + 1;
    records.set(key, content.toString("utf8", start, at + length - 1));
    at += length;
  }
  return records;
}
