/**
 * Scaffolds one thing in its place: `npm run new -- secret-rule clouds contoso`, `npm run new -- posture-rule feed contoso`. It never
 * overwrites, and what it writes passes the gate as it is; the words in it are there to be replaced.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { infrastructurePolicy } from "./new/infrastructure-policy.ts";
import { packageReader } from "./new/package-reader.ts";
import { page } from "./new/page.ts";
import { pipelineRule } from "./new/pipeline-rule.ts";
import { postureFolders, postureRule } from "./new/posture-rule.ts";
import { route } from "./new/route.ts";
import type { Scaffold } from "./new/scaffold.ts";
import { secretRule, trades } from "./new/secret-rule.ts";

const kinds: Readonly<Record<string, Scaffold>> = {
  ...Object.fromEntries(trades.map((trade) => [`secret-rule ${trade}`, secretRule(trade)])),
  "infrastructure-policy": infrastructurePolicy,
  "package-reader": packageReader,
  "pipeline-rule": pipelineRule,
  route,
  page,
  ...Object.fromEntries(postureFolders.map((category) => [`posture-rule ${category}`, postureRule(category)])),
};

const folder = option("--into") ?? fileURLToPath(new URL("../", import.meta.url));
const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const name = words.at(-1);
const scaffold = kinds[words.slice(0, -1).join(" ")];

if (!scaffold || !name || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
  const simple = Object.keys(kinds).filter((kind) => !kind.includes(" "));
  fail(
    `usage: npm run new -- secret-rule TRADE|posture-rule CATEGORY|${simple.join("|")} NAME   (the name in kebab-case)
  trades: ${trades.join("|")}
  categories: ${postureFolders.join("|")}`,
  );
}

const { files, next } = scaffold(name);
const taken = Object.keys(files).find((path) => existsSync(join(folder, path)));
if (taken) fail(`${taken} exists already; nothing was written`);
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), formatted(path, text));
  console.log(`wrote ${path}`);
}
console.log(next);

/** Names differ in length, so only the formatter knows where lines break. */
function formatted(path: string, text: string): string {
  const biome = fileURLToPath(new URL("../node_modules/@biomejs/biome/bin/biome", import.meta.url));
  const result = spawnSync(process.execPath, [biome, "format", `--stdin-file-path=${path}`], {
    input: text,
    encoding: "utf8",
  });
  if (result.status !== 0) fail(`the formatter refused ${path}: ${result.stderr.trim()}`);
  return result.stdout;
}

function option(flag: string): string | undefined {
  return process.argv.find((word) => word.startsWith(`${flag}=`))?.slice(flag.length + 1);
}

function fail(message: string): never {
  console.error(`new: ${message}`);
  process.exit(2);
}
