/** Judges what a scanned folder depends on, by the local copy of knowledge. Loads nothing where there are no packages. */
import type { Finding } from "#model/finding.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { JudgeContext, Judgement } from "#scan/package-judge.ts";
import type { ScanSettings } from "#scan/settings/scan-settings.ts";
import { restingOn } from "../serve/resting-on.ts";
import type { Scanned } from "./run-scanners.ts";

export interface JudgeOptions {
  readonly scanners?: readonly ScannerName[] | undefined;
  readonly settings: ScanSettings;
  /** No registry is asked. */
  readonly offline?: boolean | undefined;
  /** ISO date. */
  readonly today: string;
}

export async function judgeScanned(
  { manifests, manifestsBefore, imports }: Pick<Scanned, "manifests" | "manifestsBefore" | "imports">,
  { scanners, settings, offline = false, today }: JudgeOptions,
): Promise<Judgement> {
  if (manifests.length === 0) return { findings: [], problems: [] };
  const { judgePackages } = await import("#scan/judge-packages.ts");
  const { defaultPackageSettings } = await import("#scan/settings/package-settings.ts");
  const { evidenceOf } = await import("#scan/imports/evidence.ts");
  const { openKnowledgeCopy } = await import("#flows/knowledge/knowledge-copy.ts");
  const { knowledgeFolder } = await import("../packages/knowledge-folder.ts");
  const folder = knowledgeFolder();
  const unknown = needsFacts(scanners) && !offline ? await gatherMissing(folder, manifests) : [];
  const knowledge = openKnowledgeCopy(folder);
  try {
    const context = (of: readonly Manifest[]): JudgeContext => ({
      knowledge: knowledge.current(),
      settings: settings.packages ?? defaultPackageSettings,
      today,
      use: evidenceOf(imports, of),
    });
    const after = await judgePackages(manifests, context(manifests), scanners);
    const before = await judgePackages(manifestsBefore, context(manifestsBefore), scanners);
    return {
      findings: news(before.findings, after.findings),
      problems: [...after.problems, ...unknown, ...restingOn(knowledge.status(), manifests, today)],
    };
  } finally {
    knowledge.close();
  }
}

/** What is known against a package is in the local copy; how it is kept up, and its licence, only registries tell. */
function needsFacts(scanners: readonly ScannerName[] | undefined): boolean {
  return scanners === undefined || scanners.includes("licenses") || scanners.includes("operational-risk");
}

/** Somebody waits for the answer: what is left is asked about the next time. */
const budgetMilliseconds = 15_000;

async function gatherMissing(folder: string, manifests: readonly Manifest[]): Promise<readonly Problem[]> {
  const { readConfig } = await import("../config.ts");
  if (readConfig().packageFacts === "off") return [];
  const { readKnowledgeConfig } = await import("../packages/knowledge-config.ts");
  const { openFactsSources } = await import("../packages/facts-sources.ts");
  const opened = openFactsSources(readKnowledgeConfig(folder).packageFacts);
  const { sources } = opened;
  if (!sources) return [];
  const { gatherFacts } = await import("#knowledge/package-facts/gather-facts.ts");
  const { askedPackages } = await import("#knowledge/package-facts/asked-packages.ts");
  const packages = askedPackages(manifests);
  const { problems, left } = await gatherFacts({ packages, folder, sources, budgetMilliseconds });
  const unread = opened.notices.filter((notice) => packages.some(({ ecosystem }) => ecosystem === notice.ecosystem));
  const notices = [
    ...unread.map(({ message }) => message),
    ...problems.map(({ message }) => `${message}. With --offline nobody is asked.`),
  ];
  if (left > 0 && problems.length === 0) {
    notices.push(`${left} packages could not be asked about in the time there is; the next scan goes on with them.`);
  }
  return notices.map((message) => ({ scanner: "operational-risk", code: "no-facts", message, isNotice: true }));
}

function news(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  const known = new Set(before.map(({ fingerprint }) => fingerprint));
  return after.filter(({ fingerprint }) => !known.has(fingerprint));
}
