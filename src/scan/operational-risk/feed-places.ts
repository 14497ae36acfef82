/** What the address of a feed tells by itself: whether it looks private, and whether two of them are one place. */
import type { Feed } from "#model/package-manifest.ts";
import { foreignWords } from "./foreign-words.ts";

type Address = Pick<Feed, "address">;

export function nameOf({ name, address }: Pick<Feed, "name" | "address">): string {
  return foreignWords(name !== undefined && name !== "" ? name : hostOf(address));
}

export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

export function isAzureArtifacts({ address }: Address): boolean {
  return /^(?:[\w-]+\.)?pkgs\.(?:dev\.azure|visualstudio)\.com$/.test(hostOf(address));
}

/** Hosts within a network, and products that companies run for their own packages. */
export function looksPrivate(feed: Address): boolean {
  const host = hostOf(feed.address);
  const isWithin =
    !host.includes(".") || /(?:\.(?:local|lan|internal|intranet|corp|home)|^[\d.]+)(?::\d+)?$/.test(host);
  return (
    isAzureArtifacts(feed) ||
    isWithin ||
    /artifactory|nexus|proget|jfrog|verdaccio|baget/i.test(feed.address.slice(0, 2000))
  );
}

/** npm asks the configured registry instead where a lock file names its own (`replace-registry-host`). */
export function isNpmOwn(address: string): boolean {
  return /(?:^|\.)npmjs\.(?:org|com)$/.test(hostOf(address));
}

/** Undefined for what only a build knows: `https://$HOST/simple`, `${REGISTRY}`. */
export function placeOf(address: string): string | undefined {
  if (address.length > 2000 || !/^https?:/i.test(address) || /[$%{]/.test(address) || !URL.canParse(address))
    return undefined;
  const { hostname, pathname } = new URL(address);
  const organization = /^(?:([\w-]+)\.)?pkgs\.(?:dev\.azure|visualstudio)\.com$/.exec(hostname);
  if (organization) return `azure ${(organization[1] ?? pathname.split("/")[1] ?? "").toLowerCase()}`;
  // Tarballs may lie on a host beside the registry's.
  return hostname.includes(":") || /^[\d.]+$/.test(hostname) ? hostname : hostname.split(".").slice(-2).join(".");
}
