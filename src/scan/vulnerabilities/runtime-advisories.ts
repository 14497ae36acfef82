/**
 * What the releases of .NET say they fix, as advisories of the runtime: older releases have no other machine-readable
 * word. What an advisory of .NET already names is left to it.
 */
import type { Advisory, AdvisoryKnowledge, AffectedRange, RuntimeRelease } from "#model/advisory.ts";

export const netRuntime = "Microsoft.NETCore.App";
export const netSdk = "Microsoft.NET.Sdk";
const ofDotnet = [netRuntime, "Microsoft.AspNetCore.App", "Microsoft.WindowsDesktop.App", netSdk];

export function runtimeAdvisories(knowledge: AdvisoryKnowledge): readonly Advisory[] {
  const named = new Set(
    ofDotnet.flatMap((name) => knowledge.advisoriesOf(".NET", name).flatMap(({ id, aliases }) => [id, ...aliases])),
  );
  const byCve = new Map<string, Fixed[]>();
  for (const one of knowledge.runtimes.flatMap(fixesOf)) {
    if (named.has(one.cve)) continue;
    const others = byCve.get(one.cve);
    if (others) others.push(one);
    else byCve.set(one.cve, [one]);
  }
  return [...byCve].map(([cve, fixes]) => advisoryOf(cve, fixes));
}

interface Fixed {
  readonly cve: string;
  readonly channel: string;
  readonly version: string;
  readonly released?: string;
}

/** The oldest release of each channel that names a vulnerability is the one that fixes it. */
function fixesOf({ channel, releases }: RuntimeRelease): readonly Fixed[] {
  const oldest = new Map<string, Fixed>();
  for (const { version, released, fixes } of releases) {
    const about = { channel, version, ...(released !== undefined && { released }) };
    for (const cve of fixes) oldest.set(cve, { cve, ...about });
  }
  return [...oldest.values()];
}

function advisoryOf(cve: string, fixes: readonly Fixed[]): Advisory {
  const versions = fixes.map(({ version }) => version);
  const [published] = fixes.flatMap(({ released }) => released ?? []).toSorted();
  const ranges = fixes.map(
    ({ channel, version }): AffectedRange => ({ events: [{ introduced: `${channel}.0-0` }, { fixed: version }] }),
  );
  return {
    id: cve,
    aliases: [],
    isMalicious: false,
    title: `Weakness that .NET ${versions.join(" and ")} fixes`,
    ...(published !== undefined && { published }),
    vectors: [],
    weaknesses: [],
    references: [`https://msrc.microsoft.com/update-guide/vulnerability/${cve}`],
    affected: [{ ranges, versions: [] }],
    source: "dotnet/core (MIT)",
  };
}
