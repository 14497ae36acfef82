/** What was decided about the vulnerabilities of a bill of materials, as a CycloneDX 1.6 document of its own that links to it. */
import type { Manifest } from "#model/package-manifest.ts";
import { mergeManifests } from "./merge-manifests.ts";
import type { SbomSubject } from "./sbom-subject.ts";
import { cycloneDxText, toCyclonedx } from "./to-cyclonedx.ts";
import type { VulnerabilityStatement } from "./triage-decision.ts";
import { vulnerabilityEntries } from "./vulnerability-entries.ts";

/** Links mean the document that `toCyclonedx` writes of the same manifests and subject. `now`: when it is said, an ISO time. */
export function toVex(
  manifests: readonly Manifest[],
  subject: SbomSubject,
  { statements, now }: { readonly statements: readonly VulnerabilityStatement[]; readonly now: string },
): string {
  const serial = /"serialNumber": "urn:uuid:([\da-f-]+)"/.exec(toCyclonedx(manifests, subject))?.[1] ?? "";
  const link = (reference: string) => `urn:cdx:${serial}/1#${encodeURIComponent(reference.toWellFormed())}`;
  const bill = mergeManifests(manifests);
  return cycloneDxText(
    { ...subject, time: now },
    { vulnerabilities: vulnerabilityEntries(statements, bill, { today: now, link }) },
  );
}
