/** The files that edits are suggested for, as the pull request makes them, with the lines on which some secret may stand. */
import { isSpan } from "#model/span.ts";
import { allSecretsIn } from "#scan/cover-secrets.ts";
import type { SecretSettings } from "#scan/secrets/secret-settings.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import type { PullRequestRow } from "#store/pull-requests/pull-requests.ts";
import type { App } from "../app.ts";
import { mirrorWith } from "../repositories/mirror-with.ts";
import { readScanSettings } from "../scan-settings/read-scan-settings.ts";
import type { EditedText } from "./suggest-edit.ts";

/** In more files nobody applies edits by hand, one by one. */
const mostFiles = 50;
const maximumBytes = 1024 * 1024;

/** By path. Files that are too large, no text, not there any more, or in which some secret may stand anywhere are left out: their findings go without an edit. */
export async function readEditedTexts(
  app: App,
  { repositoryId, scannedCommit: commit }: Pick<PullRequestRow, "repositoryId" | "scannedCommit">,
  paths: readonly string[],
): Promise<ReadonlyMap<string, EditedText>> {
  const texts = new Map<string, EditedText>();
  const mirror = paths.length > 0 && commit ? await mirrorWith(app, repositoryId, commit) : undefined;
  if (!mirror || !commit) return texts;
  try {
    const wanted = new Set([...new Set(paths)].slice(0, mostFiles));
    const entries = (await mirror.listTree(commit)).filter(({ path }) => wanted.has(path));
    const { secrets } = await readScanSettings(mirror, commit);
    let index = 0;
    const ids = entries.map(({ objectId }) => objectId);
    for await (const blob of mirror.readBlobs(ids, { maxSize: maximumBytes })) {
      const path = entries[index++]?.path ?? "";
      const read = "bytes" in blob ? readText(app, { path, ...blob }, secrets) : undefined;
      if (read) texts.set(path, read);
    }
  } finally {
    mirror.release();
  }
  return texts;
}

function readText(
  app: App,
  { path, objectId, bytes }: { readonly path: string; readonly objectId: string; readonly bytes: Uint8Array },
  secrets: SecretSettings | undefined,
): EditedText | undefined {
  const file = sourceFileOf(path, objectId, bytes);
  const text = file.text();
  if (text === undefined) return undefined;
  const { fingerprintKey } = app.keys;
  const found = allSecretsIn(file, { fingerprintKey, ...(secrets !== undefined && { secrets }) });
  if (found === undefined) return undefined;
  const secretLines = new Set<number>();
  for (const { at } of found) {
    if (!isSpan(at)) continue;
    for (let line = at.startLine; line <= at.endLine; line++) secretLines.add(line);
  }
  return { text, secretLines };
}
