/** Reads what an npm registry says of a package: the packument, as the registry's documentation describes it. */
import type { VersionFacts } from "#model/package-facts.ts";
import { type Loose, looseList, looseObject, looseText } from "../loose-json.ts";
import { withPlausibleDates } from "./plausible-dates.ts";
import type { PartFacts } from "./source-part.ts";

const most = { versions: 10_000, maintainers: 1000 };

export function readPackument(packument: Loose): PartFacts {
  const times = looseObject(packument.time);
  const published = Object.entries(looseObject(packument.versions));
  // The oldest stand first.
  const all = published.slice(-most.versions).map(([version, written]) => [version, looseObject(written)] as const);
  // Proxies leave them out; where one version has some, those without have none.
  const tellsScripts = all.some(([, { scripts, hasInstallScript }]) => scripts ?? hasInstallScript);
  const versions = all.map(([version, written]) => versionFacts(version, written, { times, tellsScripts }));
  const maintainers = looseList(packument.maintainers).slice(0, most.maintainers).length;
  return {
    versions: withPlausibleDates([...versions, ...unpublished(times, new Set(published.map(([version]) => version)))]),
    ...abandonedOf(looseText(looseObject(packument["dist-tags"]).latest), versions),
    ...repositoryOf(packument, all),
    ...(maintainers > 0 && { maintainers: { count: maintainers } }),
  };
}

interface Told {
  readonly times: Loose;
  readonly tellsScripts: boolean;
}

function versionFacts(version: string, written: Loose, { times, tellsScripts }: Told): VersionFacts {
  const { deprecated, hasInstallScript } = written;
  const dist = looseObject(written.dist);
  const scripts = looseObject(written.scripts);
  const published = looseText(times[version]);
  const license = looseText(written.license) ?? looseText(looseObject(written.license).type);
  const integrity = looseText(dist.integrity);
  const publisher = looseText(looseObject(written._npmUser).name);
  const runs =
    hasInstallScript === true || ["preinstall", "install", "postinstall"].some((name) => looseText(scripts[name]));
  return {
    version,
    ...(published !== undefined && { published }),
    // An empty text takes a deprecation back.
    ...(typeof deprecated === "string" && deprecated !== "" && { deprecated }),
    ...(deprecated === true && { deprecated: "" }),
    ...(license !== undefined && { licenses: [license] }),
    ...(integrity !== undefined && { integrity }),
    ...(tellsScripts && { runsInstallScript: runs }),
    // Who passes signatures on passes attestations on.
    ...(Array.isArray(dist.signatures) && { hasProvenance: dist.attestations !== undefined }),
    ...(publisher !== undefined && { publisher }),
  };
}

/** Their times stay. */
function unpublished(times: Loose, there: ReadonlySet<string>): readonly VersionFacts[] {
  return Object.entries(times)
    .filter(([version, time]) => /^\d/.test(version) && typeof time === "string" && !there.has(version))
    .slice(-most.versions)
    .map(([version, time]) => ({ version, published: String(time), withdrawn: "unpublished" }));
}

/** Whoever deprecates the version that everybody gets gives the package up. */
function abandonedOf(latest: string | undefined, versions: readonly VersionFacts[]): Pick<PartFacts, "abandoned"> {
  const reason = versions.find(({ version }) => version === latest)?.deprecated;
  return reason === undefined ? {} : { abandoned: { reason } };
}

function repositoryOf(
  packument: Loose,
  versions: readonly (readonly [string, Loose])[],
): Pick<PartFacts, "repository"> {
  const written = [packument, ...versions.slice(-1).map(([, one]) => one)].map(({ repository }) => repository);
  const [link] = written.flatMap((one) => looseText(one) ?? looseText(looseObject(one).url) ?? []);
  // Proxies that leave out who maintains it leave out more.
  return link === undefined && packument.maintainers === undefined ? {} : { repository: link ?? "" };
}
