/** Makes and removes the bare repositories behind the API. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { World } from "../world.ts";
import { repositoryFolder } from "./repository-store.ts";

const repositoryConfig = [
  ["core.repositoryformatversion", "0"],
  ["core.filemode", "true"],
  ["core.bare", "true"],
  ["http.receivepack", "true"],
  ["uploadpack.allowFilter", "true"],
  ["uploadpack.allowAnySHA1InWant", "true"],
  ["receive.autogc", "false"],
  ["gc.auto", "0"],
  ["core.logAllRefUpdates", "false"],
  ["core.fsync", "none"],
] as const;

/** What `git init --bare` would write, without its process. */
export async function createBareRepository(world: World, repositoryId: string): Promise<void> {
  const folder = repositoryFolder(world, repositoryId);
  const config = repositoryConfig.map(([key, value]) => {
    const [section, name] = key.split(".");
    return `[${section}]\n\t${name} = ${value}\n`;
  });
  for (const inside of ["objects/info", "objects/pack", "refs/heads"])
    await mkdir(join(folder, inside), { recursive: true });
  await writeFile(join(folder, "config"), config.join(""));
  await writeFile(join(folder, "HEAD"), "ref: refs/heads/main\n");
}

export async function removeBareRepository(world: World, repositoryId: string): Promise<void> {
  await rm(repositoryFolder(world, repositoryId), { recursive: true, force: true });
}
