/**
 * Reads policies and their cases from YAML files, as one set. A policy with any mistake is left out: a condition that was
 * not understood would make it another one. Mistakes are told with path, line and field.
 */
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import type { Policy } from "#model/policy.ts";
import { checkNames, type Form, type FormMistake, type FormReader, foundIn, within } from "./form.ts";
import { caseForm, type PolicyCase } from "./policy-case.ts";
import { policyFieldNames, policyForm, policyOf } from "./policy-form.ts";

export interface PolicyFile {
  readonly path: string;
  readonly text: string;
}

export interface PolicyProblem {
  readonly path: string;
  readonly line: number;
  /** The way to it: `policies[0].when[1].severity`; empty: the whole file. */
  readonly field: string;
  readonly expected: string;
  readonly found: string;
  /** All of it in one sentence, without path and line. */
  readonly message: string;
}

export interface ReadPolicies {
  readonly policies: readonly Policy[];
  readonly cases: readonly PolicyCase[];
  readonly problems: readonly PolicyProblem[];
  /** Where each policy is written, by its id. */
  readonly writtenAt: ReadonlyMap<string, { readonly path: string; readonly line: number }>;
}

const bounds = { files: 500, characters: 200_000, inAll: 2_000_000, policies: 1000, cases: 10_000, problems: 100 };

export function readPolicies(files: readonly PolicyFile[]): ReadPolicies {
  const set: Collected = { policies: [], cases: [], problems: [], writtenAt: new Map() };
  let characters = 0;
  for (const file of files.slice(0, bounds.files)) {
    characters += file.text.length;
    if (characters <= bounds.inAll) readFile(set, file);
    else {
      const expected = `${bounds.inAll.toLocaleString("en")} characters of policies at most`;
      addProblem(set, file.path, 1, { field: "", expected, found: "more; this file is not read" });
    }
  }
  if (files.length > bounds.files) {
    const found = files.length.toLocaleString("en");
    const expected = `${bounds.files} files of policies at most`;
    const { path } = files[bounds.files]!;
    addProblem(set, path, 1, { field: "", expected, found });
  }
  return set;
}

interface Collected {
  readonly policies: Policy[];
  readonly cases: PolicyCase[];
  readonly problems: PolicyProblem[];
  readonly writtenAt: Map<string, { readonly path: string; readonly line: number }>;
}

interface FileReader extends FormReader {
  readonly path: string;
  lineOf(node: unknown): number;
  mistakes(): number;
}

function readFile(set: Collected, { path, text }: PolicyFile): void {
  const lineCounter = new LineCounter();
  let told = 0;
  const reader: FileReader = {
    path,
    lineOf: (node) => {
      const range = (node as Node | null | undefined)?.range;
      return range ? lineCounter.linePos(range[0]).line : 1;
    },
    mistakes: () => told,
    tell(node, mistake) {
      told += 1;
      if (told <= bounds.problems) addProblem(set, path, this.lineOf(node), mistake);
      return undefined;
    },
  };
  if (text.length > bounds.characters) {
    const expected = `${bounds.characters.toLocaleString("en")} characters at most`;
    reader.tell(undefined, { field: "", expected, found: text.length.toLocaleString("en") });
    return;
  }
  try {
    // Fields that are there twice are found by us: the parser compares each key with every other.
    const document = parseDocument(text, { lineCounter, uniqueKeys: false });
    for (const error of document.errors.slice(0, bounds.problems)) {
      addProblem(set, path, error.linePos?.[0].line ?? 1, syntaxMistake(error.message));
    }
    const before = set.problems.length;
    if (document.errors.length === 0) readTop(set, reader, document.contents);
    set.problems.push(...set.problems.splice(before).sort((a, b) => a.line - b.line));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    reader.tell(undefined, tooDeep);
  }
}

const tooDeep: FormMistake = { field: "", expected: "a few levels of fields", found: "too many to be read" };

function syntaxMistake(message: string): FormMistake {
  if (message.includes("multiple documents")) {
    const hint = "several policies of one file go under `policies:`";
    return { field: "", expected: "one document", found: "a second one", hint };
  }
  if (message.includes("call stack")) return tooDeep;
  const [first = ""] = message.split("\n");
  return { field: "", expected: "YAML", found: first.replace(/ at line \d+, column \d+:?$/, "").slice(0, 200) };
}

