/** Says which process answers for a folder: it stops PostgreSQL when it ends, others only use it. */
import { randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "./postmaster-file.ts";

export type FolderClaim =
  | { readonly is: "ours"; release(): Promise<void> }
  | { readonly is: "taken"; readonly by: number };

export async function claimFolder(folder: string): Promise<FolderClaim> {
  const file = join(folder, "owner");
  const mine = `${process.pid} ${(await startTime(process.pid)) ?? ""} ${randomUUID()}\n`;
  const draft = join(folder, `.owner-${randomUUID()}`);
  await writeFile(draft, mine, { mode: 0o600 });
  try {
    for (;;) {
      try {
        // A link is made or refused as a whole, with its content.
        await link(draft, file);
        return {
          is: "ours",
          release: async () => {
            if ((await readFile(file, "utf8").catch(() => "")) === mine) await rm(file, { force: true });
          },
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const [pid, started] = (await readFile(file, "utf8").catch(() => "")).split(" ");
      if (pid && isAlive(Number(pid)) && (await startTime(Number(pid))) === (started || undefined)) {
        return { is: "taken", by: Number(pid) };
      }
      await rm(file, { force: true });
    }
  } finally {
    await rm(draft, { force: true });
  }
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
