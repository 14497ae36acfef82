/** Git's wire format: each packet is its length in four hex digits, these included, and its bytes; `0000` is a flush. */

export const flushPacket = "0000";

export function packetLine(text: string): string {
  return `${(Buffer.byteLength(text) + 4).toString(16).padStart(4, "0")}${text}`;
}

export interface PacketAt {
  /** Absent: a flush. */
  readonly payload?: Buffer;
  /** Where the next packet begins. */
  readonly end: number;
}

/** Undefined if the bytes end before the packet does; throws if this is no packet. */
export function readPacket(bytes: Buffer, at: number): PacketAt | undefined {
  if (bytes.length < at + 4) return undefined;
  const digits = bytes.toString("latin1", at, at + 4);
  if (!/^[0-9a-f]{4}$/i.test(digits)) throw new Error("no packet of git's protocol");
  const length = Number.parseInt(digits, 16);
  if (length === 0) return { end: at + 4 };
  if (length < 4) throw new Error("no packet of git's protocol v0");
  if (bytes.length < at + length) return undefined;
  return { payload: bytes.subarray(at + 4, at + length), end: at + length };
}
