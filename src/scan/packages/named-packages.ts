/** Leaves out packages without a name, whichever reader gave them: broken files have such, and nothing can be known of one. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";

export function namedPackages(manifest: Manifest): {
  readonly manifest: Manifest;
  readonly problems: readonly Problem[];
} {
  const nameless = manifest.packages.find(isNameless);
  if (!nameless) return { manifest, problems: [] };
  const { path, startLine: line } = nameless.at;
  const message = "A package without a name stands here, so it was left out.";
  const problem: Problem = { scanner: "packages", code: "syntax", message, path, line };
  return { manifest: { ...manifest, packages: withoutNameless(manifest.packages) }, problems: [problem] };
}

/** What depends on what is told by positions, which move. */
function withoutNameless(packages: readonly PackageUse[]): readonly PackageUse[] {
  let kept = 0;
  const positions = packages.map((use) => (isNameless(use) ? [] : [kept++]));
  return packages
    .filter((use) => !isNameless(use))
    .map(({ dependsOn, ...use }) => ({
      ...use,
      ...(dependsOn && { dependsOn: dependsOn.flatMap((position) => positions[position] ?? []) }),
    }));
}

function isNameless({ name }: PackageUse): boolean {
  return name === "" || name.trim() === "";
}
