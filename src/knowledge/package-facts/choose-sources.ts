/**
 * Which of the configured places are asked about a package. A name that may be private never goes to a public address: not
 * one that is said to be private, is marked as such or is settled to come from a private feed, and none at all of an ecosystem
 * for which a private feed without settled names is configured, unless it is said to be public. That holds also where the
 * registries themselves are not asked.
 */
import { askCargo } from "./ask-cargo.ts";
import { askComposer } from "./ask-composer.ts";
import { askDepsDev } from "./ask-deps-dev.ts";
import { askMaven } from "./ask-maven.ts";
import { askNuget } from "./ask-nuget.ts";
import { askPypi } from "./ask-pypi.ts";
import { askRubygems } from "./ask-rubygems.ts";
import type { AskSource } from "./ask-source.ts";
import { type FactsSources, matchesName, type RegistryFeed } from "./facts-sources.ts";
import type { AskedPackage } from "./source-part.ts";

const askFeed: Readonly<Record<RegistryFeed["ecosystem"], (feed: RegistryFeed) => AskSource>> = {
  NuGet: askNuget,
  PyPI: askPypi,
  Maven: askMaven,
  "crates.io": askCargo,
  RubyGems: askRubygems,
  Packagist: askComposer,
};

/** Registries first: of several that know a fact, the first counts. */
export type ChooseSources = (about: AskedPackage) => readonly AskSource[];

export async function chooseSources(sources: FactsSources): Promise<ChooseSources> {
  const { depsDev, npm, feeds = [], publicNames = [], privateNames = [], asksRegistries = true } = sources;
  const registries: readonly AskSource[] = [
    ...feeds.filter(isUsable).map((feed) => askFeed[feed.ecosystem](feed)),
    // npm's client is large: loaded only where it is used.
    ...(npm ? (await import("./ask-npm.ts")).npmSources(npm) : []),
  ];
  const all = [...registries, ...(depsDev === undefined ? [] : [askDepsDev(depsDev.replace(/\/$/, ""))])];
  const choose: ChooseSources = (about) => {
    const asked = all.filter((source) => source.answers(about));
    const owners = asked.filter((source) => source.owns(about));
    if (owners.length > 0) return owners;
    const matches = (patterns: readonly string[]) => patterns.some((pattern) => matchesName(pattern, about.name));
    const mayBePrivate = about.mayBePrivate === true || asked.some(({ isPublic }) => !isPublic);
    return matches(privateNames) || (mayBePrivate && !matches(publicNames))
      ? asked.filter(({ isPublic }) => !isPublic)
      : asked;
  };
  return asksRegistries ? choose : (about) => choose(about).filter((source) => !registries.includes(source));
}

function isUsable({ address }: RegistryFeed): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}
