/** The refs of a mirror, read from its files: no process, a millisecond. Mirrors are made here, so their files are of this kind. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** Object by full ref name. */
export async function localRefs(gitDir: string): Promise<ReadonlyMap<string, string>> {
  const refs = new Map<string, string>();
  const packed = await readFile(join(gitDir, "packed-refs"), "utf8").catch(() => "");
  for (const line of packed.split("\n")) {
    const match = /^([0-9a-f]{40}) (refs\/.+)$/.exec(line);
    if (match?.[1] && match[2]) refs.set(match[2], match[1]);
  }
  const files = await readdir(join(gitDir, "refs"), { withFileTypes: true, recursive: true });
  for (const file of files) {
    if (!file.isFile() || file.name.endsWith(".lock")) continue;
    const path = join(file.parentPath, file.name);
    const name = relative(gitDir, path).split(sep).join("/");
    const objectId = (await readFile(path, "utf8")).trim();
    // Damaged: not the ref of any remote, so it is written anew.
    refs.set(name, /^[0-9a-f]{40}$/.test(objectId) ? objectId : "");
  }
  return refs;
}
