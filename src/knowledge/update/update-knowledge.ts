/**
 * Brings the local copy up to date: fetches what has changed of each source, then builds what depends on it. One source that
 * fails takes nothing from the others, and what was there stays until something newer is whole.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { ecosystems } from "#model/ecosystem.ts";
import { removeLeftovers, sourcesFolder } from "../knowledge-folder.ts";
import type { KnowledgeSource } from "../sources.ts";
import { buildKnowledge } from "./build-knowledge.ts";
import type { SourceState } from "./folder-state.ts";
import { type Journal, type KnowledgeProgress, openJournal, type UpdateFailure } from "./journal.ts";
import { lockFolder } from "./lock-folder.ts";
import type { Fetch } from "./send-get.ts";
import { openSourceParts, type SourceParts } from "./source-parts.ts";
import { fetchExploited, fetchLikelihood } from "./update-lists.ts";
import { reachedName, updateOsv } from "./update-osv.ts";
import { stampName, updateOsvFolder } from "./update-osv-folder.ts";
import { fetchRuntimes } from "./update-runtimes.ts";

export interface KnowledgeUpdate {
  readonly folder: string;
  readonly sources: readonly KnowledgeSource[];
  /** Folders only; addresses stay as they are. */
  readonly offline?: boolean;
  /** Build everything again from what is there, and ask nobody. */
  readonly rebuild?: boolean;
  readonly onProgress?: (progress: KnowledgeProgress) => void;
  readonly signal?: AbortSignal;
  /** The usual one if absent. */
  readonly fetch?: Fetch;
}

export interface UpdateResult {
  readonly failures: readonly UpdateFailure[];
  /** Names of what was built anew. */
  readonly built: readonly string[];
}

/** Throws LockedError while another update runs, and what the signal says when it is aborted. */
export async function updateKnowledge(update: KnowledgeUpdate): Promise<UpdateResult> {
  const { folder } = update;
  const release = lockFolder(folder);
  try {
    removeLeftovers(folder);
    const journal = openJournal(folder);
    if (!update.rebuild) {
      for (const source of update.sources) {
        if (update.offline && source.from.is === "address") continue;
        await updateSource(update, source, journal);
      }
      dropOthers(update, journal);
    }
    const built = await buildKnowledge({ ...update, journal });
    return { failures: journal.failures, built };
  } finally {
    release();
  }
}

async function updateSource(update: KnowledgeUpdate, source: KnowledgeSource, journal: Journal): Promise<void> {
  const { folder, signal, fetch, onProgress } = update;
  const before = journal.state.sources[source.name];
  const about = describeSource(source, before);
  journal.set({ ...journal.state, sources: { ...journal.state.sources, [source.name]: { ...about, problems: {} } } });
  const parts = openSourceParts({
    folder,
    source,
    state: about,
    ...(fetch && { fetch }),
    ...(signal && { signal }),
    onDownload: (what, done, total) =>
      onProgress?.({ source: source.name, step: "download", what, done, ...(total !== undefined && { total }) }),
    onChange: (changed) => journal.change(source.name, (one) => ({ ...one, parts: changed })),
  });
  dropUnchosen(source, parts);
  let failed = false;
  for (const [part, run] of stepsOf(update, source, parts)) {
    try {
      const notice = await run();
      if (typeof notice === "string") journal.fail(source.name, part, notice, false);
    } catch (error) {
      signal?.throwIfAborted();
      failed = true;
      journal.fail(source.name, part, error, source.isRequired);
    }
  }
  if (!failed) journal.change(source.name, (one) => ({ ...one, checked: new Date().toISOString() }));
}

/** Ecosystems that are no longer asked for. */
function dropUnchosen({ kind, ecosystems: chosen }: KnowledgeSource, parts: SourceParts): void {
  if (kind !== "osv" || !chosen) return;
  for (const name of Object.keys(parts.parts)) {
    const [ecosystem = ""] = name.split("/");
    if (name !== stampName && !chosen.some((one) => one === ecosystem)) parts.drop(name);
  }
}

type Step = readonly [part: string, run: () => Promise<unknown>];

/** Each fails for itself. */
function stepsOf(update: KnowledgeUpdate, source: KnowledgeSource, parts: SourceParts): readonly Step[] {
  const { signal, fetch, onProgress } = update;
  switch (source.kind) {
    case "epss":
      return [["", () => fetchLikelihood(parts)]];
    case "kev":
      return [["", () => fetchExploited(parts)]];
    case "dotnet":
      return [["", () => fetchRuntimes(parts)]];
    case "osv": {
      const { from } = source;
      if (from.is === "folder") return [["", () => updateOsvFolder(parts, from.folder, signal)]];
      const chosen = source.ecosystems ?? ecosystems.slice(0, ecosystems.indexOf(".NET"));
      return chosen.map(
        (ecosystem): Step => [
          ecosystem,
          () =>
            updateOsv({
              ecosystem,
              parts,
              ...(fetch && { fetch }),
              ...(signal && { signal }),
              onRecords: (done, total) =>
                onProgress?.({ source: source.name, step: "records", what: ecosystem, done, total }),
            }),
        ],
      );
    }
  }
}

/**
 * A source that now comes from elsewhere is asked for everything. Until it has answered, what is there stays: an address that
 * cannot be reached must not cost what was known.
 */
function describeSource(source: KnowledgeSource, before: SourceState | undefined): SourceState {
  const from = source.from.is === "folder" ? source.from.folder : source.from.address;
  const isSame = before?.from === from && before.kind === source.kind;
  const kept = before?.kind === source.kind ? before.parts : {};
  return {
    kind: source.kind,
    licence: source.licence,
    ...(source.attribution !== undefined && { attribution: source.attribution }),
    from,
    isRequired: source.isRequired,
    ...(isSame && before.checked !== undefined && { checked: before.checked }),
    parts: isSame ? kept : forgetAnswers(kept),
    problems: {},
  };
}

function forgetAnswers(parts: SourceState["parts"]): SourceState["parts"] {
  const plain = Object.entries(parts).map(
    ([name, { bytes, sha256, fetched }]) => [name, { bytes, sha256, fetched }] as const,
  );
  return Object.fromEntries(plain.filter(([name]) => name !== stampName && !name.endsWith(`/${reachedName}`)));
}

/** What is configured no more is no longer believed. */
function dropOthers({ folder, sources, offline }: KnowledgeUpdate, journal: Journal): void {
  if (offline) return;
  const kept = Object.entries(journal.state.sources).filter(([name]) => sources.some((source) => source.name === name));
  for (const name of Object.keys(journal.state.sources)) {
    if (!sources.some((source) => source.name === name)) {
      rmSync(join(sourcesFolder(folder), name), { recursive: true, force: true });
    }
  }
  journal.set({ ...journal.state, sources: Object.fromEntries(kept) });
}
