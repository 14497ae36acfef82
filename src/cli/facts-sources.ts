/** Who is asked about packages: what `sources.yml` says, and the registries of the machine's user. Undefined: nobody. */
import type { FactsConfig } from "#knowledge/package-facts/facts-config.ts";
import type { FactsSources } from "#knowledge/package-facts/facts-sources.ts";
import { type ClientNotice, type ClientRegistries, clientRegistries } from "./client-registries.ts";

export interface OpenedFactsSources {
  readonly sources: FactsSources | undefined;
  readonly notices: readonly ClientNotice[];
}

const nothing: ClientRegistries = { feeds: [], notices: [] };

export function openFactsSources(
  { depsDev, asksRegistries, publicNames, privateNames }: FactsConfig,
  read: () => ClientRegistries = clientRegistries,
): OpenedFactsSources {
  const { npm, feeds, notices } = asksRegistries ? read() : nothing;
  if (depsDev === undefined && !npm && feeds.length === 0) return { sources: undefined, notices };
  const places = { ...(depsDev !== undefined && { depsDev }), ...(npm && { npm }), feeds };
  return { sources: { ...places, publicNames, privateNames }, notices };
}
