/** The first module of the command line: turns the compile cache on before anything else is loaded. */
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// Beside the packages and not in the shared temporary folder, where other users of the machine could put code into it.
enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/sallyport/compiled", import.meta.url)));

const { runProgram } = await import("./program.ts");

await runProgram(process.argv);
