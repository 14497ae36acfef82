/**
 * The smallest tree scanner: `*.unit` files with the lines `include PATH`, `bad NAME` and `good NAME`. What no other file
 * includes is the root of a unit. `crash` fails the scanner, `hang` never ends, `exit` ends the thread.
 */
import { createHash } from "node:crypto";
import type { Finding } from "#model/finding.ts";
import type { Evaluation } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { Span } from "#model/span.ts";
import type { SurveyedFile, TreeScanner, TreeScannerDoor, TreeUnit } from "#scan/tree-scanner.ts";

/** What was looked at since the test emptied it, in this thread. */
export const looked = { surveys: [] as string[], units: [] as string[] };

/** Roots of units that fail as long as they stand here: what goes wrong by chance. */
export const unlucky = new Set<string>();

export const unitScanner: TreeScanner = {
  name: "iac",
  version: "units 1",
  selects: (path) => path.endsWith(".unit"),
  survey: (file) => {
    looked.surveys.push(file.path);
    return { unit: linesOf(file).flatMap(({ word, name }) => (word === "include" ? [name] : [])) };
  },
  units,
  scan: ({ root }, files, context) => {
    looked.units.push(root);
    const lines = files.flatMap(linesOf);
    if (unlucky.has(root) || lines.some(({ word }) => word === "crash")) throw new TypeError("crashed");
    if (lines.some(({ word }) => word === "exit")) process.exit(1);
    while (lines.some(({ word }) => word === "hang"));
    const judged = lines.filter(({ word }) => word === "bad" || word === "good");
    return {
      findings: judged.filter(({ word }) => word === "bad").map(findingOf),
      evaluations: context.includePassed ? judged.map((line) => evaluationOf(line)) : [],
      problems: [],
      silenced: [],
    };
  },
};

export const treeScannerDoors: readonly TreeScannerDoor[] = [
  { name: "iac", mayTake: (path) => path.endsWith(".unit"), load: async () => unitScanner },
];

function units(files: readonly SurveyedFile[]): readonly TreeUnit[] {
  const links = new Map(files.map(({ path, survey }) => [path, survey.unit ?? []]));
  const included = new Set([...links.values()].flat());
  const reach = (path: string, seen: Set<string>): Set<string> => {
    if (links.has(path) && !seen.has(path)) for (const next of links.get(path) ?? []) reach(next, seen.add(path));
    return links.has(path) ? seen.add(path) : seen;
  };
  return files
    .filter(({ path }) => !included.has(path))
    .map(({ path }) => ({ language: "unit", root: path, paths: [...reach(path, new Set())] }));
}

interface Line {
  readonly word: string;
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

function linesOf(file: SourceFile): readonly Line[] {
  return (file.text() ?? "").split("\n").map((text, index) => {
    const [word = "", name = ""] = text.split(" ");
    return { word, name, path: file.path, line: index + 1 };
  });
}

function spanOf({ path, line }: Line): Span {
  return { path, startLine: line, startColumn: 1, endLine: line, endColumn: 4 };
}

function evaluationOf(line: Line): Evaluation {
  const { word, name } = line;
  const at = spanOf(line);
  const result = word === "bad" ? "fail" : "pass";
  return { rule: "iac/test-bad", aliases: ["CKV_TEST_1"], result, at, resource: { address: name, at } };
}

function findingOf(line: Line): Finding {
  const { rule, aliases, resource } = evaluationOf(line);
  const at = spanOf(line);
  const fingerprint = createHash("sha256").update(`${line.path} ${line.name}`).digest("hex");
  const fix = { title: "Make it good", safe: true, edits: [{ at, text: "good" }] };
  return { rule, aliases, severity: "medium", message: `${line.name} is bad`, at, fingerprint, resource, fix };
}
