/** Components of a CycloneDX document in XML. */
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readXml } from "../../../formats/xml/read-xml.ts";
import { attributeOf, childOf, childrenOf, type XmlElement } from "../../../formats/xml/xml-element.ts";
import { type SbomRead, saysDevelopment } from "./cyclonedx-json.ts";
import { type SbomPart, saidLicenses } from "./sbom-package.ts";

export function cycloneDxXml(file: TextFile): SbomRead | undefined {
  const { root, problems } = readXml(file);
  if (root?.name !== "bom") return undefined;
  const graph = new Map(
    childrenOf(childOf(root, "dependencies"), "dependency").map((one) => [
      attributeOf(one, "ref")?.value ?? "",
      childrenOf(one, "dependency").flatMap((wanted) => attributeOf(wanted, "ref")?.value ?? []),
    ]),
  );
  const main = childOf(childOf(root, "metadata"), "component");
  const mainId = main && attributeOf(main, "bom-ref")?.value;
  const direct = mainId === undefined ? undefined : graph.get(mainId);
  const asked = direct && new Set(direct);
  const parts = componentsIn(root).map((component) => partOf(component, graph, asked));
  const [problem] = problems;
  return {
    parts,
    root: { name: textIn(main, "name"), version: textIn(main, "version") },
    ...(problem && { trouble: { at: problem.place.start, expected: `sound XML (${problem.message})` } }),
  };
}

/** The reader of XML bounds how deep they are nested. */
function componentsIn(element: XmlElement): readonly XmlElement[] {
  return childrenOf(childOf(element, "components"), "component").flatMap((one) => [one, ...componentsIn(one)]);
}

function textIn(element: XmlElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.text || undefined;
}

function partOf(
  component: XmlElement,
  graph: ReadonlyMap<string, readonly string[]>,
  asked: ReadonlySet<string> | undefined,
): SbomPart {
  const id = attributeOf(component, "bom-ref")?.value;
  const [name, group, scope] = ["name", "group", "scope"].map((key) => textIn(component, key));
  const licenses = childOf(component, "licenses")?.children ?? [];
  const [hash] = childrenOf(childOf(component, "hashes"), "hash");
  const properties = childrenOf(childOf(component, "properties"), "property");
  const isDevelopment = properties.some((one) => saysDevelopment(attributeOf(one, "name")?.value, one.text.trim()));
  return {
    id,
    type: attributeOf(component, "type")?.value,
    name: group === undefined || name === undefined ? name : `${group}/${name}`,
    version: textIn(component, "version"),
    purl: textIn(component, "purl"),
    cpe: textIn(component, "cpe"),
    licenses: saidLicenses(
      licenses.map((one) => (one.name === "expression" ? one.text : (textIn(one, "id") ?? textIn(one, "name")))),
    ),
    integrity: hash ? `${attributeOf(hash, "alg")?.value ?? "hash"}:${hash.text}` : undefined,
    relation: asked ? (id !== undefined && asked.has(id) ? "direct" : "transitive") : "unknown",
    scopes: [...(scope === undefined || scope === "required" ? [] : [scope]), ...(isDevelopment ? ["dev"] : [])],
    wants: id === undefined ? [] : (graph.get(id) ?? []),
    at: spanOf(component.at),
  };
}
