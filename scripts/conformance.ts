/**
 * `npm run conformance -- KIND PATH [--output FILE]`: compares the project with a folder of facts that others wrote down.
 * Labelled cases can be narrowed: `--framework terraform --ids CKV_AZURE_44,CKV_AZURE_3`.
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";

export interface Narrowing {
  readonly framework?: string | undefined;
  readonly ids?: readonly string[] | undefined;
}

interface Kind {
  /** Prints its tables and the closing line; answers whether it could run. */
  run(folder: string, output: string | undefined, narrowing: Narrowing): Promise<void>;
}

const kinds: Readonly<Record<string, () => Promise<Kind>>> = {
  "azure-devops": async () => ({ run: (await import("./conformance/azure-devops.ts")).runAzureDevOps }),
  cicd: async () => ({ run: (await import("./conformance/cicd.ts")).runCicd }),
  iac: async () => ({ run: (await import("./conformance/iac.ts")).runIac }),
  sca: async () => ({ run: (await import("./conformance/sca.ts")).runSca }),
  secrets: async () => ({ run: (await import("./conformance/secrets.ts")).runSecrets }),
};

function refuse(message: string): never {
  console.error(`conformance: ${message}`);
  process.exit(2);
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { output: { type: "string" }, framework: { type: "string" }, ids: { type: "string" } },
});
const [name = "", folder = ""] = positionals;
const load = kinds[name];
if (!load) refuse(`unknown kind '${name}'; known: ${Object.keys(kinds).join(", ")}`);
if (!folder || !existsSync(folder)) refuse(`no folder '${folder}'; usage: conformance ${name} PATH [--output FILE]`);
await (await load()).run(folder, values.output, { framework: values.framework, ids: values.ids?.split(",") });
