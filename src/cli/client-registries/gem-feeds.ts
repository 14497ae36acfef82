/**
 * The servers that Bundler and RubyGems are set up for: mirrors in Bundler's settings with their logins, sources of `.gemrc`.
 * What is written as Ruby is not read.
 */
import { join } from "node:path";
import type { RegistryFeed } from "#knowledge/package-facts/facts-sources.ts";
import type { SecretValue } from "#model/secret-value.ts";
import { feedAddress, loginOf } from "./feed-address.ts";
import { readUserFile, type Say, type UserPlace } from "./user-place.ts";

export function readGemFeeds(place: UserPlace, say: Say): readonly RegistryFeed[] {
  const { home, environment } = place;
  const path = environment.BUNDLE_USER_CONFIG || join(environment.BUNDLE_USER_HOME || join(home, ".bundle"), "config");
  const settings = new Map([...settingsIn(readUserFile(path, say) ?? ""), ...Object.entries(environment)]);
  const mirrors = [...settings].flatMap(([key, value = ""]) =>
    /^BUNDLE_MIRROR__(?!.*FALLBACK_TIMEOUT)/.test(key) ? [value] : [],
  );
  const sources = sourcesIn(readUserFile(join(home, ".gemrc"), say) ?? "");
  const found = new Map<string, SecretValue | undefined>();
  for (const written of [...mirrors, ...sources]) {
    const { address, login } = feedAddress(written) ?? {};
    if (address === undefined || found.has(address)) continue;
    found.set(address, login ?? loginFor(address, settings));
  }
  return [...found].map(([address, login]) => ({
    ...{ ecosystem: "RubyGems", address, isPublic: false },
    ...(login && { login }),
  }));
}

/** `BUNDLE_GEMS__EXAMPLE__COM: "user:password"`; a dash is three underscores. */
function loginFor(address: string, settings: ReadonlyMap<string, string | undefined>): SecretValue | undefined {
  const keyOf = (text: string) => `BUNDLE_${text.replaceAll("-", "___").replaceAll(".", "__").toUpperCase()}`;
  const written = settings.get(keyOf(address)) ?? settings.get(keyOf(new URL(address).hostname));
  if (written === undefined || written === "") return undefined;
  const colon = written.indexOf(":");
  return colon < 0 ? loginOf(written, "") : loginOf(written.slice(0, colon), written.slice(colon + 1));
}

/** Bundler writes flat YAML: a key and a text on each line. */
function settingsIn(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(/\r?\n/).flatMap((line) => {
      const [, key, value = ""] = /^"?(BUNDLE_[^\s"]{1,500}?)"?:\s+(.{1,2000})$/.exec(line) ?? [];
      return key === undefined ? [] : [[key, unquoted(value)] as const];
    }),
  );
}

/** The list under `:sources:`. */
function sourcesIn(text: string): readonly string[] {
  const sources: string[] = [];
  let isList = false;
  for (const line of text.split(/\r?\n/)) {
    const item = /^\s*-\s+(.{1,2000})$/.exec(line)?.[1];
    if (item === undefined) isList = /^:?sources:\s*$/.test(line) || (isList && /^\s*(?:#|$)/.test(line));
    else if (isList) sources.push(unquoted(item));
  }
  return sources;
}

function unquoted(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/, "$2");
}
