/** The lines around a finding, for people who judge it. Every secret of the whole file is masked, not only the one asked about. */
import type { Mirror } from "#git/mirror.ts";
import type { RepositoryId } from "#model/ids.ts";
import { isSpan, type Span } from "#model/span.ts";
import { scanFile } from "#scan/scan.ts";
import { maskText } from "#scan/secrets/masking.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import { getRepository } from "#store/repositories.ts";
import type { App } from "./app.ts";
import { fetchMirror } from "./fetch-mirror.ts";

export interface ExcerptLine {
  readonly number: number;
  readonly text: string;
}

const linesAround = 6;
const longestExcerpt = 60;
const longestLine = 500;
const maximumBytes = 16 * 1024 * 1024;

/** Undefined if the file, or its commit, is not there any more, or if it is no text. */
export async function readExcerpt(
  app: App,
  about: { readonly repositoryId: RepositoryId; readonly commit: string; readonly at: Span },
): Promise<readonly ExcerptLine[] | undefined> {
  const mirror = await mirrorWith(app, about.repositoryId, about.commit);
  if (!mirror) return undefined;
  try {
    const entry = (await mirror.listTree(about.commit)).find(({ path }) => path === about.at.path);
    if (!entry) return undefined;
    for await (const blob of mirror.readBlobs([entry.objectId], { maxSize: maximumBytes })) {
      if ("problem" in blob) return undefined;
      return excerptOf(app, about.at, blob.objectId, blob.bytes);
    }
    return undefined;
  } finally {
    mirror.release();
  }
}

/** Mirrors are a cache: what was evicted is fetched again. */
async function mirrorWith(app: App, repositoryId: RepositoryId, commit: string): Promise<Mirror | undefined> {
  const existing = app.mirrors.existing(repositoryId);
  if (existing && (await existing.resolve(commit))) return existing;
  existing?.release();
  const repository = await getRepository(app.db, repositoryId);
  if (!repository || repository.isDisabled || repository.goneAt) return undefined;
  const fetched = await fetchMirror(app, repository);
  if (await fetched.resolve(commit)) return fetched;
  fetched.release();
  return undefined;
}

function excerptOf(app: App, at: Span, objectId: string, bytes: Uint8Array): readonly ExcerptLine[] | undefined {
  const file = sourceFileOf(at.path, objectId, bytes);
  const text = file.text();
  if (text === undefined) return undefined;
  // From score 0: also what is too uncertain to report is not shown to whoever may see issues.
  const { findings, silenced } = scanFile(file, { fingerprintKey: app.keys.fingerprintKey, minimumScore: 0 });
  const places = [...findings, ...silenced.map(({ finding }) => finding)].map((finding) => finding.at);
  const masked = maskText(text, [...places.filter(isSpan), at]);
  const first = Math.max(1, at.startLine - linesAround);
  const last = Math.min(at.endLine + linesAround, first + longestExcerpt);
  return masked
    .split("\n")
    .slice(first - 1, last)
    .map((line, index) => ({ number: first + index, text: line.replace(/\r$/, "").slice(0, longestLine) }));
}
