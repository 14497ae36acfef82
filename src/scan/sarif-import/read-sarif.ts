/**
 * Reads SARIF 2.1.0 of any tool as it comes, in pieces. Keeps results and rules of a run until its end, because results
 * may stand before the rules that they refer to; code flows, graphs and file contents are passed over. Refuses other versions.
 */
import type { Finding } from "#model/finding.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import { BrokenJson, createJsonCutter, type JsonPath, pathText, type Wanted } from "../formats/json/cut-json.ts";
import { type GatheredRun, gather, runOf } from "./gather-run.ts";
import { keyOfImport } from "./identity-of.ts";
import { type DescribedRule, describeRule } from "./imported-rule-of.ts";
import { at, oneLine, textAt } from "./loose-value.ts";
import { type Extension, type ReadResult, type RunContext, resultToFinding } from "./result-to-finding.ts";

export interface SarifOptions {
  /** What the fingerprints of secrets are made with. */
  readonly fingerprintKey: Uint8Array;
  /** In place of the file's own. */
  readonly category?: string | undefined;
  /** The folder in which the tool ran, for full paths. */
  readonly root?: string | undefined;
}

export interface SarifProblem {
  /** `runs[0].results[12]`. */
  readonly at: string;
  readonly message: string;
}

/** What one tool found in one category: of all runs of the file that are of it. */
export interface ImportedAnalysis {
  readonly tool: string;
  readonly version?: string;
  readonly category: string;
  /** Begins the fingerprints. */
  readonly key: string;
  /** As the file says it. */
  readonly commit?: string;
  /** It did not come to its end, as the tool or the file says: what is missing is not gone. */
  readonly isCut: boolean;
  readonly results: number;
  readonly skipped: number;
  readonly findings: readonly Finding[];
  readonly silenced: readonly SilencedFinding[];
  readonly problems: readonly SarifProblem[];
}

/** `refused`: it is no SARIF that can be read; nothing of it counts. */
export type SarifRead =
  | { readonly is: "read"; readonly analyses: readonly ImportedAnalysis[] }
  | ({ readonly is: "refused" } & SarifProblem);

export interface SarifReader {
  /** False: it is not worth giving more. */
  write(piece: Uint8Array): boolean;
  end(): SarifRead;
}

export const mostResults = 50_000;
export const longestSarif = 50 * 1024 * 1024;
const mostRuns = 100;
const mostRules = 50_000;
const mostProblems = 100;
const limits = { size: 4 * 1024 * 1024, depth: 100 };

const component = { name: "cut", guid: "cut", semanticVersion: "cut", version: "cut", rules: { "*": "cut" } } as const;
const wanted: Wanted = {
  version: "cut",
  runs: {
    "*": {
      tool: {
        driver: { ...component, globalMessageStrings: "cut" },
        extensions: { "*": component },
      },
      automationDetails: "cut",
      originalUriBaseIds: "cut",
      versionControlProvenance: { "*": "cut" },
      invocations: { "*": { executionSuccessful: "cut" } },
      artifacts: { "*": { location: "cut" } },
      results: { "*": "cut" },
    },
  },
};

export function createSarifReader(options: SarifOptions): SarifReader {
  const runs: GatheredRun[] = [];
  const state = { size: 0, results: 0, rules: 0, version: undefined as string | undefined };
  let refusal: SarifProblem | undefined;
  const refuse = (path: JsonPath, message: string) => {
    refusal ??= { at: pathText(path), message };
  };
  const cutter = createJsonCutter(wanted, limits, (cut) => {
    if (refusal) return;
    const index = Number(cut.path[1]);
    if (cut.path[2] === "results" && index < mostRuns) runOf(runs, index).hasResults = true;
    if (cut.is === "empty") return;
    if (cut.path[0] === "version") state.version = textAt(cut, "value");
    else if (cut.path.length < 2) refuse(cut.path, cut.is === "value" ? "an object was expected" : cut.message);
    else if (index >= mostRuns) refuse(cut.path, `more than ${mostRuns} runs are too many`);
    else gather(runOf(runs, index), cut);
    if (cut.path[2] === "results") state.results += 1;
    if (cut.path.includes("rules") || cut.path[2] === "artifacts") state.rules += 1;
    if (state.results > mostResults) refuse(cut.path, `more than ${mostResults} results are too many: split the file`);
    if (state.rules > mostRules * 2) refuse(cut.path, `more than ${mostRules} rules or files are too many`);
  });

  return {
    write(piece) {
      if (refusal) return false;
      if (state.size === 0 && isUtf16(piece)) refuse([], "it is written in UTF-16; SARIF is UTF-8");
      if (state.size + piece.length > longestSarif) refuse([], "it is longer than 50 MB: split it by run");
      if (!refusal) attempt(() => cutter.write(state.size === 0 ? withoutMark(piece) : piece), refuse);
      state.size += piece.length;
      return refusal === undefined;
    },
    end() {
      if (!refusal) attempt(() => cutter.end(), refuse);
      if (!refusal && state.version === undefined) refuse([], 'it is no SARIF: "version" is missing');
      if (!refusal && !/^2\.1\.0/.test(state.version ?? "")) {
        refuse(["version"], `SARIF 2.1.0 was expected, not ${JSON.stringify(oneLine(state.version ?? "", 40))}`);
      }
      if (!refusal && runs.length === 0) refuse(["runs"], "there is no run in it");
      if (refusal) return { is: "refused", ...refusal };
      return { is: "read", analyses: analysesOf(runs, options) };
    },
  };
}

