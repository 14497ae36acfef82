/** Chooses versions with what is known of the registries and of the releases of .NET; each package is looked at once. */
import type { AdvisoryKnowledge, RuntimeRelease } from "#model/advisory.ts";
import type { PackageKnowledge } from "#model/package-facts.ts";
import { type ChooseUpgrade, upgradesOf } from "./choose-upgrade.ts";
import type { KnownPackage } from "./package-advisories.ts";

export type PackageUpgrades = (known: KnownPackage) => ChooseUpgrade;

export function packageUpgrades(knowledge: AdvisoryKnowledge & PackageKnowledge): PackageUpgrades {
  const ready = new Map<KnownPackage, ChooseUpgrade>();
  return (known) => {
    const choose = ready.get(known) ?? upgradesOf(known, publishedOf(known, knowledge));
    ready.set(known, choose);
    return choose;
  };
}

function publishedOf({ ecosystem, key }: KnownPackage, knowledge: AdvisoryKnowledge & PackageKnowledge) {
  if (ecosystem === ".NET") return knowledge.runtimes.flatMap((channel) => releasesOf(channel, key));
  const versions = knowledge.factsOf(ecosystem, key)?.versions ?? [];
  return versions.filter(({ withdrawn }) => withdrawn === undefined).map(({ version }) => version);
}

function releasesOf({ releases }: RuntimeRelease, name: string): readonly string[] {
  return releases.flatMap(({ version, sdks }) => (name === "Microsoft.NET.Sdk" ? sdks : [version]));
}
