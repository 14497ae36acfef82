/** What the keys of a pnpm-lock.yaml say: `/foo/1.0.0_peer@2.0.0` up to version 5, `/foo@1.0.0(peer@2.0.0)` in 6, without the slash since 9. */
import type { PackageSource } from "#model/package-manifest.ts";
import { divideAtName, gitSource, npmSpecOf, remoteSource } from "./npm-spec.ts";
import { type PnpmEntry, resolutionOf } from "./pnpm-entries.ts";

export interface NamedPackage {
  readonly name: string;
  readonly version?: string | undefined;
  readonly source?: PackageSource | undefined;
}

/** Without the peers that it was joined with. */
export function withoutPeers(key: string): string {
  const peers = key.indexOf("(");
  return peers < 0 ? key : key.slice(0, peers);
}

/** Undefined if neither the key nor the entry names a package. */
export function packageOfKey(entry: PnpmEntry, format: number): NamedPackage | undefined {
  const { name, version } = entry;
  const fromKey = format < 6 ? namedByPath(entry.key) : namedByAt(withoutPeers(entry.key));
  const isRegistry = fromKey?.version !== undefined && (name === undefined || entry.key.startsWith("/"));
  if (isRegistry) return { name: name ?? fromKey.name, version: version ?? fromKey.version };
  const known = name ?? fromKey?.name;
  return known === undefined
    ? undefined
    : { name: known, version, source: sourceOf(entry, fromKey?.rest ?? entry.key) };
}

interface KeyParts {
  readonly name: string;
  /** Set if it is a version of a registry. */
  readonly version?: string;
  readonly rest: string;
}

const startOfVersion = /^\d+\.\d+\.\d+/;

/** `/name/1.0.0`, `/@scope/name/1.0.0_peer@2.0.0`, `registry.example/name/1.0.0`. */
function namedByPath(key: string): KeyParts | undefined {
  const parts = key.split("/");
  const isScoped = parts.at(-3)?.startsWith("@") ?? false;
  const [last = "", name = ""] = parts.toReversed();
  const peers = last.indexOf("_");
  const version = peers < 0 ? last : last.slice(0, peers);
  if (!startOfVersion.test(version) || name === "" || parts.length > (isScoped ? 4 : 3)) return undefined;
  return { name: isScoped ? `${parts.at(-3)}/${name}` : name, version, rest: version };
}

function namedByAt(key: string): KeyParts | undefined {
  const slash = key.startsWith("/") ? 1 : 0;
  // Another registry stands before the name: `registry.example/@scope/name@1.0.0`.
  const host =
    slash === 0 && !key.startsWith("@") ? (/^[\w-]+(?:\.[\w-]+)+(?::\d+)?\//.exec(key)?.[0].length ?? 0) : slash;
  const [name, rest] = divideAtName(key.slice(host));
  if (rest === "") return undefined;
  return startOfVersion.test(rest) ? { name, version: rest, rest } : { name, rest };
}

function sourceOf(entry: PnpmEntry, rest: string): PackageSource {
  const [repository, commit, directory, tarball] = ["repo", "commit", "directory", "tarball"].map((one) =>
    resolutionOf(entry, one),
  );
  if (repository !== undefined) return gitSource(commit === undefined ? repository : `${repository}#${commit}`);
  if (directory !== undefined) return { is: "path", path: directory };
  const spec = npmSpecOf(tarball ?? withoutPeers(rest));
  return spec.is === "elsewhere" ? spec.source : remoteSource(tarball ?? rest);
}

/** The name and the words by which others lead to an entry of a registry, from its key. */
export function wordsOfKey(key: string, format: number): readonly [name: string, words: string] {
  if (format >= 6) return divideAtName(key.startsWith("/") ? key.slice(1) : key);
  const slash = key.lastIndexOf("/");
  return [key.slice(1, slash), key.slice(slash + 1)];
}
