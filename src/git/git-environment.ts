/**
 * The whole environment a git process gets. Nothing is inherited but a search path, proxies and certificate stores: a
 * repository, the machine's configuration or a stray GIT_* variable must not decide what git runs or where it connects.
 */
import { devNull } from "node:os";

/** Variables of the surrounding process that git may see; everything else, all of GIT_* included, stays outside. */
const passedOn = [
  "PATH",
  "TMPDIR",
  "SystemRoot",
  "HTTPS_PROXY",
  "https_proxy",
  "HTTP_PROXY",
  "http_proxy",
  "ALL_PROXY",
  "all_proxy",
  "NO_PROXY",
  "no_proxy",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
] as const;

const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin";

/**
 * Command-scope configuration: it wins over the repository's own file. `fsckObjects` stays off on purpose: real
 * repositories hold old commits that fsck refuses, hashes and connectivity are checked anyway, and nothing that fsck
 * guards against (checkout, submodules) ever happens here.
 */
const pinnedConfig: readonly (readonly [string, string])[] = [
  ["safe.directory", "*"],
  ["core.hooksPath", devNull],
  ["core.fsmonitor", "false"],
  ["core.attributesFile", devNull],
  ["core.excludesFile", devNull],
  ["core.alternateRefsCommand", ""],
  ["core.askPass", ""],
  ["core.sshCommand", "false"],
  ["core.logAllRefUpdates", "false"],
  ["core.quotePath", "false"],
  // What the first commit brought is a change, too.
  ["log.showRoot", "true"],
  // Larger blobs are streamed instead of being loaded whole.
  ["core.bigFileThreshold", "32m"],
  ["credential.helper", ""],
  ["credential.interactive", "false"],
  ["submodule.recurse", "false"],
  ["fetch.recurseSubmodules", "false"],
  ["fetch.fsckObjects", "false"],
  ["transfer.fsckObjects", "false"],
  // Always a pack, never loose objects: one file to write, one kind of storage to count.
  ["fetch.unpackLimit", "1"],
  ["fetch.showForcedUpdates", "false"],
  ["fetch.writeCommitGraph", "false"],
  ["gc.auto", "0"],
  ["gc.autoDetach", "false"],
  ["maintenance.auto", "false"],
  ["pack.threads", "2"],
  ["pack.windowMemory", "128m"],
  ["protocol.version", "0"], // Azure DevOps speaks v0 and v1
  ["protocol.allow", "never"],
  ["http.followRedirects", "false"],
  ["http.cookieFile", ""],
  ["http.saveCookies", "false"],
  // A stalled connection ends before the operation's own limit.
  ["http.lowSpeedLimit", "100"],
  ["http.lowSpeedTime", "60"],
];

export interface GitEnvironmentOptions {
  /** Variables of the surrounding process; only the harmless ones are passed on. */
  readonly surrounding?: Readonly<Record<string, string | undefined>> | undefined;
  /** An empty folder. */
  readonly home: string;
  readonly gitDir?: string;
  /** Where the files are; only with `gitDir`. */
  readonly workTree?: string;
  /** The one protocol that may be spoken; absent = none, as for every command that only reads. */
  readonly protocol?: "https" | "http";
  readonly config?: readonly (readonly [string, string])[];
}

export function gitEnvironment(options: GitEnvironmentOptions): Record<string, string> {
  const environment: Record<string, string> = { PATH: defaultPath };
  for (const name of passedOn) {
    const value = options.surrounding?.[name];
    if (value !== undefined && value !== "") environment[name] = value;
  }
  Object.assign(environment, {
    HOME: options.home,
    XDG_CONFIG_HOME: options.home,
    LC_ALL: "C",
    TZ: "UTC",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_SYSTEM: devNull,
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "false",
    SSH_ASKPASS: "false",
    // "none" names no protocol, so that a partial clone of a hostile person cannot fetch (and run) on demand either.
    GIT_ALLOW_PROTOCOL: options.protocol ?? "none",
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_LFS_SKIP_SMUDGE: "1",
    GIT_PAGER: "cat",
    GIT_EDITOR: "false",
  });
  if (options.gitDir !== undefined) environment.GIT_DIR = options.gitDir;
  if (options.workTree !== undefined) environment.GIT_WORK_TREE = options.workTree;
  const config = [...pinnedConfig, ...(options.config ?? [])];
  environment.GIT_CONFIG_COUNT = String(config.length);
  config.forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return environment;
}
