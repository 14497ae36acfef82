/**
 * A made-up repository with a long history, written through `git fast-import`: files of the packages that this project uses,
 * edited at a few places at a time, few of them often and many seldom, and some tokens that come and go. The same packages
 * and arguments give the same objects. In its usual size it is like a large public one that was measured: 114,081 commits, 175,225
 * distinct versions of files with 5.98 GB, a pack of 284 MB, 411 MB to inflate, 990 MB of it whole or near changes (pack-facts.ts
 * tells the same of this one). It is kept, for making it takes a few minutes.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface RepositorySize {
  readonly commits: number;
  readonly files: number;
}

/** The folder of the bare repository; made if it is not there yet. */
export async function historyRepository(folder: string, size: RepositorySize): Promise<string> {
  const place = join(folder, `sallyport-history-${size.commits}-${size.files}.git`);
  if (existsSync(place)) return place;
  const making = `${place}.${process.pid}`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  git(making, "init", "--quiet", "--bare", "--initial-branch=main");
  const child = spawn("git", ["-C", making, "fast-import", "--quiet", "--depth=50"], {
    stdio: ["pipe", "inherit", "inherit"],
  });
  const ended = once(child, "close");
  for (const chunk of stream(size)) {
    if (!child.stdin.write(chunk)) await once(child.stdin, "drain");
  }
  child.stdin.end();
  await ended;
  renameSync(making, place);
  return place;
}

function git(folder: string, ...args: readonly string[]): void {
  const { status } = spawnSync("git", ["-C", folder, ...args], { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw new Error(`git ${args[0]} ended with ${status}`);
}

/**
 * All versions of a file stand together, the newest first, so that fast-import builds each on the one that came after it, as
 * `git repack` mostly does, which would take ten times as long; then come the commits.
 */
function* stream({ commits, files }: RepositorySize): Generator<Buffer | string> {
  const random = randomFrom(42);
  const all = sources();
  const touched: number[][] = Array.from({ length: files }, () => []);
  for (let commit = 0; commit < commits; commit++) {
    const count = 1 + Number(random() < 0.4) + Number(random() < 0.14);
    for (let index = 0; index < count; index++) {
      // A seventh of all edits meets three files, the rest thins out: so histories are.
      const hot = random() < 0.14;
      const file = hot ? Math.floor(random() * 3) : Math.floor(files * random() ** 2.2);
      if (touched[file]?.at(-1) !== commit) touched[file]?.push(commit);
    }
  }
  const changes: string[][] = Array.from({ length: commits }, () => []);
  let mark = 0;
  for (const [file, at] of touched.entries()) {
    const source = all[(file * 7919) % all.length] as Source;
    const lines = newFile(file, source, all);
    for (const commit of at.reverse()) {
      edit(lines, all, random);
      mark++;
      changes[commit]?.push(`M 100644 :${mark} ${pathOf(file, source)}\n`);
      const text = Buffer.from(lines.join("\n"), "latin1");
      yield `blob\nmark :${mark}\ndata ${text.length}\n`;
      yield text;
      yield "\n";
    }
  }
  for (const [commit, change] of changes.entries()) {
    const who = `Author ${commit % 97} <author${commit % 97}@bench.example> ${1_400_000_000 + commit * 3600} +0000`;
    yield `commit refs/heads/main\ncommitter ${who}\ndata 7\nchange\n\n${change.join("")}\n`;
  }
}

/** Real text, for how often words like `token` stand in it decides much: the source of the packages this project uses. */
function sources(): readonly Source[] {
  const folder = fileURLToPath(new URL("../node_modules/", import.meta.url));
  const found: Source[] = [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && /\.(?:[cm]?js|d\.ts|json|md|css|ya?ml)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const name of names) {
    const text = readFileSync(name, "latin1");
    const lines = text.split("\n");
    if (text.length < 1000 || text.length > 400_000 || lines.some((line) => line.length > 400)) continue;
    found.push({ ending: extname(name), lines });
    if (found.length === 12_000) break;
  }
  return found;
}

interface Source {
  readonly ending: string;
  readonly lines: readonly string[];
}

function pathOf(file: number, { ending }: Source): string {
  return `src/area${Math.floor(file / 400)}/part${Math.floor(file / 20)}/file${file}${ending}`;
}

/** Files that are often edited are long ones: lock files, catalogues, change logs. */
function newFile(file: number, { lines }: Source, all: readonly Source[]): string[] {
  if (file >= 3) return [...lines];
  return all
    .slice(file * 40)
    .flatMap((source) => source.lines.slice(0, 40))
    .slice(0, 5000);
}

function edit(lines: string[], all: readonly Source[], random: () => number): void {
  for (let count = 1 + Math.floor(random() * 36); count > 0; count--) {
    const at = Math.floor(random() * lines.length);
    const removed = Math.floor(random() * 6);
    const from = all[Math.floor(random() * all.length)]?.lines ?? [];
    // Never cut short by the end: a file that is edited often would shrink to nothing.
    const start = Math.floor(random() * Math.max(1, from.length - 10));
    const added = from.slice(start, start + Math.floor(random() * 6));
    // Few edits bring a token; later ones take some of them away again.
    if (random() < 0.0001) added.push(`const token = "${tokenOf(random)}";`);
    lines.splice(at, removed, ...added);
  }
}

function tokenOf(random: () => number): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  return `glpat${"-"}${Array.from({ length: 20 }, () => alphabet[Math.floor(random() * 62)]).join("")}`;
}

/** Mulberry32: small, fast, the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
