/** What a Terraform file pulls in: folders of local modules, and files whose names it says. */
import type { SourceFile } from "#model/source-file.ts";
import { folderOf, isLocalSource, resolvePath } from "./folder-path.ts";
import { installedModules } from "./installed-modules.ts";
import { kindOfFile } from "./terraform-file.ts";

const sourceForm = /^[ \t]*"?source"?[ \t]*[=:][ \t]*"(\.[^"\n]*)"/gm;
const fileForm = /\b(?:file\w*|templatefile)\(\s*"(?:\$\{path\.(?:module|root)\}\/|\.\/)?([^"$%\n]+)"/g;

export function linksOf(file: SourceFile): readonly string[] {
  const kind = kindOfFile(file.path);
  const text = kind === "configuration" || kind === "installed" ? file.text() : undefined;
  if (text === undefined) return [];
  if (kind === "installed") return [...installedModules({ path: file.path, text }).values()];
  const folder = folderOf(file.path);
  const links = new Set<string>();
  if (text.includes("source")) {
    for (const [, source = ""] of text.matchAll(sourceForm)) {
      const target = isLocalSource(source) ? resolvePath(folder, source.replaceAll("\\", "/")) : undefined;
      if (target !== undefined) links.add(target);
    }
  }
  if (text.includes("file")) {
    for (const [, path = ""] of text.matchAll(fileForm)) {
      const target = resolvePath(folder, path);
      if (target !== undefined) links.add(target);
    }
  }
  return [...links];
}
