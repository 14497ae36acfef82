/**
 * Reads the release metadata of .NET (`releases-index.json` and each channel's `releases.json`): what was released when, with
 * which SDKs, against which vulnerabilities, and until when it is supported.
 */
import type { RuntimeRelease } from "#model/advisory.ts";
import { type Loose, looseList, looseObject, looseText, looseTexts } from "../loose-json.ts";

const most = { channels: 100, releases: 1000, sdks: 50, fixes: 200 };

/** The channels that the list of channels names. */
export function listChannels(releasesIndex: Loose): readonly Loose[] {
  return looseList(releasesIndex["releases-index"])
    .slice(0, most.channels)
    .map(looseObject)
    .filter((channel) => /^\d{1,3}\.\d{1,3}$/.test(String(channel["channel-version"])));
}

/** `released`: by channel, its `releases.json`; a channel without has no single releases. */
export function readRuntimeReleases(
  releasesIndex: Loose,
  released: ReadonlyMap<string, Loose>,
): readonly RuntimeRelease[] {
  return listChannels(releasesIndex).map((channel) => {
    const version = String(channel["channel-version"]);
    const latestSdk = looseText(channel["latest-sdk"]);
    const endOfLife = looseText(channel["eol-date"]);
    const type = looseText(channel["release-type"]);
    return {
      channel: version,
      latest: looseText(channel["latest-runtime"]) ?? looseText(channel["latest-release"]) ?? version,
      ...(latestSdk !== undefined && { latestSdk }),
      ...(endOfLife !== undefined && { endOfLife }),
      ...(type !== undefined && { isLongTerm: type === "lts" }),
      releases: looseList(released.get(version)?.releases).slice(0, most.releases).map(looseObject).map(releaseOf),
    };
  });
}

function releaseOf(release: Loose): RuntimeRelease["releases"][number] {
  const runtime = looseText(looseObject(release.runtime).version);
  const date = looseText(release["release-date"]);
  const sdks = looseList(release.sdks).slice(0, most.sdks).map(looseObject);
  const versions = [looseObject(release.sdk), ...sdks].flatMap((sdk) => looseText(sdk.version) ?? []);
  const cves = looseList(release["cve-list"]).slice(0, most.fixes).map(looseObject);
  return {
    version: runtime ?? looseText(release["release-version"]) ?? "",
    ...(date !== undefined && { released: date }),
    sdks: [...new Set(versions)],
    fixes: looseTexts(
      cves.map((cve) => cve["cve-id"]),
      most.fixes,
    ),
  };
}
