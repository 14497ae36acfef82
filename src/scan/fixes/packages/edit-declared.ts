/**
 * Raises what people write themselves: a version, a range, a property, an override. A lock file beside it is left to its own
 * tool, and what to run is said.
 */
import type { Fix } from "#model/finding.ts";
import { packageKey } from "#model/package-key.ts";
import type { PackageUse } from "#model/package-manifest.ts";
import { waysIn } from "../../packages/ways-in.ts";
import { crossesMajor } from "../../vulnerabilities/choose-upgrade.ts";
import { commandFor, lockCommands } from "../../vulnerabilities/fixes/lock-commands.ts";
import { proposeFix } from "../../vulnerabilities/fixes/propose-fix.ts";
import { changesOf, type TextChange } from "../text-edits.ts";
import { type EditAsked, type Edited, refused } from "./package-editor.ts";

export function editDeclared(asked: EditAsked): Edited {
  const fix = declaredFix(asked);
  const changes = declaredChanges(asked, fix);
  if (!changes) return refused(inWords(fix));
  const { manifest } = asked;
  const isStale = manifest.isLocked && !changes.has(manifest.path);
  const [{ use, to }] = asked.raising;
  return {
    is: "edited",
    changes,
    needsRestore: isStale,
    said: [...(isStale ? [restoreWords(asked)] : []), ...alsoWords(manifest.format, use.name)].map((words) =>
      words.replaceAll("VERSION", to),
    ),
  };
}

/** What the rule's own proposal is for the files as they are now. */
export function declaredFix({ manifest, raising }: EditAsked): Fix {
  const [{ use, from, to }] = raising;
  const isOwn = use.relation === "direct" || use.versionAt !== undefined;
  const position = manifest.packages.indexOf(use);
  const origin = use.relation === "direct" ? undefined : waysIn(manifest)(position)?.origin;
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
  return `${manifest.path} still has ${use.name} ${use.version ?? ""}: ${what} and commit the file.`.replace(" :", ":");
}

function alsoWords(format: string, name: string): readonly string[] {
  const { also } = lockCommands(format);
  return also === undefined ? [] : [`Change ${name} ${also}.`];
}