function attempt(run: () => void, refuse: (path: JsonPath, message: string) => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof BrokenJson)) throw error;
    refuse(error.path, error.message);
  }
}

/** UTF-8's own mark does no harm. */
function withoutMark(piece: Uint8Array): Uint8Array {
  return piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf ? piece.subarray(3) : piece;
}

function isUtf16(piece: Uint8Array): boolean {
  return (piece[0] === 0xff && piece[1] === 0xfe) || (piece[0] === 0xfe && piece[1] === 0xff) || piece[1] === 0;
}

function analysesOf(runs: readonly GatheredRun[], options: SarifOptions): readonly ImportedAnalysis[] {
  const read = runs.map((run, index) => analysisOf(run, index, options));
  return [...Map.groupBy(read, ({ key }) => key).values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    if (same.length === 1) return [first];
    return [
      {
        ...first,
        isCut: same.some(({ isCut }) => isCut),
        results: same.reduce((sum, { results }) => sum + results, 0),
        skipped: same.reduce((sum, { skipped }) => sum + skipped, 0),
        findings: same.flatMap(({ findings }) => findings),
        silenced: same.flatMap(({ silenced }) => silenced),
        problems: same.flatMap(({ problems }) => problems).slice(0, mostProblems),
      },
    ];
  });
}

function analysisOf(run: GatheredRun, index: number, options: SarifOptions): ImportedAnalysis {
  const context = contextOf(run, options);
  const refused: SarifProblem[] = [];
  const findings: Finding[] = [];
  const silenced: SilencedFinding[] = [];
  for (const [position, value] of run.results.entries()) {
    if (value === undefined) continue;
    const read: ReadResult = resultToFinding(value, context);
    if (read.is === "finding") findings.push(read.finding);
    else if (read.is === "silenced") silenced.push(read.silenced);
    else if (read.is === "refused") refused.push({ at: `runs[${index}].results[${position}]`, message: read.because });
  }
  const whyCut = whyIncomplete(run, refused.length > 0 && findings.length + silenced.length === 0);
  const ofRun = [
    ...(run.driver.name === undefined ? [{ at: `runs[${index}].tool.driver`, message: "its name is missing" }] : []),
    ...(whyCut === undefined ? [] : [{ at: `runs[${index}]`, message: whyCut }]),
  ];
  const { tool, version, category, key } = context;
  return {
    ...{ tool, category, key, findings, silenced, isCut: whyCut !== undefined },
    ...(version !== undefined && { version }),
    ...(run.commit !== undefined && /^[0-9a-f]{7,64}$/i.test(run.commit) && { commit: run.commit.toLowerCase() }),
    results: run.results.length,
    skipped: run.results.length - findings.length - silenced.length,
    problems: [...ofRun, ...run.problems, ...refused].slice(0, mostProblems),
  };
}

/** Why what a run does not report any more may still be there. */
function whyIncomplete(run: GatheredRun, areAllRefused: boolean): string | undefined {
  if (run.isCut) return "it did not come to its end: what it does not report any more stays open";
  if (!run.hasResults) return "it has no list of results: what was found before stays open";
  if (areAllRefused) return "none of its results could be read: what was found before stays open";
  return undefined;
}

function contextOf(run: GatheredRun, { category: asked, root, fingerprintKey }: SarifOptions): RunContext {
  const tool = run.driver.name || "Unnamed tool";
  const describe = (values: readonly unknown[]): readonly (DescribedRule | undefined)[] =>
    Array.from(values, (value) => (value === undefined ? undefined : describeRule(value, tool)));
  const rules = describe(run.ruleValues);
  const extensions = Array.from(run.extensions, (one): Extension => {
    const { ruleValues, ...named } = one ?? { ruleValues: [] };
    return { ...named, rules: describe(ruleValues) };
  });
  const all = [...extensions.flatMap((one) => one.rules), ...rules].filter((rule) => rule !== undefined);
  // `category/run`: what comes before the last slash.
  const own = run.automationId?.includes("/") ? run.automationId.slice(0, run.automationId.lastIndexOf("/")) : "";
  const category = oneLine(asked ?? own, 200);
  return {
    ...{ tool, version: run.driver.version, category, key: keyOfImport(tool, category), rules, extensions },
    fingerprintKey,
    rulesById: new Map(all.map((rule) => [rule.id, rule])),
    messages: messagesOf(run.messages),
    artifacts: run.artifacts,
    bases: run.bases,
    given: root === undefined ? [] : [root],
  };
}

function messagesOf(strings: unknown): ReadonlyMap<string, string> {
  const names = typeof strings === "object" && strings !== null ? Object.keys(strings) : [];
  return new Map(
    names.flatMap((name) => {
      const text = textAt(at(strings, name), "text");
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
}
