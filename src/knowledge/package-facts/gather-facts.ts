/**
 * Asks the configured sources about packages whose facts are missing or old, what a project asks for itself first, and keeps
 * the answers. Ends when the time is up: what is left is for the next time. What cannot be asked is a problem, never a throw.
 */
import type { AskSource } from "./ask-source.ts";
import { chooseSources } from "./choose-sources.ts";
import { type FactsSources, publicSources } from "./facts-sources.ts";
import { readParts, writeParts } from "./facts-store.ts";
import { type ClientOptions, type PoliteClient, politeClient } from "./polite-client.ts";
import { type AskedPackage, mostVersions, type SourcePart } from "./source-part.ts";

export interface GatherRequest extends ClientOptions {
  readonly packages: readonly AskedPackage[];
  /** That of the local copy. */
  readonly folder: string;
  readonly sources?: FactsSources;
  /** Nothing is asked. */
  readonly offline?: boolean;
  readonly budgetMilliseconds?: number;
  readonly onProgress?: (done: number, total: number) => void;
  /** For tests. */
  readonly now?: () => Date;
}

export interface Gathered {
  /** Packages about which at least one source has answered, be it that nothing has changed. */
  readonly gathered: number;
  /** Those whose facts were young enough, or about which no source is to be asked. */
  readonly skipped: number;
  /** Those that were to be asked about and were not: the time was up, or no source could be reached. */
  readonly left: number;
  readonly problems: readonly GatherProblem[];
}

export interface GatherProblem {
  /** A host's name, or the folder. */
  readonly source: string;
  readonly message: string;
}

const freshMilliseconds = 7 * 86_400_000;
/** Enough that no host waits for work. */
const workers = 8;
const defaultBudget = 600_000;

export async function gatherFacts(request: GatherRequest): Promise<Gathered> {
  const { packages, sources = publicSources, offline = false, onProgress, now = () => new Date() } = request;
  if (offline) return { gathered: 0, skipped: packages.length, left: 0, problems: [] };
  const end = AbortSignal.timeout(request.budgetMilliseconds ?? defaultBudget);
  const signal = request.signal ? AbortSignal.any([request.signal, end]) : end;
  const client = politeClient({ ...request, signal });
  const choose = await chooseSources(sources);
  const queue = packages.toSorted((a, b) => Number(b.isDirect ?? false) - Number(a.isDirect ?? false));
  const counts = { gathered: 0, skipped: 0, left: 0 };
  const problems: GatherProblem[] = [];
  let [next, done] = [0, 0];
  const work = async (): Promise<void> => {
    for (let at = next++; at < queue.length; at = next++) {
      const about = queue[at] as AskedPackage;
      if (signal.aborted) counts.left += 1;
      else {
        try {
          counts[await gatherOne(about, choose(about), { folder: request.folder, client, now: now() })] += 1;
        } catch (error) {
          // A full disk is full for all that follow.
          counts.left += 1;
          problems[0] ??= { source: request.folder, message: `Facts could not be kept: ${wordOf(error)}` };
        }
      }
      done += 1;
      onProgress?.(done, queue.length);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  for (const [source, message] of client.problems) problems.push({ source, message });
  return { ...counts, problems };
}

interface Place {
  readonly folder: string;
  readonly client: PoliteClient;
  readonly now: Date;
}

async function gatherOne(
  about: AskedPackage,
  sources: readonly AskSource[],
  { folder, client, now }: Place,
): Promise<"gathered" | "skipped" | "left"> {
  const kept = readParts(folder, about);
  const partOf = ({ place }: AskSource) => kept.find((part) => part.place === place);
  const stale = sources.filter((source) => !isFresh(partOf(source), about, now));
  if (stale.length === 0) return "skipped";
  const parts = new Map<string, SourcePart>();
  let asked = 0;
  for (const source of sources) {
    const known = partOf(source);
    const told = stale.includes(source) ? await source.ask(about, client, now.toISOString(), known) : undefined;
    if (told) asked += 1;
    const part = told ?? known;
    if (part) parts.set(source.place, source.owns(about) ? marked(part) : part);
  }
  if (asked > 0) writeParts(folder, about, [...parts.values()]);
  return asked > 0 ? "gathered" : "left";
}

function marked(part: SourcePart): SourcePart {
  return part.facts ? { ...part, facts: { ...part.facts, isPrivate: true } } : part;
}

function isFresh(part: SourcePart | undefined, { versions = [] }: AskedPackage, now: Date): boolean {
  if (!part || now.getTime() - Date.parse(part.checked) >= freshMilliseconds) return false;
  const { detailed, facts } = part;
  return !detailed || !facts || versions.slice(0, mostVersions).every((version) => detailed.includes(version));
}

function wordOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return code ?? (error instanceof Error ? error.name : "unknown error");
}
