/**
 * What it costs to find secrets in a working tree of 4,000 files with 35 MB, by the command line as a process of its own, and
 * what an empty folder costs: the difference is the scan. The files are text of the packages that this project uses.
 * `npm run bench -- secrets-tree`.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { printTable } from "./machine.ts";
import { found, repeated, rowOf, run, sallyport } from "./processes.ts";

const rounds = 7;
const files = 4000;
const bytes = 35_000_000;

export async function secretsTree(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  try {
    const tree = join(folder, "tree");
    const size = writeTree(tree);
    const empty = join(folder, "empty");
    mkdirSync(empty);
    const rows: (readonly [string, string, string])[] = [];
    for (const [name, place] of [
      [`${files} files, ${(size / 1e6).toFixed(1)} MB`, tree],
      ["empty folder", empty],
    ] as const) {
      const scan = sallyport("scan", place, "--scanners", "secrets", "--format", "json");
      await run(scan); // The first run fills the cache of compiled code.
      rows.push(rowOf(name, await repeated(rounds, scan), found));
    }
    printTable("secrets in a working tree: processor time of the whole process", rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Real text, chosen so that files have the size on average that they shall have. */
function writeTree(folder: string): number {
  const packages = fileURLToPath(new URL("../node_modules/", import.meta.url));
  const names = readdirSync(packages, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:[cm]?js|d\.ts|json|md|css|ya?ml)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  let count = 0;
  let size = 0;
  for (const name of names) {
    const length = statSync(name).size;
    const wanted = ((count + 1) * bytes) / files;
    if (Math.abs(size + length - wanted) > 200_000) continue;
    const place = join(folder, `area${Math.floor(count / 400)}`, `part${Math.floor(count / 20)}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `file${count}${extname(name)}`), readFileSync(name));
    size += length;
    if (++count === files) break;
  }
  return size;
}
