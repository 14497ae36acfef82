/** What a tree scanner sees in files: from the store, or from a look at those that nobody has looked at. */
import type { Problem } from "#model/scan-result.ts";
import type { UnreadPart } from "#model/unread-part.ts";
import type { SurveyedTreeFile } from "#scan/plan-units.ts";
import { surveyKey, type TreeFile } from "#scan/tree-keys.ts";
import type { Survey, TreeScanner } from "#scan/tree-scanner.ts";
import { findSurveys, insertSurveys } from "#store/scans/surveys.ts";
import type { BlobSurvey, BlobToScan, BlobWords } from "../scan-files/scan-pool.ts";
import { largestBlob } from "./read-blobs.ts";
import type { Scanning } from "./scan-blobs.ts";
import type { TreeScan } from "./tree-scan.ts";

const keysPerQuestion = 5000;

export interface SurveyedFiles {
  /** Those that mean something to the scanner. */
  readonly files: readonly SurveyedTreeFile[];
  readonly problems: readonly Problem[];
  /** Of which nothing is known now. */
  readonly unsurveyed: readonly Unsurveyed[];
}

export interface Unsurveyed extends UnreadPart {
  readonly scanner: TreeScanner["name"];
}

/** Files whose bytes cannot be read mean nothing; that they could not is said by the scan of the files themselves. */
export async function surveyFiles(
  app: Scanning,
  scan: TreeScan,
  scanner: TreeScanner,
  files: readonly TreeFile[],
): Promise<SurveyedFiles> {
  const surveyed: SurveyedTreeFile[] = [];
  const unknown: TreeFile[] = [];
  for (let start = 0; start < files.length; start += keysPerQuestion) {
    const batch = files.slice(start, start + keysPerQuestion);
    const keys = batch.map((file) => surveyKey(scanner, file));
    const found = await findSurveys(app.db, scan.instanceId, keys);
    for (const [index, file] of batch.entries()) {
      const survey = found.get(Buffer.from(keys[index] ?? []).toString("hex"));
      if (!survey) {
        if (!scan.givenUp?.has(file.objectId)) unknown.push(file);
      } else if (meansSomething(survey)) surveyed.push({ path: file.path, objectId: file.objectId, survey });
    }
  }
  const looked = await lookAt(app, scan, scanner, unknown);
  return { ...looked, files: [...surveyed, ...looked.files] };
}

async function lookAt(
  app: Scanning,
  { instanceId, mirror, signal }: TreeScan,
  scanner: TreeScanner,
  files: readonly TreeFile[],
): Promise<SurveyedFiles> {
  if (files.length === 0) return { files: [], problems: [], unsurveyed: [] };
  const surveyed: SurveyedTreeFile[] = [];
  const problems: Problem[] = [];
  const unsurveyed: Unsurveyed[] = [];
  const rows: { readonly key: Uint8Array; readonly survey: Survey }[] = [];
  const unread = { tooLarge: [] as TreeFile[], missing: [] as TreeFile[] };
  const options = { scanners: [scanner.name], surveys: true, signal };
  for await (const { path, objectId, ...words } of app.scanPool.scan(readFiles(mirror, files, unread), options)) {
    const { survey = {}, problem } = words.surveys.find((one) => one.scanner === scanner.name) ?? lost(words, scanner);
    if (problem) {
      problems.push(problem);
      unsurveyed.push({ scanner: scanner.name, path, content: objectId });
    } else rows.push({ key: surveyKey(scanner, { path, objectId }), survey });
    if (meansSomething(survey)) surveyed.push({ path, objectId, survey });
  }
  // Its size will not change: nobody needs to ask for it again.
  for (const file of unread.tooLarge) rows.push({ key: surveyKey(scanner, file), survey: {} });
  await insertSurveys(app.db, instanceId, rows);
  const missing = unread.missing.map(({ path, objectId }) => ({ scanner: scanner.name, path, content: objectId }));
  return { files: surveyed, problems, unsurveyed: [...unsurveyed, ...missing] };
}

/** Its thread ended, and nobody knows what the file means. */
function lost({ results }: BlobWords, { name }: TreeScanner): Partial<BlobSurvey> {
  const [problem] = results.flatMap(({ result }) => result.problems);
  return problem === undefined ? {} : { problem: { ...problem, scanner: name } };
}

async function* readFiles(
  mirror: TreeScan["mirror"],
  files: readonly TreeFile[],
  unread: { readonly tooLarge: TreeFile[]; readonly missing: TreeFile[] },
): AsyncGenerator<BlobToScan> {
  let index = 0;
  const ids = files.map(({ objectId }) => objectId);
  for await (const blob of mirror.readBlobs(ids, { maxSize: largestBlob })) {
    const file = files[index++];
    if (!file) return;
    if ("bytes" in blob) yield { ...file, bytes: blob.bytes };
    else unread[blob.problem === "too-large" ? "tooLarge" : "missing"].push(file);
  }
}

function meansSomething(survey: Survey): boolean {
  for (const _ in survey) return true;
  return false;
}
