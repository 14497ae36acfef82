/** Runtimes and SDKs of .NET that projects, images and pipelines name and that get no more fixes. */
import type { RuntimeRelease } from "#model/advisory.ts";
import type { Finding } from "#model/finding.ts";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { JudgeContext } from "../package-judge.ts";
import { fingerprintOf } from "../packages/fingerprint-of.ts";
import { packageReference } from "../packages/package-reference.ts";
import { purlOf } from "../packages/purl.ts";
import { compareVersions } from "../packages/versions.ts";
import { unsupportedRuntime } from "./rules.ts";

export function unsupportedRuntimes(manifest: Manifest, { knowledge, today }: JudgeContext): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const use of manifest.packages) {
    if (use.ecosystem !== ".NET" || use.relation === "root" || use.relation === "workspace") continue;
    const line = use.name === netFramework ? frameworkLine(use) : coreLine(use, knowledge.runtimes);
    if (!line || line.ended >= today) continue;
    // A project's runtimes end together: the first one speaks for all.
    const key = `${line.name}\n${isSdk(use)}`;
    const before = found.get(key);
    if (!before || (before.package?.isDevelopment === true && !use.isDevelopment))
      found.set(key, findingOf(use, line, manifest, knowledge.runtimes, today));
  }
  return [...found.values()];
}

function isSdk({ name }: PackageUse): boolean {
  return name === "Microsoft.NET.Sdk";
}

interface SupportLine {
  readonly name: string;
  /** ISO date. */
  readonly ended: string;
}

/** Where the SDK may be any newer one, the one that is named says nothing. */
const anyNewer = /rollForward: (?:latestM|m)(?:ajor|inor)\b/i;

function coreLine(
  { version, requirement = "" }: PackageUse,
  runtimes: readonly RuntimeRelease[],
): SupportLine | undefined {
  if (version === undefined && anyNewer.test(requirement)) return undefined;
  const [, major, minor] = /^\s*(\d{1,3})(?:\.(?:(\d{1,3})(?!\d)|[x*]))?/.exec(version ?? requirement) ?? [];
  if (major === undefined) return undefined;
  const inMajor = runtimes.filter(({ channel }) => channel.startsWith(`${major}.`));
  // Without a minor number it is the newest.
  const line =
    minor === undefined
      ? inMajor.toSorted((a, b) => compareVersions(".NET", b.channel, a.channel))[0]
      : inMajor.find(({ channel }) => channel === `${major}.${minor}`);
  const ended = line?.endOfLife;
  return line && ended !== undefined ? { name: `.NET ${line.channel}`, ended } : undefined;
}

const netFramework = ".NET Framework";

/** Last days of support as Microsoft's lifecycle pages name them. What is not here is supported or too old to be sure. */
const frameworkEnds: Readonly<Record<string, string>> = {
  "4.0": "2016-01-12",
  "4.5": "2016-01-12",
  "4.5.1": "2016-01-12",
  "4.5.2": "2022-04-26",
  "4.6": "2022-04-26",
  "4.6.1": "2022-04-26",
  "4.6.2": "2027-01-12",
  "3.5": "2029-01-09",
};

function frameworkLine({ version, requirement }: PackageUse): SupportLine | undefined {
  const written = (version ?? requirement ?? "").trim().replace(/^v/i, "");
  const ended = Object.hasOwn(frameworkEnds, written) ? frameworkEnds[written] : undefined;
  return ended === undefined ? undefined : { name: `${netFramework} ${written}`, ended };
}

function findingOf(
  use: PackageUse,
  { name, ended }: SupportLine,
  manifest: Manifest,
  runtimes: readonly RuntimeRelease[],
  today: string,
): Finding {
  const { ecosystem, isDevelopment, at } = use;
  const isFramework = use.name === netFramework;
  const next = isFramework ? undefined : nextLine(name.slice(".NET ".length), runtimes, today);
  const instead = isFramework
    ? "; a newer .NET Framework takes its place where it is installed, so build for that one"
    : next === undefined
      ? ""
      : `; .NET ${next} is supported`;
  return {
    rule: unsupportedRuntime,
    aliases: [],
    // What is built for an older .NET Framework runs on the newest one of the machine.
    severity: isFramework ? "low" : isDevelopment ? "medium" : "high",
    message: `${name} gets no more security fixes since ${ended}${instead}`,
    at,
    fingerprint: fingerprintOf([
      unsupportedRuntime,
      purlOf({ ecosystem, name: isSdk(use) ? `${name} SDK` : name }),
      manifest.path,
    ]),
    package: packageReference(manifest, use, { version: use.version, isDevelopment }),
  };
}

/** The supported one that lasts longest. */
function nextLine(channel: string, runtimes: readonly RuntimeRelease[], today: string): string | undefined {
  return runtimes
    .filter((one) => one.endOfLife !== undefined && one.endOfLife > today)
    .filter((one) => compareVersions(".NET", one.channel, channel) > 0)
    .toSorted((a, b) => (b.endOfLife ?? "").localeCompare(a.endOfLife ?? ""))[0]?.channel;
}
