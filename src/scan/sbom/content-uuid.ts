/** A UUID that stands for a text: the same for the same text (RFC 9562, version 5). */
import { createHash } from "node:crypto";

/** Names what these UUIDs are of; it may never change. */
const namespace = Buffer.from("6f0d3c1e8a5b4c7e9d2f41b6a7e85c30", "hex");

export function contentUuid(text: string): string {
  const bytes = createHash("sha1").update(namespace).update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Stands in a document until its content is known. */
export const noUuid = "00000000-0000-0000-0000-000000000000";
