/**
 * What readers found, without what gives access: users, passwords and signed queries of addresses. Manifests and problems
 * are kept and shown, and whoever reads one format need not think of it.
 */
import type { Manifest, PackageSource, PackageUse } from "#model/package-manifest.ts";

const address = /([a-z][a-z\d+.-]{0,40}:\/\/)(?:([^\s/]*)@)?([^\s?#"'`]*)(?:\?[^\s#"'`]*)?/gi;

/** Addresses may stand anywhere in the text. */
export function withoutAccess(text: string): string {
  if (!text.includes("://")) return text;
  return text.replace(address, (_, scheme: string, user: string | undefined, rest: string) => {
    const isAccount = user !== undefined && (user === "git" || (/ssh:/i.test(scheme) && /^[\w.-]+$/.test(user)));
    return `${scheme}${isAccount ? `${user}@` : ""}${rest}`;
  });
}

const longestShown = 100;

/** The beginning of a text as a message may show it. Cut only then: of half an address nobody knows what gives access. */
export function shownText(text: string): string {
  return withoutAccess(text.slice(0, 20 * longestShown)).slice(0, longestShown);
}

export function manifestWithoutAccess(manifest: Manifest): Manifest {
  const { packages, feeds } = manifest;
  return {
    ...manifest,
    packages: packages.some(hasAddress) ? packages.map(useWithoutAccess) : packages,
    ...(feeds && { feeds: feeds.map((feed) => ({ ...feed, address: withoutAccess(feed.address) })) }),
  };
}

function hasAddress({ name, version, requirement, registry, source }: PackageUse): boolean {
  return source !== undefined || [name, version, requirement, registry].some((text) => text?.includes("://") === true);
}

function useWithoutAccess(use: PackageUse): PackageUse {
  if (!hasAddress(use)) return use;
  const { name, version, requirement, registry, source } = use;
  return {
    ...use,
    name: withoutAccess(name),
    ...(version !== undefined && { version: withoutAccess(version) }),
    ...(requirement !== undefined && { requirement: withoutAccess(requirement) }),
    ...(registry !== undefined && { registry: withoutAccess(registry) }),
    ...(source && { source: sourceWithoutAccess(source) }),
  };
}

function sourceWithoutAccess(source: PackageSource): PackageSource {
  return source.is === "path"
    ? { ...source, path: withoutAccess(source.path) }
    : { ...source, url: withoutAccess(source.url) };
}
