/** The bill of materials of repositories, from what is stored of their default branches. */
import type { Finding } from "#model/finding.ts";
import type { RepositoryId } from "#model/ids.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { Span } from "#model/span.ts";
import { toCyclonedx } from "#scan/sbom/to-cyclonedx.ts";
import { toOpenVex } from "#scan/sbom/to-open-vex.ts";
import { toSpdx } from "#scan/sbom/to-spdx.ts";
import { toVex } from "#scan/sbom/to-vex.ts";
import type { TriageDecision, VulnerabilityStatement } from "#scan/sbom/triage-decision.ts";
import { type DecisionDetails, decisionDetails } from "#store/exceptions/decision-details.ts";
import type { IssueRow } from "#store/issues/issues.ts";
import { listIssues } from "#store/issues/list-issues.ts";
import { hasManifestGaps, listManifests } from "#store/packages/manifests.ts";
import type { App } from "../app.ts";

export type SbomFormat = "cyclonedx" | "spdx" | "vex" | "openvex";

export interface SbomSubject {
  readonly name: string;
  readonly repositories: readonly {
    readonly id: RepositoryId;
    /** Paths begin with it where there are several repositories: no two may have the same. */
    readonly folder: string;
    readonly branch: string;
    readonly commit?: string;
    readonly scannedAt?: Date;
  }[];
}

/** Undefined if none of them was scanned. */
export async function sbomOf(
  { db, now }: Pick<App, "db" | "now">,
  { name, repositories }: SbomSubject,
  format: SbomFormat,
): Promise<string | undefined> {
  const scanned = repositories.filter(({ commit }) => commit !== undefined);
  if (scanned.length === 0) return undefined;
  const manifests = [];
  let hasGaps = false;
  for (const { id, folder, branch } of scanned) {
    const own = await listManifests(db, id, branch);
    hasGaps ||= await hasManifestGaps(db, id, branch);
    manifests.push(...(scanned.length === 1 ? own : own.map((one) => below(folder, one))));
  }
  const [first] = scanned;
  const times = scanned.flatMap(({ scannedAt }) => scannedAt ?? []).sort((a, b) => a.getTime() - b.getTime());
  const subject = {
    name,
    ...(scanned.length === 1 && first?.commit !== undefined && { version: first.commit, commit: first.commit }),
    time: (times.at(-1) ?? new Date(0)).toISOString(),
    hasGaps,
  };
  if (format === "vex" || format === "openvex") {
    const said = { statements: await statementsOf(db, scanned), now: now().toISOString() };
    return format === "vex"
      ? toVex(manifests, subject, said)
      : toOpenVex({ ...subject, time: said.now }, said.statements);
  }
  return format === "spdx" ? toSpdx(manifests, subject) : toCyclonedx(manifests, subject);
}

function below(folder: string, { path, packages, ...manifest }: Manifest): Manifest {
  const moved = (at: Span): Span => ({ ...at, path: `${folder}/${at.path}` });
  return {
    ...manifest,
    path: `${folder}/${path}`,
    packages: packages.map((one) => ({
      ...one,
      at: moved(one.at),
      ...(one.alsoAt && { alsoAt: one.alsoAt.map(moved) }),
    })),
  };
}

const pageSize = 500;

/** What is known against the packages, and what people decided about it. */
async function statementsOf(
  db: App["db"],
  repositories: SbomSubject["repositories"],
): Promise<readonly VulnerabilityStatement[]> {
  const statements: VulnerabilityStatement[] = [];
  for (const { id, folder, branch } of repositories) {
    const details = await decisionDetails(db, id, branch);
    for (let offset = 0; ; offset += pageSize) {
      const page = { repositoryId: id, scanner: ["vulnerabilities"], offset, limit: pageSize } as const;
      const { rows } = await listIssues(db, { is: "everything" }, page);
      for (const { branch: own, finding, state } of rows) {
        const decision = decisionOf(state, details.get(finding.fingerprint));
        if (own !== branch || !decision) continue;
        statements.push({ finding: repositories.length === 1 ? finding : inFolder(folder, finding), decision });
      }
      if (rows.length < pageSize) break;
    }
  }
  return statements;
}

/** As the manifests of several repositories are named. */
function inFolder(folder: string, finding: Finding): Finding {
  const known = finding.package;
  return known ? { ...finding, package: { ...known, manifest: `${folder}/${known.manifest}` } } : finding;
}

/** What a comment in the code silences nobody has decided about here. */
function decisionOf(state: IssueRow["state"], details: DecisionDetails | undefined): TriageDecision | undefined {
  switch (state.is) {
    case "open":
      return { is: "open" };
    case "fixed":
      return { is: "fixed", at: state.at.toISOString() };
    case "silenced":
      return undefined;
    case "dismissed":
      return {
        ...{ is: "dismissed", reason: state.reason },
        ...(state.comment !== undefined && { comment: state.comment }),
        ...(state.until && { until: state.until.toISOString() }),
        ...(details && { at: details.at.toISOString() }),
        ...(details?.justification && { justification: details.justification }),
      };
  }
}
