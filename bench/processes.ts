/** Runs programs as processes of their own and tells what they took: what benchmarks of the command line measure by. */
import { spawn } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { quantile } from "./machine.ts";

const cli = fileURLToPath(new URL("../bin/sallyport.js", import.meta.url));

/** The command line, as whoever has installed it starts it. */
export function sallyport(...args: readonly string[]): readonly string[] {
  return [process.execPath, cli, ...args];
}

export interface Run {
  readonly seconds: number;
  /** User and system time of the process and all it waited for; not a number where there is no /proc. */
  readonly processor: number;
  readonly output: string;
}

/** Findings make scanners end with 1. */
export async function run(
  [program = "", ...args]: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const before = ticksOfChildren();
  const started = performance.now();
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...environment },
  });
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

export async function repeated(
  count: number,
  command: readonly string[],
  environment?: Readonly<Record<string, string>>,
): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (let round = 0; round < count; round++) runs.push(await run(command, environment));
  return runs;
}

/** A row of a table: the median of the processor's time, and what else there is to say. */
export function rowOf(
  name: string,
  runs: readonly Run[],
  remark: (output: string) => string = () => "",
): readonly [string, string, string] {
  const median = (value: (run: Run) => number) => quantile(runs.map(value), 0.5).toFixed(2);
  const facts = [
    `wall ${median(({ seconds }) => seconds)} s`,
    runs.length > 1 ? `median of ${runs.length}` : "",
    remark(runs[0]?.output ?? ""),
  ];
  return [name, `${median(({ processor }) => processor)} s`, facts.filter((fact) => fact !== "").join("; ")];
}

/** What `--format json` has printed. */
export function found(output: string): string {
  const { findings, problems } = JSON.parse(output) as Readonly<Record<"findings" | "problems", readonly unknown[]>>;
  return `${findings.length} findings, ${problems.length} problems`;
}

export function findProgram(name: string): string | undefined {
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
