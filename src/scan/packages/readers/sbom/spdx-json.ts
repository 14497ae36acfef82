/** SPDX 2 in JSON, packages with their places. */
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { listOf, objectOf, wordOf, wordsOf } from "../../reading/json-fields.ts";
import { brokenAmong, type JsonSlice, jsonValue, placeOfSlice, slicesOf } from "../../reading/json-slices.ts";
import type { SbomRead } from "./cyclonedx-json.ts";
import { identityOf, type SpdxPackage, type SpdxRelationship, spdxParts } from "./spdx-parts.ts";

export function spdxJson(file: TextFile): SbomRead {
  const outer = slicesOf(file.text);
  // As GitHub's API hands it out.
  const wrapped = outer.slices.find(({ key }) => key === "sbom");
  const { slices, trouble } = wrapped ? slicesOf(file.text, wrapped.start, wrapped.end) : outer;
  const named = (key: string) => slices.find((one) => one.key === key);
  const parsed = (slice: JsonSlice | undefined) => slice && jsonValue(file.text.slice(slice.start, slice.end));
  const list = named("packages");
  const listed = list ? slicesOf(file.text, list.start, list.end) : { slices: [] };
  const packages = listed.slices.flatMap((slice) => packageOf(file, slice) ?? []);
  const read = spdxParts({
    packages,
    relationships: listOf(parsed(named("relationships"))).flatMap(relationshipOf),
    describes: wordsOf(parsed(named("documentDescribes")) ?? []),
  });
  const broken = outer.trouble ?? trouble ?? listed.trouble ?? brokenAmong(file.text, listed.slices);
  return { ...read, ...(broken && { trouble: broken }) };
}

function packageOf(file: TextFile, slice: JsonSlice): SpdxPackage | undefined {
  const entry = objectOf(jsonValue(file.text.slice(slice.start, slice.end)));
  if (!entry) return undefined;
  const references = listOf(entry.externalRefs).flatMap((one): readonly (readonly [string, string])[] => {
    const [type, locator] = [wordOf(objectOf(one)?.referenceType), wordOf(objectOf(one)?.referenceLocator)];
    return type === undefined || locator === undefined ? [] : [[type, locator]];
  });
  const [checksum] = listOf(entry.checksums).map(objectOf);
  const value = wordOf(checksum?.checksumValue);
  return {
    id: wordOf(entry.SPDXID) ?? "",
    name: wordOf(entry.name),
    version: wordOf(entry.versionInfo),
    ...identityOf(references),
    licenseConcluded: wordOf(entry.licenseConcluded),
    licenseDeclared: wordOf(entry.licenseDeclared),
    checksum: value === undefined ? undefined : `${wordOf(checksum?.algorithm) ?? "hash"}:${value}`,
    at: spanOf(placeOfSlice(file, slice)),
  };
}

function relationshipOf(entry: unknown): readonly SpdxRelationship[] {
  const one = objectOf(entry);
  const [from, type, to] = [one?.spdxElementId, one?.relationshipType, one?.relatedSpdxElement].map(wordOf);
  return from === undefined || type === undefined || to === undefined ? [] : [{ from, type, to }];
}
