/** Brings a bare mirror up to date: one `git fetch`, whatever there is to get; heals what a killed predecessor left. */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import { RemoteError } from "#model/remote-error.ts";
import { checkRemote, type RemoteRefs } from "./check-remote.ts";
import { checkUrl } from "./check-url.ts";
import { fetchChanges, findChanges, letPacksGo } from "./fetch-changes.ts";
import { gitEnvironment } from "./git-environment.ts";
import { isDamage } from "./git-failure.ts";
import type { MirrorLock } from "./lock-mirror.ts";
import type { FetchRequest, GitLimits } from "./mirror.ts";
import { readAdvertisement } from "./read-advertisement.ts";
import { runGit, startGit } from "./run-git.ts";
import { isTooLarge, runGuarded } from "./run-guarded.ts";

export interface FetchSetting {
  readonly gitDir: string;
  readonly home: string;
  readonly surrounding: Readonly<Record<string, string | undefined>> | undefined;
  readonly limits: GitLimits;
  readonly log: Logger;
}

/** More packs than this are merged: lookups slow down with each, and every fetch that gets something adds one. */
const packLimit = 24;
/** More refs than this that are files of their own are put into one: each look at the refs reads them all, of 5,000 for half a second. */
const looseRefLimit = 200;
/** Exists while git writes: found at the next start, it says that the work was cut off. */
const unfinishedMark = "sallyport-unfinished";
/** Exists when a reader found that an object is missing or broken. */
export const damagedMark = "sallyport-damaged";

export async function fetchMirror(setting: FetchSetting, lock: MirrorLock, request: FetchRequest): Promise<void> {
  const remote = checkUrl(request.url);
  const refspecs = ["+refs/heads/*:refs/heads/*", ...(request.refs ?? []).map(refspec)];
  const remoteRefs = await checkRemote(request);
  const isDamaged = await exists(join(setting.gitDir, damagedMark));
  const isNew = isDamaged || !(await exists(join(setting.gitDir, "HEAD")));
  if (isNew) await emptyMirror(setting.gitDir);
  const unfinished = await exists(join(setting.gitDir, unfinishedMark));
  if (unfinished || lock.inherited) {
    setting.log.warn({ gitDir: setting.gitDir }, "the last fetch of this mirror was cut off");
    await heal(setting.gitDir);
  }
  if (!isNew && !unfinished && !lock.inherited && (await fetchShortly(setting, lock, request, remoteRefs))) return;
  const attempt = () => fetchOnce(setting, lock, { ...request, ...remote, refspecs });
  try {
    await attempt();
  } catch (error) {
    // It is only a cache: one that git cannot work with, or that is full of what force pushes left, is made anew.
    if (!isDamage(error) && !(isTooLarge(error) && !isNew)) throw error;
    setting.log.warn({ gitDir: setting.gitDir, err: error }, "mirror made anew");
    await emptyMirror(setting.gitDir);
    await attempt();
  }
  if (remoteRefs.hasHeads && !(await hasLocalHeads(setting.gitDir))) {
    throw new RemoteError("unexpected", "The remote showed branches, and then sent git something else.");
  }
  await packIfNeeded(setting, lock);
}

/** False if the long way must be gone: whatever is unusual, git itself is to judge. */
async function fetchShortly(
  setting: FetchSetting,
  lock: MirrorLock,
  request: FetchRequest,
  { hasHeads, advertisement }: RemoteRefs,
): Promise<boolean> {
  const remote = advertisement && hasHeads ? readAdvertisement(advertisement) : undefined;
  if (!remote) return false;
  const named = (request.refs ?? []).map((ref) => refspec(ref).replace(/^\+|\*:.*$/g, ""));
  const changes = await findChanges(setting.gitDir, remote, named);
  if (changes.updated.size + changes.deleted.length === 0) return true;
  const mark = join(setting.gitDir, unfinishedMark);
  await writeFile(mark, "");
  try {
    await fetchChanges(setting, lock, request, changes, remote);
  } catch (error) {
    const isForGit = isTooLarge(error) || (error instanceof RemoteError && error.code === "unexpected");
    if (request.signal?.aborted || !isForGit) throw error;
    setting.log.warn({ gitDir: setting.gitDir, err: error }, "git fetches the long way");
    return false;
  }
  await packIfNeeded(setting, lock);
  await rm(mark, { force: true });
  return true;
}

async function hasLocalHeads(gitDir: string): Promise<boolean> {
  const packed = await readFile(join(gitDir, "packed-refs"), "utf8").catch(() => "");
  if (packed.includes(" refs/heads/")) return true;
  const heads = await readdir(join(gitDir, "refs", "heads"), { withFileTypes: true, recursive: true });
  return heads.some((entry) => entry.isFile());
}

