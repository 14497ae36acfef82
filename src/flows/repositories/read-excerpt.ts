/**
 * The lines around a finding, for people who judge it: the place itself, the resource it is about, and what a fix would
 * change. Every secret of the whole file is masked, not only the one asked about.
 */
import type { Mirror } from "#git/mirror.ts";
import { diffOfFix, type Hunk } from "#model/diff-of-fix.ts";
import type { Finding } from "#model/finding.ts";
import type { RepositoryId } from "#model/ids.ts";
import { isSpan, type Span } from "#model/span.ts";
import { scanFile } from "#scan/scan.ts";
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

/** Undefined if the file, or its commit, is not there any more, or if it is no text. */
export async function readExcerpt(
  app: App,
  about: { readonly repositoryId: RepositoryId; readonly commit: string; readonly finding: Finding },
): Promise<Excerpt | undefined> {
  const { at, resource, fix } = about.finding;
  if (!isSpan(at)) return undefined;
  const mirror = await mirrorWith(app, about.repositoryId, about.commit);
  if (!mirror) return undefined;
  try {
    const paths = [
      at.path,
      ...(resource?.at ? [resource.at.path] : []),
      ...(fix?.edits ?? []).map((edit) => edit.at.path),
    ];
    const texts = await readTexts(app, mirror, about.commit, new Set(paths), about.finding);
    const text = texts.get(at.path);
    const block = resource?.at && texts.get(resource.at.path);
    if (text === undefined) return undefined;
    return {
      lines: linesOf(text, at.startLine - linesAround, at.endLine + linesAround, longestExcerpt),
      ...(resource?.at && block && { resource: blockOf(block, resource.at, at) }),
      ...(fix && { fix: diffOfFix(fix, texts) }),
    };
  } finally {
    mirror.release();
  }
}

/** By path; what is no text, or not there, is left out. */
async function readTexts(
  app: App,
  mirror: Mirror,
  commit: string,
  paths: ReadonlySet<string>,
  finding: Finding,
): Promise<ReadonlyMap<string, string>> {
  const entries = (await mirror.listTree(commit)).filter(({ path }) => paths.has(path));
  const { secrets } = await readScanSettings(mirror, commit);
  const texts = new Map<string, string>();
  let index = 0;
  const ids = entries.map(({ objectId }) => objectId);
  for await (const blob of mirror.readBlobs(ids, { maxSize: maximumBytes })) {
    const path = entries[index++]?.path ?? "";
    const text = "bytes" in blob ? maskedText(app, { path, ...blob }, finding, secrets) : undefined;
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}

function maskedText(
  app: App,
  { path, objectId, bytes }: BlobToScan,
  finding: Finding,
  secrets: SecretSettings | undefined,
): string | undefined {
  const file = sourceFileOf(path, objectId, bytes);
  const text = file.text();
  if (text === undefined) return undefined;
  // From score 0: also what is too uncertain to report is not shown to whoever may see issues.
  const { findings, silenced } = scanFile(file, {
    fingerprintKey: app.keys.fingerprintKey,
    scanners: ["secrets"],
    minimumScore: 0,
    ...(secrets !== undefined && { secrets }),
  });
  const places = [...findings, ...silenced.map((one) => one.finding)].map(({ at }) => at);
  const own = finding.rule.startsWith("secrets/") && isSpan(finding.at) && finding.at.path === path ? [finding.at] : [];
  return maskText(text, [...places.filter(isSpan), ...own]);
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
