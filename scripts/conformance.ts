/** `npm run conformance -- KIND PATH [--output FILE]`: compares the project with a folder of facts that others wrote down. */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";

interface Kind {
  /** Prints its tables and the closing line; answers whether it could run. */
  run(folder: string, output: string | undefined): Promise<void>;
}

const kinds: Readonly<Record<string, () => Promise<Kind>>> = {
  "azure-devops": async () => ({ run: (await import("./conformance/azure-devops.ts")).runAzureDevOps }),
};

function refuse(message: string): never {
  console.error(`conformance: ${message}`);
  process.exit(2);
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { output: { type: "string" } },
});
const [name = "", folder = ""] = positionals;
const load = kinds[name];
if (!load) refuse(`unknown kind '${name}'; known: ${Object.keys(kinds).join(", ")}`);
if (!folder || !existsSync(folder)) refuse(`no folder '${folder}'; usage: conformance ${name} PATH [--output FILE]`);
await (await load()).run(folder, values.output);
