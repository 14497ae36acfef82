/** SPDX 3 in JSON-LD: one list of elements, among them packages and the relationships that say all else of them. */
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { type JsonObject, listOf, objectOf, wordOf, wordsOf } from "../../reading/json-fields.ts";
import { brokenAmong, jsonValue, placeOfSlice, slicesOf } from "../../reading/json-slices.ts";
import type { SbomRead } from "./cyclonedx-json.ts";
import { identityOf, type SpdxPackage, type SpdxRelationship, spdxParts } from "./spdx-parts.ts";

interface Element {
  readonly entry: JsonObject;
  readonly type: string;
  readonly at: SpdxPackage["at"];
}

export function spdx3Json(file: TextFile): SbomRead {
  const { slices, trouble } = slicesOf(file.text);
  const graph = slices.find(({ key }) => key === "@graph");
  const list = graph && slicesOf(file.text, graph.start, graph.end);
  const elements = (list?.slices ?? []).flatMap((slice): readonly Element[] => {
    const entry = objectOf(jsonValue(file.text.slice(slice.start, slice.end)));
    const type = wordOf(entry?.type) ?? wordOf(entry?.["@type"]);
    return entry && type !== undefined ? [{ entry, type, at: spanOf(placeOfSlice(file, slice)) }] : [];
  });
  const links = elements.filter(({ type }) => /(?:^|_)(?:LifecycleScoped)?Relationship$/.test(type));
  const licenses = licensesOf(elements, links);
  const packages = elements.flatMap((one) => (one.type === "software_Package" ? [packageOf(one, licenses)] : []));
  const broken = trouble ?? list?.trouble ?? brokenAmong(file.text, list?.slices ?? []);
  const read = spdxParts({
    packages,
    relationships: links.flatMap(relationshipsOf),
    describes: elements.flatMap(({ type, entry }) =>
      type === "SpdxDocument" || type === "software_Sbom" ? wordsOf(entry.rootElement ?? []) : [],
    ),
  });
  return { ...read, ...(broken && { trouble: broken }) };
}

interface Licenses {
  readonly declared: ReadonlyMap<string, string>;
  readonly concluded: ReadonlyMap<string, string>;
}

/** Expressions are elements of their own; a relationship gives one to a package. */
function licensesOf(elements: readonly Element[], links: readonly Element[]): Licenses {
  const texts = new Map<string, string>();
  for (const { entry } of elements) {
    const [id, text] = [idOf(entry), wordOf(entry.simplelicensing_licenseExpression)];
    if (id !== undefined && text !== undefined) texts.set(id, text);
  }
  const given = (kind: string) =>
    new Map(
      links.flatMap(({ entry }): readonly (readonly [string, string])[] => {
        const [from, type] = [wordOf(entry.from), wordOf(entry.relationshipType)];
        const text = wordsOf(entry.to ?? []).flatMap((id) => texts.get(id) ?? [])[0];
        return from === undefined || type !== kind || text === undefined ? [] : [[from, text]];
      }),
    );
  return { declared: given("hasDeclaredLicense"), concluded: given("hasConcludedLicense") };
}

function idOf(entry: JsonObject): string | undefined {
  return wordOf(entry.spdxId) ?? wordOf(entry["@id"]);
}

function packageOf({ entry, at }: Element, { declared, concluded }: Licenses): SpdxPackage {
  const id = idOf(entry) ?? "";
  const address = wordOf(entry.software_packageUrl);
  const references = listOf(entry.externalIdentifier).flatMap((one): readonly (readonly [string, string])[] => {
    const [type, identifier] = [objectOf(one)?.externalIdentifierType, objectOf(one)?.identifier].map(wordOf);
    if (type === undefined || identifier === undefined) return [];
    return [[/^(?:package-?url|purl)$/i.test(type) ? "purl" : `${type}Type`, identifier]];
  });
  const [hash] = listOf(entry.verifiedUsing).map(objectOf);
  const value = wordOf(hash?.hashValue);
  return {
    id,
    name: wordOf(entry.name),
    version: wordOf(entry.software_packageVersion),
    ...identityOf([...(address === undefined ? [] : [["purl", address] as const]), ...references]),
    licenseConcluded: concluded.get(id),
    licenseDeclared: declared.get(id),
    checksum: value === undefined ? undefined : `${wordOf(hash?.algorithm) ?? "hash"}:${value}`,
    at,
  };
}

/** The words of SPDX 2 for what relationships of SPDX 3 say; of others nothing follows here. */
const words: Readonly<Record<string, string>> = {
  dependsOn: "DEPENDS_ON",
  contains: "CONTAINS",
  describes: "DESCRIBES",
  hasStaticLink: "STATIC_LINK",
  hasDynamicLink: "DYNAMIC_LINK",
  hasPrerequisite: "HAS_PREREQUISITE",
};

/** Where a dependency is needed for; those of the running program have no word. */
const scopes: Readonly<Record<string, string>> = { development: "DEV", test: "TEST", build: "BUILD" };

function relationshipsOf({ entry }: Element): readonly SpdxRelationship[] {
  const [from, kind = "", scope = ""] = [entry.from, entry.relationshipType, entry.scope].map(wordOf);
  if (from === undefined) return [];
  const isOptional = kind === "hasOptionalDependency";
  const limit = isOptional ? "OPTIONAL" : scopes[scope];
  const type = words[kind];
  return wordsOf(entry.to ?? []).flatMap((to) => {
    if (limit !== undefined && (isOptional || kind === "dependsOn"))
      return [{ from: to, type: `${limit}_DEPENDENCY_OF`, to: from }];
    return type === undefined ? [] : [{ from, type, to }];
  });
}
