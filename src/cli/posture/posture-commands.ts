/** `sallyport posture`. */
import type { Command } from "commander";
import { severities } from "#model/severity.ts";
import { oneOf, textList } from "../command-options.ts";

export function postureCommands(program: Command): void {
  program
    .command("posture")
    .description("judge the settings of an organization and the code of its pipelines, and find the ways into it")
    .argument("<organization>", "its name, or the address of its pages")
    .option("--project <names>", "comma-separated; all that the token sees if left out", textList)
    .addOption(oneOf("--format <format>", "table, json or csv", ["table", "json", "csv"], "table"))
    .option("--output <file>", "write there and not to the terminal")
    .addOption(oneOf("--fail-on <severity>", "end with 1 from this severity on", [...severities, "never"], "high"))
    .option("--token-from-env <name>", "the variable with the access token; AZURE_DEVOPS_EXT_PAT if left out")
    .option("--undocumented", "also ask as Azure DevOps' own pages do, which no documentation covers")
    .option("--preview", "ask Azure DevOps, too, how it puts each pipeline together, and tell where it differs")
    .option("--include-passed", "also tell what passed")
    .option("--quiet", "say nothing on the way")
    .action(async (organization: string, options) => {
      const { runPosture } = await import("./posture.ts");
      process.exitCode = await runPosture(organization, options);
    });
}
