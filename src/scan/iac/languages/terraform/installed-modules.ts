/** Reads `.terraform/modules/modules.json`: where `terraform init` put the modules that are not in the repository. */
import { readJson } from "../../../formats/json/read-json.ts";
import { child, itemsOf, textOf } from "../../../formats/node.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { folderOf, resolvePath } from "../folder-path.ts";

/** Folders by the names of the calls that lead to the module: `network.subnet`. */
export function installedModules(file: TextFile): ReadonlyMap<string, string> {
  const root = installedAt(file.path);
  const installed = new Map<string, string>();
  for (const entry of itemsOf(child(readJson(file).node, "Modules"))) {
    const key = textOf(child(entry, "Key"));
    const folder = resolvePath(root, textOf(child(entry, "Dir")) ?? "..");
    if (key && folder !== undefined) installed.set(key, folder);
  }
  return installed;
}

/** The folder in which `terraform init` ran. */
export function installedAt(path: string): string {
  return folderOf(folderOf(folderOf(path)));
}
