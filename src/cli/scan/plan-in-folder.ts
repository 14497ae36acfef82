/** Plans a fix for what was found in a folder: reads the files that it needs, and what is known of the versions to go to. */
import { planWithKnowledge } from "#flows/fixes/plan-with-knowledge.ts";
import { openScanPool } from "#flows/scan-files/open-scan-pool.ts";
import { askedPackages } from "#knowledge/package-facts/asked-packages.ts";
import type { FactsSources } from "#knowledge/package-facts/facts-sources.ts";
import type { FixPlan, FixTarget } from "#model/fix-plan.ts";
import type { SourceFile } from "#model/source-file.ts";
import { isPackageFix } from "#scan/fixes/group-fixes.ts";
import { manifestReading } from "#scan/fixes/manifest-reading.ts";
import { isForFix, planFix } from "#scan/fixes/plan-fixes.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import { largestTreeFile } from "#scan/tree-scanner.ts";
import { knowledgeFolder } from "../packages/knowledge-folder.ts";
import { isInGit, placeOf } from "./scan-place.ts";
import { loadSettings } from "./settings/scan-settings-files.ts";
import { openTreeSource } from "./sources/scan-tree-source.ts";

interface PlanOptions {
  readonly config?: string;
  readonly offline?: boolean;
}

export async function planInFolder(path: string, target: FixTarget, options: PlanOptions): Promise<FixPlan> {
  const { config, offline = false } = options;
  const files = await filesFor(path, target, config);
  const { openKnowledgeCopy } = await import("#flows/knowledge/knowledge-copy.ts");
  const knowledge = openKnowledgeCopy(knowledgeFolder());
  try {
    const world = knowledge.current();
    const sources = offline ? undefined : await factsSources();
    const mayBePrivate = privateNames(files);
    return await planWithKnowledge({ world, sources, mayBePrivate }, (known) =>
      planFix(target, { files, world, known }),
    );
  } finally {
    knowledge.close();
  }
}

/** Those that the machine's user is set up for, unless nobody is to be asked. */
async function factsSources(): Promise<FactsSources | undefined> {
  const { readConfig } = await import("../config.ts");
  if (readConfig().packageFacts === "off") return undefined;
  const { readKnowledgeConfig } = await import("../packages/knowledge-config.ts");
  const { openFactsSources } = await import("../packages/facts-sources.ts");
  return openFactsSources(readKnowledgeConfig(knowledgeFolder()).packageFacts).sources;
}

/** What no manifest of the folder has may be a name of somebody's own. */
function privateNames(files: readonly SourceFile[]) {
  const { manifests } = manifestReading(files).read(
    files.map(({ path }) => path),
    new Map(),
  );
  const own = new Map(askedPackages(manifests).map((one) => [`${one.ecosystem} ${one.name}`, one]));
  return ({ ecosystem, name }: { readonly ecosystem: string; readonly name: string }): boolean => {
    const known = own.get(`${ecosystem} ${name}`);
    return known === undefined || known.mayBePrivate === true;
  };
}

async function filesFor(path: string, target: FixTarget, config: string | undefined): Promise<readonly SourceFile[]> {
  const place = placeOf(path);
  const { settings } = await loadSettings(place.folder, config);
  const pool = openScanPool({ threads: 0, fingerprintKey: new Uint8Array(32) });
  try {
    const { treeScanners } = pool;
    const scanners = target.findings.every(isPackageFix) ? (["packages"] as const) : undefined;
    const inGit = place.only === undefined && isInGit(place.folder);
    const source = await openTreeSource({ ...place, scanners, treeScanners, skip: settings.skip, inGit });
    const files: SourceFile[] = [];
    for await (const { path: name, objectId, bytes } of source.blobs()) {
      if (bytes.byteLength <= largestTreeFile && isForFix(target, name))
        files.push(sourceFileOf(name, objectId, bytes));
    }
    source.close();
    return files;
  } finally {
    await pool.close();
  }
}
