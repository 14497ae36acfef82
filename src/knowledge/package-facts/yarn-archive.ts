/**
 * The checksum that Yarn writes of a package since version 4: of the archive that it makes of the registry's one, without
 * compression. Times, modes, folders and their order are always the same there, so that it can be made again.
 */
import { createHash } from "node:crypto";
import { crc32, gunzipSync } from "node:zlib";
import { type TarEntry, tarEntries } from "./tar-entries.ts";

const largest = 256 * 1024 ** 2;
const mostParts = 65_000;

/** Hex digits; undefined for what Yarn would not take, or takes in a way that is not known here. */
export async function yarnChecksum(archive: Buffer, name: string): Promise<string | undefined> {
  const whole = unpacked(archive);
  const entries = whole && (await tarEntries(whole));
  const parts = entries && partsOf(entries, `node_modules/${name}`);
  if (!parts || parts.length > mostParts) return undefined;
  const hash = createHash("sha512");
  const central: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const { local, record } = headersOf(part, offset);
    hash.update(local).update(part.content);
    central.push(record);
    offset += local.length + part.content.length;
  }
  if (offset > 0xffff_ffff) return undefined;
  const records = Buffer.concat(central);
  return hash
    .update(records)
    .update(endOf(parts.length, records.length, offset))
    .digest("hex");
}

function unpacked(archive: Buffer): Buffer | undefined {
  try {
    return gunzipSync(archive, { maxOutputLength: largest });
  } catch {
    return undefined;
  }
}

interface Part {
  readonly path: string;
  readonly mode: number;
  readonly content: Buffer;
}

const nothing = Buffer.alloc(0);

/** Without the first folder of each path. Folders come when the first thing in them does. */
function partsOf(entries: readonly TarEntry[], prefix: string): readonly Part[] | undefined {
  const parts = new Map<string, Part>();
  const addFolders = (path: string): void => {
    for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
      const folder = path.slice(0, at + 1);
      if (!parts.has(folder)) parts.set(folder, { path: folder, mode: 0o40755, content: nothing });
    }
  };
  for (const { path, is, mode, target, content } of entries) {
    if (is === "other") continue;
    // Only names whose form in the archive is known.
    if (!/^[\x20-\x5b\x5d-\x7e]*$/.test(path)) return undefined;
    const names = path.split("/");
    if (path.startsWith("/") || names.includes("..")) continue;
    const inside = names.filter((one, at) => one !== "." && (one !== "" || at === 0)).slice(1);
    if (inside.length === 0) continue;
    const whole = `${prefix}/${inside.join("/")}`;
    if (is === "folder") {
      if (parts.has(`${whole}/`)) return undefined;
      addFolders(`${whole}/`);
      continue;
    }
    addFolders(whole);
    if (parts.has(whole) || parts.has(`${whole}/`)) return undefined;
    const isLink = is === "link";
    const bits = isLink ? 0o120777 : (mode & 0o111) === 0 ? 0o100644 : 0o100755;
    parts.set(whole, { path: whole, mode: bits, content: isLink ? Buffer.from(target) : content });
  }
  return [...parts.values()];
}

/** 22 June 1984, 21:50, as zip archives write it. */
const [time, date] = [0xae40, 0x08d6];

function headersOf({ path, mode, content }: Part, offset: number) {
  const name = Buffer.from(path);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(path.endsWith("/") ? 20 : 10, 4);
  local.writeUInt16LE(time, 10);
  local.writeUInt16LE(date, 12);
  local.writeUInt32LE(crc32(content), 14);
  local.writeUInt32LE(content.length, 18);
  local.writeUInt32LE(content.length, 22);
  local.writeUInt16LE(name.length, 26);
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  // Made on Unix, by version 6.3.
  record.writeUInt16LE(0x033f, 4);
  local.copy(record, 6, 4, 30);
  record.writeUInt32LE((mode << 16) >>> 0, 38);
  record.writeUInt32LE(offset, 42);
  return { local: Buffer.concat([local, name]), record: Buffer.concat([record, name]) };
}

function endOf(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
