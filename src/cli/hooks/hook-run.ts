/** `sallyport hook run`: what git calls. Looks at what a push would publish, or a commit keep, and says how to go on. */
import { resolve } from "node:path";
import { isDamage } from "#git/git-failure.ts";
import type { RepositoryNames } from "#git/open-local-repository.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { Problem } from "#model/scan-result.ts";
import { isAtLeast } from "#model/severity.ts";
import { allowsFile } from "#scan/settings/apply-settings.ts";
import { environmentWith, readConfig } from "../config.ts";
import { openRepository } from "../scan/open-repository.ts";
import { type OpenSource, type ScannedPath, scanPath } from "../scan/scan.ts";
import type { ScanOptions } from "../scan/scan-options.ts";
import { UsageError } from "../usage-error.ts";
import type { HookName } from "./hook-files.ts";
import { allTheSame, type HookResult, wordsFor } from "./hook-words.ts";

const options: ScanOptions = { scanners: ["secrets"], format: "table", failOn: "medium", quiet: true };

export async function runHook(name: HookName): Promise<number> {
  const given = name === "pre-push" ? await pushedCommits() : undefined;
  if (given?.commits.length === 0) return 0;
  const open: OpenSource = async (_, { folder }) => {
    const [{ repository, reading }, { openNewBlobsSource }, { blobsToPush, stagedBlobs }] = await Promise.all([
      openRepository(folder, givenByGit()),
      import("../scan/scan-git-source.ts"),
      import("#git/new-blobs.ts"),
    ]);
    const request = { repository, scanners: options.scanners };
    if (given === undefined) {
      return openNewBlobsSource(request, await stagedBlobs({ ...reading, head: await repository.resolve("HEAD") }));
    }
    // What the other side has may not be here: then it is no help in telling what is new.
    const known = await Promise.all(given.published.map((id) => repository.resolve(id)));
    const published = known.filter((id) => id !== undefined);
    return openNewBlobsSource(request, await blobsToPush(given.commits, published, reading));
  };
  const scanned = await scanPath(".", options, open).catch((error: unknown) => {
    if (!(error instanceof RemoteError)) throw error;
    const stopped = `This ${name === "pre-push" ? "push" : "commit"} was not searched for secrets; it was stopped.`;
    const more = isDamage(error) ? ['"git fsck" says more.'] : [];
    throw new UsageError([error.message, ...more, stopped, allTheSame[name].trim()].join(" "));
  });
  const result = judged(scanned);
  const words = await wordsFor(result, scanned.ownRules, name);
  if (words !== "") process.stderr.write(words);
  return result.findings.length + result.unexamined.length > 0 ? 1 : 0;
}

function judged({ report: { findings, problems }, settings }: ScannedPath): HookResult {
  const told = problems.filter(({ isNotice }) => !isNotice);
  const today = new Date().toISOString().slice(0, 10);
  // A mistake in a rule of one's own is about no file that leaves.
  const isUnexamined = ({ path, code }: Problem) =>
    path !== undefined && code !== "rule" && !allowsFile(settings.allow, path, today);
  return {
    findings: findings.filter(({ severity }) => isAtLeast(severity, "medium")),
    unexamined: told.filter(isUnexamined),
    notes: told.filter((problem) => !isUnexamined(problem)),
    isKeyShared: readConfig().masterKey !== undefined,
  };
}

/** Git says which repository a hook is about: one with its working tree elsewhere is not to be found from there. */
function givenByGit(): RepositoryNames {
  const { GIT_DIR: gitDir, GIT_WORK_TREE: workTree } = environmentWith({});
  return { ...(gitDir && { gitDir: resolve(gitDir) }), ...(workTree && { workTree: resolve(workTree) }) };
}

interface Pushed {
  readonly commits: readonly string[];
  /** Where the refs of the other side stand. */
  readonly published: readonly string[];
}

/** Lines of `<local ref> <local id> <remote ref> <remote id>`; zeros stand for a ref that is not there. */
async function pushedCommits(): Promise<Pushed> {
  let text = "";
  process.stdin.setEncoding("utf8");
  for await (const chunk of process.stdin as AsyncIterable<string>) text += chunk;
  const lines = text.split("\n").flatMap((line) => {
    const [, local = "", , remote = ""] = line.trim().split(" ");
    return isId(local) ? [{ local, remote }] : [];
  });
  return {
    commits: [...new Set(lines.map(({ local }) => local))],
    published: [...new Set(lines.map(({ remote }) => remote).filter(isId))],
  };
}

function isId(text: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(text) && !/^0+$/.test(text);
}
