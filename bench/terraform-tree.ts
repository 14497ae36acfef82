/**
 * What it costs to examine infrastructure as code: an empty folder, and a made-up repository of landing zones in Terraform
 * (2,000 files, 2.3 MB; modules, variables, loops, dynamic blocks), each by the command line as a process of its own. The
 * reference engine runs beside it where `checkov` is on the PATH. `npm run bench -- terraform-tree [FILES]`.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { printTable } from "./machine.ts";
import { findProgram, found, repeated, rowOf, run, sallyport } from "./processes.ts";
import { landingZones } from "./terraform-tree-files.ts";

const rounds = 5;

export async function terraformTree(args: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  try {
    const [empty, tree] = [join(folder, "empty"), join(folder, "tree")];
    mkdirSync(empty);
    const files = landingZones(Number(args[0] ?? 2000));
    for (const [path, text] of files) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), text);
    }
    const bytes = [...files.values()].reduce((sum, text) => sum + text.length, 0);
    const size = `${files.size} files, ${(bytes / 1e6).toFixed(1)} MB`;
    const rows: (readonly [string, string, string])[] = [];
    const own = [
      ["an empty folder", empty],
      [size, tree],
    ] as const;
    for (const [name, path] of own) {
      const scan = sallyport("scan", path, "--scanners", "iac", "--format", "json");
      await run(scan); // The first run fills the cache of compiled code.
      rows.push(rowOf(name, await repeated(rounds, scan), found));
    }
    const checkov = findProgram("checkov");
    const how = ["--framework", "terraform", "--compact", "--quiet", "-o", "json"];
    for (const [name, path] of checkov === undefined ? [] : own)
      rows.push(rowOf(`checkov: ${name}`, await repeated(1, [checkov ?? "", "--directory", path, ...how])));
    if (checkov === undefined) rows.push(["checkov", "not on the PATH", ""]);
    printTable("infrastructure as code: processor time of the whole process", rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
