/** The folder of a demo: begun anew each time, and never a folder with somebody's real data. */
import { existsSync, readdirSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const markFile = "demo.pid";

/** Throws with what to do if the folder is in use, or was not made by a demo. */
export async function prepareDemoFolder(folder: string): Promise<void> {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    const mark = await readFile(join(folder, markFile), "utf8").catch(() => undefined);
    if (mark === undefined) {
      throw new Error(`${folder} holds data that is not a demo's: set SALLYPORT_DATA to another folder`);
    }
    if (isAlive(Number(mark))) {
      throw new Error(`a demo runs already in ${folder} (process ${mark.trim()}): end it, or set SALLYPORT_DATA`);
    }
    // The mark stays: what is cut off here is a demo's folder still.
    for (const name of readdirSync(folder)) if (name !== markFile) await rm(join(folder, name), { recursive: true });
  }
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, markFile), `${process.pid}\n`);
}

function isAlive(pid: number): boolean {
  if (!pid || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