/** One policy with its cases, or lists of policies and cases. */
function readTop(set: Collected, reader: FileReader, top: unknown): void {
  if (top === null || (isScalar(top) && top.value === null)) return;
  if (isSeq(top)) {
    const hint = "write the list under `policies:`";
    reader.tell(top, { field: "", expected: "the fields of a policy", found: "a list", hint });
    return;
  }
  if (!isMap(top)) {
    reader.tell(top, { field: "", expected: "the fields of a policy, or `policies:`", found: foundIn(top) });
    return;
  }
  if (!top.has("policies") && (policyFieldNames.some((name) => top.has(name)) || !top.has("cases"))) {
    readPolicy(set, reader, top, "");
    return;
  }
  checkNames(reader, top.items as readonly Pair[], ["policies", "cases"], "");
  for (const [item, field] of listOf(reader, top, "policies", "")) readPolicy(set, reader, item, field);
  readCases(set, reader, top, "");
}

/** A policy's own cases stand with it. */
const form = policyForm({ cases: { type: "array", items: caseForm.schema } });

function readPolicy(set: Collected, reader: FileReader, node: unknown, field: string): void {
  const written = readWhole(reader, form, node, field);
  if (isMap(node)) readCases(set, reader, node, field);
  if (written === undefined) return;
  const first = set.writtenAt.get(written.id);
  if (first !== undefined) {
    const expected = "an id that no other policy has";
    const found = `"${written.id}", which ${first.path}:${first.line} has`;
    reader.tell(isMap(node) ? node.get("id", true) : node, { field: within(field, "id"), expected, found });
    return;
  }
  if (set.policies.length >= bounds.policies) {
    reader.tell(node, { field, expected: `${bounds.policies} policies at most`, found: "more" });
    return;
  }
  set.writtenAt.set(written.id, { path: reader.path, line: reader.lineOf(node) });
  set.policies.push(policyOf(written));
}

function readCases(set: Collected, reader: FileReader, map: YAMLMap, field: string): void {
  for (const [item, at] of listOf(reader, map, "cases", field)) {
    const written = readWhole(reader, caseForm, item, at);
    if (written === undefined) continue;
    const { name, finding = [], place = {}, unfinishedFor, expect } = written;
    if (finding.length > 0 === (unfinishedFor !== undefined)) {
      const found = finding.length > 0 ? "both" : "neither";
      reader.tell(item, { field: at, expected: "either `finding` or `unfinishedFor`", found });
    } else if (set.cases.length >= bounds.cases) {
      reader.tell(item, { field: at, expected: `${bounds.cases} cases at most`, found: "more" });
      return;
    } else {
      const { path } = reader;
      const waited = unfinishedFor === undefined ? {} : { unfinishedFor };
      set.cases.push({ name, path, line: reader.lineOf(item), findings: finding, place, ...waited, expect });
    }
  }
}

/** Undefined if anything in it is a mistake. */
function readWhole<T>(reader: FileReader, of: Form<T>, node: unknown, field: string): T | undefined {
  const before = reader.mistakes();
  const read = of.read(reader, node, field);
  return reader.mistakes() === before ? read : undefined;
}

function listOf(reader: FileReader, map: YAMLMap, key: string, field: string): readonly (readonly [unknown, string])[] {
  const value = map.get(key, true) as unknown;
  if (value === undefined) return [];
  const at = within(field, key);
  if (isSeq(value)) return value.items.map((item, index) => [item, `${at}[${index}]`]);
  reader.tell(value, { field: at, expected: "a list", found: foundIn(value) });
  return [];
}

function addProblem(set: Collected, path: string, line: number, mistake: FormMistake): void {
  const { field, expected, found, hint } = mistake;
  const sentence = `expected ${expected}, found ${found}${hint === undefined ? "" : ` (${hint})`}`;
  const message = field === "" ? sentence : `${field}: ${sentence}`;
  set.problems.push({ path, line, field, expected, found, message });
}
