/**
 * Lines around a finding, for people. The whole file is scanned anew and everything that could be a secret is masked
 * before a line leaves: also secrets that nobody looks at, and candidates below the score that is reported.
 */
import type { Mirror } from "#git/mirror.ts";
import type { RepositoryId } from "#model/ids.ts";
import { isSpan, type Span } from "#model/span.ts";
import { scanFile } from "#scan/scan.ts";
import { maskText } from "#scan/secrets/masking.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import { getRepository } from "#store/repositories.ts";
import type { App } from "./app.ts";
import { fetchMirror } from "./fetch-mirror.ts";

export interface ExcerptRequest {
  readonly repositoryId: RepositoryId;
  readonly commit: string;
  readonly at: Span;
}

export interface ExcerptLine {
  readonly number: number;
  readonly text: string;
}

const linesAround = 6;
/** A finding may span a whole key file, and a line may be a whole program. */
const maximumLines = 60;
const maximumColumns = 500;
const maximumFileSize = 5 * 1024 * 1024;

/** Undefined if the file cannot be read any more, or is no text, or is too large. */
export async function readExcerpt(app: App, request: ExcerptRequest): Promise<readonly ExcerptLine[] | undefined> {
  const mirror = await openMirror(app, request.repositoryId);
  if (!mirror) return undefined;
  try {
    const blob = await readFile(mirror, request);
    return blob && excerptOf(app, request, blob);
  } finally {
    mirror.release();
  }
}

/** The mirror may have been evicted, or lie on another machine. */
async function openMirror(app: App, id: RepositoryId): Promise<Mirror | undefined> {
  const existing = app.mirrors.existing(id);
  if (existing) return existing;
  const repository = await getRepository(app.db, id);
  return repository && !repository.goneAt ? fetchMirror(app, repository) : undefined;
}

async function readFile(
  mirror: Mirror,
  { commit, at }: ExcerptRequest,
): Promise<{ readonly objectId: string; readonly bytes: Uint8Array } | undefined> {
  if (!(await mirror.resolve(commit))) return undefined;
  const entry = (await mirror.listTree(commit)).find(({ path }) => path === at.path);
  if (!entry || entry.size > maximumFileSize) return undefined;
  for await (const blob of mirror.readBlobs([entry.objectId], { maxSize: maximumFileSize })) {
    if ("bytes" in blob) return blob;
  }
  return undefined;
}

function excerptOf(
  app: Pick<App, "keys">,
  { at }: ExcerptRequest,
  { objectId, bytes }: { readonly objectId: string; readonly bytes: Uint8Array },
): readonly ExcerptLine[] | undefined {
  const file = sourceFileOf(at.path, objectId, bytes);
  const text = file.text();
  if (text === undefined) return undefined;
  const { fingerprintKey } = app.keys;
  const { findings, silenced } = scanFile(file, { fingerprintKey, scanners: ["secrets"], minimumScore: 0 });
  const secrets = [...findings, ...silenced.map(({ finding }) => finding)];
  const spans = secrets.flatMap((finding) => (isSpan(finding.at) ? [finding.at] : []));
  const lines = maskText(text, spans).split("\n");
  const first = Math.max(1, at.startLine - linesAround);
  const last = Math.min(lines.length, at.endLine + linesAround, first + maximumLines - 1);
  return lines.slice(first - 1, last).map((line, index) => ({
    number: first + index,
    text: line.replace(/\r$/, "").slice(0, maximumColumns),
  }));
}
