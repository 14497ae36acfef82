/** Builds what is read from what was fetched: only what does not hold any more, each put in place when it is whole. */
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Ecosystem, ecosystems } from "#model/ecosystem.ts";
import { buildAdvisoryFile, discardAdvisoryFile, publishAdvisoryFile } from "../advisories/build-advisory-file.ts";
import type { SourceRecord } from "../advisories/collect-records.ts";
import { type BuildInput, formatVersion } from "../advisories/file-layout.ts";
import { readAdvisoryMeta } from "../advisories/open-advisory-file.ts";
import { readLines } from "../archives/read-lines.ts";
import { readZip, ZipError } from "../archives/read-zip.ts";
import {
  advisoriesName,
  builtNames,
  listBuilt,
  nextBuilt,
  removeOlder,
  sourcesFolder,
  writeWhole,
} from "../knowledge-folder.ts";
import { runtimeSource } from "../runtimes/runtime-records.ts";
import type { PartState, SourceState } from "./folder-state.ts";
import type { Journal, KnowledgeProgress } from "./journal.ts";
import { exploitedPart, likelihoodPart, makeExploited, makeLikelihood } from "./update-lists.ts";
import { archiveName, changesName, recordsName } from "./update-osv.ts";
import { makeRuntimeRecords, makeRuntimes } from "./update-runtimes.ts";

export interface KnowledgeBuild {
  readonly folder: string;
  readonly journal: Journal;
  readonly rebuild?: boolean;
  readonly onProgress?: (progress: KnowledgeProgress) => void;
  readonly signal?: AbortSignal;
}

/** A file that was fetched. */
interface Input {
  readonly source: string;
  readonly state: SourceState;
  readonly name: string;
  readonly part: PartState;
  readonly path: string;
}

/** Names of what was built. */
export async function buildKnowledge(build: KnowledgeBuild): Promise<readonly string[]> {
  const built: string[] = [];
  for (const ecosystem of ecosystems) {
    const inputs = inputsOf(build, (state, name) => isRecords(state, name, ecosystem));
    if (
      await makeIfNeeded(build, advisoriesName(ecosystem), inputs, (path) =>
        buildEcosystem(build, ecosystem, inputs, path),
      )
    ) {
      built.push(advisoriesName(ecosystem));
    }
  }
  for (const [name, kind, pattern, make] of lists) {
    const inputs = inputsOf(build, (state, part) => state.kind === kind && pattern.test(part));
    const write = (path: string) => writeWhole(path, make(inputs));
    if (await makeIfNeeded(build, name, inputs, write)) built.push(name);
  }
  return built;
}

/** Of several sources of a kind the last one counts. */
const lists: readonly (readonly [
  name: string,
  kind: string,
  pattern: RegExp,
  make: (inputs: readonly Input[]) => Buffer,
])[] = [
  [
    builtNames.likelihood,
    "epss",
    new RegExp(`^${likelihoodPart}$`),
    (inputs) => makeLikelihood(inputs.at(-1)?.path ?? ""),
  ],
  [builtNames.exploited, "kev", new RegExp(`^${exploitedPart}$`), (inputs) => makeExploited(inputs.at(-1)?.path ?? "")],
  [
    builtNames.runtimes,
    "dotnet",
    /releases(-index)?\.json$/,
    (inputs) => Buffer.from(JSON.stringify(makeRuntimes(partsOf(inputs)))),
  ],
];

function isRecords(state: SourceState, name: string, ecosystem: Ecosystem): boolean {
  if (state.kind === "dotnet") return ecosystem === ".NET" && name.endsWith("/cve.json");
  if (state.kind !== "osv" || !name.startsWith(`${ecosystem}/`)) return false;
  return [archiveName, changesName, recordsName].includes(name.slice(ecosystem.length + 1));
}

