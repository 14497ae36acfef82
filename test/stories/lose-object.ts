/** Damage to a mirror: everything is unpacked, and one object taken away. */
import { execFileSync } from "node:child_process";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

export async function loseObject(gitDir: string, objectId: string): Promise<void> {
  const git = (args: readonly string[], input?: Buffer) =>
    execFileSync("git", ["--git-dir", gitDir, ...args], { input });
  const folder = join(gitDir, "objects", "pack");
  for (const name of (await readdir(folder)).filter((one) => one.endsWith(".pack"))) {
    const pack = await readFile(join(folder, name));
    await rm(join(folder, name), { force: true });
    await rm(join(folder, name.replace(/pack$/, "idx")), { force: true });
    git(["unpack-objects", "-q"], pack);
  }
  await rm(join(gitDir, "objects", objectId.slice(0, 2), objectId.slice(2)), { force: true });
}
