/** `loadTextContent`, `loadJsonContent`, `loadYamlContent`: files of the repository as values. Others are unknown. */
import { isText, memberOf, scalarOf, unknownOf } from "../../../formats/azure-template/values.ts";
import { readJson } from "../../../formats/json/read-json.ts";
import type { Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import type { Template } from "./template.ts";

export function loadFile(name: string, args: readonly Node[], at: Place, template: Template): Node {
  const [path, part] = args;
  if (!isText(path)) return unknownOf(at, "the path of the file is unknown");
  const file = template.loadedText(path.value);
  if (!file) return unknownOf(at, `the file ${path.value} is not there`);
  if (name === "loadtextcontent") return scalarOf(at, file.text);
  if (name === "loadfileasbase64") return scalarOf(at, Buffer.from(file.text, "utf8").toString("base64"));
  const read =
    name === "loadjsoncontent"
      ? readJson(file, { fold: true }).node
      : name === "loadyamlcontent"
        ? readYaml(file).documents[0]?.node
        : undefined;
  if (!read) return unknownOf(at, `the file ${path.value} could not be read`);
  return isText(part) ? partOf(read, part.value, at) : read;
}

/** The plain ones of JSONPath: `$.a.b[0]`. */
function partOf(node: Node, path: string, at: Place): Node {
  if (!/^\$?(?:\.?[\w-]+|\[\d+\]|\['[^']*'\])*$/.test(path)) return unknownOf(at, `the path ${path} is not understood`);
  let found: Node | undefined = node;
  for (const [, name, position, quoted] of path.replace(/^\$/, "").matchAll(/\.?([\w-]+)|\[(\d+)\]|\['([^']*)'\]/g)) {
    const key: string | number = position === undefined ? (name ?? quoted ?? "") : Number(position);
    found = found && memberOf(found, scalarOf(at, key), at);
  }
  return found ?? unknownOf(at, `there is nothing at ${path} in the file`);
}