function inputsOf(
  { folder, journal }: KnowledgeBuild,
  isWanted: (state: SourceState, name: string) => boolean,
): readonly Input[] {
  return Object.entries(journal.state.sources).flatMap(([source, state]) =>
    Object.entries(state.parts)
      .filter(([name]) => isWanted(state, name))
      .map(([name, part]) => ({
        source,
        state,
        name,
        part,
        path: join(sourcesFolder(folder), source, ...name.split("/")),
      }))
      .filter(({ path }) => statSync(path, { throwIfNoEntry: false })?.isFile()),
  );
}

/** What the runtimes' readers need of a source's files. */
function partsOf(inputs: readonly Input[]) {
  const last = inputs.at(-1)?.source;
  const own = inputs.filter(({ source }) => source === last);
  return {
    parts: Object.fromEntries(own.map(({ name, part }) => [name, part])),
    pathOf: (name: string) => own.find((input) => input.name === name)?.path ?? "",
  };
}

async function makeIfNeeded(
  build: KnowledgeBuild,
  name: string,
  inputs: readonly Input[],
  make: (path: string) => Promise<void> | void,
): Promise<boolean> {
  const { folder, journal, signal } = build;
  const current = listBuilt(folder).get(name);
  if (inputs.length === 0) {
    // Without a state nobody knows what it was built from: it stays.
    const isLeft = current !== undefined && journal.state.built[name] !== undefined;
    if (isLeft) rmSync(current, { force: true });
    return isLeft;
  }
  const signature = [
    `format ${formatVersion}`,
    ...inputs.map((input) => `${input.source}/${input.name} ${input.part.sha256}`),
  ].join("\n");
  const holds = current !== undefined && journal.state.built[name] === signature && isReadable(name, current);
  if (holds && !build.rebuild) return false;
  try {
    await make(nextBuilt(folder, name));
  } catch (error) {
    signal?.throwIfAborted();
    for (const input of inputs) noteFailure(journal, input, error);
    return false;
  }
  journal.set({ ...journal.state, built: { ...journal.state.built, [name]: signature } });
  removeOlder(folder, name);
  return true;
}

function isReadable(name: string, path: string): boolean {
  if (!name.startsWith("advisories-")) return true;
  try {
    return readAdvisoryMeta(path).bytes > 0;
  } catch {
    return false;
  }
}

/** An archive that cannot be read is fetched again the next time; what was built before stays. */
function noteFailure(journal: Journal, input: Input, error: unknown): void {
  if (error instanceof ZipError && !error.message.startsWith(input.path)) return;
  journal.fail(input.source, input.name, error, input.state.isRequired);
  if (!(error instanceof ZipError)) return;
  journal.change(input.source, (source) => {
    const { [input.name]: _, ...parts } = source.parts;
    return { ...source, parts };
  });
}

async function buildEcosystem(
  { onProgress, signal }: KnowledgeBuild,
  ecosystem: Ecosystem,
  inputs: readonly Input[],
  path: string,
): Promise<void> {
  const about = inputs.map(({ source, part }): BuildInput => {
    const { sha256, fetched, etag } = part;
    return { source, sha256, fetched, ...(etag !== undefined && { etag }) };
  });
  try {
    await buildAdvisoryFile({
      path,
      ecosystem,
      inputs: about,
      records: recordsOf(inputs),
      ...(signal && { signal }),
      onProgress: (done) => onProgress?.({ source: inputs[0]?.source ?? "", step: "build", what: ecosystem, done }),
    });
    publishAdvisoryFile(path);
  } finally {
    discardAdvisoryFile(path);
  }
}

function* recordsOf(inputs: readonly Input[]): Generator<SourceRecord> {
  const runtimes = inputs.filter(({ state }) => state.kind === "dotnet");
  for (const record of makeRuntimeRecords(partsOf(runtimes)))
    yield { json: JSON.stringify(record), label: runtimeSource };
  for (const { source, state, path, name } of inputs) {
    const label = `${source} (${state.licence})`;
    if (name.endsWith(".zip")) {
      for (const entry of readZip(path)) {
        if (/\.json$/i.test(entry.name)) yield { json: entry.read().toString("utf8"), label };
      }
    } else if (name.endsWith(".jsonl")) {
      for (const json of readLines(path)) yield { json, label };
    }
  }
}
