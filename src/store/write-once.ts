import { randomUUID } from "node:crypto";
import { link, open, rm } from "node:fs/promises";

/**
 * Makes a file that only we can read, with its whole content or not at all: it is written aside and then linked. False if it is
 * there already: several processes may ask at the same moment.
 */
export async function writeOnce(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  try {
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
