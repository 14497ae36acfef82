/**
 * Which commit brought which version of which path, from one stream of `git log`, the newest first. It is read while the
 * objects are scanned, and asked when it is known which of them matter: four numbers are kept for each change.
 */
import { RemoteError } from "#model/remote-error.ts";
import { limitMemory } from "../limit-memory.ts";
import type { RepositoryOnDisk } from "../mirror.ts";
import { pathText } from "../path-text.ts";
import { startGit } from "../run-git.ts";

export interface CommitChanges {
  readonly count: number;
  /** The first 13 digits of the new version's id as a number: enough to sort out all but a few. */
  keyAt(change: number): number;
  pathAt(change: number): string;
  commitAt(change: number): CommitName;
  /** What git said where it ended early. */
  readonly failure?: RemoteError;
  /** What git said of all refs together, where it could read those that name something. */
  readonly ofBrokenRefs?: RemoteError;
}

export interface CommitName {
  readonly commit: string;
  /** When its author made it, in seconds since 1970. */
  readonly at: number;
}

/** The key of an id written in hexadecimal digits. */
export function keyOf(id: string): number {
  return Number.parseInt(id.slice(0, 13), 16);
}

export interface ChangesAsked {
  /** Commits whose changes are known; those that are gone do not matter. */
  readonly since: readonly string[];
  /** What the refs name: read where git cannot read all refs together, as after a crash that left an empty one. */
  readonly tips: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

export async function readChanges(repository: RepositoryOnDisk, asked: ChangesAsked): Promise<CommitChanges> {
  const all = await changesOf(repository, ["--all"], asked);
  if (all.failure === undefined || all.count > 0 || asked.signal?.aborted === true) return all;
  const named = await changesOf(repository, [], asked);
  // Git passes over tips that it lacks: where nothing came of any of them, it is more than a ref that is broken.
  const hasRead = named.failure === undefined && (named.count > 0 || asked.since.length > 0);
  return hasRead ? { ...named, ofBrokenRefs: all.failure } : all;
}

/** Of the tips, if `refs` are none. */
async function changesOf(
  { environment, log, limits }: RepositoryOnDisk,
  refs: readonly string[],
  { since, tips, signal }: ChangesAsked,
): Promise<CommitChanges> {
  const options = ["--raw", "-c", "--no-renames", "--no-abbrev", "-z", "--format=%x01%at %H", "--no-show-signature"];
  // `-c` shows of a merge what none of its parents had: what was made in resolving it.
  const args = ["log", ...refs, "--ignore-missing", "--stdin", ...options];
  // Into a pipe git would write each commit by itself, and we would wake up for each.
  const buffered = { ...environment, GIT_FLUSH: "0" };
  const git = startGit({ args, environment: buffered, log, signal, timeLimit: limits.fetchMilliseconds });
  limitMemory(git, Math.max(leastMemory, 4 * limits.outputBytes));
  const named = refs.length > 0 ? [] : tips;
  git.stdin.end([...named, ...since.map((commit) => `^${commit}`), ""].join("\n"));
  const columns = newColumns();
  const parser = changeParser(columns);
  let failure: RemoteError | undefined;
  try {
    for await (const chunk of git.stdout as AsyncIterable<Buffer>) {
      parser.read(chunk);
      if (columns.memory > limits.outputBytes) git.stop(tooManyChanges());
    }
    await git.finished;
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    failure = error;
  }
  parser.end();
  return {
    count: columns.count,
    keyAt: (change) => columns.keys[change]!,
    pathAt: (change) => columns.paths[columns.pathOf[change]!]!,
    commitAt: (change) => columns.commits[columns.commitOf[change]!]!,
    ...(failure !== undefined && { failure }),
  };
}

const leastMemory = 64 * 1024 * 1024;

function tooManyChanges(): RemoteError {
  const message = "The repository is too large: its commits changed more files than can be kept.";
  return new RemoteError("refused", message, { details: { reason: "too-large" } });
}

interface Columns {
  count: number;
  /** Bytes that all of it takes, about. */
  memory: number;
  keys: Float64Array<ArrayBuffer>;
  pathOf: Uint32Array<ArrayBuffer>;
  commitOf: Uint32Array<ArrayBuffer>;
  readonly paths: string[];
  readonly commits: CommitName[];
}

function newColumns(): Columns {
  const size = 64 * 1024;
  return {
    count: 0,
    memory: 0,
    keys: new Float64Array(size),
    pathOf: new Uint32Array(size),
    commitOf: new Uint32Array(size),
    paths: [],
    commits: [],
  };
}

function addChange(columns: Columns, key: number, path: number): void {
  const { count } = columns;
  if (count === columns.keys.length) {
    const size = count * 2;
    columns.keys = widened(new Float64Array(size), columns.keys);
    columns.pathOf = widened(new Uint32Array(size), columns.pathOf);
    columns.commitOf = widened(new Uint32Array(size), columns.commitOf);
  }
  columns.keys[count] = key;
  columns.pathOf[count] = path;
  columns.commitOf[count] = columns.commits.length - 1;
  columns.count++;
  columns.memory += 16;
}

function widened<T extends Float64Array | Uint32Array>(wide: T, narrow: T): T {
  wide.set(narrow);
  return wide;
}

const colon = 0x3a;
const start = 0x01;
const newline = 0x0a;
const space = 0x20;

/**
 * Records end with NUL: `\x01<time> <commit>`, then for each change `:<modes> <ids> <status>` and its path, with one colon for
 * each parent; git puts a line feed before the first change of a commit.
 */
function changeParser(columns: Columns): { read(chunk: Buffer): void; end(): void } {
  const pathNumbers = new Map<string, number>();
  let rest: Buffer = Buffer.alloc(0);
  let key = -1;
  let expectsPath = false;

  const record = (bytes: Buffer, from: number, to: number) => {
    if (expectsPath) {
      expectsPath = false;
      if (key < 0) return;
      const raw = bytes.toString("latin1", from, to);
      let path = pathNumbers.get(raw);
      if (path === undefined) {
        path = columns.paths.push(pathText(bytes.subarray(from, to))) - 1;
        columns.memory += 2 * (to - from) + 100;
        pathNumbers.set(raw, path);
      }
      addChange(columns, key, path);
      return;
    }
    let at = from;
    if (bytes[at] === newline) at++;
    if (bytes[at] === start) columns.commits.push(commitName(bytes.toString("latin1", at + 1, to)));
    else if (bytes[at] === colon) {
      key = keyOfChange(bytes, at, to);
      expectsPath = true;
    }
  };

  return {
    read(chunk) {
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      let from = 0;
      for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, from)) {
        record(bytes, from, at);
        from = at + 1;
      }
      rest = bytes.subarray(from);
    },
    end() {
      if (rest.length > 0) record(rest, 0, rest.length);
    },
  };
}

function commitName(text: string): CommitName {
  const [at = "", commit = ""] = text.split(" ");
  return { commit, at: Number.parseInt(at, 10) || 0 };
}

/** -1 for what was deleted, and for submodules. */
function keyOfChange(bytes: Buffer, from: number, to: number): number {
  let parents = 0;
  while (bytes[from + parents] === colon) parents++;
  // After the colons: a mode of six digits for each parent and the new one, each with a space; the new one comes last.
  const mode = from + parents + parents * 7;
  if (bytes[mode] === 0x30 || (bytes[mode] === 0x31 && bytes[mode + 1] === 0x36)) return -1;
  let end = to;
  while (end > mode && bytes[end - 1] !== space) end--;
  let id = end - 1;
  while (id > mode && bytes[id - 1] !== space) id--;
  let key = 0;
  for (let at = id; at < id + 13; at++) {
    const digit = bytes[at]!;
    key = key * 16 + (digit < 0x3a ? digit - 0x30 : digit - 0x57);
  }
  return key;
}
