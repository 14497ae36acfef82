/** Reads `.terraform/modules/modules.json`: where `terraform init` put the modules that are not in the repository. */
import { parse } from "jsonc-parser";
import type { TextFile } from "../../../formats/text-file.ts";
import { folderOf, resolvePath } from "./folder-path.ts";

/** Folders by the names of the calls that lead to the module: `network.subnet`. */
export function installedModules({ path, text }: TextFile): ReadonlyMap<string, string> {
  const root = rootOf(path);
  const list: unknown = parse(text)?.Modules;
  const installed = new Map<string, string>();
  for (const entry of Array.isArray(list) ? list : []) {
    const { Key: key, Dir: folder } = Object(entry) as { readonly Key?: unknown; readonly Dir?: unknown };
    if (typeof key !== "string" || typeof folder !== "string" || key === "") continue;
    const resolved = resolvePath(root, folder);
    if (resolved !== undefined) installed.set(key, resolved);
  }
  return installed;
}

/** The folder in which `terraform init` ran. */
function rootOf(path: string): string {
  return folderOf(folderOf(folderOf(path)));
}
