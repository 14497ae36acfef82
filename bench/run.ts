/** `npm run bench -- NAME [arguments]`: each file beside this one is a benchmark and exports a function of its name. */
import { readdirSync } from "node:fs";

const others = [
  "run.ts",
  "machine.ts",
  "processes.ts",
  "dispatcher-worker.ts",
  "advisory-records.ts",
  "lock-file-texts.ts",
  "terraform-tree-files.ts",
  "secrets-repository.ts",
  "pack-facts.ts",
  "issues-database.ts",
  "posture-world.ts",
];
const names = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".ts") && !others.includes(name))
  .map((name) => name.slice(0, -".ts".length));

const [name, ...args] = process.argv.slice(2);
if (name === undefined || !names.includes(name)) {
  console.error(`usage: npm run bench -- ${names.join("|")} [arguments]`);
  process.exit(2);
}
const module = (await import(`./${name}.ts`)) as Readonly<Record<string, (args: readonly string[]) => Promise<void>>>;
const run = module[name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())];
if (!run) throw new Error(`bench/${name}.ts exports no function of its name`);
await run(args);
