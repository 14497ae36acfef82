/** The command line: what there is and how it is called. What a command needs is loaded when it runs, not before. */
import { Argument, Command, CommanderError, Option } from "commander";
import { ownScannerNames } from "#model/scanner-name.ts";
import { severities } from "#model/severity.ts";
import { advisoryCommands } from "./advisories/advisory-commands.ts";
import { listOf, oneOf, wholeNumber } from "./command-options.ts";
import { ownFolder } from "./own-folder.ts";
import { policyCommands, policyOptions } from "./policies/policy-commands.ts";
import { postureCommands } from "./posture/posture-commands.ts";
import { UsageError } from "./usage-error.ts";
import { version } from "./version.ts";

/** 0 nothing found, 1 findings, 2 could not run: said in one line. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync([...argv]);
  } catch (error) {
    process.exitCode = await exitCodeOf(error);
  }
}

async function exitCodeOf(error: unknown): Promise<number> {
  // Help and version, or a mistake that commander has said already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const isExpected = error instanceof UsageError;
  const message = error instanceof Error ? error.message : String(error);
  // It may quote what stands in a scanned folder.
  const { plainText } = await import("#scan/reports/plain-text.ts");
  console.error(`sallyport: ${isExpected ? plainText(message) : message}`);
  if (!isExpected && error instanceof Error && error.stack) console.error(error.stack.split("\n").slice(1).join("\n"));
  return 2;
}

function createProgram(): Command {
  const program = new Command("sallyport")
    .description("Application security for Azure DevOps")
    .version(version, "-V, --version", "print the version")
    .helpCommand(false)
    // Options after a command are the command's own.
    .enablePositionalOptions()
    .showSuggestionAfterError(false)
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text.replace(/^error: /, "sallyport: ")) });
  scanCommands(program);
  fixCommands(program);
  policyCommands(program);
  hookCommands(program);
  baselineCommands(program);
  sbomCommands(program);
  importCommands(program);
  postureCommands(program);
  advisoryCommands(program);
  serverCommands(program);
  backupCommands(program);
  return program;
}

function scanCommands(program: Command): void {
  const scan = program
    .command("scan")
    .description("scan a folder or a git repository")
    .argument("[path]", "what to scan; - for one file from the standard input", ".")
    .option("--scanners <names>", "comma-separated; all if left out", listOf(ownScannerNames))
    .option("--history", "all distinct blobs of a git repository, also deleted ones")
    .option("--diff <base..head>", "only what lies between two commits")
    .option("--staged", "only what the next commit would bring")
    .option("--stdin", "one file from the standard input, under the settings of PATH")
    .option("--path <name>", "with --stdin: the name of that file, unless PATH is it")
    .addOption(oneOf("--format <format>", "how to print", ["table", "json", "sarif", "junit", "markdown"], "table"))
    .option("--output <file>", "write there and not to the terminal")
    .addOption(oneOf("--fail-on <severity>", "end with 1 from this severity on", [...severities, "never"], "low"))
    .option("--fail-on-problems", "end with 2 if anything is told that is a problem: a file that could not be examined")
    .option("--include-passed", "with --format json: add every policy that was evaluated, also when it passed")
    .option("--baseline <file>", "leave out what this file knows already")
    .option("--config <file>", "settings of the scan")
    .option("--offline", "use no network")
    .option("--validate [providers]", "ask providers whether they take found secrets: all, or those of a list")
    .option("--threads <n>", "threads that scan", wholeNumber)
    .option("--quiet", "no progress, nothing but the result")
    .action(async (path: string, options) => {
      const { runScan } = await import("./scan/scan.ts");
      process.exitCode = await runScan(path, options);
    });
  for (const option of policyOptions) scan.addOption(option);

  program
    .command("packages")
    .description("list every package found")
    .argument("[path]", "where to look", ".")
    .addOption(oneOf("--format <format>", "how to print", ["table", "json"], "table"))
    .action(async (path: string, options) => {
      const { runPackages } = await import("./packages/packages.ts");
      process.exitCode = await runPackages(path, options);
    });

  program
    .command("rules")
    .description("list the rules, or explain one")
    .argument("[id]", "the rule to explain")
    .option("--config <file>", "settings that name rules of your own")
    .addOption(oneOf("--format <format>", "how to print", ["table", "json"], "table"))
    .action(async (id: string | undefined, options) => {
      const { runRules } = await import("./rules.ts");
      process.exitCode = await runRules(id, options);
    });
}

function fixCommands(program: Command): void {
  program
    .command("fix")
    .description("scan a folder, and write what ends what was found: versions, settings, pins")
    .argument("[path]", "what to fix", ".")
    .option("--rule <ids>", "only these rules, comma-separated; * stands for anything", words)
    .option("--package <names>", "only these packages, comma-separated; * stands for anything", words)
    .option("--safe-only", "only edits that change nothing beside the problem")
    .option("--dry-run", "print a unified diff and write nothing")
    .option("--scanners <names>", "comma-separated; all if left out", listOf(ownScannerNames))
    .option("--config <file>", "settings of the scan")
    .option("--offline", "use no network")
    .option("--threads <n>", "threads that scan", wholeNumber)
    .option("--quiet", "no progress, nothing but the result")
    .action(async (path: string, options) => {
      const { runFix } = await import("./fixes/fix.ts");
      process.exitCode = await runFix(path, options);
    });
}

function words(text: string): readonly string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

function hookCommands(program: Command): void {
  const hook = program.command("hook").description("search for secrets before every push").helpCommand(false);
  hook
    .command("install")
    .description("let git search what is pushed, and stop a push with a secret")
    .argument("[path]", "a clone", ".")
    .option("--pre-commit", "search what is committed instead")
    .option("--chain", "keep the hook that is there, and run it afterwards")
    .action(async (path: string, options) => {
      const { runHookInstall } = await import("./hooks/hook.ts");
      process.exitCode = await runHookInstall(path, options);
    });
  hook
    .command("uninstall")
    .description("take the hooks away")
    .argument("[path]", "a clone", ".")
    .action(async (path: string) => {
      const { runHookUninstall } = await import("./hooks/hook.ts");
      process.exitCode = await runHookUninstall(path);
    });
  hook
    .command("status")
    .description("which hooks are there")
    .argument("[path]", "a clone", ".")
    .action(async (path: string) => {
      const { runHookStatus } = await import("./hooks/hook.ts");
      process.exitCode = await runHookStatus(path);
    });
  hook
    .command("run", { hidden: true })
    .description("what git calls")
    .addArgument(new Argument("<name>").choices(["pre-push", "pre-commit"]))
    .argument("[given...]", "what git adds")
    .action(async (name: "pre-push" | "pre-commit") => {
      const { runHook } = await import("./hooks/hook-run.ts");
      process.exitCode = await runHook(name);
    });
}

function baselineCommands(program: Command): void {
  program
    .command("baseline")
    .description("findings that are known")
    .helpCommand(false)
    .command("import")
    .description("make a baseline of what another tool was told to leave out")
    .argument("<file>", ".gitleaksignore, a configuration or report of gitleaks, .secrets.baseline of detect-secrets")
    .argument("[path]", "the folder that it is about", ".")
    .option("--output <file>", "write there and not to the terminal")
    .action(async (file: string, path: string, options) => {
      const { runBaselineImport } = await import("./scan/settings/baseline-import.ts");
      process.exitCode = await runBaselineImport(file, path, options);
    });
}

function importCommands(program: Command): void {
  program
    .command("import")
    .description("give the results of another scanner (SARIF 2.1.0) to a server")
    .argument("<file>", "what the other scanner wrote, up to 50 MB")
    .requiredOption("--repository <name>", "as the server knows it: project/name, name, or id")
    .option("--server <address>", "the server; SALLYPORT_SERVER if left out")
    .option("--token-from-env <name>", "the variable that holds an API token; SALLYPORT_TOKEN if left out")
    .addOption(
      new Option("--branch <name>", "what was analysed; the default branch if left out").conflicts("pullRequest"),
    )
    .option("--pull-request <n>", "in place of a branch: its number", wholeNumber)
    .option("--category <name>", "tells several analyses of one tool apart; the file's own if left out")
    .option("--commit <id>", "what was analysed; the file's own if left out")
    .option("--root <folder>", "where the tool ran, if it wrote full paths")
    .action(async (file: string, options) => {
      const { runImport } = await import("./import.ts");
      process.exitCode = await runImport(file, options);
    });
}

function sbomCommands(program: Command): void {
  const sbom = program
    .command("sbom")
    .description("write a bill of materials, or compare two")
    .enablePositionalOptions()
    .helpCommand(false)
    .argument("[path]", "where to look", ".")
    .addOption(oneOf("--format <format>", "CycloneDX 1.6 or SPDX 2.3, in JSON", ["cyclonedx", "spdx"], "cyclonedx"))
    .option("--output <file>", "write there and not to the terminal")
    .option("--name <name>", "what it is of; the folder's name if left out")
    .action(async (path: string, options) => {
      const { runSbom } = await import("./packages/sbom.ts");
      process.exitCode = await runSbom(path, options);
    });
  sbom
    .command("diff")
    .description("what changed between two: CycloneDX or SPDX, of any tool")
    .argument("<old>", "a file")
    .argument("<new>", "a file")
    .addOption(oneOf("--format <format>", "how to print", ["table", "json"], "table"))
    .action(async (before: string, after: string, options) => {
      const { runSbomDiff } = await import("./packages/sbom-diff.ts");
      process.exitCode = await runSbomDiff(before, after, options);
    });
}

function serverCommands(program: Command): void {
  program
    .command("serve")
    .description("run the server: API, console and worker")
    .addOption(oneOf("--role <role>", "what this process does", ["all", "api", "worker"], "all"))
    .addOption(new Option("--demo", "run everything with a stand-in Azure DevOps").conflicts("role"))
    .action(async ({ role, demo }) => {
      if (demo) {
        // By its address: the demo is no part of the product, and may not be installed.
        const address = new URL("scripts/demo.ts", ownFolder).href;
        const demoModule = (await import(address)) as { runDemo(): Promise<number> };
        process.exitCode = await demoModule.runDemo();
      } else {
        const { runServe } = await import("./serve/serve.ts");
        process.exitCode = await runServe({ role });
      }
    });

  program
    .command("doctor")
    .description("check everything that the server needs")
    .action(async () => {
      const { runDoctor } = await import("./serve/doctor.ts");
      process.exitCode = await runDoctor();
    });

  program
    .command("new-password")
    .description("give somebody who forgot theirs a new password, which is printed")
    .argument("<name>", "who signs in with it")
    .action(async (name: string) => {
      const { runNewPassword } = await import("./serve/new-password.ts");
      process.exitCode = await runNewPassword(name);
    });

  program
    .command("replay")
    .description("come to a verdict again from what was kept with it")
    .argument("<verdict>", "its id, as console and API show it")
    .action(async (verdict: string) => {
      const { runReplay } = await import("./serve/replay.ts");
      process.exitCode = await runReplay(verdict);
    });
}

function backupCommands(program: Command): void {
  program
    .command("backup")
    .description("write everything in the database to a file")
    .addArgument(new Argument("<file>", "a file that is not there yet"))
    .action(async (file: string) => {
      const { runBackup } = await import("./serve/backup.ts");
      process.exitCode = await runBackup(file);
    });

  program
    .command("restore")
    .description("read a backup into an empty database")
    .addArgument(new Argument("<file>", "what backup wrote"))
    .action(async (file: string) => {
      const { runRestore } = await import("./serve/backup.ts");
      process.exitCode = await runRestore(file);
    });
}
