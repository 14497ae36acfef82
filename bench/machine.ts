/** What every table of figures begins with: on which machine, how it was started. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";

export function machine(): string {
  const memory = (totalmem() / 1024 ** 3).toFixed(0);
  const processor = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${availableParallelism()} x ${processor}, ${memory} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}

/** Prints rows of a name, a figure and a remark. */
export function printTable(name: string, rows: readonly (readonly [string, string, string?])[]): void {
  console.log(`\n${name}`);
  console.log(`machine: ${machine()}`);
  console.log(`command: npm run bench -- ${process.argv.slice(2).join(" ")}`);
  const width = Math.max(...rows.map(([label]) => label.length));
  for (const [label, figure, remark] of rows) {
    console.log(`  ${label.padEnd(width)}  ${figure.padStart(16)}${remark ? `  ${remark}` : ""}`);
  }
}

/** The value that `share` (0..1) of all lie under or at. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

/** Seconds of processor time that a process and its descendants have taken; 0 where there is no /proc. */
export function processorSeconds(root: number): number {
  const processes = new Map<number, { readonly parent: number; readonly ticks: number }>();
  for (const name of existsSync("/proc/self/stat") ? readdirSync("/proc") : []) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, "utf8");
      // After the name in parentheses: state, parent, ... and as 12th and 13th the ticks in user and kernel mode.
      const fields = text
        .slice(text.lastIndexOf(")") + 2)
        .split(" ")
        .map(Number);
      processes.set(Number(name), { parent: fields[1] ?? 0, ticks: (fields[11] ?? 0) + (fields[12] ?? 0) });
    } catch {
      // It ended meanwhile.
    }
  }
  const isOf = (pid: number): boolean => pid === root || (pid > 1 && isOf(processes.get(pid)?.parent ?? 0));
  let ticks = 0;
  for (const [pid, facts] of processes) if (isOf(pid)) ticks += facts.ticks;
  return ticks / 100;
}
