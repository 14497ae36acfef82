/**
 * Opens the local copy of what the world knows. Every file is opened when it is first asked for; what is not there answers
 * nothing, what is damaged answers nothing and is named in the status. Nothing here uses the network.
 */
import { readFileSync } from "node:fs";
import type { AdvisoryKnowledge, RuntimeRelease } from "#model/advisory.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import { DamagedFileError } from "./advisories/damaged-file.ts";
import { type AdvisoryFile, openAdvisoryFile, readAdvisoryMeta } from "./advisories/open-advisory-file.ts";
import type { KnownExploitedList } from "./exploits/known-exploited.ts";
import { type LikelihoodTable, openLikelihoodFile } from "./exploits/likelihood-file.ts";
import { advisoriesName, builtNames, ecosystemOfName, knowledgeVersion, listBuilt } from "./knowledge-folder.ts";
import type { EcosystemStatus, KnowledgeStatus, ListStatus, SourceStatus } from "./knowledge-status.ts";
import { type FolderState, readState } from "./update/folder-state.ts";

export interface Knowledge extends AdvisoryKnowledge {
  status(): KnowledgeStatus;
  /** No more can be asked for. Answers stay, but details and references that nobody has looked at are empty then. */
  close(): void;
}

export function openKnowledge(folder: string): Knowledge {
  const built = listBuilt(folder);
  const problems = new Set<string>();
  const open = createOpener(folder, built, problems);
  const files = new Map<Ecosystem, AdvisoryFile | undefined>();
  let isClosed = false;
  const fileOf = (ecosystem: Ecosystem) => {
    if (isClosed) return undefined;
    if (!files.has(ecosystem))
      files.set(
        ecosystem,
        open(advisoriesName(ecosystem), (path) => openAdvisoryFile(path, ({ message }) => problems.add(message))),
      );
    return files.get(ecosystem);
  };
  const likelihood = lazily(() => open(builtNames.likelihood, openLikelihoodFile));
  const exploited = lazily(() => open(builtNames.exploited, (path) => readBuilt<KnownExploitedList>(path)));
  const runtimes = lazily(() => open(builtNames.runtimes, (path) => readBuilt<readonly RuntimeRelease[]>(path)) ?? []);
  return {
    advisoriesOf(ecosystem, name) {
      try {
        return fileOf(ecosystem)?.advisoriesOf(name) ?? [];
      } catch (error) {
        if (!(error instanceof DamagedFileError)) throw error;
        problems.add(error.message);
        return [];
      }
    },
    exploitLikelihood: (cve) => likelihood()?.find(cve),
    knownExploited(cve) {
      const list = exploited()?.vulnerabilities;
      return list && Object.hasOwn(list, cve) ? list[cve] : undefined;
    },
    get runtimes() {
      return runtimes();
    },
    status: () =>
      statusOf({ folder, built, open, problems, table: likelihood(), list: exploited(), channels: runtimes() }),
    close() {
      for (const file of files.values()) file?.close();
      files.clear();
      isClosed = true;
    },
  };
}

interface Opened {
  readonly folder: string;
  readonly built: ReadonlyMap<string, string>;
  readonly open: Opener;
  readonly problems: ReadonlySet<string>;
  readonly table: LikelihoodTable | undefined;
  readonly list: KnownExploitedList | undefined;
  readonly channels: readonly RuntimeRelease[];
}

function statusOf({ folder, built, open, problems, table, list, channels }: Opened): KnowledgeStatus {
  const state = readState(folder);
  const ecosystems = [...built.keys()].flatMap((name) => ecosystemStatus(name, state, open) ?? []);
  return {
    folder,
    version: knowledgeVersion(built),
    ecosystems,
    sources: Object.entries(state.sources).map(sourceStatus),
    ...(table && { exploitLikelihood: { rows: table.rows, asOf: table.asOf } }),
    ...(list && { knownExploited: { rows: Object.keys(list.vulnerabilities).length, asOf: list.asOf } }),
    ...(channels.length > 0 && { runtimes: runtimesStatus(channels) }),
    problems: [...problems],
  };
}

type Opener = <T>(name: string, read: (path: string) => T) => T | undefined;

function createOpener(folder: string, built: ReadonlyMap<string, string>, problems: Set<string>): Opener {
  return (name, read) => {
    const path = built.get(name);
    if (path === undefined) return undefined;
    try {
      return read(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") {
        // Replaced and removed since the folder was listed.
        const newer = listBuilt(folder).get(name);
        if (newer !== undefined && newer !== path)
          return createOpener(folder, new Map([[name, newer]]), problems)(name, read);
        return undefined;
      }
      problems.add(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function readBuilt<T>(path: string): T {
  const text = readFileSync(path, "utf8");
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new DamagedFileError(path, "is damaged");
  }
}

function ecosystemStatus(name: string, state: FolderState, open: Opener): EcosystemStatus | undefined {
  const ecosystem = ecosystemOfName(name);
  const read = ecosystem && open(name, readAdvisoryMeta);
  if (!read) return undefined;
  const { counts, built, inputs } = read.meta;
  const times = inputs.map(({ source, fetched }) => state.sources[source]?.checked ?? fetched).sort();
  const { records: _, ...shown } = counts;
  return { ecosystem, ...shown, bytes: read.bytes, built, ...(times[0] !== undefined && { asOf: times[0] }) };
}

function sourceStatus([name, source]: readonly [string, FolderState["sources"][string]]): SourceStatus {
  const { parts, problems, ...about } = source;
  const bytes = Object.values(parts).reduce((sum, part) => sum + part.bytes, 0);
  return { name, ...about, bytes, problems: Object.values(problems) };
}

function runtimesStatus(channels: readonly RuntimeRelease[]): ListStatus {
  const dates = channels.flatMap(({ releases }) => releases[0]?.released ?? []).sort();
  return { rows: channels.length, asOf: dates.at(-1) ?? "" };
}
