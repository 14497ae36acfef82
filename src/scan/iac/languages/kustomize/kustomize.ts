/**
 * Kustomizations: overlays are built as they would be for a cluster, and judged where each value stands, in the base or the
 * patch. Bases elsewhere are not fetched, charts not inflated; both are told. What a kustomization builds is no plain
 * manifest beside.
 */
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import type { Language, LinkedFile, Unit, UnitPlan } from "../../language.ts";
import type { ReadUnit } from "../../resource.ts";
import { folderOf } from "../folder-path.ts";
import { resourcesOfDocuments } from "../kubernetes/resources-of-documents.ts";
import { buildFolder } from "./build.ts";
import type { Build } from "./build-state.ts";
import { isKustomization, pathsNamedIn } from "./kustomization.ts";

export const kustomize: Language = {
  name: "kustomize",
  selects: (path) => isKustomization(path) || /\.(?:ya?ml|json)$/i.test(path),
  recognizes: (file) => isKustomization(file.path) || mayBePart(file),
  links: pathsNamedIn,
  units: unitsByRoot,
  read: readUnit,
};

const longestText = 4_000_000;

/** A manifest, a patch of either kind, or replacements. */
function mayBePart(file: SourceFile): boolean {
  const text = file.text();
  if (text === undefined || text.length > longestText) return false;
  return text.includes("kind") || (text.includes("op") && text.includes("path")) || text.includes("source");
}

/** A unit for each kustomization that no other uses, with all that it uses. */
function unitsByRoot(files: readonly LinkedFile[]): readonly UnitPlan[] {
  const linked = new Map(files.map((file) => [file.path, file]));
  const kustomizations = new Map(
    files.filter(({ path }) => isKustomization(path)).map((file) => [folderOf(file.path), file]),
  );
  const reach = (start: LinkedFile): ReadonlySet<string> => {
    const found = new Set([start.path]);
    for (const path of found) {
      for (const link of linked.get(path)?.links ?? []) {
        const inner = kustomizations.get(link)?.path;
        if (inner !== undefined) found.add(inner);
        else if (linked.has(link)) found.add(link);
      }
    }
    return found;
  };
  const used = new Set(
    [...kustomizations].flatMap(([folder, { links }]) =>
      links.filter((link) => link !== folder && kustomizations.has(link)),
    ),
  );
  const units: UnitPlan[] = [];
  const seen = new Set<string>();
  const add = (folder: string, file: LinkedFile): void => {
    const paths = reach(file);
    for (const path of paths) seen.add(path);
    units.push({ root: folder, paths: [...paths] });
  };
  for (const [folder, file] of kustomizations) if (!used.has(folder)) add(folder, file);
  // Those that only use each other in a circle.
  for (const [folder, file] of kustomizations) if (!seen.has(file.path)) add(folder, file);
  return units;
}

function readUnit({ root, files }: Unit): ReadUnit {
  const texts = new Map<string, TextFile>();
  for (const { path, text } of files.map((file) => ({ path: file.path, text: file.text() }))) {
    if (text !== undefined) texts.set(path, { path, text });
  }
  const problems: Problem[] = [];
  const build: Build = { files: texts, problems, within: [], made: 0 };
  const objects = buildFolder(build, root);
  const missing = problems.some(({ code }) => code === "missing-base" || code === "not-built");
  const documents = objects.map(({ body, at, address, patchedBy }) => ({
    node: body,
    at,
    address,
    calledFrom: patchedBy,
  }));
  const open = missing ? "a part of the kustomization is not in the repository" : undefined;
  return { resources: resourcesOfDocuments(documents, { language: "kustomize", open }), problems };
}
