/** Templates that others deploy: how they are named there, and which files are therefore read together. */
import type { SourceFile } from "#model/source-file.ts";
import type { LinkedFile, UnitPlan } from "../../language.ts";
import { folderOf, resolvePath } from "../folder-path.ts";

/** The property that names the template, by the type of the resource that deploys it. */
export const templateProperties: Readonly<Record<string, string>> = {
  "AWS::CloudFormation::Stack": "TemplateURL",
  "AWS::Serverless::Application": "Location",
};

const named =
  /["']?(?:TemplateURL|Location)["']?[ \t]*:[ \t]*["']?([^\s"',{}]{1,300}\.(?:ya?ml|json|template))(?![^\s"',}])/g;

/** Paths of templates that a text may deploy: `aws cloudformation package` takes those that are relative to the template. */
export function linksOf(file: SourceFile): readonly string[] {
  const paths = [...(file.text() ?? "").matchAll(named)].flatMap(([, path = ""]) => localPath(file.path, path) ?? []);
  return [...new Set(paths)].filter((path) => path !== file.path);
}

/** Undefined for an address, and for what leads out of the repository. */
export function localPath(from: string, path: string): string | undefined {
  if (path.startsWith("/") || /^[a-z][\w+.-]*:/i.test(path)) return undefined;
  return resolvePath(folderOf(from), path);
}

/** A template that no other one deploys, with all that it deploys; and those that only deploy each other. */
export function unitsOf(files: readonly LinkedFile[]): readonly UnitPlan[] {
  const links = new Map(files.map((file) => [file.path, file.links]));
  const led = new Set(files.flatMap((file) => file.links));
  const units: UnitPlan[] = [];
  const placed = new Set<string>();
  const add = (root: string): void => {
    const paths = new Set([root]);
    for (const path of paths) for (const link of links.get(path) ?? []) if (links.has(link)) paths.add(link);
    for (const path of paths) placed.add(path);
    units.push({ root, paths: [...paths] });
  };
  for (const { path } of files) if (!led.has(path)) add(path);
  for (const { path } of files) if (!placed.has(path)) add(path);
  return units;
}
