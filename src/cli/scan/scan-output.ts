/** Prints a report in the asked-for format. Code of other formats is not loaded. */
import { writeFile } from "node:fs/promises";
import type { Rule } from "#model/rule.ts";
import type { Report } from "#scan/reports/report.ts";
import { UsageError } from "../usage-error.ts";
import type { ScanOptions } from "./scan-options.ts";

/** `ownRules`: those that the scanned folder brought along. */
export async function printReport(
  report: Report,
  { format, output }: ScanOptions,
  ownRules: readonly Rule[] = [],
): Promise<void> {
  const text = await render(report, format, { terminal: output === undefined && process.stdout.isTTY, ownRules });
  await (output === undefined ? writeToStdout(text) : writeToFile(output, text));
}

async function render(
  report: Report,
  format: ScanOptions["format"],
  { terminal, ownRules }: { readonly terminal: boolean; readonly ownRules: readonly Rule[] },
): Promise<string> {
  const rulesOf = async () => [...(await loadedRules(report)), ...ownRules];
  switch (format) {
    case "table":
      return (await import("#scan/reports/to-table.ts")).toTable(report, {
        colour: terminal && process.stdout.hasColors(),
        ...(terminal && { width: Math.max(40, process.stdout.columns) }),
        ownRules,
      });
    case "json":
      return (await import("#scan/reports/to-json.ts")).toJson(report);
    case "sarif":
      return (await import("#scan/reports/to-sarif.ts")).toSarif(report, await rulesOf());
    case "junit":
      return (await import("#scan/reports/to-junit.ts")).toJunit(report, await rulesOf());
    case "markdown":
      return (await import("#scan/reports/to-markdown.ts")).toMarkdown(report, await loadedRules(report), ownRules);
  }
}

async function loadedRules({ findings, silenced }: Report): Promise<readonly Rule[]> {
  const { loadRules } = await import("#scan/load-rules.ts");
  return loadRules([...findings, ...silenced.map(({ finding }) => finding)].map(({ rule }) => rule));
}

/** A reader that stops early (`| head`) is no mistake; a full disk is one. */
export function writeToStdout(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error: NodeJS.ErrnoException | null | undefined) => {
      if (!error || error.code === "EPIPE") resolve();
      else reject(new UsageError(`the result cannot be written (${error.code ?? "unknown error"})`));
    };
    process.stdout.on("error", settle);
    process.stdout.write(text, settle);
  });
}

export async function writeToFile(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be written (${error.code ?? "unknown error"})`);
  });
}
