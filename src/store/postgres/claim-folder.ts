/**
 * Says which process answers for a folder: it stops PostgreSQL when it ends, others only use it. Each claim is a file with a
 * number one higher than the last, and the highest counts: a file can be made by one process only, but nothing could take one
 * away that is still what it was a moment ago.
 */
import { randomUUID } from "node:crypto";
import { link, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "./postmaster-file.ts";

export type FolderClaim =
  | { readonly is: "ours"; release(): Promise<void> }
  | { readonly is: "taken"; readonly by: number };

export async function claimFolder(folder: string): Promise<FolderClaim> {
  const mine = `${process.pid} ${(await startTime(process.pid)) ?? ""} ${randomUUID()}\n`;
  const draft = join(folder, `.owner-${randomUUID()}`);
  await writeFile(draft, mine, { mode: 0o600 });
  try {
    for (;;) {
      const last = await lastClaim(folder);
      const by = await runningOwner(last.said);
      if (by !== undefined) return { is: "taken", by };
      const number = last.number + 1;
      const file = fileOf(folder, number);
      // A link is made or refused as a whole, with its content.
      if (!(await isLinked(draft, file))) continue;
      // Others may have come and gone since we looked, and have tidied up behind them.
      if ((await lastClaim(folder)).number > number) {
        await rm(file, { force: true });
        continue;
      }
      await removeBefore(folder, number);
      // It stays without an owner: numbers only grow.
      return { is: "ours", release: () => truncate(file).catch(() => undefined) };
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/** The process that answers for a folder, if one does and runs; changes nothing. */
export async function ownerOf(folder: string): Promise<number | undefined> {
  return runningOwner((await lastClaim(folder)).said);
}

/** `owner` is that of a former edition, which knew no numbers. */
const claimName = /^owner(?:\.(\d+))?$/;

function fileOf(folder: string, number: number): string {
  return join(folder, number === 0 ? "owner" : `owner.${number}`);
}

async function numbersIn(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return [];
  });
  return names.flatMap((name) => {
    const [found, number = "0"] = claimName.exec(name) ?? [];
    return found === undefined ? [] : [Number(number)];
  });
}

async function lastClaim(folder: string): Promise<{ readonly number: number; readonly said: string }> {
  const number = Math.max(0, ...(await numbersIn(folder)));
  return { number, said: await readFile(fileOf(folder, number), "utf8").catch(() => "") };
}

async function isLinked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
}

async function removeBefore(folder: string, number: number): Promise<void> {
  for (const former of await numbersIn(folder)) if (former < number) await rm(fileOf(folder, former), { force: true });
}

async function runningOwner(said: string): Promise<number | undefined> {
  const [pid, started] = said.split(" ");
  if (!pid || !isAlive(Number(pid))) return undefined;
  return (await startTime(Number(pid))) === (started || undefined) ? Number(pid) : undefined;
}

/**
 * When the process began, in the kernel's ticks: with it a process id that was given again is told apart. Undefined
 * where there is no /proc, and for a process that ended and only waits to be noticed by its parent.
 */
async function startTime(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The name in parentheses may hold spaces. After it: the state first, the start time as 20th.
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields?.[0] === "Z" ? undefined : fields?.[19];
}
