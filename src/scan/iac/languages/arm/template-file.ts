/** Which files are templates and their parameters, and which belong together. Told from the text and the names alone. */
import type { SourceFile } from "#model/source-file.ts";
import type { LinkedFile, UnitPlan } from "../../language.ts";
import { folderOf } from "../folder-path.ts";

/** True if the text looks like a template or its parameters. */
export function looksLikeTemplate(text: string): boolean {
  if (/"\$schema"\s*:\s*"[^"]*deployment(?:template|parameters)\.json/i.test(text)) return true;
  return /"contentVersion"\s*:/i.test(text) && /"resources"\s*:/i.test(text);
}

export function isParametersFile(path: string): boolean {
  return /(?:^|[./_-])(?:parameters|params?)(?:[._-][\w-]+)?\.jsonc?$/i.test(path);
}

const usualTemplates = ["azuredeploy", "mainTemplate", "template", "main", "deploy"];

/** Paths that a file may lead to: linked templates, or the template that parameters are for. Not all of them exist. */
export function linksOf(file: SourceFile): readonly string[] {
  const text = file.text() ?? "";
  const folder = folderOf(file.path);
  if (/deploymentparameters\.json/i.test(text) || isParametersFile(file.path)) {
    return templatesFor(file.path);
  }
  if (!/"(?:templateLink|parametersLink)"/i.test(text)) return [];
  const paths = [...text.matchAll(/["'/]((?:\.{1,2}\/)*[\w][\w. /-]{0,200}\.jsonc?)(?=["'?])/gi)].map(
    ([, path = ""]) => path,
  );
  return [...new Set(paths.map((path) => joinPath(folder, path)))].filter((path) => path !== file.path);
}

/** `app.prod.parameters.json` is for `app.json`; `parameters.json` for the template with one of the usual names. */
export function templatesFor(path: string): readonly string[] {
  const folder = folderOf(path);
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.jsonc?$/i, "");
  const words = name.split(/[._-]/);
  const at = words.findIndex((word) => /^(?:parameters|params?)$/i.test(word));
  const stems = new Set<string>();
  for (let end = at < 0 ? words.length : at; end > 0; end--)
    stems.add(
      name
        .split(/(?=[._-])/)
        .slice(0, end)
        .join(""),
    );
  if (at === 0) for (const stem of usualTemplates) stems.add(stem);
  return [...stems].flatMap((stem) => [joinPath(folder, `${stem}.json`), joinPath(folder, `${stem}.jsonc`)]);
}

/** Files that lead to each other are one unit, known by its first file that nothing leads to. */
export function unitsOf(files: readonly LinkedFile[]): readonly UnitPlan[] {
  const linkOf = new Map<string, string>(files.map(({ path }) => [path, path]));
  const rootOf = (path: string): string => {
    let root = path;
    for (let next = linkOf.get(root); next !== undefined && next !== root; next = linkOf.get(root)) root = next;
    linkOf.set(path, root);
    return root;
  };
  const led = new Set<string>();
  for (const { path, links } of files) {
    for (const link of links) {
      if (!linkOf.has(link)) continue;
      if (!isParametersFile(path)) led.add(link);
      linkOf.set(rootOf(link), rootOf(path));
    }
  }
  const groups = Map.groupBy(files.map(({ path }) => path).sort(), rootOf);
  return [...groups.values()].map((paths) => {
    const root = paths.find((path) => !led.has(path) && !isParametersFile(path)) ?? paths[0] ?? "";
    return { root, paths };
  });
}

/** Resolves `.` and `..`; what leads out of the repository stays at its root. */
export function joinPath(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
