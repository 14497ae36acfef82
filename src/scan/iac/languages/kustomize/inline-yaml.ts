/** YAML within a text of YAML: a patch written into a kustomization. Its places are those of the letters in the file. */
import type { Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { type ReadYaml, readYaml } from "../../../formats/yaml/read-yaml.ts";
import { walkPlaces } from "./walk-places.ts";

export function readInlineYaml(node: Node): ReadYaml {
  if (node.is === "block" || node.is === "list") return { documents: [{ node, at: node.at }], problems: [] };
  const { file, start, end } = node.at;
  if (node.is !== "scalar" || typeof node.value !== "string") return { documents: [], problems: [] };
  const lineStart = file.text.lastIndexOf("\n", start - 1) + 1;
  const isBlock = /^[ \t]*$/.test(file.text.slice(lineStart, start)) && node.value.includes("\n");
  if (!isBlock) return placedAll(readYaml({ path: file.path, text: node.value }), () => node.at);
  // A block of text is indented evenly, so it can be read as it stands.
  const block = { path: file.path, text: file.text.slice(lineStart, end) };
  return placedAll(readYaml(block), (at) => ({ file, start: at.start + lineStart, end: at.end + lineStart }));
}

function placedAll({ documents, problems }: ReadYaml, move: (place: Place) => Place): ReadYaml {
  return {
    documents: documents.map(({ node, at }) => ({ node: node && walkPlaces(node, move), at: move(at) })),
    problems: problems.map((problem) => ({ ...problem, place: move(problem.place) })),
  };
}
