/** SPDX 2 in RDF's XML: packages stand wherever they are first named. */
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readXml } from "../../../formats/xml/read-xml.ts";
import { attributeOf, childOf, childrenOf, type XmlElement } from "../../../formats/xml/xml-element.ts";
import type { SbomRead } from "./cyclonedx-json.ts";
import { identityOf, type SpdxPackage, type SpdxRelationship, spdxParts } from "./spdx-parts.ts";

export function spdxRdf(file: TextFile): SbomRead {
  const { root, problems } = readXml(file);
  const packages = new Map<string, SpdxPackage>();
  const relationships: SpdxRelationship[] = [];
  const open = root ? [root] : [];
  for (let element = open.pop(); element; element = open.pop()) {
    if (element.name === "Package") {
      const one = packageOf(element);
      const known = packages.get(one.id);
      // Where it is named again it may say no more than its address.
      if (!known || (known.name === undefined && one.name !== undefined)) packages.set(one.id, one);
    }
    relationships.push(...relationshipsOf(element));
    for (let index = element.children.length - 1; index >= 0; index--) open.push(element.children[index] as XmlElement);
  }
  const read = spdxParts({ packages: [...packages.values()], relationships, describes: [] });
  const [problem] = problems;
  return {
    ...read,
    ...(problem && { trouble: { at: problem.place.start, expected: `sound XML (${problem.message})` } }),
  };
}

/** The last part of an address: `http://spdx.example/terms#noassertion`. */
function endOfAddress(element: XmlElement | undefined): string | undefined {
  const address = element && (attributeOf(element, "rdf:resource") ?? attributeOf(element, "rdf:about"))?.value;
  return address?.slice(Math.max(address.lastIndexOf("#"), address.lastIndexOf("/")) + 1);
}

function packageOf(element: XmlElement): SpdxPackage {
  const text = (name: string) => childOf(element, name)?.text || undefined;
  const references = childrenOf(element, "externalRef").flatMap((outer) =>
    childrenOf(outer, "ExternalRef").map(
      (one) =>
        [endOfAddress(childOf(one, "referenceType")) ?? "", childOf(one, "referenceLocator")?.text ?? ""] as const,
    ),
  );
  const checksum = childOf(childOf(element, "checksum"), "Checksum");
  const value = childOf(checksum, "checksumValue")?.text;
  const algorithm = endOfAddress(childOf(checksum, "algorithm"))?.replace(/^checksumAlgorithm_/, "");
  return {
    id: endOfAddress(element) ?? "",
    name: text("name"),
    version: text("versionInfo"),
    ...identityOf(references),
    licenseConcluded: licenseIn(childOf(element, "licenseConcluded")),
    licenseDeclared: licenseIn(childOf(element, "licenseDeclared")),
    checksum: value === undefined ? undefined : `${algorithm ?? "hash"}:${value}`,
    at: spanOf(element.at),
  };
}

/** Only a single licence: sets of them are trees of their own. */
function licenseIn(element: XmlElement | undefined): string | undefined {
  const id = endOfAddress(element);
  return id === undefined || /^no(?:assertion|ne)$/i.test(id) ? undefined : id;
}

function relationshipsOf(element: XmlElement): readonly SpdxRelationship[] {
  const from = endOfAddress(element);
  if (from === undefined) return [];
  return childrenOf(element, "relationship").flatMap((outer) =>
    childrenOf(outer, "Relationship").flatMap((one) => {
      const type = endOfAddress(childOf(one, "relationshipType"))?.replace(/^relationshipType_/, "");
      const related = childOf(one, "relatedSpdxElement");
      const to = endOfAddress(related) ?? endOfAddress(related?.children[0]);
      if (type === undefined || to === undefined) return [];
      return [{ from, type: type.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase(), to }];
    }),
  );
}
