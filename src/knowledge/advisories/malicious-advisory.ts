/** The advisory of a package that is malicious in all its versions: all that is kept of it is its number and two days. */
import type { Advisory } from "#model/advisory.ts";
import { everything } from "./affected-versions.ts";
import { malwareDatabase } from "./databases.ts";
import { unpackDay, unpackMalwareId } from "./file-layout.ts";

export function maliciousAdvisory(name: string, packedId: number, packedDays: number): Advisory {
  const id = unpackMalwareId(packedId);
  const published = unpackDay(packedDays >>> 16);
  const modified = unpackDay(packedDays & 0xffff);
  return {
    id,
    aliases: [],
    isMalicious: true,
    title: `Malicious code in ${name}`,
    ...(published !== undefined && { published }),
    ...(modified !== undefined && { modified }),
    vectors: [],
    severityWord: "critical",
    weaknesses: ["CWE-506"],
    references: [`https://osv.dev/vulnerability/${id}`],
    affected: [{ ranges: [everything], versions: [] }],
    source: malwareDatabase,
  };
}
