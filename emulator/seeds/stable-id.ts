/** Ids that a seed gives the same thing each time, so that a restarted demo finds what it knew. */
import { createHash } from "node:crypto";

export function stableId(name: string): string {
  const hash = createHash("sha256").update(`sallyport seed ${name}`).digest("hex");
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
