/**
 * The lines around a finding, for people who judge it: the place itself, the resource it is about, and what a fix would
 * change. Every secret of the whole file is masked, not only the one asked about.
 */
import type { Mirror } from "#git/mirror.ts";
import { diffOfFix, type Hunk } from "#model/diff-of-fix.ts";
import type { Finding } from "#model/finding.ts";
import type { RepositoryId } from "#model/ids.ts";
import { isSpan, type Span } from "#model/span.ts";
import { allSecretsIn, coverSecrets } from "#scan/cover-secrets.ts";
import { maskText } from "#scan/secrets/masking/masking.ts";
import type { SecretSettings } from "#scan/secrets/secret-settings.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import type { App } from "../app.ts";
import type { BlobToScan } from "../scan-files/scan-pool.ts";
import { readScanSettings } from "../scan-settings/read-scan-settings.ts";
import { mirrorWith } from "./mirror-with.ts";

export interface ExcerptLine {
  readonly number: number;
  readonly text: string;
}

export interface Excerpt {
  readonly commit: string;
  /** Where the finding stands in that commit. */
  readonly at: Span;
  readonly lines: readonly ExcerptLine[];
  /** The whole block of the resource, or as much of it as is shown. */
  readonly resource?: readonly ExcerptLine[];
  readonly fix?: readonly Hunk[];
}

const linesAround = 6;
const longestExcerpt = 60;
const longestResource = 300;
const longestLine = 500;
const maximumBytes = 16 * 1024 * 1024;

/**
 * Undefined if the file, or its commit, is not there any more, or if it is no text. `revision`: the commit that was scanned,
 * or a branch, which may have gone on since: a secret is shown where it stands there now, or not at all.
 */
export async function readExcerpt(
  app: App,
  about: { readonly repositoryId: RepositoryId; readonly revision: string; readonly finding: Finding },
): Promise<Excerpt | undefined> {
  const { resource, fix } = about.finding;
  if (!isSpan(about.finding.at)) return undefined;
  const mirror = await mirrorWith(app, about.repositoryId, about.revision);
  if (!mirror) return undefined;
  try {
    const commit = await mirror.resolve(about.revision);
    if (commit === undefined) return undefined;
    const paths = [
      about.finding.at.path,
      ...(resource?.at ? [resource.at.path] : []),
      ...(fix?.edits ?? []).map((edit) => edit.at.path),
    ];
    const { texts, same } = await readTexts(app, mirror, commit, new Set(paths), about.finding);
    const at = placeAmong(same, about.finding.at) ?? (commit === about.revision ? about.finding.at : undefined);
    const text = at && texts.get(at.path);
    const block = resource?.at && texts.get(resource.at.path);
    if (at === undefined || text === undefined) return undefined;
    return {
      ...{ commit, at },
      lines: linesOf(text, at.startLine - linesAround, at.endLine + linesAround, longestExcerpt),
      ...(resource?.at && block && { resource: blockOf(block, resource.at, at) }),
      ...(fix && { fix: diffOfFix(fix, texts) }),
    };
  } finally {
    mirror.release();
  }
}

/** The same secret in the same file: on its line if it still stands there. */
function placeAmong(same: readonly Finding[], { path, startLine }: Span): Span | undefined {
  const places = same.flatMap(({ at }) => (isSpan(at) && at.path === path ? [at] : []));
  return places.find((at) => at.startLine === startLine) ?? places[0];
}

/** By path; what is no text, or not there, is left out. `same`: where the secret that the finding is stands in them. */
async function readTexts(
  app: App,
  mirror: Mirror,
  commit: string,
  paths: ReadonlySet<string>,
  finding: Finding,
): Promise<{ readonly texts: ReadonlyMap<string, string>; readonly same: readonly Finding[] }> {
  const entries = (await mirror.listTree(commit)).filter(({ path }) => paths.has(path));
  const { secrets } = await readScanSettings(mirror, commit);
  const texts = new Map<string, string>();
  const same: Finding[] = [];
  let index = 0;
  const ids = entries.map(({ objectId }) => objectId);
  for await (const blob of mirror.readBlobs(ids, { maxSize: maximumBytes })) {
    const path = entries[index++]?.path ?? "";
    const read = "bytes" in blob ? maskedText(app, { path, ...blob }, finding, secrets) : undefined;
    if (read === undefined) continue;
    texts.set(path, read.text);
    same.push(...read.found.filter(({ fingerprint }) => fingerprint === finding.fingerprint));
  }
  return { texts, same };
}

function maskedText(
  app: App,
  { path, objectId, bytes }: BlobToScan,
  finding: Finding,
  secrets: SecretSettings | undefined,
): { readonly text: string; readonly found: readonly Finding[] } | undefined {
  const file = sourceFileOf(path, objectId, bytes);
  const text = file.text();
  if (text === undefined) return undefined;
  const { fingerprintKey } = app.keys;
  const found = allSecretsIn(file, { fingerprintKey, ...(secrets !== undefined && { secrets }) });
  const own = finding.rule.startsWith("secrets/") && isSpan(finding.at) && finding.at.path === path ? [finding.at] : [];
  return { text: maskText(coverSecrets(text, found), own), found: found ?? [] };
}

function linesOf(text: string, from: number, to: number, most: number): readonly ExcerptLine[] {
  const first = Math.max(1, from);
  return text
    .replace(/\n$/, "")
    .split("\n")
    .slice(first - 1, Math.min(to, first + most))
    .map((line, index) => ({ number: first + index, text: line.replace(/\r$/, "").slice(0, longestLine) }));
}

/** Of a very long block the part with the line that decided. */
function blockOf(text: string, block: Span, decided: Span): readonly ExcerptLine[] {
  const isInside = decided.path === block.path && decided.startLine <= block.endLine;
  const farthest = Math.max(block.startLine, block.endLine - longestResource);
  const wanted = isInside ? Math.max(block.startLine, decided.startLine - longestResource / 2) : block.startLine;
  return linesOf(text, Math.min(wanted, farthest), block.endLine, longestResource);
}
