/**
 * Leaves out packages without a name, whichever reader gave them: broken files have such, and nothing can be known of one. So it is
 * of names and versions longer than any registry takes; they are a part of keys of the database, which have no room for more.
 */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";

export function namedPackages(manifest: Manifest): {
  readonly manifest: Manifest;
  readonly problems: readonly Problem[];
} {
  const problems = [
    toldOf(manifest.packages.find(isNameless), "A package without a name stands here, so it was left out."),
    toldOf(
      manifest.packages.find(isTooLong),
      `A package whose name or version has more than ${longest} bytes stands here, so it was left out.`,
    ),
  ].flat();
  if (problems.length === 0) return { manifest, problems };
  return { manifest: { ...manifest, packages: withoutUnusable(manifest.packages) }, problems };
}

function toldOf(use: PackageUse | undefined, message: string): readonly Problem[] {
  if (!use) return [];
  const { path, startLine: line } = use.at;
  return [{ scanner: "packages", code: "syntax", message, path, line }];
}

/** What depends on what is told by positions, which move. */
function withoutUnusable(packages: readonly PackageUse[]): readonly PackageUse[] {
  let kept = 0;
  const positions = packages.map((use) => (isUsable(use) ? [kept++] : []));
  return packages.filter(isUsable).map(({ dependsOn, ...use }) => ({
    ...use,
    ...(dependsOn && { dependsOn: dependsOn.flatMap((position) => positions[position] ?? []) }),
  }));
}

const longest = 400;

function isUsable(use: PackageUse): boolean {
  return !isNameless(use) && !isTooLong(use);
}

function isTooLong({ name, version = "" }: PackageUse): boolean {
  return [name, version].some((text) => text.length * 3 > longest && Buffer.byteLength(text) > longest);
}

function isNameless({ name }: PackageUse): boolean {
  return name === "" || name.trim() === "";
}
