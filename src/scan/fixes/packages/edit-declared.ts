/**
 * Raises what people write themselves: a version, a range, a property, an override. A lock file beside it is left to its own
 * tool, and what to run is said.
 */
import type { Fix } from "#model/finding.ts";
import { packageKey } from "#model/package-key.ts";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { compareVersions, lowestOf } from "../../packages/versions.ts";
import { type WayTo, waysIn } from "../../packages/ways-in.ts";
import { crossesMajor } from "../../vulnerabilities/choose-upgrade.ts";
import { commandFor, lockCommands } from "../../vulnerabilities/fixes/lock-commands.ts";
import { proposeFix } from "../../vulnerabilities/fixes/propose-fix.ts";
import { changesOf, type TextChange } from "../text-edits.ts";
import { type EditAsked, type Edited, refused } from "./package-editor.ts";
import { furtherUses, withWrittenPlace } from "./written-place.ts";

export function editDeclared(asked: EditAsked): Edited {
  const { manifest } = asked;
  const [{ use, to }] = asked.raising;
  const fix = declaredFix(asked);
  const isOfProjects =
    manifest.isLocked && use.relation === "direct" && !fix.edits.some(({ at }) => at.path === manifest.path);
  const changes = (isOfProjects ? projectChanges(asked) : undefined) ?? declaredChanges(asked, fix);
  if (!changes) return refused(inWords(fix));
  const isStale = manifest.isLocked && !changes.has(manifest.path);
  const { also } = lockCommands(manifest.format);
  return {
    is: "edited",
    changes,
    stale: isStale ? [manifest.path] : [],
    said: [
      ...(isStale ? [restoreWords(asked)] : []),
      ...(also === undefined ? [] : [`Change ${use.name} to ${to} ${also}.`]),
    ],
  };
}

/** In every project that asks for it, as if there were no lock file. */
export function projectChanges(asked: EditAsked): ReadonlyMap<string, readonly TextChange[]> | undefined {
  const [{ use, to }] = asked.raising;
  const all = new Map<string, readonly TextChange[]>();
  for (const manifest of asked.alone()) {
    const raising = namesakesOf(manifest.packages, use).flatMap((one) => {
      const from =
        one.version ?? (one.requirement === undefined ? undefined : lowestOf(one.ecosystem, one.requirement));
      return from !== undefined && compareVersions(one.ecosystem, from, to) < 0 ? [{ use: one, from, to }] : [];
    });
    const [first, ...others] = raising;
    const here = first && { ...asked, manifest, raising: [first, ...others] as const };
    const changes = here && declaredChanges(here, declaredFix(here));
    if (first && !changes) return undefined;
    for (const [path, own] of changes ?? []) all.set(path, [...(all.get(path) ?? []), ...own]);
  }
  return all.size === 0 ? undefined : all;
}

/** What the rule's own proposal is for the files as they are now. */
export function declaredFix({ manifest, raising: given, textOf }: EditAsked): Fix {
  const [{ use, from, to }] = given;
  const placed = given.flatMap((one) => {
    const first = withWrittenPlace(one.use, textOf);
    return [first, ...furtherUses(first, textOf)].map((each) => ({ ...one, use: each }));
  });
  const raising = use.relation === "transitive" ? given : (placed as unknown as typeof given);
  const isOwn = use.relation === "direct" || use.versionAt !== undefined;
  const position = manifest.packages.indexOf(use);
  const origin = use.relation === "direct" ? undefined : waysOf(manifest)(position)?.origin;
  return proposeFix({
    manifest,
    upgrade: {
      ...{ name: use.name, from, to, isCertain: true },
      crossesMajor: crossesMajor(use.ecosystem, from, to),
      by: isOwn ? "raise" : "override",
    },
    all: raising,
    broughtBy: origin === undefined ? undefined : manifest.packages[origin],
    namesakes: () => namesakesOf(manifest.packages, use),
  });
}

const ways = new WeakMap<Manifest, WayTo>();

/** The graph is walked once for all that goes up in it. */
function waysOf(manifest: Manifest): WayTo {
  const way = ways.get(manifest) ?? waysIn(manifest);
  ways.set(manifest, way);
  return way;
}

function namesakesOf(packages: readonly PackageUse[], { ecosystem, name }: PackageUse): readonly PackageUse[] {
  const key = packageKey(ecosystem, name);
  return packages.filter((one) => one.ecosystem === ecosystem && packageKey(ecosystem, one.name) === key);
}

/** By path; undefined if there are none, or if they do not fit the files. */
export function declaredChanges(
  { textOf }: EditAsked,
  { edits }: Fix,
): ReadonlyMap<string, readonly TextChange[]> | undefined {
  const byPath = new Map<string, readonly TextChange[]>();
  for (const [path, own] of Map.groupBy(edits, ({ at }) => at.path)) {
    const text = textOf(path);
    const changes = text === undefined ? undefined : changesOf(text, own);
    if (!changes) return undefined;
    byPath.set(path, changes);
  }
  return byPath.size === 0 ? undefined : byPath;
}

export function inWords({ title }: Fix): string {
  return `${title}: no edit of the files alone would be sound.`;
}

/** What to run so that the lock file follows. */
export function restoreWords({ manifest, raising }: EditAsked): string {
  const [{ use, to }] = raising;
  const { after, alone } = lockCommands(manifest.format);
  const template = after ?? alone;
  const command = template === undefined ? undefined : commandFor(template, use.name, to);
  const what = command === undefined ? "let its tool write it again" : `run \`${command}\``;
  return `${manifest.path} still has ${use.name}${use.version === undefined ? "" : ` ${use.version}`}: ${what} and commit the file.`;
}
