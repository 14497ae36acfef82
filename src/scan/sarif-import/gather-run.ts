/** What is kept of a run while its file is read: what the rest of it is made of stands after it, or before. */
import { type Cut, type JsonPath, pathText } from "../formats/json/cut-json.ts";
import { leanResult } from "./lean-result.ts";
import { oneLine, textAt } from "./loose-value.ts";
import type { SarifProblem } from "./read-sarif.ts";

export interface GatheredRun {
  readonly driver: { name?: string; version?: string };
  readonly ruleValues: unknown[];
  readonly extensions: GatheredExtension[];
  readonly artifacts: unknown[];
  readonly results: unknown[];
  readonly problems: SarifProblem[];
  messages: unknown;
  automationId: string | undefined;
  bases: unknown;
  commit: string | undefined;
  /** A run without a list of results is of no analysis: it tells of rules, or its results are in another file. */
  hasResults: boolean;
  isCut: boolean;
}

interface GatheredExtension {
  readonly ruleValues: unknown[];
  name?: string;
  guid?: string;
}

export function runOf(runs: GatheredRun[], index: number): GatheredRun {
  const unset = { messages: undefined, automationId: undefined, bases: undefined, commit: undefined };
  const empty = { ...unset, hasResults: false, isCut: false };
  const lists = { driver: {}, ruleValues: [], extensions: [], artifacts: [], results: [], problems: [] };
  while (runs.length <= index) runs.push({ ...structuredClone(lists), ...empty });
  return runs[index] as GatheredRun;
}

export function gather(run: GatheredRun, cut: Exclude<Cut, { readonly is: "empty" }>): void {
  const [, , part, second] = cut.path;
  if (cut.is !== "value") {
    run.problems.push({ at: pathText(cut.path), message: cut.message });
    // One result that cannot be read is one; no list of them says nothing about what is gone.
    if (part === "results" && typeof second === "number") run.results[second] = undefined;
    else if (part === "results" || part === undefined) run.isCut = true;
    return;
  }
  const { value } = cut;
  if (part === "results") run.results[Number(second)] = leanResult(value);
  else if (part === "artifacts") run.artifacts[Number(second)] = value;
  else if (part === "automationDetails") run.automationId = textAt(value, "id");
  else if (part === "originalUriBaseIds") run.bases = value;
  else if (part === "versionControlProvenance") run.commit ??= textAt(value, "revisionId");
  else if (part === "invocations") run.isCut ||= value === false;
  else if (part === "tool" && second === "driver") gatherDriver(run, cut.path, value);
  else if (part === "tool" && second === "extensions") gatherExtension(run, cut.path, value);
}

function gatherExtension(run: GatheredRun, path: JsonPath, value: unknown): void {
  const [, , , , index, name, position] = path;
  const extension = run.extensions[Number(index)] ?? { ruleValues: [] };
  run.extensions[Number(index)] = extension;
  if (name === "rules") extension.ruleValues[Number(position)] = value;
  else if ((name === "name" || name === "guid") && typeof value === "string") extension[name] = value;
}

function gatherDriver(run: GatheredRun, path: JsonPath, value: unknown): void {
  const [, , , , name, position] = path;
  if (name === "rules") run.ruleValues[Number(position)] = value;
  else if (name === "globalMessageStrings") run.messages = value;
  else if (typeof value !== "string") return;
  else if (name === "name") run.driver.name = oneLine(value, 100);
  else if (name === "semanticVersion") run.driver.version = oneLine(value, 60);
  else run.driver.version ??= oneLine(value, 60);
}
