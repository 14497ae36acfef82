/**
 * Puts test files together into few processes. Starting one for each of hundreds takes longer than most of their tests: of a
 * story, four seconds of processor time out of nine. In a process each file is a suite: what it does before and after its tests
 * does not reach the others.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A process that hangs is ended after some minutes, and takes its files with it. Stories are long. */
const filesOfProcess = (room: string) => (room === "test/stories" ? 5 : 14);

/** Browsers and servers that are killed: what they leave behind is nobody else's trouble. */
const alone = /^(?:scripts|test\/(?:browser|chaos))\/|\/(?:start-postgres|database-restart)\./;

/** What to start: files that import some of those given, or the only one itself. */
export function joinTests(root: string, files: readonly string[]): readonly string[] {
  if (files.length === 1) return files;
  const folder = join(root, ".cache/tests");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const rooms = Map.groupBy(files, (file) => (alone.test(file) ? file : roomOf(file)));
  const processes = [...rooms].flatMap(([room, own]) => divided(own, filesOfProcess(room)));
  return processes.toSorted(longerFirst).map((theirs, at) => {
    // Node starts them in the order of their names.
    const path = join(folder, `${String(at + 1).padStart(3, "0")}.test.ts`);
    writeFileSync(path, theirs.length === 1 ? `import ${addressOf(root, theirs[0]!)};\n` : suitesOf(root, theirs));
    return path;
  });
}

/** Whole stories last minutes, of which they wait a part; begun at the end, they would leave the other processes idle. */
function longerFirst(one: readonly string[], other: readonly string[]): number {
  const isShort = (files: readonly string[]) => (files[0]?.startsWith("test/") ? 0 : 1);
  return isShort(one) - isShort(other);
}

/** Neighbours come together: they load the same sources, of which a room of many scanners has far more. */
function divided(files: readonly string[], most: number): readonly (readonly string[])[] {
  const each = Math.ceil(files.length / Math.ceil(files.length / most));
  return Array.from({ length: Math.ceil(files.length / each) }, (_, at) => files.slice(at * each, (at + 1) * each));
}

function roomOf(file: string): string {
  const [first = "", second = ""] = file.split("/");
  return first === "emulator" ? first : `${first}/${second}`;
}

function suitesOf(root: string, files: readonly string[]): string {
  const suites = files.map(
    (file) => `suite(${JSON.stringify(file)}, async () => void (await import(${addressOf(root, file)})));\n`,
  );
  return `import { suite } from "node:test";\n${suites.join("")}`;
}

function addressOf(root: string, file: string): string {
  return JSON.stringify(pathToFileURL(join(root, file)).href);
}
