/** Azure DevOps Services with its many hosts, or Azure DevOps Server: one address, older versions, no Microsoft Entra ID. */
import type { Host } from "./route.ts";
import type { World } from "./world.ts";

export type Edition =
  | { readonly is: "services" }
  | {
      readonly is: "server";
      /** In front of the collection's name: `/tfs`. */
      readonly path: string;
      /** Newest released api-version: `6.0`. */
      readonly newestVersion: string;
    };

/** Where the areas of a host are reached. A server has one address for all. */
export function hostUrl(world: Pick<World, "baseUrl" | "edition">, host: string): string {
  if (world.edition.is === "server" || host === "dev.azure.com") return world.baseUrl;
  return `${world.baseUrl}/_hosts/${host}`;
}

/** Hosts whose areas a server has, too. */
const alsoOnServer: readonly Host[] = [
  "dev.azure.com",
  "vssps.dev.azure.com",
  "feeds.dev.azure.com",
  "pkgs.dev.azure.com",
  "extmgmt.dev.azure.com",
  "vsrm.dev.azure.com",
];

/** The hosts among whose routes a request to `host` may find its own. */
export function hostsBehind(world: World, host: Host): readonly Host[] {
  return world.edition.is === "server" ? alsoOnServer : [host];
}

/** The path after what stands in front of all collections; undefined where a request leads past the server. */
export function pathWithin(world: World, path: string): string | undefined {
  if (world.edition.is === "services" || path === "/_emulator" || path.startsWith("/_emulator/")) return path;
  const prefix = world.edition.path.toLowerCase();
  return path.toLowerCase().startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}

/** Newest released version, and newest one at all. */
export function versionsOf({ edition }: Pick<World, "edition">): {
  readonly released: string;
  readonly newest: string;
} {
  if (edition.is === "server") return { released: edition.newestVersion, newest: edition.newestVersion };
  return { released: "7.1", newest: "7.2" };
}
