/**
 * Pushes one branch, or deletes it, if it still is where it was expected to be. Refuses every ref but those below
 * `refs/heads/sallyport/fix/`: whatever goes wrong elsewhere, nobody's own branch is ever written to.
 */
import { RemoteError } from "#model/remote-error.ts";
import { checkUrl } from "./check-url.ts";
import type { FetchSetting } from "./fetch-mirror.ts";
import { gitEnvironment } from "./git-environment.ts";
import type { MirrorLock } from "./lock-mirror.ts";
import type { FetchRequest } from "./mirror.ts";
import { runGit } from "./run-git.ts";

export const pushPrefix = "refs/heads/sallyport/fix/";

export interface PushRequest extends Pick<FetchRequest, "url" | "authorization" | "signal"> {
  /** Full name, below `refs/heads/sallyport/fix/`. */
  readonly ref: string;
  /** The commit that it becomes; absent: it is deleted. */
  readonly commit?: string | undefined;
  /** Where it must be; absent: it must not exist. */
  readonly expected?: string | undefined;
}

/** `moved`: somebody else pushed to it; `refused`: the remote says no, in its words. */
export type Pushed =
  | { readonly is: "pushed" }
  | { readonly is: "moved" }
  | { readonly is: "refused"; readonly because: string };

const objectId = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

export async function pushBranch(setting: FetchSetting, lock: MirrorLock, request: PushRequest): Promise<Pushed> {
  const { gitDir, limits, log, surrounding, home } = setting;
  const { url, ref, commit = "", expected = "", authorization, signal } = request;
  const { origin, protocol } = checkUrl(url);
  if (!isOurs(ref)) throw new RemoteError("refused", "Only branches of fixes are pushed.", { details: { ref } });
  for (const id of [commit, expected]) {
    if (id !== "" && !objectId.test(id)) throw new RemoteError("refused", "This is no commit that can be pushed.");
  }
  const options = ["--porcelain", "--quiet", "--no-verify", "--no-thin", "--no-signed", "--recurse-submodules=no"];
  const { code, output } = await runGit({
    args: ["push", ...options, `--force-with-lease=${ref}:${expected}`, url, `${commit}:${ref}`],
    environment: gitEnvironment({
      surrounding,
      home,
      gitDir,
      protocol,
      // Bound to the origin: no other address can ever be sent it.
      config: authorization ? [[`http.${origin}/.extraHeader`, `Authorization: ${authorization.reveal()}`]] : [],
    }),
    log,
    timeLimit: limits.fetchMilliseconds,
    secrets: authorization ? [authorization] : [],
    signal,
    accept: [1],
    onStart: (pid) => lock.working(pid),
  });
  return code === 0 ? { is: "pushed" } : refusalOf(output.toString("utf8"), ref);
}

function isOurs(ref: string): boolean {
  return (
    ref.startsWith(pushPrefix) &&
    /^[a-z0-9](?:[a-z0-9.-]{0,150}[a-z0-9])?$/.test(ref.slice(pushPrefix.length)) &&
    !ref.includes("..") &&
    !ref.endsWith(".lock")
  );
}

/** `!` TAB `<from>:<to>` TAB `[rejected] (stale info)` */
function refusalOf(said: string, ref: string): Pushed {
  const line = said.split("\n").find((one) => one.startsWith("!") && one.includes(`:${ref}\t`));
  const summary = line?.split("\t")[2] ?? "";
  if (line === undefined) throw new RemoteError("unreachable", "The connection broke during the push.");
  const because = /\((.*)\)\s*$/.exec(summary)?.[1] ?? summary;
  if (/stale info|fetch first|non-fast-forward/.test(because) || /TF401028|cannot lock ref/.test(because))
    return { is: "moved" };
  return { is: "refused", because: because || "the remote did not say why" };
}
