/** What a Terraform file pulls in: folders of local modules, and files that it reads. */
import type { SourceFile } from "#model/source-file.ts";
import { folderOf, resolvePath } from "../folder-path.ts";
import { attributeOf } from "./attribute-of.ts";
import { fileLinks } from "./file-links.ts";
import { installedModules } from "./installed-modules.ts";
import { isLocalSource } from "./module-path.ts";
import { parsedFile } from "./parsed-file.ts";
import { kindOfFile } from "./terraform-file.ts";

/** Only files that may call a local module are parsed for it. */
const maybeLocal = /\bsource"?\s*[=:]\s*"\.\.?[/\\"]/;

export function linksOf(source: SourceFile): readonly string[] {
  const { path } = source;
  const kind = kindOfFile(path);
  const text = kind === "configuration" || kind === "installed" ? source.text() : undefined;
  if (text === undefined) return [];
  if (kind === "installed") return [...installedModules({ path, text }).values()];
  const folder = folderOf(path);
  const targets = maybeLocal.test(text) ? moduleSources(source) : [];
  const folders = targets.flatMap((target) => resolvePath(folder, target) ?? []);
  return [...new Set([...folders, ...fileLinks(folder, text)])];
}

function moduleSources(file: SourceFile): string[] {
  return (parsedFile(file, "configuration")?.body.items ?? []).flatMap((item) => {
    if (item.is !== "block" || item.type !== "module") return [];
    const source = attributeOf(item.body.items, "source")?.value;
    const text = source?.is === "literal" ? String(source.value) : "";
    return isLocalSource(text) ? [text.replaceAll("\\", "/")] : [];
  });
}
