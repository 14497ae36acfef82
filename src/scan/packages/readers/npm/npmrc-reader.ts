/** .npmrc: which registries a project takes its packages from. It names no packages, and its secrets are left where they are. */
import type { Feed, Manifest } from "#model/package-manifest.ts";
import type { Span } from "#model/span.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { nothingRead, type PackageReader, type PackagesRead } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { readByHand } from "../../reading/manifest-text.ts";
import { linesOf } from "../../reading/text-lines.ts";
import { isInstalled } from "./installed-path.ts";

export const readers: readonly PackageReader[] = [
  {
    format: ".npmrc",
    ecosystem: "npm",
    matches: (path) => fileNameOf(path) === ".npmrc" && !isInstalled(path),
    alone: "always",
    read: (file) => readByHand(file, readFeeds),
  },
];

function readFeeds(file: TextFile): PackagesRead {
  const { registry, scopes } = readNpmrc(file);
  const feeds: readonly Feed[] = [
    ...(registry ? [{ address: registry.url, at: registry.at }] : []),
    ...[...scopes].map(([scope, { url, at }]) => ({ address: url, scopes: [scope], at })),
  ];
  const manifest: Manifest = {
    path: file.path,
    format: ".npmrc",
    ecosystem: "npm",
    isLocked: false,
    packages: [],
    feeds,
  };
  return feeds.length === 0 ? nothingRead : { manifests: [manifest], problems: [] };
}

export interface RegistrySetting {
  /** As written, variables of the environment included. */
  readonly url: string;
  readonly at: Span;
}

export interface Npmrc {
  /** For all packages without a scope of their own. */
  readonly registry?: RegistrySetting;
  /** By scope, with its `@`. */
  readonly scopes: ReadonlyMap<string, RegistrySetting>;
}

const setting = /^\s*(?:(@[^\s:=]+):)?registry\s*=\s*(.*?)\s*$/;

/** As npm does, the last of several settings counts. */
export function readNpmrc(file: TextFile): Npmrc {
  let registry: RegistrySetting | undefined;
  const scopes = new Map<string, RegistrySetting>();
  for (const { text, start } of linesOf(file.text)) {
    // Longer lines are no addresses.
    const match = text.length > 2000 ? null : setting.exec(text);
    if (!match) continue;
    const [, scope, written = ""] = match;
    const url = written.replace(/^(["'])(.*)\1$/, "$2").replace(/^(\w+:\/\/)[^/@]*@/, "$1");
    const found = { url, at: spanOf({ file, start, end: start + text.length }) };
    if (scope === undefined) registry = found;
    else scopes.set(scope, found);
  }
  return { ...(registry ? { registry } : {}), scopes };
}
