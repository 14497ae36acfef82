/** Reads what a Composer repository says of one package: versions, of which each tells only how it differs from the one before. */
import type { PublishedVersion } from "#model/fix-plan.ts";
import type { VersionFacts } from "#model/package-facts.ts";
import { type Loose, looseList, looseObject, looseText, looseTexts, parseLoose } from "../loose-json.ts";
import { withPlausibleDates } from "./plausible-dates.ts";
import type { PartFacts } from "./source-part.ts";

const most = { versions: 10_000, licenses: 50, requirements: 1000 };
const unset = "__unset";

/** Where the repository has the metadata of a package, with `%package%` in it; undefined if it does not say. */
export function metadataAddress(root: string, text: string): string | undefined {
  const written = looseText(parseLoose(text)?.["metadata-url"]);
  if (written?.includes("%package%") !== true) return undefined;
  const marked = written.replace("%package%", "-package-");
  return URL.canParse(marked, root) ? new URL(marked, root).href.replace("-package-", "%package%") : undefined;
}

/** Newest first, as the repository has them. */
export function versionsIn(text: string, name: string): readonly Loose[] {
  const answer = parseLoose(text) ?? {};
  const written = looseObject(answer.packages)[name];
  const all = looseList(written).slice(0, most.versions).map(looseObject);
  if (answer.minified !== "composer/2.0") return all;
  let whole: Loose = {};
  return all.map((one) => {
    const entries = Object.entries({ ...whole, ...one }).filter(([, value]) => value !== unset);
    whole = Object.fromEntries(entries);
    return whole;
  });
}

export function readComposerFacts(versions: readonly Loose[]): PartFacts {
  const facts = versions.flatMap(({ version, time, license }): readonly VersionFacts[] => {
    const [written, published] = [looseText(version), looseText(time)];
    if (written === undefined) return [];
    const licenses = looseTexts(license, most.licenses);
    return [
      {
        version: plain(written),
        ...(published !== undefined && { published }),
        ...(licenses.length > 0 && { licenses }),
      },
    ];
  });
  const abandoned = versions[0]?.abandoned;
  const replacement = looseText(abandoned);
  return {
    versions: withPlausibleDates(facts),
    ...((abandoned === true || replacement !== undefined) && {
      abandoned: { reason: "", ...(replacement !== undefined && { replacement }) },
    }),
  };
}

/** Undefined if the repository does not have the version. */
export function readPublishedPackage(versions: readonly Loose[], version: string): PublishedVersion | undefined {
  const entry = versions.find((one) => plain(looseText(one.version) ?? "") === plain(version));
  if (!entry) return undefined;
  const licenses = looseTexts(entry.license, most.licenses);
  const requires = Object.entries(looseObject(entry.require)).slice(0, most.requirements);
  return {
    entry,
    dependencies: Object.fromEntries(
      requires.flatMap(([name, range]) => (typeof range === "string" ? [[name, range]] : [])),
    ),
    ...(licenses.length > 0 && { licenses }),
  };
}

function plain(version: string): string {
  return version.replace(/^v(?=\d)/i, "");
}
