/** Manifests without what gives access to an address: they are kept and shown, and whoever reads a format need not think of it. */
import type { Manifest, PackageSource, PackageUse } from "#model/package-manifest.ts";
import { withoutAccess } from "../formats/without-access.ts";

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
