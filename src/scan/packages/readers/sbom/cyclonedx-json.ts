/** Components of a CycloneDX document in JSON, nested ones included, in the order of the text. */
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { type JsonObject, listOf, objectOf, wordOf, wordsOf } from "../../reading/json-fields.ts";
import { brokenAmong, type JsonSlice, jsonValue, placeOfSlice, slicesOf } from "../../reading/json-slices.ts";
import { type SbomPart, saidLicenses } from "./sbom-package.ts";

export interface SbomRead {
  readonly parts: readonly SbomPart[];
  readonly root: { readonly name: string | undefined; readonly version: string | undefined };
  /** Offset and words of where the text stops being what it should be. */
  readonly trouble?: { readonly at: number; readonly expected: string };
}

const deepest = 64;

export function cycloneDxJson(file: TextFile): SbomRead {
  const { slices, trouble } = slicesOf(file.text);
  const parsed = (key: string): unknown => {
    const slice = slices.find((one) => one.key === key);
    return slice && jsonValue(file.text.slice(slice.start, slice.end));
  };
  const graph = graphOf(parsed("dependencies"));
  const main = objectOf(objectOf(parsed("metadata"))?.component);
  const mainId = wordOf(main?.["bom-ref"]);
  const components = slices.find(({ key }) => key === "components");
  const asked = mainId === undefined ? undefined : graph.get(mainId);
  const parts = components ? partsIn(file, components, { graph, asked: asked && new Set(asked) }, 0) : [];
  const name = wordOf(main?.name);
  const group = wordOf(main?.group);
  const root = { name: group === undefined ? name : `${group}/${name}`, version: wordOf(main?.version) };
  const listed = components ? slicesOf(file.text, components.start, components.end) : { slices: [] };
  const broken = trouble ?? listed.trouble ?? brokenAmong(file.text, listed.slices);
  return { parts, root, ...(broken && { trouble: broken }) };
}

interface About {
  readonly graph: ReadonlyMap<string, readonly string[]>;
  /** What the described project itself depends on, if the document says it. */
  readonly asked: ReadonlySet<string> | undefined;
}

function graphOf(dependencies: unknown): ReadonlyMap<string, readonly string[]> {
  const graph = new Map<string, readonly string[]>();
  for (const one of listOf(dependencies).map(objectOf)) {
    const ref = wordOf(one?.ref);
    if (ref !== undefined) graph.set(ref, wordsOf(one?.dependsOn ?? []));
  }
  return graph;
}

function partsIn(file: TextFile, list: JsonSlice, about: About, depth: number): readonly SbomPart[] {
  if (depth > deepest) return [];
  return slicesOf(file.text, list.start, list.end).slices.flatMap((slice) => {
    // Nested components are read for themselves, so that each is parsed once.
    const members = slicesOf(file.text, slice.start, slice.end).slices;
    const nested = members.find(({ key }) => key === "components");
    const own = Object.fromEntries(
      members.flatMap(({ key, start, end }) =>
        key === "components" ? [] : [[key, jsonValue(file.text.slice(start, end))]],
      ),
    );
    const part = partOf(file, slice, own, about);
    return [part, ...(nested ? partsIn(file, nested, about, depth + 1) : [])];
  });
}

function partOf(file: TextFile, slice: JsonSlice, own: JsonObject, { graph, asked }: About): SbomPart {
  const id = wordOf(own["bom-ref"]);
  const [name, group, scope] = [own.name, own.group, own.scope].map(wordOf);
  const [hash] = listOf(own.hashes).map(objectOf);
  const content = wordOf(hash?.content);
  const properties = listOf(own.properties).map(objectOf);
  const isDevelopment = properties.some((one) => saysDevelopment(wordOf(one?.name), wordOf(one?.value)));
  return {
    id,
    type: wordOf(own.type),
    name: group === undefined || name === undefined ? name : `${group}/${name}`,
    version: wordOf(own.version),
    purl: wordOf(own.purl),
    cpe: wordOf(own.cpe),
    licenses: saidLicenses(listOf(own.licenses).map(licenseOf)),
    integrity: content === undefined ? undefined : `${wordOf(hash?.alg) ?? "hash"}:${content}`,
    relation: asked ? (id !== undefined && asked.has(id) ? "direct" : "transitive") : "unknown",
    scopes: [...(scope === undefined || scope === "required" ? [] : [scope]), ...(isDevelopment ? ["dev"] : [])],
    wants: id === undefined ? [] : (graph.get(id) ?? []),
    at: spanOf(placeOfSlice(file, slice)),
  };
}

/** Properties of the tools for npm and others. */
export function saysDevelopment(name: string | undefined, value: string | undefined): boolean {
  return value === "true" && /(?:^|:)(?:development|isDevelopmentDependency|package:dev)$/i.test(name ?? "");
}

function licenseOf(entry: unknown): string | undefined {
  const one = objectOf(entry);
  const license = objectOf(one?.license);
  return wordOf(one?.expression) ?? wordOf(license?.id) ?? wordOf(license?.name);
}
