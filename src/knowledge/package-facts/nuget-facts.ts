/**
 * Reads what a NuGet feed says: the service index, registrations with their pages, the search. Shapes: "NuGet Server API",
 * Microsoft Learn.
 */
import type { VersionFacts } from "#model/package-facts.ts";
import { type Loose, looseList, looseObject, looseText } from "../loose-json.ts";
import { withPlausibleDates } from "./plausible-dates.ts";
import type { PartFacts } from "./source-part.ts";

export interface NugetResources {
  readonly registrations?: string;
  readonly search?: string;
  /** Where the packages themselves are. */
  readonly archives?: string;
}

/** The newest kind of each first: semantic versions 2 need it. */
const registrationKinds = ["/Versioned", "/3.6.0", "/3.4.0", "/3.0.0-rc", "/3.0.0-beta", ""];
const searchKinds = ["/Versioned", "/3.5.0", "/3.0.0-rc", "/3.0.0-beta", ""];

export function readServiceIndex(index: Loose): NugetResources {
  const resources = looseList(index.resources).slice(0, 500).map(looseObject);
  const find = (type: string, kinds: readonly string[]): string | undefined => {
    for (const kind of kinds) {
      const found = resources.find((one) => one["@type"] === `${type}${kind}`);
      const address = looseText(found?.["@id"]);
      if (address !== undefined && URL.canParse(address)) return address;
    }
    return undefined;
  };
  const registrations = find("RegistrationsBaseUrl", registrationKinds);
  const search = find("SearchQueryService", searchKinds);
  const archives = find("PackageBaseAddress", ["/Versioned", "/3.0.0"]);
  return {
    ...(registrations !== undefined && { registrations }),
    ...(search !== undefined && { search }),
    ...(archives !== undefined && { archives }),
  };
}

export function registrationAddress(resource: string, name: string): string {
  return `${resource.replace(/\/$/, "")}/${encodeURIComponent(name.toLowerCase())}/index.json`;
}

export function searchAddress(resource: string, name: string): string {
  const address = new URL(resource);
  for (const [key, value] of [
    ["q", `packageid:${name}`],
    ["prerelease", "true"],
    ["semVerLevel", "2.0.0"],
    ["take", "1"],
  ] as const)
    address.searchParams.set(key, value);
  return address.href;
}

const most = { pages: 200, leaves: 10_000 };

/** A part of a registration: entries, and the addresses of pages that hold further ones. */
export interface Registration {
  readonly entries: readonly Loose[];
  readonly pages: readonly string[];
}

export function readRegistration(answer: Loose): Registration {
  const items = looseList(answer.items).slice(0, most.leaves).map(looseObject);
  const pages = items.filter((one) => one.catalogEntry === undefined);
  return {
    entries: [
      ...items,
      ...pages.flatMap((page) => looseList(page.items).slice(0, most.leaves).map(looseObject)),
    ].flatMap(({ catalogEntry }) => (catalogEntry === undefined ? [] : [looseObject(catalogEntry)])),
    pages: pages
      .filter((page) => !Array.isArray(page.items))
      .flatMap((page) => looseText(page["@id"]) ?? [])
      // The oldest stand first.
      .slice(-most.pages),
  };
}

export function nugetFacts(entries: readonly Loose[], found: Loose | undefined): PartFacts {
  const versions = entries.slice(-most.leaves).flatMap(versionFacts);
  const last = entries.at(-1);
  const count = looseObject(found).totalDownloads;
  const owners = ownersOf(looseObject(found).owners);
  return {
    versions: withPlausibleDates(versions),
    ...abandonedOf(last),
    ...(typeof count === "number" && { downloads: { count, unit: "all time" } }),
    ...(owners > 0 && { maintainers: { count: owners } }),
  };
}

/** The search answers by likeness: another package is no answer. */
export function readSearch(answer: Loose, name: string): Loose | undefined {
  const [first] = looseList(answer.data).map(looseObject);
  return first && looseText(first.id)?.toLowerCase() === name.toLowerCase() ? first : undefined;
}

function ownersOf(owners: unknown): number {
  return typeof owners === "string" && owners !== "" ? owners.split(",").length : looseList(owners).length;
}

function versionFacts(entry: Loose): readonly VersionFacts[] {
  // Metadata of a build is no part of what tells versions apart.
  const version = looseText(entry.version)?.replace(/\+.*$/, "");
  if (version === undefined) return [];
  const published = looseText(entry.published);
  // Before there was a word for it, unlisting set the date back.
  const isUnlisted = entry.listed === false || published?.startsWith("1900-") === true;
  const license = looseText(entry.licenseExpression);
  const deprecation = entry.deprecation === undefined ? undefined : looseObject(entry.deprecation);
  return [
    {
      version,
      ...(published !== undefined && !published.startsWith("1900-") && { published }),
      ...(deprecation && { deprecated: wordsOf(deprecation) }),
      ...(isUnlisted && { withdrawn: "unlisted" }),
      ...(license !== undefined && { licenses: [license] }),
    },
  ];
}

function wordsOf(deprecation: Loose): string {
  const reasons = looseList(deprecation.reasons).filter((one) => typeof one === "string");
  const message = looseText(deprecation.message);
  const replacement = looseText(looseObject(deprecation.alternatePackage).id);
  return [message ?? reasons.join(", "), ...(replacement === undefined ? [] : [`use ${replacement}`])].join("; ");
}

function abandonedOf(newest: Loose | undefined): Pick<PartFacts, "abandoned"> {
  if (newest?.deprecation === undefined) return {};
  const deprecation = looseObject(newest.deprecation);
  // "CriticalBugs" is about the version.
  if (!looseList(deprecation.reasons).includes("Legacy")) return {};
  const replacement = looseText(looseObject(deprecation.alternatePackage).id);
  const reason = looseText(deprecation.message) ?? "legacy";
  return { abandoned: { reason, ...(replacement !== undefined && { replacement }) } };
}
