/**
 * Checks a document against what SPDX 2.3 asks of one in JSON: required fields and forms, as its specification words them,
 * and that everything that is named is there.
 */
import { Ajv } from "ajv";
import { exceptionId, licenseId } from "../../licenses/spdx-ids.ts";

const text = { type: "string" } as const;
const filled = { type: "string", minLength: 1 } as const;
const spdxId = { type: "string", pattern: "^SPDXRef-[a-zA-Z0-9.-]+$" } as const;
const anyOf = (...words: readonly string[]) => ({ enum: words });

function objectOf(required: Readonly<Record<string, object>>, optional: Readonly<Record<string, object>> = {}) {
  const properties = { ...required, ...optional };
  return { type: "object", required: Object.keys(required), properties, additionalProperties: false };
}

const listOf = (items: object) => ({ type: "array", items });

const checksum = objectOf({
  algorithm: anyOf("MD5", "SHA1", "SHA256", "SHA384", "SHA512"),
  checksumValue: { type: "string", pattern: "^[0-9a-f]+$" },
});

const externalRef = objectOf({
  referenceCategory: anyOf("PACKAGE-MANAGER"),
  referenceType: anyOf("purl"),
  referenceLocator: { type: "string", pattern: "^pkg:[^\\s]+$" },
});

const spdxPackage = objectOf(
  { SPDXID: spdxId, name: filled, downloadLocation: { type: "string", pattern: "^(?:NOASSERTION|[a-z+]+://\\S+)$" } },
  {
    versionInfo: text,
    filesAnalyzed: { const: false },
    checksums: listOf(checksum),
    licenseConcluded: filled,
    licenseDeclared: filled,
    copyrightText: text,
    externalRefs: listOf(externalRef),
    primaryPackagePurpose: anyOf("APPLICATION", "CONTAINER", "FRAMEWORK", "LIBRARY"),
    sourceInfo: text,
    comment: text,
  },
);

const relationship = objectOf({
  spdxElementId: spdxId,
  relationshipType: anyOf("DESCRIBES", "DEPENDS_ON", "DEV_DEPENDENCY_OF", "OPTIONAL_DEPENDENCY_OF"),
  relatedSpdxElement: { type: "string", pattern: "^(?:SPDXRef-[a-zA-Z0-9.-]+|NONE|NOASSERTION)$" },
});

const validate = new Ajv({ allErrors: true }).compile(
  objectOf(
    {
      spdxVersion: { const: "SPDX-2.3" },
      dataLicense: { const: "CC0-1.0" },
      SPDXID: { const: "SPDXRef-DOCUMENT" },
      name: filled,
      // An absolute address without a fragment.
      documentNamespace: { type: "string", pattern: "^[a-z]+:[^#\\s]+$" },
      creationInfo: objectOf({
        created: { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$" },
        creators: {
          type: "array",
          minItems: 1,
          items: { type: "string", pattern: "^(?:Tool|Organization|Person): .+$" },
        },
      }),
      packages: listOf(spdxPackage),
      relationships: listOf(relationship),
    },
    {
      hasExtractedLicensingInfos: listOf(
        objectOf(
          { licenseId: { type: "string", pattern: "^LicenseRef-[a-zA-Z0-9.-]+$" }, extractedText: filled },
          { name: text },
        ),
      ),
    },
  ),
);

interface Document {
  readonly packages: readonly { readonly SPDXID: string; readonly licenseDeclared: string }[];
  readonly relationships: readonly { readonly spdxElementId: string; readonly relatedSpdxElement: string }[];
  readonly hasExtractedLicensingInfos?: readonly { readonly licenseId: string }[];
}

/** What is wrong with it; empty if it is valid. */
export function spdxMistakes(document: unknown): readonly string[] {
  if (!validate(document)) return (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message ?? ""}`);
  const { packages, relationships, hasExtractedLicensingInfos = [] } = document as unknown as Document;
  const ids = new Set(["SPDXRef-DOCUMENT", ...packages.map(({ SPDXID }) => SPDXID)]);
  const licenses = new Set(hasExtractedLicensingInfos.map(({ licenseId: id }) => id));
  return [
    ...(ids.size === packages.length + 1 ? [] : ["an id stands twice"]),
    ...(licenses.size === hasExtractedLicensingInfos.length ? [] : ["a licence stands twice"]),
    ...relationships
      .flatMap((one) => [one.spdxElementId, one.relatedSpdxElement])
      .filter((id) => id.startsWith("SPDXRef-") && !ids.has(id))
      .map((id) => `${id} is not there`),
    ...packages.flatMap(({ licenseDeclared }) => unknownLicenses(licenseDeclared, licenses)),
  ];
}

function unknownLicenses(expression: string, references: ReadonlySet<string>): readonly string[] {
  if (expression === "NOASSERTION") return [];
  const words = expression.split(/[\s()]+/).filter((word) => word !== "" && !/^(?:AND|OR|WITH)$/.test(word));
  const isKnown = (word: string) =>
    references.has(word) || exceptionId(word) === word || licenseId(word.replace(/\+$/, "")) !== undefined;
  return words.filter((word) => !isKnown(word)).map((word) => `${word} is no licence`);
}
