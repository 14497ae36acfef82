/** A bill of materials as CycloneDX 1.6 in JSON. The same input gives the same bytes, whatever the order of the manifests. */
import type { Manifest } from "#model/package-manifest.ts";
import { type BillOfMaterials, type BillPart, subjectReference } from "./bill-of-materials.ts";
import { noUuid } from "./content-uuid.ts";
import type { DeclaredLicenses } from "./declared-licenses.ts";
import { dividedName } from "./divided-name.ts";
import { mergeManifests } from "./merge-manifests.ts";
import { isPurl, plainText, shortText } from "./plain-text.ts";
import { type SbomSubject, timeText, toolName } from "./sbom-subject.ts";
import { sourceAddress } from "./source-address.ts";
import type { VulnerabilityStatement } from "./triage-decision.ts";
import { vulnerabilityEntries } from "./vulnerability-entries.ts";
import { writeDocument } from "./write-document.ts";

/** With statements, what is known against its packages and what was decided about that is part of it. */
export function toCyclonedx(
  manifests: readonly Manifest[],
  subject: SbomSubject,
  statements: readonly VulnerabilityStatement[] = [],
): string {
  const bill = mergeManifests(manifests, subject);
  const vulnerabilities = vulnerabilityEntries(statements, bill, {
    today: subject.time,
    link: (reference) => reference,
  });
  return cycloneDxText(subject, {
    components: bill.parts.values().map(componentOf),
    dependencies: dependenciesOf(bill),
    compositions: compositionsOf(bill),
    vulnerabilities,
  });
}

/** The document around its lists. */
export function cycloneDxText(subject: SbomSubject, lists: Readonly<Record<string, Iterable<object>>>): string {
  const head = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${noUuid}`,
    version: 1,
    metadata: {
      timestamp: timeText(subject.time),
      lifecycles: [{ phase: "pre-build" }],
      tools: { components: [{ type: "application", name: toolName, version: subject.toolVersion }] },
      component: rootOf(subject),
    },
  };
  return writeDocument(head, lists);
}

/** The schema takes no longer ones. */
const longestVersion = 1024;

/** Members that are undefined are not written. */
function rootOf({ name, version, commit }: SbomSubject) {
  const shown = version ?? commit;
  return {
    type: "application",
    "bom-ref": subjectReference,
    name: plainText(name),
    version: shown && shortText(shown, longestVersion),
    properties: commit && [{ name: "sallyport:commit", value: plainText(commit) }],
  };
}

const scopes = { required: "required", optional: "optional", development: "excluded" } as const;

function componentOf(part: BillPart) {
  const { group, name } = dividedName(part);
  return {
    type: typeOf(part),
    "bom-ref": part.reference,
    group: group && plainText(group),
    name: plainText(name),
    version: part.version && shortText(part.version, longestVersion),
    scope: scopes[part.scope],
    hashes: ifAny(part.hashes, ({ algorithm, hex }) => ({ alg: algorithm, content: hex })),
    licenses: part.licenses && licensesOf(part.licenses),
    purl: isPurl(part.purl) ? part.purl : undefined,
    externalReferences: referencesOf(part),
    properties: ifAny(part.notes, ({ name: note, value }) => ({ name: `sallyport:${note}`, value })),
    evidence: evidenceOf(part),
  };
}

function ifAny<T>(all: readonly T[], write: (one: T) => object): readonly object[] | undefined {
  return all.length > 0 ? all.map(write) : undefined;
}

function referencesOf({ source }: BillPart): readonly object[] | undefined {
  const address = sourceAddress(source);
  return address === undefined ? undefined : [{ type: source?.is === "git" ? "vcs" : "distribution", url: address }];
}

function typeOf({ ecosystem, isWorkspace }: BillPart): string {
  if (isWorkspace) return "application";
  return ecosystem === "Docker" ? "container" : ecosystem === ".NET" ? "platform" : "library";
}

/** The schema takes one expression, or a list of single licences; what SPDX does not know is a name. */
function licensesOf({ id, expression, references, written }: DeclaredLicenses): readonly object[] {
  const acknowledgement = "declared";
  if (id !== undefined) return [{ license: { id, acknowledgement } }];
  if (references.every(({ id: one, text }) => one === text)) return [{ expression, acknowledgement }];
  return written.map((name) => ({ license: { name, acknowledgement } }));
}

/** A lock file says what is installed; without one it is what was asked for. */
const ofLock = 1;
const ofRequest = 0.5;

function evidenceOf({ purl, manifests, isLocked, occurrences }: BillPart) {
  const confidence = isLocked ? ofLock : ofRequest;
  return {
    identity: [
      {
        field: "purl",
        confidence,
        concludedValue: purl,
        methods: manifests.map((path) => ({ technique: "manifest-analysis", confidence, value: plainText(path) })),
      },
    ],
    occurrences: occurrences.map(({ path, line }) => ({ location: plainText(path), line })),
  };
}

function* dependenciesOf({ parts, asked }: BillOfMaterials): Generator<object> {
  yield { ref: subjectReference, dependsOn: asked };
  for (const { reference, dependsOn } of parts) {
    yield { ref: reference, dependsOn: dependsOn.length > 0 ? dependsOn : undefined };
  }
}

function compositionsOf({ parts, isComplete }: BillOfMaterials): readonly object[] {
  const all = [{ reference: subjectReference, isComplete }, ...parts];
  return [true, false].flatMap((complete) => {
    const dependencies = all.filter((one) => one.isComplete === complete).map(({ reference }) => reference);
    return dependencies.length > 0 ? [{ aggregate: complete ? "complete" : "incomplete", dependencies }] : [];
  });
}
