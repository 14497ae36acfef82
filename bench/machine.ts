/** What every table of figures begins with: on which machine, how it was started. */
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
