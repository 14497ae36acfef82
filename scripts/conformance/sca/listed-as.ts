/** Our manifests as a peer lists them: what it leaves out, how it writes names and versions, and the lines that it points at. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { asIs, type CaseContext, conventions, type Listed, type PeerConvention, withoutRoots } from "./conventions.ts";
import {
  firstLineOnly,
  firstPlaceOnly,
  firstVersions,
  leavesOut,
  listsRoot,
  ownFileOnly,
  pointsAt,
} from "./peer-habits.ts";

export function listedAs(
  peer: PeerConvention,
  format: string,
  manifests: readonly Manifest[],
  context: CaseContext,
): readonly Listed[] {
  const kind = `${peer} ${format}`;
  const rule = conventions[peer][format] ?? (listsRoot.has(kind) ? asIs : withoutRoots);
  const point = firstLineOnly.has(kind) ? toFirstLine : pointer(pointsAt[kind], context.text);
  const isListed = isWritten(leavesOut[kind], context.text);
  const found = new Map<string, Listed>();
  const versions = new Map<string, string>();
  for (const manifest of manifests) {
    for (const use of [...rootOf(kind, manifest), ...manifest.packages]) {
      const listed = rule(use, context);
      if (listed === undefined || (ownFileOnly.has(kind) && use.at.path !== manifest.path)) continue;
      const first = versions.get(listed.name) ?? listed.version;
      versions.set(listed.name, first);
      if (firstVersions.has(kind) && first !== listed.version) continue;
      const key = `${listed.name}@${listed.version}`;
      // Of a manifest's own project a peer shows the line of its name; it is all of the file to us.
      const places = use.relation === "root" && !manifest.isLocked ? [] : linesOf(use, manifest.path).map(point);
      const lines = firstPlaceOnly.has(kind) ? places.slice(0, 1) : places.filter(isListed);
      if (places.length > 0 && lines.length === 0) continue;
      found.set(key, { ...listed, lines: [...(found.get(key)?.lines ?? []), ...lines] });
    }
  }
  // osv-scalibr has one line, which is that of the main entry.
  if (peer === "osv-scalibr") return [...found.values()];
  return [...found.values()].map((one) => ({ ...one, lines: one.lines.toSorted(([a], [b]) => a - b) }));
}

function rootOf(kind: string, manifest: Manifest): readonly PackageUse[] {
  const { root, packages, ecosystem, path } = manifest;
  if (!root || !listsRoot.has(kind) || packages.some(({ relation }) => relation === "root")) return [];
  const at = { path, startLine: 0, startColumn: 1, endLine: 0, endColumn: 1 };
  return [{ ecosystem, ...root, at, relation: "root", isDevelopment: false }];
}

type Lines = readonly [number, number];

/** In the manifest itself: a peer shows there what comes in from other files. */
function linesOf({ at, alsoAt = [] }: PackageUse, path: string): readonly Lines[] {
  const own = [at, ...alsoAt].filter((one) => one.path === path && one.startLine > 0);
  return own.map(({ startLine, endLine, endColumn }) => [
    startLine,
    // A span may end before the first column of the line after it.
    endColumn === 1 && endLine > startLine ? endLine - 1 : endLine,
  ]);
}

function isWritten(mark: RegExp | undefined, text: string): (lines: Lines) => boolean {
  if (!mark) return () => true;
  const rows = text.split("\n");
  return ([from]) => !mark.test(rows[from - 1] ?? "");
}

function toFirstLine([from]: Lines): Lines {
  return [from, from];
}

/** Moves the first line of an entry to the first of its lines that has the mark. */
function pointer(mark: RegExp | undefined, text: string): (lines: Lines) => Lines {
  if (!mark) return (lines) => lines;
  const rows = text.split("\n");
  return ([from, to]) => {
    const at = rows.slice(from - 1, to).findIndex((row) => mark.test(row));
    return [at < 0 ? from : from + at, to];
  };
}
