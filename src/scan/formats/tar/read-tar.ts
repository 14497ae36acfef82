/**
 * The regular files of a tar archive in memory: ustar with the long names of pax and GNU. Read in one go and without copies,
 * as scanners are functions of bytes; libraries read archives as streams.
 */
export interface TarFile {
  /** As it is written there: nobody has looked where it leads. */
  readonly path: string;
  /** A view of the archive. */
  readonly bytes: Uint8Array;
}

/**
 * The message says what is wrong with an archive that is damaged, or has more than anybody packs; `before` is what stands
 * whole before that place.
 */
export type ReadTar =
  | { readonly files: readonly TarFile[] }
  | { readonly message: string; readonly before: readonly TarFile[] };

const block = 512;
/** Of a long name, or of the attributes of one entry. */
const longestExtra = 1024 * 1024;

export function readTar(archive: Uint8Array, mostEntries: number): ReadTar {
  const files: TarFile[] = [];
  let extra: { readonly path?: string; readonly size?: number } = {};
  let entries = 0;
  const failed = (message: string): ReadTar => ({ message, before: files });
  for (let at = 0; at + block <= archive.length; ) {
    const header = archive.subarray(at, at + block);
    if (header.every((byte) => byte === 0)) return { files };
    const type = String.fromCharCode(header[156] ?? 0);
    const isExtra = type === "x" || type === "g" || type === "L" || type === "K";
    const size = (isExtra ? undefined : extra.size) ?? numberIn(header, 124, 12);
    if (!hasItsSum(header) || size === undefined) return failed(`what stands at byte ${at} is no entry`);
    if (++entries > mostEntries) return failed(`it has more than ${mostEntries} entries`);
    const start = at + block;
    if (start + size > archive.length) return failed("it ends too early");
    const bytes = archive.subarray(start, start + size);
    at = start + Math.ceil(size / block) * block;
    if (isExtra) {
      if (size > longestExtra) return failed("the name of an entry is too long");
      if (type === "L") extra = { ...extra, path: textIn(bytes, 0, size) };
      if (type === "x") extra = { ...extra, ...attributesIn(bytes) };
      continue;
    }
    if (type === "0" || type === "\0" || type === "7") files.push({ path: extra.path ?? nameIn(header), bytes });
    extra = {};
  }
  // Some tools leave the end mark out.
  return entries > 0 ? { files } : failed("it is no tar archive");
}

/** The sum of all bytes of a header, its own field counted as spaces. */
function hasItsSum(header: Uint8Array): boolean {
  let sum = 8 * 32;
  for (let at = 0; at < block; at++) if (at < 148 || at >= 156) sum += header[at] ?? 0;
  return numberIn(header, 148, 8) === sum;
}

/** Octal digits, or a large number in binary, as GNU tar marks it in the first bit. */
function numberIn(bytes: Uint8Array, from: number, length: number): number | undefined {
  if (((bytes[from] ?? 0) & 0x80) === 0) {
    const digits = textIn(bytes, from, length).trim();
    return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || "0", 8) : undefined;
  }
  let value = (bytes[from] ?? 0) & 0x7f;
  for (let at = from + 1; at < from + length; at++) value = value * 256 + (bytes[at] ?? 0);
  return Number.isSafeInteger(value) ? value : undefined;
}

function nameIn(header: Uint8Array): string {
  const name = textIn(header, 0, 100);
  const prefix = textIn(header, 257, 5) === "ustar" ? textIn(header, 345, 155) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** Up to the first zero byte. */
function textIn(bytes: Uint8Array, from: number, length: number): string {
  const field = bytes.subarray(from, from + length);
  const end = field.indexOf(0);
  return Buffer.from(end < 0 ? field : field.subarray(0, end)).toString("utf8");
}

/** Lines of `LENGTH KEY=VALUE`, where the length counts the line's own bytes. */
function attributesIn(bytes: Uint8Array): { readonly path?: string; readonly size?: number } {
  let found: { path?: string; size?: number } = {};
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const length = space < 0 ? 0 : Number(textIn(bytes, at, space - at));
    if (!Number.isInteger(length) || length <= space - at + 1) break;
    const line = textIn(bytes, space + 1, at + length - space - 2);
    const [key, value] = [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)];
    if (key === "path") found = { ...found, path: value };
    if (key === "size" && /^\d{1,15}$/.test(value)) found = { ...found, size: Number(value) };
    at += length;
  }
  return found;
}
