/** Decides as whom PostgreSQL runs: it refuses to run as root. */
import { spawnSync } from "node:child_process";
import { chown, lstat, readdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

export type PostgresUser =
  /** We are no root: as ourselves. */
  | { readonly is: "ourselves" }
  /** As another user of the machine. */
  | { readonly is: "other"; readonly uid: number; readonly gid: number }
  /** As root that does not know it: in a user namespace that calls it something else. */
  | { readonly is: "namespace" };

// Free on every distribution we know (below it are people and system users, above are container ranges), so that no
// other service of the machine runs as the owner of the data.
const ownUid = 64_817;
const namespacedUid = 1_000;

export async function choosePostgresUser(folder: string): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return { is: "ourselves" };
  const other = { is: "other", uid: ownUid, gid: ownUid } as const;
  if ((await canReach(other, folder)) && maySwitchUser()) return other;
  if (spawnSync("unshare", [...unshareArguments, "true"]).status === 0) return { is: "namespace" };
  throw new Error(
    `PostgreSQL does not run as root, and no other user can enter ${folder}: run Sallyport as another user, or set SALLYPORT_DATA to a folder like /var/lib/sallyport, or DATABASE_URL to a PostgreSQL server`,
  );
}

/** How to start a program as that user. */
export function asUser(
  user: PostgresUser,
  program: string,
  args: readonly string[],
): { readonly program: string; readonly args: readonly string[]; readonly uid?: number; readonly gid?: number } {
  switch (user.is) {
    case "ourselves":
      return { program, args };
    case "other":
      return { program, args, uid: user.uid, gid: user.gid };
    case "namespace":
      return { program: "unshare", args: [...unshareArguments, program, ...args] };
  }
}

/** True if that user may enter the folder; a folder that is not there yet is judged by its nearest ancestor. */
export async function canReach(user: PostgresUser, folder: string): Promise<boolean> {
  if (user.is !== "other") return true;
  for (let path = resolve(folder); ; path = dirname(path)) {
    const facts = await stat(path).catch(() => undefined);
    if (facts) {
      const bit = facts.uid === user.uid ? 0o100 : facts.gid === user.gid ? 0o010 : 0o001;
      if ((facts.mode & bit) === 0) return false;
    }
    if (path === dirname(path)) return true;
  }
}

/** Gives the folder and everything in it to that user; cheap if it has it already. */
export async function giveTo(user: PostgresUser, folder: string): Promise<void> {
  const owner = user.is === "other" ? user : user.is === "namespace" ? { uid: 0, gid: 0 } : undefined;
  if (!owner || (await lstat(folder)).uid === owner.uid) return;
  await giveDeep(folder, owner);
}

async function giveDeep(folder: string, owner: { readonly uid: number; readonly gid: number }): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await giveDeep(path, owner);
    else if (entry.isFile()) await chown(path, owner.uid, owner.gid);
  }
  // Last, so that an interrupted walk starts again.
  await chown(folder, owner.uid, owner.gid);
}

const unshareArguments = ["--user", `--map-user=${namespacedUid}`, `--map-group=${namespacedUid}`, "--"];

/** Root of a container may lack the right to become somebody else. */
function maySwitchUser(): boolean {
  return spawnSync("/bin/sh", ["-c", ":"], { uid: ownUid, gid: ownUid, cwd: "/" }).status === 0;
}

/** What the database's processes see of our environment: nothing, it may hold keys. Windows cannot do without. */
export const postgresEnvironment =
  process.platform === "win32" ? {} : { env: { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" } };
