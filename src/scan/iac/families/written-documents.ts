/** Documents that a resource holds as text, JSON or YAML: their structure is judged, and the text is what decided. */
import { readJson } from "../../formats/json/read-json.ts";
import type { Node } from "../../formats/node.ts";
import { readYaml } from "../../formats/yaml/read-yaml.ts";
import type { Condition } from "../condition.ts";
import { nodeAt } from "../condition.ts";
import type { Path } from "../locate.ts";
import { failAt, unknownAt } from "../verdict.ts";

/** The document at the path satisfies the condition, which sees its structure. */
export function inDocument(path: Path, condition: Condition): Condition {
  return (node, resource) => {
    const written = nodeAt(node, path);
    if (!written) return failAt(node.at, "there is no document");
    const structure = written.is === "block" ? written : written.is === "list" ? undefined : written.content;
    if (structure) return condition(structure, resource);
    const document = readText(written);
    if (!document) return unknownAt(written.at, "the document cannot be read");
    const { is, why } = condition(document, resource);
    return { is, why, at: written.at };
  };
}

function readText(written: Node): Node | undefined {
  const text = written.is === "unknown" ? written.text : written.is === "scalar" ? written.value : undefined;
  if (typeof text !== "string") return undefined;
  const file = { path: written.at.file.path, text };
  if (text.trimStart().startsWith("{")) return readJson(file).node;
  return readYaml(file).documents[0]?.node;
}
