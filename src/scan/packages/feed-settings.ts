/** Files that only say where packages come from: what a change says of a lock file depends on them, changed or not. */
import type { Manifest } from "#model/package-manifest.ts";

/** Which of them a package manager of npm's ecosystem reads, by the name of its lock file. */
export function feedSettingsNames(lockName: string): readonly string[] {
  return namesOf[lockName] ?? [];
}

const namesOf: Readonly<Partial<Record<string, readonly string[]>>> = {
  "package-lock.json": [".npmrc"],
  "npm-shrinkwrap.json": [".npmrc"],
  "pnpm-lock.yaml": [".npmrc"],
  "bun.lock": ["bunfig.toml", ".npmrc"],
  "yarn.lock": [".yarnrc.yml", ".yarnrc", ".npmrc"],
};

export function feedSettings(manifests: readonly Manifest[]): readonly Manifest[] {
  return manifests.filter(({ feeds = [], packages }) => feeds.length > 0 && packages.length === 0);
}
