/** Which order an ecosystem's versions have, and versions read once: a sort or an index asks for the same ones again and again. */
import type { Ecosystem } from "#model/ecosystem.ts";
import { composerRangeText } from "./composer-range-text.ts";
import { debianOrder } from "./debian-order.ts";
import { gemOrder } from "./gem-order.ts";
import { mavenOrder } from "./maven-order.ts";
import { naturalOrder } from "./natural-order.ts";
import { nugetOrder } from "./nuget-order.ts";
import { numberListOrder } from "./number-list-order.ts";
import { pep440Order } from "./pep440-order.ts";
import { phpOrder } from "./php-order.ts";
import { semverOrder, semverOrderWithBuilds } from "./semver-order.ts";
import type { VersionOrder } from "./version-order.ts";

const semver = cached(semverOrder);
const natural = cached(naturalOrder);
const gem = cached(gemOrder);
const numberList = cached(numberListOrder);
const semverWithBuilds = cached(semverOrderWithBuilds);

const orders: Readonly<Record<Ecosystem, VersionOrder>> = {
  NuGet: cached(nugetOrder),
  npm: semver,
  PyPI: cached(pep440Order),
  Maven: cached(mavenOrder),
  Go: semver,
  "crates.io": semver,
  RubyGems: gem,
  Packagist: cached(phpOrder),
  Pub: semverWithBuilds,
  Hex: semver,
  SwiftURL: semver,
  ConanCenter: natural,
  CRAN: numberList,
  Hackage: numberList,
  Julia: semverWithBuilds,
  opam: cached(debianOrder),
  "GitHub Actions": semver,
  ".NET": semver,
  CocoaPods: gem,
  CPAN: natural,
  "Azure Pipelines": semver,
  Docker: natural,
  Deno: semver,
  Conda: natural,
  Generic: natural,
};

export function orderOf(ecosystem: Ecosystem): VersionOrder {
  return orders[ecosystem];
}

const composerRanges = cached({ ...phpOrder, parse: (text) => phpOrder.parse(composerRangeText(text)) });

const pythonRanges = cached({
  ...pep440Order,
  // `2.6.0+cu124` is a build of 2.6.0: what is said of that is meant of it, unless the bound names a build itself.
  compare: (version, bound) =>
    pep440Order.compare(
      version.local.length > 0 && bound.local.length === 0 ? { ...version, local: [] } : version,
      bound,
    ),
});

/** As ranges see versions: Composer's are brought to one form first, and Python's builds are what they are builds of. */
export function rangeOrderOf(ecosystem: Ecosystem): VersionOrder {
  if (ecosystem === "PyPI") return pythonRanges;
  return ecosystem === "Packagist" ? composerRanges : orders[ecosystem];
}

const mostKept = 50_000;
/** No version is longer; what follows is not read. */
const longest = 1000;

function cached<Parsed>(order: VersionOrder<Parsed>): VersionOrder {
  const kept = new Map<string, Parsed>();
  const parse = (text: string): Parsed => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const parsed = order.parse(text.length > longest ? text.slice(0, longest) : text);
    if (text.length > longest) return parsed;
    if (kept.size >= mostKept) kept.clear();
    kept.set(text, parsed);
    return parsed;
  };
  // What one order has read is only ever given to the same order.
  return { ...order, parse } as VersionOrder;
}
