/** SPDX 2 in YAML: the members of the form in JSON. */
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import { wordIn, wordsIn } from "../../reading/node-fields.ts";
import type { SbomRead } from "./cyclonedx-json.ts";
import { identityOf, type SpdxPackage, spdxParts } from "./spdx-parts.ts";

export function spdxYaml(file: TextFile): SbomRead {
  const { documents, problems } = readYaml(file);
  const node = documents[0]?.node;
  const read = spdxParts({
    packages: itemsOf(child(node, "packages")).map(packageOf),
    relationships: itemsOf(child(node, "relationships")).flatMap((one) => {
      const [from, type, to] = ["spdxElementId", "relationshipType", "relatedSpdxElement"].map((key) =>
        wordIn(child(one, key)),
      );
      return from === undefined || type === undefined || to === undefined ? [] : [{ from, type, to }];
    }),
    describes: wordsIn(child(node, "documentDescribes")),
  });
  const [problem] = problems;
  return {
    ...read,
    ...(problem && { trouble: { at: problem.place.start, expected: `sound YAML (${problem.message})` } }),
  };
}

function packageOf(node: Node): SpdxPackage {
  const word = (key: string) => wordIn(child(node, key));
  const references = itemsOf(child(node, "externalRefs")).map(
    (one) => [wordIn(child(one, "referenceType")) ?? "", wordIn(child(one, "referenceLocator")) ?? ""] as const,
  );
  const [checksum] = itemsOf(child(node, "checksums"));
  const value = wordIn(child(checksum, "checksumValue"));
  return {
    id: word("SPDXID") ?? "",
    name: word("name"),
    version: word("versionInfo"),
    ...identityOf(references),
    licenseConcluded: word("licenseConcluded"),
    licenseDeclared: word("licenseDeclared"),
    checksum: value === undefined ? undefined : `${wordIn(child(checksum, "algorithm")) ?? "hash"}:${value}`,
    at: spanOf(node.at),
  };
}
