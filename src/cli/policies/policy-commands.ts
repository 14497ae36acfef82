/** `sallyport policy ...`, and the options of `scan` about policies. */
import { type Command, Option } from "commander";
import { branchKinds, policyTriggers } from "#model/policy.ts";
import { oneOf } from "../command-options.ts";

const usualFolder = "policies";
const whereTheyAre = "files or folders of policies; built-in for those that every instance begins with";

export function policyCommands(program: Command): void {
  const policy = program.command("policy").description("check, try and show policies").helpCommand(false);
  policy
    .command("check")
    .description("say what is wrong with policies that are written as code")
    .argument("[paths...]", whereTheyAre, [usualFolder])
    .addOption(oneOf("--format <format>", "how to print", ["table", "json"], "table"))
    .action(async (paths: readonly string[], options) => {
      const { runPolicyCheck } = await import("./policy.ts");
      process.exitCode = await runPolicyCheck(paths, options);
    });
  policy
    .command("test")
    .description("ask policies about the cases beside them")
    .argument("[paths...]", whereTheyAre, [usualFolder])
    .addOption(oneOf("--format <format>", "how to print", ["table", "json"], "table"))
    .action(async (paths: readonly string[], options) => {
      const { runPolicyTest } = await import("./policy.ts");
      process.exitCode = await runPolicyTest(paths, options);
    });
  policy
    .command("show")
    .description("print the built-in set, or one of it, as YAML")
    .argument("[id]", "one of them")
    .action(async (id: string | undefined) => {
      const { runPolicyShow } = await import("./policy.ts");
      process.exitCode = await runPolicyShow(id);
    });
  policy
    .command("schema")
    .description("print the JSON Schema of policies, for editors")
    .action(async () => {
      const { runPolicySchema } = await import("./policy.ts");
      process.exitCode = await runPolicySchema();
    });
}

/** Of `scan`: they say what decides the exit code in place of --fail-on, and where the findings are. */
export const policyOptions: readonly Option[] = [
  new Option("--policies <path>", "end with 1 if policies block: a file, a folder, or built-in"),
  new Option("--trigger <trigger>", "with --policies: what they are asked for; ci if left out").choices(policyTriggers),
  new Option("--repository <name>", "with --policies: project/repository; of an Azure pipeline if left out"),
  new Option("--tags <tags>", "with --policies: the repository's tags, comma-separated"),
  new Option("--branch <kinds>", `with --policies: ${branchKinds.join(", ")}; comma-separated`),
];
