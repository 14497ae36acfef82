/**
 * Refs straight in a bare repository's files: a spawned `git for-each-ref` costs 3 to 5 ms, this a fraction, and every
 * push needs it twice. Only for repositories that the emulator made itself (files, not reftable).
 */
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return "";
    throw error;
  }
}

const objectId = /^[0-9a-f]{40}/;

/** The object that one ref stands for. */
export async function readRefFile(folder: string, name: string): Promise<string | undefined> {
  const loose = objectId.exec(await readIfThere(join(folder, name)))?.[0];
  return loose ?? (await readPackedRefs(folder)).get(name);
}

async function readPackedRefs(folder: string): Promise<Map<string, string>> {
  const lines = (await readIfThere(join(folder, "packed-refs"))).split("\n");
  return new Map(lines.filter((line) => objectId.test(line)).map((line) => [line.slice(41), line.slice(0, 40)]));
}

/** All refs below `refs/`, in order of name. Loose ones win over packed ones, and are read first, as git does. */
export async function readRefFiles(folder: string): Promise<Map<string, string>> {
  const loose: [string, string][] = [];
  const entries = await readdir(join(folder, "refs"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith(".lock"));
  await Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const id = objectId.exec(await readIfThere(path))?.[0];
      if (id) loose.push([path.slice(folder.length + 1).replaceAll("\\", "/"), id]);
    }),
  );
  const all = new Map([...(await readPackedRefs(folder)), ...loose]);
  return new Map([...all].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)));
}

/** For refs that only the service writes: nobody else moves them meanwhile, and no other ref stands in their way. */
export async function writeRefFile(folder: string, name: string, id: string): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  // Whoever reads sees the one or the other.
  await writeFile(`${path}.lock`, `${id}\n`);
  await rename(`${path}.lock`, path);
}
