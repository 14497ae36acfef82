/**
 * Which registries the package managers of this machine's user are set up for, with the logins that stand there. Only the
 * user's own files are read, never a repository's. A file that is not there or cannot be read says nothing.
 */
import { closeSync, openSync, readSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { FactsSources } from "../facts-sources.ts";
import { readMavenFeeds } from "./maven-feeds.ts";
import { readNpmrcSettings } from "./npmrc-settings.ts";
import { readNugetFeeds } from "./nuget-feeds.ts";
import { readPipFeeds } from "./pip-feeds.ts";

export interface ClientPlace {
  /** The user's folder. */
  readonly home?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

export function readClientSettings({ home = homedir(), environment = process.env }: ClientPlace = {}): FactsSources {
  const roaming = environment.APPDATA ?? join(home, "AppData", "Roaming");
  const npmrc = readFirst([environment.NPM_CONFIG_USERCONFIG, environment.npm_config_userconfig, join(home, ".npmrc")]);
  const nuget = readFirst([
    join(home, ".nuget", "NuGet", "NuGet.Config"),
    join(home, ".config", "NuGet", "NuGet.Config"),
    join(roaming, "NuGet", "NuGet.Config"),
  ]);
  const pip = readFirst([
    environment.PIP_CONFIG_FILE,
    join(home, ".config", "pip", "pip.conf"),
    join(home, ".pip", "pip.conf"),
    join(home, "Library", "Application Support", "pip", "pip.conf"),
    join(roaming, "pip", "pip.ini"),
  ]);
  const maven = readFirst([join(home, ".m2", "settings.xml")]);
  return {
    npm: readNpmrcSettings(npmrc, environment),
    feeds: [
      ...readNugetFeeds(nuget, environment),
      ...readPipFeeds(pip, environment),
      ...readMavenFeeds(maven, environment),
    ],
  };
}

const longest = 1_000_000;

function readFirst(paths: readonly (string | undefined)[]): string {
  for (const path of paths) {
    const text = path === undefined ? undefined : readStart(path);
    if (text !== undefined) return text;
  }
  return "";
}

function readStart(path: string): string | undefined {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(longest);
      return bytes
        .subarray(0, readSync(file, bytes))
        .toString("utf8")
        .replace(/^\uFEFF/, "");
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
