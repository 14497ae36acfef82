/** `sallyport hook run`: what git calls. Looks at what a push would publish, or a commit keep, and says how to go on. */
import { resolve } from "node:path";
import { isDamage } from "#git/git-failure.ts";
import type { NewBlobs } from "#git/new-blobs.ts";
import type { LocalRepository, RepositoryNames } from "#git/open-local-repository.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { Problem } from "#model/scan-result.ts";
import { isAtLeast } from "#model/severity.ts";
import { allowsFile } from "#scan/settings/apply-settings.ts";
import { environmentWith, readConfig } from "../config.ts";
import { openRepository } from "../scan/open-repository.ts";
import { type OpenSource, type ScannedPath, scanPath } from "../scan/scan.ts";
import type { ScanOptions } from "../scan/scan-options.ts";
import type { ScanSource } from "../scan/sources/scan-source.ts";
import { UsageError } from "../usage-error.ts";
import type { HookName } from "./hook-files.ts";
import { allTheSame, type HookResult, wordsFor } from "./hook-words.ts";

const options: ScanOptions = { scanners: ["secrets"], format: "table", failOn: "medium", quiet: true };

export async function runHook(name: HookName): Promise<number> {
  const given = name === "pre-push" ? await pushedCommits() : undefined;
  if (given?.commits.length === 0) return 0;
  const scanning = given === undefined ? scanStaged() : scanPushed(given);
  const scans = await scanning.catch((error: unknown) => {
    if (!(error instanceof RemoteError)) throw error;
    const stopped = `This ${given === undefined ? "commit" : "push"} was not searched for secrets; it was stopped.`;
    const more = isDamage(error) ? ['"git fsck" says more.'] : [];
    throw new UsageError([error.message, ...more, stopped, allTheSame[name].trim()].join(" "));
  });
  const results = scans.map(judged);
  const result = {
    findings: distinct(results.flatMap(({ findings }) => findings)),
    unexamined: distinct(results.flatMap(({ unexamined }) => unexamined)),
    notes: distinct(results.flatMap(({ notes }) => notes)),
    isKeyShared: readConfig().masterKey !== undefined,
  };
  const ownRules = scans.flatMap((scan) => scan.ownRules);
  const words = await wordsFor(result, ownRules, name);
  if (words !== "") process.stderr.write(words);
  return result.findings.length + result.unexamined.length > 0 ? 1 : 0;
}

/** Branches with different settings share files. */
function distinct<T>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

async function scanStaged(): Promise<readonly ScannedPath[]> {
  const open: OpenSource = async (_, { folder }, { skip }) => {
    const { repository, reading } = await openRepository(folder, givenByGit());
    const { stagedBlobs } = await import("#git/new-blobs.ts");
    const blobs = await stagedBlobs({ ...reading, head: await repository.resolve("HEAD") });
    return sourceOf(repository, skip, blobs);
  };
  return [await scanPath(".", options, open)];
}

/**
 * Commits are judged by the settings that they bring along, as the server will judge them: what only lies in the folder
 * silences nothing there. Nearly always all have the same.
 */
async function scanPushed({ commits, published }: Pushed): Promise<readonly ScannedPath[]> {
  const [{ commitsAlike }, { blobsToPush }, { readScanSettings, noRepositorySettings }] = await Promise.all([
    import("#git/commits-alike.ts"),
    import("#git/new-blobs.ts"),
    import("#flows/scan-settings/read-scan-settings.ts"),
  ]);
  const { repository, reading } = await openRepository(resolve("."), givenByGit());
  try {
    // What the other side has may not be here: then it is no help in telling what is new.
    const known = (await Promise.all(published.map((id) => repository.resolve(id)))).filter((id) => id !== undefined);
    const scans: ScannedPath[] = [];
    for (const alike of await commitsAlike(commits, [".sallyport.yml", ".sallyport"], reading)) {
      const [first = ""] = alike.commits;
      const { settings, secrets, problems } = alike.hasAny
        ? await readScanSettings(repository, first)
        : noRepositorySettings;
      const open: OpenSource = async () =>
        sourceOf(
          { ...repository, release: () => undefined },
          settings.skip,
          await blobsToPush(alike.commits, known, reading),
        );
      const scan = await scanPath(".", options, open, { settings, ruleFiles: secrets?.ruleFiles ?? [] });
      scans.push({ ...scan, report: { ...scan.report, problems: [...problems, ...scan.report.problems] } });
    }
    return scans;
  } finally {
    repository.release();
  }
}

async function sourceOf(repository: LocalRepository, skip: readonly string[], blobs: NewBlobs): Promise<ScanSource> {
  const { openNewBlobsSource } = await import("../scan/sources/scan-git-source.ts");
  return openNewBlobsSource({ repository, scanners: options.scanners, skip }, blobs);
}

function judged({ report: { findings, problems }, settings }: ScannedPath): Omit<HookResult, "isKeyShared"> {
  const told = problems.filter(({ isNotice }) => !isNotice);
  const today = new Date().toISOString().slice(0, 10);
  // A mistake in settings or a rule of one's own leaves no file unexamined.
  const isUnexamined = ({ path, code }: Problem) =>
    path !== undefined && code !== "rule" && code !== "settings" && !allowsFile(settings.allow, path, today);
  return {
    findings: findings.filter(({ severity }) => isAtLeast(severity, "medium")),
    unexamined: told.filter(isUnexamined),
    notes: told.filter((problem) => !isUnexamined(problem)),
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
