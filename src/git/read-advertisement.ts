/** Reads what a remote advertises: its refs, and the bytes that git itself wants to read them from. */
import { readPacket } from "./packet-lines.ts";

export interface Advertisement {
  /** Object by full ref name; peeled tags are left out. */
  readonly refs: ReadonlyMap<string, string>;
  /** Without the line that names the service. */
  readonly raw: Buffer;
}

/** Undefined if it is anything but a plain list of protocol v0 or v1 with names that fit in a line. */
export function readAdvertisement(bytes: Buffer): Advertisement | undefined {
  try {
    return readPackets(bytes);
  } catch {
    return undefined;
  }
}

function readPackets(bytes: Buffer): Advertisement | undefined {
  const service = readPacket(bytes, 0);
  if (!service?.payload?.toString("latin1").startsWith("# service=git-upload-pack")) return undefined;
  const flush = readPacket(bytes, service.end);
  if (!flush || flush.payload) return undefined;
  const refs = new Map<string, string>();
  for (let at = flush.end; ; ) {
    const packet = readPacket(bytes, at);
    if (!packet) return undefined;
    at = packet.end;
    if (!packet.payload) return at === bytes.length ? { refs, raw: bytes.subarray(flush.end) } : undefined;
    const [line = ""] = packet.payload.toString("utf8").replace(/\n$/, "").split("\0");
    const match = /^([0-9a-f]{40}) (\S+)$/.exec(line);
    // Without branches a remote names its abilities in a line of zeros; "version 1" precedes a list of protocol v1.
    if (!match) return undefined;
    const [, objectId = "", name = ""] = match;
    if (/[\p{Cc}\ufffd]/u.test(name)) return undefined;
    if (name.startsWith("refs/") && !name.endsWith("^{}")) refs.set(name, objectId);
  }
}
