/** Keeps what each source said about a package, with what it takes to ask whether that has changed, and what they say together. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { PackageFacts } from "#model/package-facts.ts";
import { looseList, looseObject, looseText, parseLoose } from "../loose-json.ts";
import { factsFile } from "./facts-file.ts";
import { mergeFacts } from "./merge-facts.ts";
import type { PackageName, SourcePart } from "./source-part.ts";

const format = 1;

/** What is damaged or of another format counts as not there: it is asked for again. */
export function readParts(folder: string, { ecosystem, name }: PackageName): readonly SourcePart[] {
  let text: string;
  try {
    text = readFileSync(factsFile(folder, ecosystem, name).partsPath, "utf8");
  } catch {
    return [];
  }
  const stored = parseLoose(text);
  if (stored?.format !== format || stored.name !== name) return [];
  return looseList(stored.parts).map(looseObject).filter(isPart) as unknown as readonly SourcePart[];
}

function isPart(part: Readonly<Record<string, unknown>>): boolean {
  return (
    looseText(part.place) !== undefined && looseText(part.source) !== undefined && looseText(part.checked) !== undefined
  );
}

/** The merged facts last: who reads them never sees more than was kept. */
export function writeParts(folder: string, about: PackageName, parts: readonly SourcePart[]): PackageFacts | undefined {
  const { ecosystem, name } = about;
  const { path, partsPath } = factsFile(folder, ecosystem, name);
  writeAtOnce(partsPath, JSON.stringify({ format, ecosystem, name, parts }));
  const facts = mergeFacts(about, parts);
  if (facts) writeAtOnce(path, JSON.stringify(facts));
  else rmSync(path, { force: true });
  return facts;
}

/** Whole or not at all. Not forced onto the disk: tens of thousands are written, and what is lost is asked for again. */
function writeAtOnce(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.${process.pid}`;
  writeFileSync(part, text);
  renameSync(part, file);
}
