/** The fingerprint of a finding about a package: the same for the same parts. No part may be what can change while the problem stays. */
import { createHash } from "node:crypto";

export function fingerprintOf(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("hex");
}
