/** What a `rebar.config` of Erlang asks for: `deps`, those of profiles, and plugins. Scripts beside it are not run. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { packageUse } from "../../reading/package-use.ts";
import { itemsIn, type Term, termAt, textIn } from "./beam-terms.ts";

/** Nobody writes more terms into one file. */
const mostTerms = 1000;

export interface RebarConfig {
  readonly packages: readonly PackageUse[];
  /** Where the first term stands that cannot be read. */
  readonly brokenAt?: number;
}

export function readRebarConfig(file: TextFile): RebarConfig {
  const packages: PackageUse[] = [];
  let at = 0;
  for (let count = 0; count < mostTerms; count++) {
    at = behindBlanks(file.text, at);
    if (at >= file.text.length) return { packages };
    const term = termAt(file.text, at, "%");
    if (!term) return { packages, brokenAt: at };
    for (const use of packagesIn(file, term, undefined)) packages.push(use);
    const stop = behindBlanks(file.text, term.end);
    if (file.text[stop] !== ".") return stop >= file.text.length ? { packages } : { packages, brokenAt: stop };
    at = stop + 1;
  }
  return { packages };
}

function behindBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (/\s/.test(text.charAt(at))) at++;
    if (text[at] !== "%") return at;
    const newline = text.indexOf("\n", at);
    at = newline < 0 ? text.length : newline;
  }
}

function packagesIn(file: TextFile, term: Term, profile: string | undefined): readonly PackageUse[] {
  const [key, value] = itemsIn(term);
  const kind = textIn(key);
  if (kind === "profiles" && profile === undefined)
    return itemsIn(value).flatMap((one) => {
      const [name, settings] = itemsIn(one);
      return itemsIn(settings).flatMap((setting) => packagesIn(file, setting, textIn(name) ?? ""));
    });
  if (kind !== "deps" && kind !== "plugins" && kind !== "project_plugins") return [];
  const isPlugin = kind !== "deps";
  const isDevelopment = isPlugin || (profile !== undefined && profile !== "prod");
  const groups = [...(profile === undefined ? [] : [profile]), ...(isPlugin ? ["plugin"] : [])];
  return itemsIn(value).flatMap((item) => useOf(file, item, { isDevelopment, groups }) ?? []);
}

/** `cowboy`, `{jsx, "3.1.0"}`, `{x, "1.0", {pkg, y}}`, `{ranch, {git, "https://...", {tag, "1.8.0"}}}`. */
function useOf(
  file: TextFile,
  item: Term,
  about: Pick<PackageUse, "isDevelopment" | "groups">,
): PackageUse | undefined {
  const parts = item.is === "tuple" ? item.items : [item];
  const application = textIn(parts[0]);
  if (application === undefined) return undefined;
  const asked = parts.slice(1).find((part) => part.is === "text");
  const [kind, first, second] = itemsIn(parts.slice(1).find((part) => part.is === "tuple"));
  const isPackage = kind === undefined || textIn(kind) === "pkg";
  const url = textIn(first);
  const requirement = isPackage ? textIn(asked) : undefined;
  // A bare version is that version to rebar3.
  const version = /^(?:==\s*)?(\d+(?:\.\d+)*[\w.+-]*)$/.exec(requirement ?? "")?.[1];
  const [, reference] = itemsIn(second);
  const commit = textIn(reference);
  return packageUse({
    ...about,
    ecosystem: "Hex",
    name: (textIn(kind) === "pkg" ? url : undefined) ?? application,
    version,
    requirement,
    at: spanOf({ file, start: item.start, end: item.end }),
    versionAt:
      version !== undefined && version === requirement && asked
        ? spanOf({ file, start: asked.start, end: asked.end })
        : undefined,
    relation: "direct",
    source: isPackage || url === undefined ? undefined : { is: "git", url, ...(commit !== undefined && { commit }) },
  });
}
