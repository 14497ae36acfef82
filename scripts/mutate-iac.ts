/**
 * `node scripts/mutate-iac.ts FOLDER [COUNT]`: damages files of a folder and scans each. Says what crashed, what took long,
 * and what an independent reader refuses while the scan says nothing of it.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type ParseError, parse as parseJson } from "jsonc-parser";
import { parseAllDocuments } from "yaml";
import { randomFrom } from "#model/testing/random.ts";
import { iacScanner } from "#scan/iac/iac-scanner.ts";
import { mutateText } from "#scan/iac/testing/mutate-text.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";

/** `ParseErrorCode.UnexpectedEndOfString`; a const enum cannot be imported. */
const unexpectedEndOfString = 12;

const [folder = ".", count = "10000", seed = "1"] = process.argv.slice(2);
const random = randomFrom(Number(seed));
const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => iacScanner.selects(path) && statSync(join(folder, path)).isFile())
  .sort();

let scanned = 0;
let silent = 0;
let slowest = { path: "", milliseconds: 0 };
for (let round = 0; round < Number(count); round += 1) {
  const path = paths[Math.floor(random() * paths.length)] ?? "";
  const text = mutateText(readFileSync(join(folder, path), "utf8"), random);
  const file = sourceFileOf(path, "0", new TextEncoder().encode(text));
  const started = performance.now();
  try {
    const units = iacScanner.units([{ path, survey: iacScanner.survey(file) }]);
    const problems = units.flatMap(
      (unit) => iacScanner.scan(unit, [file], { fingerprintKey: new Uint8Array(32) }).problems,
    );
    scanned += units.length > 0 ? 1 : 0;
    for (const { code, message } of problems)
      if (code === "failed") console.log(`${path} (round ${round}): ${message}`);
    if (units.length > 0 && problems.every(({ isNotice }) => isNotice) && isRefused(path, text)) {
      silent += 1;
      if (silent <= 20) console.log(`${path} (round ${round}): another reader refuses it, and nothing was said`);
    }
  } catch (error) {
    console.log(`${path} (round ${round}): ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    process.exitCode = 1;
  }
  const milliseconds = performance.now() - started;
  if (milliseconds > slowest.milliseconds) slowest = { path, milliseconds };
}
console.log(
  `${count} damaged files, ${scanned} taken for infrastructure; ${silent} refused elsewhere without a word here; slowest ${Math.round(slowest.milliseconds)} ms (${slowest.path})`,
);

function isRefused(path: string, text: string): boolean {
  if (/\.json$/.test(path)) {
    const errors: ParseError[] = [];
    parseJson(text, errors, { allowTrailingComma: true });
    // Azure takes line breaks within strings, so the scan does.
    return errors.some(({ error }) => error !== unexpectedEndOfString);
  }
  return (
    /\.ya?ml$/.test(path) &&
    parseAllDocuments(text, { logLevel: "silent", strict: false }).some(({ errors }) => errors.length > 0)
  );
}
