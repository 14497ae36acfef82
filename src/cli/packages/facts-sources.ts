/**
 * Who is asked about packages: what `sources.yml` says, and the registries of the machine's user. These are looked up also if
 * they are not to be asked, so that their names stay away from public places.
 */
import type { FactsConfig } from "#knowledge/package-facts/facts-config.ts";
import type { FactsSources } from "#knowledge/package-facts/facts-sources.ts";
import { type ClientNotice, type ClientRegistries, clientRegistries } from "./client-registries.ts";

export interface OpenedFactsSources {
  /** Undefined: nobody. */
  readonly sources: FactsSources | undefined;
  readonly notices: readonly ClientNotice[];
}

export function openFactsSources(
  { depsDev, github, asksRegistries, publicNames, privateNames }: FactsConfig,
  read: () => ClientRegistries = clientRegistries,
): OpenedFactsSources {
  const { npm, feeds, images, notices } = read();
  const asksSome = asksRegistries && (npm !== undefined || feeds.length > 0 || images.length > 0);
  if (depsDev === undefined && github === undefined && !asksSome) return { sources: undefined, notices: [] };
  const places = {
    ...(depsDev !== undefined && { depsDev }),
    ...(github !== undefined && { github }),
    ...(npm && { npm }),
    ...(asksRegistries && images.length > 0 && { images }),
    feeds,
  };
  return { sources: { ...places, publicNames, privateNames, asksRegistries }, notices };
}
