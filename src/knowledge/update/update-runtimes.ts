/** Brings the release metadata of .NET up to date: the list of channels, each channel's releases, and what each month disclosed. */
import { existsSync, readFileSync } from "node:fs";
import type { RuntimeRelease } from "#model/advisory.ts";
import { type Loose, looseList, looseObject, looseText, parseLoose } from "../loose-json.ts";
import { runtimeRecords } from "../runtimes/runtime-records.ts";
import { listChannels, readRuntimeReleases } from "../runtimes/runtime-releases.ts";
import type { SourceParts } from "./source-parts.ts";

const limit = 64 * 1024 ** 2;
const channelsName = "releases-index.json";

export async function fetchRuntimes(parts: SourceParts): Promise<string | undefined> {
  if ((await parts.fetch(channelsName, { limit })) === "missing") throw new Error(`there is no ${channelsName}`);
  const absent: string[] = [];
  const want = async (name: string) => {
    const got = await parts.fetch(name, { limit });
    if (got === "missing") absent.push(name);
    return got !== "missing";
  };
  for (const channel of listChannels(readPart(parts, channelsName)))
    await want(`${looseText(channel["channel-version"]) ?? ""}/releases.json`);
  if (await want("timeline/index.json")) {
    for (const year of yearsOf(readPart(parts, "timeline/index.json"))) {
      if (!(await want(`timeline/${year}/index.json`))) continue;
      for (const month of monthsOf(readPart(parts, `timeline/${year}/index.json`))) {
        await want(`timeline/${year}/${month}/cve.json`);
      }
    }
  }
  return absent.length === 0 ? undefined : `${absent.length} files are missing, first ${absent[0]}`;
}

function yearsOf(timeline: Loose): readonly string[] {
  const years = looseList(looseObject(timeline._embedded).years).map(looseObject);
  return years.map(({ year }) => String(year)).filter((year) => /^20\d\d$/.test(year));
}

/** The months that disclosed something. */
function monthsOf(year: Loose): readonly string[] {
  return looseList(looseObject(year._embedded).months)
    .map(looseObject)
    .filter((month) => "cve-json" in looseObject(month._links))
    .map(({ month }) => String(month))
    .filter((month) => /^(0[1-9]|1[0-2])$/.test(month));
}

export function makeRuntimes(parts: Pick<SourceParts, "parts" | "pathOf">): readonly RuntimeRelease[] {
  const channels = readPart(parts, channelsName);
  const released = new Map<string, Loose>();
  for (const name of Object.keys(parts.parts)) {
    const channel = /^([\d.]+)\/releases\.json$/.exec(name)?.[1];
    if (channel !== undefined) released.set(channel, readPart(parts, name));
  }
  return readRuntimeReleases(channels, released);
}

export function makeRuntimeRecords(parts: Pick<SourceParts, "parts" | "pathOf">): readonly object[] {
  const months = Object.keys(parts.parts).filter((name) => name.endsWith("/cve.json"));
  return months.sort().flatMap((name) => runtimeRecords(readPart(parts, name)));
}

function readPart(parts: Pick<SourceParts, "pathOf">, name: string): Loose {
  const path = parts.pathOf(name);
  return (existsSync(path) ? parseLoose(readFileSync(path, "utf8")) : undefined) ?? {};
}
