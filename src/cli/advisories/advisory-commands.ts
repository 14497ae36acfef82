/** `sallyport advisories ...`. */
import type { Command } from "commander";
import { oneOf } from "../command-options.ts";

export function advisoryCommands(program: Command): void {
  const advisories = program
    .command("advisories")
    .description("the local copy of advisories: how old it is, and newer ones");
  const sources = [
    "--sources <file>",
    "where it comes from; sources.yml of its folder, or the public sources",
  ] as const;
  advisories
    .command("update")
    .description("fetch what has changed")
    .option(...sources)
    .option("--rebuild", "build it again from what was fetched, without the network")
    .option("--offline", "use no network")
    .option("--quiet", "no progress")
    .action(async (options) => {
      const { runUpdate } = await import("./advisories.ts");
      process.exitCode = await runUpdate(options);
    });
  advisories
    .command("status")
    .description("what there is, how old it is, from where and under which licence")
    .addOption(oneOf("--format <format>", "how to print", ["table", "json"], "table"))
    .action(async (options) => {
      const { runStatus } = await import("./advisories.ts");
      process.exitCode = await runStatus(options);
    });
  advisories
    .command("import")
    .description("take over a file that export has written on another machine")
    .argument("<file>", "the bundle")
    .option(...sources)
    .action(async (file: string, options) => {
      const { runImport } = await import("./advisories.ts");
      process.exitCode = await runImport(file, options);
    });
  advisories
    .command("export")
    .description("write everything that was fetched into one file")
    .argument("<file>", "the bundle")
    .option("--sign-with <file>", "an Ed25519 private key, PEM")
    .action(async (file: string, options) => {
      const { runExport } = await import("./advisories.ts");
      process.exitCode = await runExport(file, options);
    });
}
