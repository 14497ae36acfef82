/**
 * Puts test files together into few processes. Starting one for each of hundreds takes longer than most of their tests. In a
 * process each file is a suite: what it does before and after its tests does not reach the others.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A process that hangs is ended after some minutes, and takes its files with it. */
const filesOfProcess = 14;

/** Stories, browsers and servers that are killed: what they leave behind is nobody else's trouble. */
const alone = /^(?:scripts|test)\/|\/start-postgres\./;

/** What to start: files that stand alone, and others that import some of those given. */
export function joinTests(root: string, files: readonly string[]): readonly string[] {
  const folder = join(root, ".cache/tests");
  rmSync(folder, { recursive: true, force: true });
  const rooms = Map.groupBy(files, (file) => (alone.test(file) ? file : roomOf(file)));
  return [...rooms].flatMap(([room, own]) => {
    if (own.length === 1) return own;
    mkdirSync(join(folder, room), { recursive: true });
    const processes = Math.ceil(own.length / filesOfProcess);
    return Array.from({ length: processes }, (_, at) => {
      const path = join(folder, room, `${at + 1}.test.ts`);
      const theirs = own.filter((_file, position) => position % processes === at);
      writeFileSync(path, suitesOf(root, theirs));
      return path;
    });
  });
}

function roomOf(file: string): string {
  const [first = "", second = ""] = file.split("/");
  return first === "src" ? `${first}/${second}` : first;
}

function suitesOf(root: string, files: readonly string[]): string {
  const suites = files.map((file) => {
    const address = pathToFileURL(join(root, file)).href;
    return `suite(${JSON.stringify(file)}, async () => void (await import(${JSON.stringify(address)})));\n`;
  });
  return `import { suite } from "node:test";\n${suites.join("")}`;
}
