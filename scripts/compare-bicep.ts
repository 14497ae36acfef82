/**
 * `node scripts/compare-bicep.ts FOLDER`: finds folders with a `main.bicep` and the `main.json` that the compiler made of it,
 * reads both with the languages of the house, and prints where types or properties differ. What stands in modules of
 * registries is only in the compiled file and is not compared.
 */
import { globSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SourceFile } from "../src/model/source-file.ts";
import { parseBicep } from "../src/scan/formats/bicep/parse-bicep.ts";
import type { Node } from "../src/scan/formats/node.ts";
import { arm } from "../src/scan/iac/languages/arm/arm.ts";
import { bicep } from "../src/scan/iac/languages/bicep/bicep.ts";
import type { Resource } from "../src/scan/iac/resource.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("compare-bicep: no folder; usage: node scripts/compare-bicep.ts FOLDER");
  process.exit(2);
}

/** Orders, places and what only one of the notations has. */
const leftOut = new Set(["dependson", "scope", "condition", "copy", "existing", "metadata", "batchsize", "asserts"]);

interface Tally {
  same: number;
  different: number;
}

const resources: Tally = { same: 0, different: 0 };
const properties: Tally = { same: 0, different: 0 };
let pairs = 0;
let equal = 0;
/** Read from another resource's text, where the compiled file asks for it at run time. */
let writtenElsewhere = 0;

for (const path of globSync("**/main.bicep", { cwd: folder }).sort()) {
  const compiled = join(dirname(path), "main.json");
  if (statSync(join(folder, compiled), { throwIfNoEntry: false }) === undefined) continue;
  pairs++;
  const differences = compare(path, compiled);
  if (differences.length === 0) equal++;
  console.log(`${path}: ${differences.length === 0 ? "equal" : `${differences.length} differences`}`);
  for (const difference of differences) console.log(`  ${difference}`);
}
console.log(`${pairs} pairs, ${equal} equal; resources ${rateOf(resources)}, properties ${rateOf(properties)}`);
console.log(`${writtenElsewhere} more properties are known from what is written for another resource`);

function rateOf({ same, different }: Tally): string {
  const all = same + different;
  return `${same} of ${all} the same (${all === 0 ? "-" : ((100 * same) / all).toFixed(1)} %)`;
}

function compare(path: string, compiled: string): readonly string[] {
  const source = fileAt(path);
  const reached = new Map([[path, source]]);
  for (const file of reached.values())
    for (const link of bicep.links(file)) if (isFile(link)) reached.set(link, fileAt(link));
  const written = comparable(bicep.read({ root: path, files: [...reached.values()] }).resources);
  const made = comparable(arm.read({ root: compiled, files: [fileAt(compiled)] }).resources);
  return compareResources(written, made, [...reached.values()].some(callsRegistry));
}

function fileAt(path: string): SourceFile {
  const bytes = readFileSync(join(folder ?? "", path));
  return { path, objectId: "", size: bytes.length, bytes: () => bytes, text: () => bytes.toString("utf8") };
}

function isFile(path: string): boolean {
  return statSync(join(folder ?? "", path), { throwIfNoEntry: false })?.isFile() === true;
}

function callsRegistry(file: SourceFile): boolean {
  const { statements } = parseBicep({ path: file.path, text: file.text() ?? "" });
  return statements.some(({ is, ...rest }) => {
    const path = is === "module" && "path" in rest ? rest.path : undefined;
    return path?.is === "literal" && /^(?:br|ts)[:/]/.test(String(path.value));
  });
}

/** Calls of modules are resources of their own only in compiled files. */
function comparable(found: readonly Resource[]): readonly Resource[] {
  const apart = new Set(["parameter", "output", "template", "microsoft.resources/deployments"]);
  return found.filter(({ types }) => !apart.has(types[0]?.toLowerCase() ?? ""));
}

function compareResources(
  written: readonly Resource[],
  made: readonly Resource[],
  registry: boolean,
): readonly string[] {
  const differences: string[] = [];
  const left = new Set(made);
  for (const resource of written) {
    const alike = [...left].filter(({ types }) => types[0]?.toLowerCase() === resource.types[0]?.toLowerCase());
    const twin = alike.find((other) => nameOf(other) === nameOf(resource)) ?? alike[0];
    if (!twin) {
      resources.different++;
      differences.push(`only in Bicep: ${resource.address}`);
      continue;
    }
    left.delete(twin);
    resources.same++;
    compareNodes(resource.body, twin.body, resource.address, differences);
  }
  for (const other of left) {
    if (registry && other.calledFrom.length > 0) continue;
    resources.different++;
    differences.push(`only compiled: ${other.address}`);
  }
  return differences;
}

function nameOf({ body }: Resource): string {
  const name = body.get("name")?.value;
  return name?.is === "scalar" ? String(name.value) : "";
}

function compareNodes(a: Node | undefined, b: Node | undefined, path: string, differences: string[]): void {
  if (a?.is === "block" && b?.is === "block") {
    const keys = new Map([...a.keys(), ...b.keys()].map((key) => [key.toLowerCase(), key]));
    const top = !path.includes(" ");
    for (const [folded, key] of keys) {
      if (top && leftOut.has(folded)) continue;
      compareNodes(a.get(key)?.value, b.get(key)?.value, `${path}${top ? " " : "."}${key}`, differences);
    }
    return;
  }
  if (a?.is === "list" && b?.is === "list" && a.items.length === b.items.length) {
    for (const [position, item] of a.items.entries())
      compareNodes(item, b.items[position], `${path}[${position}]`, differences);
    return;
  }
  if (isSame(a, b)) properties.same++;
  else if (a?.is === "scalar" && b?.is === "unknown" && b.reason.includes("when it is deployed")) writtenElsewhere++;
  else {
    properties.different++;
    differences.push(`${path}: ${wordsOf(a)} in Bicep, ${wordsOf(b)} compiled`);
  }
}

function isSame(a: Node | undefined, b: Node | undefined): boolean {
  const nothing = (node: Node | undefined) => node === undefined || (node.is === "scalar" && node.value === null);
  if (nothing(a) || nothing(b)) return nothing(a) && nothing(b);
  if (a?.is === "scalar" && b?.is === "scalar") return a.value === b.value;
  return a?.is === b?.is && a?.is === "unknown";
}

function wordsOf(node: Node | undefined): string {
  if (node === undefined) return "nothing";
  if (node.is === "scalar") return JSON.stringify(node.value);
  if (node.is === "unknown") return `unknown (${node.reason}${node.text === undefined ? "" : `: ${node.text}`})`;
  return node.is === "list" ? `a list of ${node.items.length}` : "an object";
}
