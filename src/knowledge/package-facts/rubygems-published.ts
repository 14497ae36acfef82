/** Reads what a compact index of RubyGems says of one gem: a line for each version and platform. */
import type { PublishedGem, PublishedVersion } from "#model/fix-plan.ts";
import type { VersionFacts } from "#model/package-facts.ts";
import type { PartFacts } from "./source-part.ts";

const most = { lines: 50_000, requirements: 1000 };

interface GemLine {
  readonly version: string;
  readonly gem: PublishedGem;
}

export function readGemFacts(text: string): PartFacts {
  const versions = new Map<string, VersionFacts>();
  for (const { version, gem } of linesOf(text)) {
    const integrity = gem.platform === "ruby" ? gem.sha256 : undefined;
    versions.set(version, { ...versions.get(version), version, ...(integrity !== undefined && { integrity }) });
  }
  return { versions: [...versions.values()] };
}

/** Undefined if it does not have the version. */
export function readPublishedGem(text: string, version: string): PublishedVersion | undefined {
  const gems = linesOf(text).flatMap((line) => (line.version === version ? [line.gem] : []));
  return gems.length === 0 ? undefined : { gems };
}

/** `1.0.0-java name:>= 1.0&< 2,other:>= 0|checksum:0a1b,ruby:>= 2.7` */
function linesOf(text: string): readonly GemLine[] {
  const all = text.split("\n", most.lines);
  return all.slice(all.indexOf("---") + 1).flatMap((line) => {
    const [, version, platform = "ruby", needs = "", requires = ""] =
      /^([^\s-]+)(?:-(\S+))? ([^|]*)(?:\|(.*))?$/.exec(line) ?? [];
    if (version === undefined) return [];
    const { checksum, ...rest } = requirementsIn(requires);
    const sha256 = checksum !== undefined && /^[0-9a-f]{64}$/.test(checksum) ? checksum : undefined;
    const gem = {
      platform,
      ...(sha256 !== undefined && { sha256 }),
      dependencies: requirementsIn(needs),
      requires: rest,
    };
    return [{ version, gem }];
  });
}

function requirementsIn(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(",", most.requirements).map((one) => {
    const colon = one.indexOf(":");
    return [one.slice(0, Math.max(0, colon)).trim(), one.slice(colon + 1)] as const;
  });
  return Object.fromEntries(pairs.filter(([name]) => name !== ""));
}
