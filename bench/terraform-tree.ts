/**
 * What it costs to examine infrastructure as code: an empty folder, and a made-up repository of landing zones in Terraform
 * (2,000 files, 2.3 MB; modules, variables, loops, dynamic blocks), each by the command line as a process of its own. The
 * reference engine runs beside it where `checkov` is on the PATH. `npm run bench -- terraform-tree [FILES]`.
 */
import { spawn } from "node:child_process";
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { printTable, quantile } from "./machine.ts";
import { landingZones } from "./terraform-tree-files.ts";

const cli = fileURLToPath(new URL("../bin/sallyport.js", import.meta.url));
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
    const scan = (path: string) => [process.execPath, cli, "scan", path, "--scanners", "iac", "--format", "json"];
    const own = [
      ["an empty folder", empty],
      [size, tree],
    ] as const;
    for (const [name, path] of own) {
      await run(scan(path)); // The first run fills the cache of compiled code.
      rows.push(rowOf(name, await repeated(rounds, scan(path)), found));
    }
    const checkov = findProgram("checkov");
    for (const [name, path] of checkov ? own : []) {
      const command = [
        checkov ?? "",
        "--directory",
        path,
        "--framework",
        "terraform",
        "--compact",
        "--quiet",
        "-o",
        "json",
      ];
      rows.push(rowOf(`checkov: ${name}`, await repeated(1, command), () => ""));
    }
    if (!checkov) rows.push(["checkov", "not on the PATH", ""]);
    printTable("infrastructure as code: processor time of the whole process", rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Run {
  readonly seconds: number;
  /** User and system time of the process and all it waited for; not a number where there is no /proc. */
  readonly processor: number;
  readonly output: string;
}

function rowOf(
  name: string,
  runs: readonly Run[],
  remark: (output: string) => string,
): readonly [string, string, string] {
  const wall = quantile(
    runs.map(({ seconds }) => seconds),
    0.5,
  );
  const processor = quantile(
    runs.map((run) => run.processor),
    0.5,
  );
  const facts = [
    `wall ${wall.toFixed(2)} s`,
    runs.length > 1 ? `median of ${runs.length}` : "",
    remark(runs[0]?.output ?? ""),
  ];
  return [name, `${processor.toFixed(2)} s`, facts.filter((fact) => fact !== "").join("; ")];
}

function found(output: string): string {
  const { findings, problems } = JSON.parse(output) as Readonly<Record<"findings" | "problems", readonly unknown[]>>;
  return `${findings.length} findings, ${problems.length} problems`;
}

async function repeated(count: number, command: readonly string[]): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (let round = 0; round < count; round++) runs.push(await run(command));
  return runs;
}

/** Findings make both programs end with 1. */
async function run([program = "", ...args]: readonly string[]): Promise<Run> {
  const before = ticksOfChildren();
  const started = performance.now();
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve(status));
  });
  if (code !== 0 && code !== 1) throw new Error(`${program} ended with ${code ?? "a signal"}`);
  return { seconds: (performance.now() - started) / 1000, processor: (ticksOfChildren() - before) / 100, output };
}

/** What children that ended have taken, in hundredths of a second. */
function ticksOfChildren(): number {
  try {
    const text = readFileSync("/proc/self/stat", "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return Number(fields[13]) + Number(fields[14]);
  } catch {
    return Number.NaN;
  }
}

function findProgram(name: string): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
