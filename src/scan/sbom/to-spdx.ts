/** A bill of materials as SPDX 2.3 in JSON. The same input gives the same bytes, whatever the order of the manifests. */
import type { Manifest } from "#model/package-manifest.ts";
import { type BillOfMaterials, type BillPart, subjectReference } from "./bill-of-materials.ts";
import { noUuid } from "./content-uuid.ts";
import { mergeManifests } from "./merge-manifests.ts";
import { inOrder, isPurl, plainText } from "./plain-text.ts";
import { type SbomSubject, timeText, toolName } from "./sbom-subject.ts";
import { downloadLocation } from "./source-address.ts";
import { writeDocument } from "./write-document.ts";

const documentId = "SPDXRef-DOCUMENT";
const subjectId = "SPDXRef-Subject";
const unknown = "NOASSERTION";

export function toSpdx(manifests: readonly Manifest[], subject: SbomSubject): string {
  const bill = mergeManifests(manifests, subject);
  const ids = idsOf(bill);
  const head = {
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: documentId,
    documentNamespace: `urn:uuid:${noUuid}`,
    name: plainText(subject.name) || unknown,
    creationInfo: {
      created: timeText(subject.time),
      creators: [`Tool: ${toolName}${subject.toolVersion === undefined ? "" : `-${subject.toolVersion}`}`],
    },
  };
  return writeDocument(head, {
    packages: packagesOf(bill, subject, ids),
    relationships: relationshipsOf(bill, ids),
    hasExtractedLicensingInfos: licenseTexts(bill),
  });
}

const longestId = 200;

/** Ids may hold letters, digits, dots and dashes only: what becomes the same by that is numbered. */
function idsOf({ parts }: BillOfMaterials): ReadonlyMap<string, string> {
  const ids = new Map([[subjectReference, subjectId]]);
  const used = new Map([[subjectId, 1]]);
  for (const { reference } of parts) {
    const written = reference.replace(/^pkg:/, "").replace(/%40/g, "");
    const id = `SPDXRef-Package-${written.replace(/[^A-Za-z0-9.-]+/g, "-").slice(0, longestId)}`;
    let count = used.get(id) ?? 0;
    let unused = id;
    while (used.has(unused)) unused = `${id}-${++count}`;
    used.set(id, count);
    used.set(unused, 1);
    ids.set(reference, unused);
  }
  return ids;
}

function idIn(ids: ReadonlyMap<string, string>, reference: string): string {
  return ids.get(reference) ?? subjectId;
}

function* packagesOf(
  { parts }: BillOfMaterials,
  subject: SbomSubject,
  ids: ReadonlyMap<string, string>,
): Generator<object> {
  yield rootOf(subject);
  for (const part of parts) yield packageOf(part, idIn(ids, part.reference));
}

/** Members that are undefined are not written. */
function rootOf({ name, version, commit }: SbomSubject) {
  const shown = version ?? commit;
  return {
    SPDXID: subjectId,
    name: plainText(name) || unknown,
    versionInfo: shown && plainText(shown),
    downloadLocation: unknown,
    filesAnalyzed: false,
    licenseConcluded: unknown,
    licenseDeclared: unknown,
    copyrightText: unknown,
    primaryPackagePurpose: "APPLICATION",
    sourceInfo: commit && `commit ${plainText(commit)}`,
  };
}

function packageOf(part: BillPart, id: string) {
  const { name, version, purl, licenses, source, notes } = part;
  return {
    SPDXID: id,
    name: plainText(name) || unknown,
    versionInfo: version && plainText(version),
    downloadLocation: downloadLocation(source) ?? unknown,
    filesAnalyzed: false,
    checksums: checksumsOf(part),
    // Concluded would mean that somebody has looked.
    licenseConcluded: unknown,
    licenseDeclared: licenses?.expression ?? unknown,
    copyrightText: unknown,
    externalRefs: isPurl(purl)
      ? [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: purl }]
      : undefined,
    primaryPackagePurpose: purposeOf(part),
    sourceInfo: `found in ${part.occurrences.map(({ path, line }) => `${plainText(path)}:${line}`).join(", ")}`,
    comment: notes.length > 0 ? notes.map(({ name: note, value }) => `${note}: ${value}`).join("\n") : undefined,
  };
}

function checksumsOf({ hashes }: BillPart): readonly object[] | undefined {
  if (hashes.length === 0) return undefined;
  return hashes.map(({ algorithm, hex }) => ({ algorithm: algorithm.replace("-", ""), checksumValue: hex }));
}

function purposeOf({ ecosystem, isWorkspace }: BillPart): string {
  if (isWorkspace) return "APPLICATION";
  return ecosystem === "Docker" ? "CONTAINER" : ecosystem === ".NET" ? "FRAMEWORK" : "LIBRARY";
}

function* relationshipsOf(bill: BillOfMaterials, ids: ReadonlyMap<string, string>): Generator<object> {
  const scopes = new Map(bill.parts.map(({ reference, scope }) => [reference, scope]));
  const wanted = new Set(bill.asked);
  const depend = (from: string, reference: string) => {
    const to = idIn(ids, reference);
    const scope = scopes.get(reference) ?? "required";
    // Said from the other side, so that development and choice are not lost.
    if (scope === "required") return relationship(from, "DEPENDS_ON", to);
    return relationship(to, scope === "optional" ? "OPTIONAL_DEPENDENCY_OF" : "DEV_DEPENDENCY_OF", from);
  };
  yield relationship(documentId, "DESCRIBES", subjectId);
  for (const reference of bill.asked) yield depend(subjectId, reference);
  for (const { reference, dependsOn } of bill.parts) {
    for (const one of dependsOn) {
      wanted.add(one);
      yield depend(idIn(ids, reference), one);
    }
  }
  for (const { reference, scope } of bill.parts) {
    if (scope === "development" && !wanted.has(reference)) yield depend(subjectId, reference);
  }
  // There is more, and it is not known what; or there is nothing.
  if (!bill.isComplete) yield relationship(subjectId, "DEPENDS_ON", unknown);
  else if (bill.asked.length === 0) yield relationship(subjectId, "DEPENDS_ON", "NONE");
}

function relationship(spdxElementId: string, relationshipType: string, relatedSpdxElement: string): object {
  return { spdxElementId, relationshipType, relatedSpdxElement };
}

function licenseTexts({ parts }: BillOfMaterials): readonly object[] {
  const texts = new Map<string, string>();
  for (const { licenses } of parts) {
    for (const { id, text } of licenses?.references ?? []) if (!texts.has(id)) texts.set(id, text);
  }
  return [...texts]
    .sort(([a], [b]) => inOrder(a, b))
    .map(([licenseId, text]) => ({ licenseId, extractedText: text, name: text }));
}
