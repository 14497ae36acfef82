/** Finds the folder whose `.tf` files a plan was made of: its own, or the nearest one above that holds any. */
import { folderOf } from "../folder-path.ts";

export function sourceFolder(plan: string, holdsSource: (folder: string) => boolean): string | undefined {
  for (let folder = folderOf(plan); ; folder = folderOf(folder)) {
    if (holdsSource(folder)) return folder;
    if (folder === "") return undefined;
  }
}
