/** Reads a crate's file in a sparse index of Cargo: a line of JSON for each version. Lines of newer forms are left out. */
import type { CrateDependency, PublishedVersion } from "#model/fix-plan.ts";
import type { VersionFacts } from "#model/package-facts.ts";
import { type Loose, looseList, looseObject, looseText, looseTexts, parseLoose } from "../loose-json.ts";
import { withPlausibleDates } from "./plausible-dates.ts";
import type { PartFacts } from "./source-part.ts";

const most = { versions: 10_000, dependencies: 1000, features: 2000, values: 2000 };
/** Forms of lines that are understood. */
const newest = 2;

/** Where the file of a crate lies under the index; undefined for what is no name of a crate. */
export function indexPath(name: string): string | undefined {
  if (!/^[A-Za-z_][\w-]{0,200}$/.test(name)) return undefined;
  const key = name.toLowerCase();
  if (key.length < 3) return `${key.length}/${key}`;
  return key.length === 3 ? `3/${key[0]}/${key}` : `${key.slice(0, 2)}/${key.slice(2, 4)}/${key}`;
}

export function readCrateFacts(text: string): PartFacts {
  const versions = linesOf(text).map(({ vers, pubtime, yanked, cksum }): VersionFacts => {
    const [published, integrity] = [looseText(pubtime), looseText(cksum)];
    return {
      version: looseText(vers) ?? "",
      ...(published !== undefined && { published }),
      ...(yanked === true && { withdrawn: "" }),
      ...(integrity !== undefined && { integrity }),
    };
  });
  return { versions: withPlausibleDates(versions) };
}

/** Undefined if the version is not there, or says what is not understood here. */
export function readPublishedCrate(text: string, name: string, version: string): PublishedVersion | undefined {
  const line = linesOf(text).find(({ vers }) => vers === version);
  if (!line || line.name !== name) return undefined;
  const sum = looseText(line.cksum);
  const dependencies = looseList(line.deps).map((one) => dependencyOf(looseObject(one)));
  const features = { ...looseObject(line.features), ...looseObject(line.features2) };
  const links = looseText(line.links);
  const isWhole = dependencies.length <= most.dependencies && Object.keys(features).length <= most.features;
  if (sum === undefined || !/^[0-9a-f]{64}$/.test(sum) || !isWhole || !dependencies.every((one) => one !== undefined))
    return undefined;
  return {
    integrity: sum,
    crate: {
      dependencies,
      features: Object.fromEntries(
        Object.entries(features).map(([feature, values]) => [feature, looseTexts(values, most.values)]),
      ),
      ...(links !== undefined && { links }),
      isYanked: line.yanked === true,
    },
  };
}

function linesOf(text: string): readonly Loose[] {
  // The oldest stand first.
  return text
    .trimEnd()
    .split("\n")
    .slice(-most.versions)
    .flatMap((written) => {
      const line = written === "" ? undefined : parseLoose(written);
      const { v = 1, vers } = line ?? {};
      return line && typeof v === "number" && v <= newest && looseText(vers) !== undefined ? [line] : [];
    });
}

function dependencyOf(written: Loose): CrateDependency | undefined {
  const { optional, default_features: usesDefault = true, registry = null, kind: section } = written;
  const [name, requirement] = [looseText(written.name), looseText(written.req)];
  // Older lines have none.
  const kind = section === null || section === undefined ? "normal" : section;
  if (name === undefined || requirement === undefined) return undefined;
  if (kind !== "normal" && kind !== "build" && kind !== "dev") return undefined;
  // Binaries as dependencies are not settled in Cargo itself.
  if (written.artifact !== undefined && written.artifact !== null) return undefined;
  return {
    ...{ name, crate: looseText(written.package) ?? name, requirement, kind },
    isOptional: optional === true,
    features: looseTexts(written.features, most.values),
    usesDefault: usesDefault === true,
    isElsewhere: registry !== null,
  };
}
