/** What a lock file of npm must write down of one version: from the packument of its registry. Wrong shapes count as absent. */
import type { PublishedVersion } from "#model/fix-plan.ts";
import { type Loose, looseObject, looseText } from "../loose-json.ts";

/** What an entry of a lock file repeats, beside the checksum and the dependencies. */
const repeated = [
  ...["peerDependencies", "peerDependenciesMeta", "optionalDependencies", "bundleDependencies", "funding", "engines"],
  ...["os", "cpu", "libc", "license", "hasInstallScript", "bin", "deprecated"],
] as const;

const mostDependencies = 1000;
const integrity = /^sha(?:256|384|512)-[A-Za-z0-9+/]{16,88}={0,2}$/;

/** Undefined if the registry does not have the version, or tells no checksum that a lock file takes. */
export function readPublished(packument: Loose, version: string): PublishedVersion | undefined {
  const versions = looseObject(packument.versions);
  if (!Object.hasOwn(versions, version)) return undefined;
  const written = looseObject(versions[version]);
  const { dist } = written;
  const sum = looseText(looseObject(dist).integrity);
  if (sum === undefined || !integrity.test(sum)) return undefined;
  const resolved = looseText(looseObject(dist).tarball);
  const license = looseText(written.license) ?? looseText(looseObject(written.license).type);
  const entry = Object.fromEntries(
    repeated.flatMap((key) => (written[key] === undefined ? [] : [[key, written[key]] as const])),
  );
  return {
    integrity: sum,
    ...(resolved !== undefined && { resolved }),
    dependencies: textsOf(looseObject(written.dependencies)),
    entry: license === undefined ? entry : { ...entry, license },
    ...(license !== undefined && { licenses: [license] }),
  };
}

function textsOf(object: Loose): Readonly<Record<string, string>> {
  const pairs = Object.entries(object).slice(0, mostDependencies);
  return Object.fromEntries(pairs.flatMap(([name, range]) => (typeof range === "string" ? [[name, range]] : [])));
}
