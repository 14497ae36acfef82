/** Makes a new PostgreSQL data folder: checksums, UTF-8, sorting by code point, sign-in by password only. */
import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeOnce } from "../write-once.ts";
import { asUser, giveTo, type PostgresUser, postgresEnvironment } from "./postgres-user.ts";

export const superuser = "sallyport";

/** The password is made once and kept beside the data, readable by us only. Two processes may start at once. */
export async function readPassword(folder: string): Promise<string> {
  const file = join(folder, "password");
  const kept = await readFile(file, "utf8").catch(() => undefined);
  if (kept === undefined) await writeOnce(file, randomBytes(24).toString("hex"));
  const password = (kept ?? (await readFile(file, "utf8"))).trim();
  if (password === "")
    throw new Error(
      `${file} should hold the database's password and is empty: restore it, or remove it if ${join(folder, "data")} is not there yet`,
    );
  return password;
}

/** Does nothing if `dataFolder` is there: it appears as a whole, never half made. */
export async function initializeCluster(options: {
  readonly folder: string;
  readonly dataFolder: string;
  readonly initdb: string;
  readonly user: PostgresUser;
  readonly password: string;
}): Promise<void> {
  if (await stat(options.dataFolder).catch(() => undefined)) return;
  const scratch = join(options.folder, `.initdb-${randomUUID()}`);
  // initdb wants a user that has a name; the folder changes hands afterwards.
  const user = options.user.is === "other" ? await namedUser() : options.user;
  const passwordFile = join(scratch, "password");
  const data = join(scratch, "data");
  try {
    await mkdir(data, { recursive: true });
    await chmod(scratch, 0o700);
    await writeFile(passwordFile, options.password, { mode: 0o600 });
    await giveTo(user, scratch);
    await run(asUser(user, options.initdb, initdbArguments(data, passwordFile)));
    await giveTo(options.user, data);
    await rename(data, options.dataFolder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function initdbArguments(data: string, passwordFile: string): readonly string[] {
  return [
    ["--pgdata", data, "--username", superuser, "--pwfile", passwordFile, "--auth", "scram-sha-256"],
    ["--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"],
    ["--data-checksums", "--no-instructions"],
  ].flat();
}

/** The user that owns nothing. */
async function namedUser(): Promise<PostgresUser> {
  const line = (await readFile("/etc/passwd", "utf8")).split("\n").find((entry) => entry.startsWith("nobody:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  if (!uid || !gid) {
    throw new Error("PostgreSQL cannot be set up as root without a user called nobody: run Sallyport as another user");
  }
  return { is: "other", uid: Number(uid), gid: Number(gid) };
}

async function run(command: ReturnType<typeof asUser>): Promise<void> {
  const { program, args, uid, gid } = command;
  const child = spawn(program, args, {
    cwd: "/",
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid === undefined || gid === undefined ? {} : { uid, gid }),
    ...postgresEnvironment,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-4_000);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`initdb failed (${code}): ${output.trim()}`);
}