interface Attempt extends FetchRequest {
  readonly origin: string;
  readonly protocol: "https" | "http";
  readonly refspecs: readonly string[];
}

async function fetchOnce(setting: FetchSetting, lock: MirrorLock, request: Attempt): Promise<void> {
  const { gitDir, limits, log } = setting;
  const mark = join(gitDir, unfinishedMark);
  await writeFile(mark, "");
  const { authorization } = request;
  const options = [
    "--quiet",
    "--prune",
    "--no-tags",
    "--no-write-fetch-head",
    "--no-auto-gc",
    "--no-recurse-submodules",
  ];
  const git = startGit({
    args: ["fetch", ...options, request.url, ...request.refspecs],
    environment: gitEnvironment({
      surrounding: setting.surrounding,
      home: setting.home,
      gitDir,
      protocol: request.protocol,
      // Bound to the origin: no other address can ever be sent it.
      config: authorization
        ? [[`http.${request.origin}/.extraHeader`, `Authorization: ${authorization.reveal()}`]]
        : [],
    }),
    log,
    timeLimit: limits.fetchMilliseconds,
    secrets: authorization ? [authorization] : [],
    signal: request.signal,
  });
  git.stdin.end();
  git.stdout.resume();
  await runGuarded(git, setting, lock);
  await rm(mark, { force: true });
}

/** A pattern that matches the one ref: unlike a plain name it is no error when the ref is gone, and then it is pruned. */
function refspec(ref: string): string {
  if (!/^refs\/[\w.\-/]+$/.test(ref) || ref.includes("..") || ref.includes("//")) {
    throw new RemoteError("refused", "This is no ref that can be fetched.", { details: { ref: ref.slice(0, 200) } });
  }
  return `+${ref}*:${ref}*`;
}

/** What `git init --bare` would write, without its process, templates and hooks; complete when it appears. */
async function emptyMirror(gitDir: string): Promise<void> {
  const draft = `${gitDir}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(join(draft, "objects", "pack"), { recursive: true, mode: 0o700 });
  await mkdir(join(draft, "objects", "info"));
  await mkdir(join(draft, "refs", "heads"), { recursive: true });
  await writeFile(join(draft, "HEAD"), "ref: refs/heads/main\n");
  await writeFile(
    join(draft, "config"),
    "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n\tlogAllRefUpdates = false\n",
  );
  // In-use marks of readers belong to the mirror, not to its content.
  await rename(join(gitDir, "users"), join(draft, "users")).catch(() => undefined);
  await rm(gitDir, { recursive: true, force: true });
  await rename(draft, gitDir);
}

/** Removes what a killed git leaves and its successor stumbles over: locks of refs, half-written packs. */
async function heal(gitDir: string): Promise<void> {
  for (const entry of await readdir(gitDir, { withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith(".lock")) await rm(join(gitDir, entry.name), { force: true });
  }
  for (const entry of await readdir(join(gitDir, "refs"), { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && entry.name.endsWith(".lock")) await rm(join(entry.parentPath, entry.name), { force: true });
  }
  for (const entry of await readdir(join(gitDir, "objects"), { withFileTypes: true, recursive: true })) {
    if (/^\.?(tmp_|tmp-)|\.lock$/.test(entry.name)) {
      await rm(join(entry.parentPath, entry.name), { recursive: true, force: true });
    }
  }
  await letPacksGo(gitDir);
}

/**
 * Many small fetches leave many packs. Merging geometrically rewrites only the small ones, so its cost stays in
 * proportion to what was fetched; objects that nothing reaches any more go with the mirror's eviction. The first fetch of
 * many branches leaves as many files.
 */
async function packIfNeeded(setting: FetchSetting, lock: MirrorLock): Promise<void> {
  const { gitDir, limits, log } = setting;
  const packs = (await readdir(join(gitDir, "objects", "pack"))).filter((name) => name.endsWith(".pack"));
  const refs = await readdir(join(gitDir, "refs"), { withFileTypes: true, recursive: true });
  const hasManyPacks = packs.length > packLimit;
  if (!hasManyPacks && refs.filter((entry) => entry.isFile()).length <= looseRefLimit) return;
  const environment = gitEnvironment({ surrounding: setting.surrounding, home: setting.home, gitDir });
  const mark = join(gitDir, unfinishedMark);
  await writeFile(mark, "");
  if (hasManyPacks) {
    const args = ["repack", "--geometric=2", "-d", "-q"];
    const repack = startGit({ args, environment, log, timeLimit: limits.fetchMilliseconds });
    repack.stdin.end();
    repack.stdout.resume();
    await runGuarded(repack, setting, lock);
  }
  await runGit({ args: ["pack-refs", "--all"], environment, log, timeLimit: limits.readMilliseconds });
  await rm(mark, { force: true });
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
