/** Reads the regular files out of a small tar archive in memory; anything but files and folders is refused. */
export interface TarFile {
  readonly path: string;
  readonly executable: boolean;
  readonly bytes: Uint8Array;
}

const blockSize = 512;

export function untar(archive: Buffer): TarFile[] {
  const files: TarFile[] = [];
  for (let at = 0; at + blockSize <= archive.length; ) {
    const header = archive.subarray(at, at + blockSize);
    if (header[0] === 0) break;
    const name = field(header, 0, 100);
    const prefix = field(header, 345, 155);
    const path = prefix === "" ? name : `${prefix}/${name}`;
    const size = Number.parseInt(field(header, 124, 12), 8);
    const kind = field(header, 156, 1);
    if (path.startsWith("/") || path.split("/").includes(".."))
      throw new Error(`the archive leaves its folder: ${path}`);
    at += blockSize;
    if (kind === "0" || kind === "") {
      const mode = Number.parseInt(field(header, 100, 8), 8);
      files.push({ path, executable: (mode & 0o100) !== 0, bytes: archive.subarray(at, at + size) });
    } else if (kind !== "5") {
      throw new Error(`the archive holds something that is no file: ${path}`);
    }
    at += Math.ceil(size / blockSize) * blockSize;
  }
  return files;
}

function field(header: Buffer, start: number, length: number): string {
  return header
    .toString("utf8", start, start + length)
    .split("\0", 1)[0]!
    .trim();
}
