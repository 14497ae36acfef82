/** `sallyport advisories`: brings the local copy of what the world knows up to date, carries it elsewhere, says how old it is. */
import { resolve } from "node:path";
import { exportKnowledge } from "#knowledge/bundle/export-knowledge.ts";
import { importKnowledge } from "#knowledge/bundle/import-knowledge.ts";
import { BundleError } from "#knowledge/bundle/manifest.ts";
import { openKnowledge } from "#knowledge/open-knowledge.ts";
import type { KnowledgeConfig } from "#knowledge/sources.ts";
import type { UpdateFailure } from "#knowledge/update/journal.ts";
import { LockedError } from "#knowledge/update/lock-folder.ts";
import { updateKnowledge } from "#knowledge/update/update-knowledge.ts";
import { readKnowledgeConfig, readText } from "../packages/knowledge-config.ts";
import { knowledgeFolder } from "../packages/knowledge-folder.ts";
import { writeToStdout } from "../scan/scan-output.ts";
import { endSignal } from "../serve/end-signal.ts";
import { makeWritableFolder } from "../serve/make-folder.ts";
import { UsageError } from "../usage-error.ts";
import { openAdvisoryProgress } from "./advisory-progress.ts";
import { statusText } from "./advisory-status.ts";

export interface UpdateOptions {
  readonly sources?: string;
  readonly rebuild?: boolean;
  readonly offline?: boolean;
  readonly quiet?: boolean;
}

export async function runUpdate({
  sources,
  rebuild = false,
  offline = false,
  quiet = false,
}: UpdateOptions): Promise<number> {
  if (offline && !rebuild) {
    throw new UsageError(
      "an update needs the network: leave --offline out, or take over a bundle with `sallyport advisories import`",
    );
  }
  const folder = await writableKnowledge();
  const config = readKnowledgeConfig(folder, sources);
  const progress = openAdvisoryProgress(quiet);
  const ended = new AbortController();
  void endSignal().then((reason) =>
    ended.abort(new UsageError(`the update was ended (${reason}); the next one goes on from here`)),
  );
  const result = await sayingMistakes(() =>
    updateKnowledge({ folder, sources: config.sources, rebuild, signal: ended.signal, onProgress: progress.show }),
  ).finally(progress.end);
  sayFailures(result.failures);
  await writeToStdout(
    result.built.length === 0 ? "nothing has changed\n" : `${result.built.length} files built in ${folder}\n`,
  );
  return hasFailed(result.failures, config) ? 2 : 0;
}

async function writableKnowledge(): Promise<string> {
  const folder = knowledgeFolder();
  await makeWritableFolder({ folder, setting: "SALLYPORT_KNOWLEDGE" });
  return folder;
}

/** A source that may be missing does not fail an update, all of them together do. */
function hasFailed(failures: readonly UpdateFailure[], { sources }: KnowledgeConfig): boolean {
  const names = new Set(failures.map(({ source }) => source));
  return (
    failures.some(({ isFatal }) => isFatal) || (sources.length > 0 && sources.every(({ name }) => names.has(name)))
  );
}

export async function runStatus({ format }: { readonly format: "table" | "json" }): Promise<number> {
  const knowledge = openKnowledge(knowledgeFolder());
  try {
    const status = knowledge.status();
    await writeToStdout(format === "json" ? `${JSON.stringify(status, null, 2)}\n` : statusText(status, new Date()));
    return status.problems.length > 0 ? 2 : 0;
  } finally {
    knowledge.close();
  }
}

export async function runImport(file: string, { sources }: { readonly sources?: string }): Promise<number> {
  const folder = await writableKnowledge();
  const { publicKey } = readKnowledgeConfig(folder, sources);
  const progress = openAdvisoryProgress(false);
  const bundle = {
    folder,
    file: resolve(file),
    ...(publicKey !== undefined && { publicKey }),
    onProgress: progress.show,
  };
  const result = await sayingMistakes(() => importKnowledge(bundle)).finally(progress.end);
  sayFailures(result.failures);
  await writeToStdout(
    `${result.sources.join(", ")} imported, as of ${result.created}; ${result.built.length} files built\n`,
  );
  return result.failures.some(({ isFatal }) => isFatal) ? 2 : 0;
}

export async function runExport(file: string, { signWith }: { readonly signWith?: string }): Promise<number> {
  const target = resolve(file);
  const privateKey = signWith === undefined ? undefined : readOr(signWith);
  const knowledge = { folder: knowledgeFolder(), file: target, ...(privateKey !== undefined && { privateKey }) };
  const { files, bytes } = await sayingMistakes(() => exportKnowledge(knowledge));
  await writeToStdout(`${files} files written to ${target}, ${Math.ceil(bytes / 1024 ** 2)} MB\n`);
  return 0;
}

function readOr(file: string): string {
  const text = readText(file);
  if (text === undefined) throw new UsageError(`${file} cannot be read`);
  return text;
}

async function sayingMistakes<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isExpected = error instanceof LockedError || error instanceof BundleError || typeof code === "string";
    throw isExpected ? new UsageError(message) : error;
  }
}

function sayFailures(failures: readonly UpdateFailure[]): void {
  for (const { source, message, isFatal } of failures) {
    console.error(`sallyport: ${source}: ${message}${isFatal ? "" : " (what was there stays)"}`);
  }
}
