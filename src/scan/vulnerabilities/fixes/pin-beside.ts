/** Pins a transitive package of .NET with a reference of its own, beside the one that brings it in; with central versions, both lines. */
import type { TextEdit } from "#model/finding.ts";
import type { PackageUse } from "#model/package-manifest.ts";
import type { Span } from "#model/span.ts";

/** Undefined where the files do not tell how the project says versions. */
export function pinBeside(direct: PackageUse, name: string, version: string): readonly TextEdit[] | undefined {
  const { ecosystem, versionAt, at, alsoAt = [] } = direct;
  if (ecosystem !== "NuGet" || !versionAt || !isPlain(name) || !isPlain(version)) return undefined;
  const places = [at, ...alsoAt];
  const reference = places.find(({ path }) => /\.\w+proj$/i.test(path));
  if (!reference) return undefined;
  if (versionAt.path === reference.path) {
    return [insertAfter(reference, `<PackageReference Include="${name}" Version="${version}" />`)];
  }
  const central = places.find(
    ({ path }) => path === versionAt.path && /(?:^|\/)Directory\.Packages\.props$/i.test(path),
  );
  if (!central) return undefined;
  return [
    insertAfter(central, `<PackageVersion Include="${name}" Version="${version}" />`),
    insertAfter(reference, `<PackageReference Include="${name}" />`),
  ];
}

function isPlain(word: string): boolean {
  return /^[\w.+-]+$/.test(word);
}

/** On a line of its own, as far in as the line before it. */
function insertAfter({ path, startColumn, endLine, endColumn }: Span, text: string): TextEdit {
  const end = { startLine: endLine, startColumn: endColumn, endLine, endColumn };
  return { at: { path, ...end }, text: `\n${" ".repeat(Math.min(startColumn - 1, 40))}${text}` };
}
