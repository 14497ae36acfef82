/** Writes tar archives as tests need them: plain entries, and those that only other types than files have. */
export interface TarInput {
  readonly path: string;
  readonly content?: string | Uint8Array;
  readonly type?: string;
  readonly prefix?: string;
}

export function writeTar(entries: readonly TarInput[]): Buffer {
  return Buffer.concat([...entries.flatMap(partsOf), Buffer.alloc(1024)]);
}

function partsOf({ path, content = "", type = "0", prefix = "" }: TarInput): readonly Buffer[] {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(path, 0, 100);
  header.write("0000644\0", 100);
  header.write(`${bytes.length.toString(8).padStart(11, "0")}\0`, 124);
  header.write(" ".repeat(8), 148);
  header.write(type, 156);
  header.write("ustar\u000000", 257);
  header.write(prefix, 345, 155);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
}

/** A line of pax attributes with its own length before it. */
export function paxLine(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + 1;
  while (length !== rest + String(length).length) length = rest + String(length).length;
  return `${length} ${key}=${value}\n`;
}
