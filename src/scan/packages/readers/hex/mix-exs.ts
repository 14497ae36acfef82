/** The literal dependencies of a `mix.exs`: tuples whose first part is an atom. Elixir is not run. */
import type { PackageSource } from "#model/package-manifest.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { itemsIn, pairIn, type Term, termAt, textIn } from "./beam-terms.ts";

export interface MixDependency {
  /** Of the application; that of the package where it is another one. */
  readonly name: string;
  readonly requirement: string | undefined;
  readonly requirementAt: Place | undefined;
  readonly source: PackageSource | undefined;
  readonly environments: readonly string[];
  readonly at: Place;
}

const candidate = /\{\s*:\w+\s*,\s*(?:"[^"\n]*"|\w+:\s|~[sSrR]?)/g;

const mostBroken = 200;

export function mixDependencies(file: TextFile): readonly MixDependency[] {
  const { text } = file;
  const found: MixDependency[] = [];
  let end = 0;
  let broken = 0;
  for (const { index } of text.matchAll(candidate)) {
    if (index < end || isInComment(text, index)) continue;
    const term = termAt(text, index, "#");
    if (!term && ++broken > mostBroken) break;
    if (!term) continue;
    const dependency = dependencyOf(file, term);
    if (dependency) found.push(dependency);
    end = term.end;
  }
  return found;
}

function isInComment(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 200), index);
  return /^\s*#/.test(before.slice(before.lastIndexOf("\n") + 1));
}

function dependencyOf(file: TextFile, term: Term): MixDependency | undefined {
  const [name, second] = itemsIn(term);
  const options: Term = {
    ...term,
    is: "list",
    items: itemsIn(term)
      .slice(1)
      .flatMap((item) => (item.is === "list" ? item.items : [item])),
  };
  const hasRequirement = second?.is === "text" && /^\s*(?:[<>=!~]|\d)/.test(second.value);
  const source = sourceOf(options);
  const isHex = hasRequirement || pairIn(options, "hex") !== undefined;
  if (!name || (!isHex && !source)) return undefined;
  const only = pairIn(options, "only");
  return {
    name: textIn(pairIn(options, "hex")) ?? textIn(name) ?? "",
    requirement: hasRequirement ? second.value : undefined,
    requirementAt: hasRequirement ? { file, start: second.start, end: second.end } : undefined,
    source,
    environments: only ? [only, ...itemsIn(only)].flatMap((one) => textIn(one) ?? []) : [],
    at: { file, start: term.start, end: term.end },
  };
}

function sourceOf(options: Term): PackageSource | undefined {
  const [path, git, github, ref] = ["path", "git", "github", "ref"].map((key) => textIn(pairIn(options, key)));
  if (path !== undefined) return { is: "path", path };
  const url = git ?? (github === undefined ? undefined : `https://github.com/${github}.git`);
  return url === undefined ? undefined : { is: "git", url, ...(ref !== undefined && { commit: ref }) };
}

/** Environments in which a release does not run. */
export function isDevelopmentOnly(environments: readonly string[]): boolean {
  return environments.length > 0 && environments.every((one) => /^(?:dev|test|docs?|ci)$/.test(one));
}
