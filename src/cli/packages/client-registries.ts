/**
 * Which registries the package managers of this machine's user are set up for, with their logins: in the user's own files and
 * in the environment, never in a repository's. Which of them anybody can read is not said there, so all of them count as private.
 */
import { homedir } from "node:os";
import type { ImageRegistry, NpmSettings, RegistryFeed } from "#knowledge/package-facts/facts-sources.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import { readCargoFeeds } from "../client-registries/cargo-feeds.ts";
import { readComposerFeeds } from "../client-registries/composer-feeds.ts";
import { readGemFeeds } from "../client-registries/gem-feeds.ts";
import { readImageRegistries } from "../client-registries/image-registries.ts";
import { readMavenFeeds } from "../client-registries/maven-feeds.ts";
import { readNpmSettings } from "../client-registries/npm-settings.ts";
import { readNugetFeeds } from "../client-registries/nuget-feeds.ts";
import { readPipFeeds } from "../client-registries/pip-feeds.ts";
import type { Say, UserPlace } from "../client-registries/user-place.ts";
import { environmentWith } from "../config.ts";

export interface ClientRegistries {
  /** Absent where no setting names a registry. */
  readonly npm?: NpmSettings;
  readonly feeds: readonly RegistryFeed[];
  readonly images: readonly ImageRegistry[];
  /** What could not be read, each once. */
  readonly notices: readonly ClientNotice[];
}

export interface ClientNotice {
  readonly ecosystem: Ecosystem;
  readonly message: string;
}

export function clientRegistries(place: Partial<UserPlace> = {}): ClientRegistries {
  const whole: UserPlace = {
    home: homeFolder(),
    machine: process.platform === "win32" ? "C:\\ProgramData" : "/etc",
    platform: process.platform,
    program: process.execPath,
    ...place,
    environment: place.environment ?? environmentWith({}),
  };
  const notices = new Map<string, ClientNotice>();
  const sayOf =
    (ecosystem: Ecosystem): Say =>
    (message) =>
      void notices.set(`${ecosystem} ${message}`, { ecosystem, message });
  const npm = readNpmSettings(whole, sayOf("npm"));
  const feeds = [
    ...readNugetFeeds(whole, sayOf("NuGet")),
    ...readPipFeeds(whole, sayOf("PyPI")),
    ...readMavenFeeds(whole, sayOf("Maven")),
    ...readCargoFeeds(whole, sayOf("crates.io")),
    ...readGemFeeds(whole, sayOf("RubyGems")),
    ...readComposerFeeds(whole, sayOf("Packagist")),
  ];
  const images = readImageRegistries(whole, sayOf("Docker"));
  return { ...(npm && { npm }), feeds, images, notices: [...notices.values()] };
}

/** In a container the account may have neither a name nor a folder. */
function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return "/";
  }
}
